"""`counterpoise check`: whether a company folder works, and what its metrics still need."""

from __future__ import annotations

import argparse
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from bot.app import Companies
from bot.commands.choices import add_company, add_json
from bot.commands.output import demo_progress, print_json, print_page
from bot.settings import Settings
from metrics.checkup import Report, check_company


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="does the company folder work, and what is missing")
    add_company(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Check and print; 1 if there are problems."""
    with demo_progress() as progress:
        engine = Companies(settings, progress).open(given.company)
    report = check_company(engine)
    if given.json:
        print_json(as_json(report))
    else:
        print_page(lambda console: _draw(console, report))
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


def _draw(console: Console, report: Report) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("Table")
    table.add_column("Rows", justify="right")
    table.add_column("Problems")
    for found in report.tables:
        rows = f"{found.rows:,}" if found.rows is not None else ""
        table.add_row(found.name, rows, "; ".join(found.problems))
    console.print(table)
    whole = len(report.computable) + len(report.missing)
    console.print(f"{len(report.computable)} of {whole} metrics can be computed.")
    for metric, needs in report.missing.items():
        console.print(f"  {metric} needs {', '.join(needs)}")
    console.print("All is well." if report.ok else "Mend the problems above, then check again.")
