"""`counterpoise usage`: answers, and the language model's calls and tokens, by day."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rich import box
from rich.table import Table

from bot.commands.choices import add_json
from bot.commands.output import print_json, print_page
from bot.memory import default_state_url, open_memory
from bot.memory.usage import Day
from bot.settings import Settings
from metrics.errors import UserError

DAYS = 31
MOST_DAYS = 3660


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("usage", help="answers and the language model's tokens by day")
    parser.add_argument("--days", metavar="N", type=int, default=DAYS, help=f"how far back (default {DAYS})")
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Print the days, oldest first, and what is left of the month's budget."""
    if not 1 <= given.days <= MOST_DAYS:
        raise UserError(f"--days is {given.days}: give a number from 1 to {MOST_DAYS}.")
    usage = open_memory(settings.state_url or default_state_url()).usage
    today = datetime.now(UTC).date()
    days = usage.by_day(today - timedelta(days=given.days - 1))
    month = _month(usage.tokens_since(today.replace(day=1)), settings.tokens_a_month, today)
    if given.json:
        print_json({"days": [asdict(day) for day in days], "month": month})
    elif days:
        print_page(lambda console: console.print(_table(days)))
        print_page(lambda console: console.print(f"{month['month']}: {_budget(month)}"))
    else:
        print_page(lambda console: console.print(f"Nothing was answered in the last {given.days} days."))
    return 0


def _month(used: int, budget: int | None, today: date) -> dict[str, Any]:
    return {"month": f"{today:%Y-%m}", "tokens": used, "budget": budget}


def _budget(month: dict[str, Any]) -> str:
    if month["budget"] is None:
        return f"{month['tokens']:,} tokens; no budget is set."
    return f"{month['tokens']:,} of {month['budget']:,} tokens."


def _table(days: list[Day]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("Day")
    for heading in ("Answers", "Calls", "Tokens in", "Tokens out"):
        table.add_column(heading, justify="right")
    for one in days:
        figures = (one.answers, one.calls, one.input_tokens, one.output_tokens)
        table.add_row(one.day, *(f"{figure:,}" for figure in figures))
    return table
