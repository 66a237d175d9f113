"""`counterpoise catalog`: metrics, roles, rules and canonical tables, with sources."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from bot.commands.output import print_json
from bot.settings import Settings
from metrics.catalog_text import catalog_json, catalog_text
from metrics.load import load_catalog


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("catalog", help="metrics, roles, rules and tables, with sources")
    parser.add_argument("id", metavar="ID", nargs="?", help="a metric, a role, a rule, or `tables`")
    parser.add_argument("--company", metavar="DIR", help="with what this company folder adds")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Print the catalog, or one entry of it."""
    company = given.company or settings.company
    catalog = load_catalog(extra=Path(company).expanduser()) if company else load_catalog()
    if given.json:
        print_json(catalog_json(catalog, given.id))
    else:
        sys.stdout.write(catalog_text(catalog, given.id).rstrip() + "\n")
    return 0
