"""`counterpoise check`: whether a company folder works, and what its metrics still need."""

from __future__ import annotations

import argparse
from typing import Any

from rich import box
from rich.table import Table

from bot.app import Companies
from bot.commands.output import Bar, console, print_json
from bot.settings import Settings
from metrics.checkup import Report, check_company


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="does the company folder work, and what is missing")
    parser.add_argument("--company", metavar="DIR")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Check and print; 1 if there are problems."""
    report = check_company(Companies(settings, Bar("Making the demo company")).open(given.company))
    if given.json:
        print_json(as_json(report))
    else:
        _show(report)
    return 0 if report.ok else 1


def as_json(report: Report) -> dict[str, Any]:
    """The report as the contract has it."""
    return {
        "ok": report.ok,
        "tables": [
            {"name": table.name, "rows": table.rows, "problems": list(table.problems)}
            for table in report.tables
        ],
        "metrics": {
            "computable": list(report.computable),
            "missing": {metric: list(needs) for metric, needs in report.missing.items()},
        },
    }


def _show(report: Report) -> None:
    out = console()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("Table")
    table.add_column("Rows", justify="right")
    table.add_column("Problems")
    for found in report.tables:
        table.add_row(
            found.name, f"{found.rows:,}" if found.rows is not None else "", "; ".join(found.problems)
        )
    out.print(table)
    whole = len(report.computable) + len(report.missing)
    out.print(f"{len(report.computable)} of {whole} metrics can be computed.")
    for metric, needs in report.missing.items():
        out.print(f"  {metric} needs {', '.join(needs)}")
    out.print("All is well." if report.ok else "Mend the problems above, then check again.")
