"""`counterpoise init`: a company folder from an existing database, or from a folder of CSV or Parquet files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.commands.output import print_page
from bot.settings import Settings
from metrics.begin import Begun, begin
from metrics.check.checkup import Report, check_company
from metrics.opening import open_company

LISTED = 12
"""Names that are listed of what was not used."""


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("init", help="write a company folder from a database, or a folder of files")
    parser.add_argument("folder", metavar="DIR", help="the new company folder")
    parser.add_argument(
        "--url",
        default="",
        help="a database URL, env:NAME of one, or a folder of CSV or Parquet files; else only examples are written",
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, _settings: Settings) -> int:
    """Write the folder, look at what was written, and say what comes next."""
    begun = begin(Path(given.folder), given.url)
    report = check_company(open_company(begun.folder)) if begun.mapped else None
    print_page(lambda console: _draw(console, begun, report))
    return 0


def _draw(console: Console, begun: Begun, report: Report | None) -> None:
    console.print(f"Wrote {begun.folder}", markup=False)
    found = {one.name: (*one.problems, *one.remarks) for one in report.tables} if report else {}
    for match in begun.mapped:
        columns = f"{len(match.columns)} column{'' if len(match.columns) == 1 else 's'}"
        console.print(f"  tables/{match.table}.sql  {columns} of {match.given}", markup=False)
        for problem in found.get(match.table, ()):
            console.print(f"    {problem}", markup=False)
    if begun.unused:
        more = f" and {len(begun.unused) - LISTED} more" if len(begun.unused) > LISTED else ""
        console.print(f"  not used: {', '.join(begun.unused[:LISTED])}{more}", markup=False)
        console.print("    what they hold: examples/your_tables.txt", markup=False)
    for unread in begun.unread:
        console.print(f"  not read: {unread}", markup=False)
    if begun.passed_over:
        more = f" and {len(begun.passed_over) - LISTED} more" if len(begun.passed_over) > LISTED else ""
        console.print(f"  passed over: {', '.join(begun.passed_over[:LISTED])}{more}", markup=False)
    console.print("  examples/  the other canonical tables, to be filled in and moved to tables/")
    if report:
        known = len(report.computable) + len(report.missing)
        console.print(f"{len(report.computable)} of {known} metrics can be computed with that.")
    console.print(
        f"Next: look at company.toml and every SELECT, then `counterpoise check --company {begun.folder}`.",
        markup=False,
    )
