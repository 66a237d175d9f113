"""`counterpoise catalog`: metrics, roles, rules and canonical tables, with sources."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from bot.commands.choices import add_json
from bot.commands.output import print_json
from bot.settings import Settings
from metrics.catalog_text import TABLES, catalog_json, catalog_text
from metrics.catalog_text.page import tables_page
from metrics.errors import UserError
from metrics.load import load_catalog
from metrics.opening import read_folder


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("catalog", help="metrics, roles, rules and tables, with sources")
    parser.add_argument(
        "id", metavar="ID", nargs="?", help="a metric, role, rule or table; `tables` for all tables"
    )
    parser.add_argument("--company", metavar="DIR", help="with what this company folder adds")
    parser.add_argument("--markdown", action="store_true", help="with `tables`: the page to map tables from")
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Print the catalog, or one entry of it."""
    company = given.company or settings.company
    catalog = read_folder(Path(company))[0] if company else load_catalog()
    if given.markdown:
        if given.id != TABLES:
            raise UserError("--markdown goes with `counterpoise catalog tables`.")
        sys.stdout.write(tables_page(catalog))
    elif given.json:
        print_json(catalog_json(catalog, given.id))
    else:
        sys.stdout.write(catalog_text(catalog, given.id).rstrip() + "\n")
    return 0
