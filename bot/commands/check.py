"""`counterpoise check`: whether a company folder works, and what its metrics still need."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from bot.app import Companies
from bot.commands.choices import add_company, add_json
from bot.commands.output import demo_progress, print_json, print_page
from bot.settings import Settings
from metrics.check.checkup import Report, check_company
from metrics.check.next_steps import Step

MOST = 15
"""Tables that lack something that are listed, unless all is asked for."""


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="does the company folder work, and what is missing")
    add_company(parser)
    parser.add_argument("--all", action="store_true", help="name every metric that lacks something, and what")
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Check and print; 2 where something is to be mended, with the first thing on standard error."""
    with demo_progress() as progress:
        engine = Companies(settings, progress).open(given.company)
    report = check_company(engine)
    if given.json:
        print_json(as_json(report))
    else:
        print_page(lambda console: _draw(console, report, whole=given.all))
    if report.ok:
        return 0
    sys.stderr.write(f"{report.first_problem}\n")
    return 2


def as_json(report: Report) -> dict[str, Any]:
    """The report as the contract has it."""
    return {
        "ok": report.ok,
        "tables": [
            {
                "name": table.name,
                "rows": table.rows,
                "problems": list(table.problems),
                "remarks": list(table.remarks),
            }
            for table in report.tables
        ],
        "metrics": {
            "computable": list(report.computable),
            "missing": {metric: list(needs) for metric, needs in report.missing.items()},
            "next": _steps(report.steps),
            "nearest": _steps(report.nearest),
            "no_rows": dict(report.no_rows),
            "other_methods": {metric: list(others) for metric, others in report.instead.items()},
        },
    }


def _steps(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [{"add": step.what, "opens": list(step.opens)} for step in steps]


def _draw(console: Console, report: Report, *, whole: bool) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("Table")
    table.add_column("Rows", justify="right")
    table.add_column("Problems")
    for found in report.tables:
        rows = f"{found.rows:,}" if found.rows is not None else ""
        table.add_row(found.name, rows, "\n".join(found.problems))
    console.print(table)
    _draw_remarks(console, report)
    known = len(report.computable) + len(report.missing)
    console.print(f"{len(report.computable)} of {known} metrics can be computed{_next(report.steps)}.")
    if report.nearest and report.nearest != report.steps:
        console.print(f"In the tables you have{_next(report.nearest).replace(';', ',', 1)}.")
    if report.instead:
        others = ", ".join(name for names in report.instead.values() for name in names)
        console.print(f"By another method than the usual one, {len(report.instead)} more can be: {others}.")
    for why, metrics in _by_reason(report).items():
        console.print(f"Without a value so far: {', '.join(metrics)} ({why}).")
    if whole:
        for metric, needs in report.missing.items():
            console.print(f"  {metric} needs {', '.join(needs)}", soft_wrap=True)
    elif report.missing:
        _draw_lacking(console, report)
    console.print(_verdict(report))


def _by_reason(report: Report) -> dict[str, list[str]]:
    """The metrics that could be computed and have no rows, by which ones they lack."""
    found: dict[str, list[str]] = {}
    for metric, why in report.no_rows.items():
        found.setdefault(why, []).append(metric)
    return found


def _draw_remarks(console: Console, report: Report) -> None:
    """What may be meant so, and may not."""
    remarked = [table for table in report.tables if table.remarks]
    if remarked:
        console.print("Remarks:")
    for table in remarked:
        for remark in table.remarks:
            console.print(f"  {table.name}: {remark}")
    if example := next((column for table in report.tables for column in table.splits), ""):
        console.print(
            f"Values can be split by a column of your own: write [dimensions.{example.partition('.')[2]}] with "
            f'column = "{example}" into company.toml.'
        )


def _next(steps: Sequence[Step]) -> str:
    """What to add next: each opens most of what is left."""
    if not steps:
        return ""
    first, *others = (f"{step.what} would open {len(step.opens)} more" for step in steps)
    return f"; {', '.join([first, *(f'then {other}' for other in others)])}"


def _verdict(report: Report) -> str:
    if not report.ok:
        return "Mend the problems above, then check again."
    if not report.computable and not report.instead:
        return "Nothing is broken, and no metric can be computed yet: add what opens most."
    remarked = any(table.remarks for table in report.tables)
    return "Nothing is broken; look at the remarks above." if remarked else "All is well."


def _draw_lacking(console: Console, report: Report) -> None:
    """What is missing, by table: what most metrics need first."""
    console.print("What the others need, and how many of them:")
    lacking = list(report.lacking.items())
    for table, (columns, metrics) in lacking[:MOST]:
        console.print(
            f"  {len(metrics):>3}  {table}{': ' if columns else ''}{', '.join(columns)}", soft_wrap=False
        )
    more = f"and {len(lacking) - MOST} more; " if len(lacking) > MOST else ""
    console.print(f"  {more}`counterpoise check --all` names each metric with what it needs.")
