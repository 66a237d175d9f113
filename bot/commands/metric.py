"""`counterpoise metric`: values straight from the engine."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, cast

from bot.app import Companies
from bot.commands.choices import add_company, add_day, add_json, day, whole_number
from bot.commands.metric_text import draw
from bot.commands.metric_values import EARLIER, compared
from bot.commands.output import demo_progress, print_json, print_page
from bot.contract import key_of, values_json
from bot.settings import Settings
from metrics.beside import shown_with
from metrics.build import AsOf, as_of_day, default_period
from metrics.engine import Ask, Engine
from metrics.errors import UnknownNameError, UserError
from metrics.period_words import parse_period
from metrics.periods import Grain, Period

MOST = 400
"""Periods that one call computes at most."""


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("metric", help="values straight from the engine")
    parser.add_argument("ids", metavar="ID", nargs="+", help="metrics, also a variant: win_rate.of_all")
    parser.add_argument(
        "--period", metavar="P", help="2025-Q4, FY2025-Q4, 2025-11, 2025-W07, 'last quarter', ..."
    )
    parser.add_argument(
        "--last", metavar="N", type=whole_number, help="this period and the ones before it, N in all"
    )
    parser.add_argument("--grain", choices=["day", "week", "month", "quarter", "year"])
    parser.add_argument("--by", metavar="DIMENSION", action="append", default=[])
    parser.add_argument("--top", metavar="K", type=whole_number, help="the K largest groups only")
    parser.add_argument(
        "--where", metavar="COLUMN=VALUE", action="append", default=[], help="again for other values"
    )
    parser.add_argument("--vs", choices=[*EARLIER, "target"], help="what to compare with")
    parser.add_argument("--explain", action="store_true", help="with formula, receipt and SQL")
    add_company(parser)
    add_day(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Compute and print."""
    asked = day(given.as_of)
    with demo_progress() as progress:
        engine = Companies(settings, progress).open(given.company)
    when = as_of_day(engine, asked, datetime.now(UTC).date())
    asks = _asks(given, engine, when)
    found = compared(asks, engine, when, top=given.top, against=given.vs)
    others = shown_with(engine, asks, [value for value, _ in found], when.day, today=when.today)
    beside = {key_of(value): beside for value, beside in others if beside}
    found = [(value, against) for (value, _), (_, against) in zip(others, found, strict=True)]
    if given.json:
        print_json(values_json(found, engine.catalog, beside))
    else:
        print_page(
            lambda console: draw(
                console,
                found,
                engine,
                when.note,
                against=given.vs,
                beside=beside if given.explain else None,
            )
        )
    return 0


def _asks(given: argparse.Namespace, engine: Engine, when: AsOf) -> list[Ask]:
    """What is asked of the engine, each metric over each period."""
    periods = _periods(given, engine, when.day)
    metric_ids = list(dict.fromkeys(given.ids))
    filters: dict[str, list[str]] = {}
    for text in given.where:
        name, value = _filter(text, engine, metric_ids)
        filters.setdefault(name, []).append(value)
    by = tuple(dict.fromkeys(_dimension(name, engine, metric_ids) for name in given.by))
    return [Ask(metric_id, period, by, filters) for metric_id in metric_ids for period in periods]


def _periods(given: argparse.Namespace, engine: Engine, as_of: date) -> list[Period]:
    """The period asked for, or N of a grain that end with it."""
    calendar = engine.company.calendar
    period = (
        parse_period(given.period, as_of=as_of, calendar=calendar)
        if given.period
        else default_period(engine, as_of)
    )
    if given.last is None and given.grain is None:
        return [period]
    grain = cast("Grain", given.grain or (period.grain if period.grain != "custom" else "month"))
    last = period if period.grain == grain else calendar.last_complete(grain, min(as_of, period.last_day))
    number = given.last or 1
    if number > MOST or last.start.year <= number:
        raise UserError(f"--last {number} is more than one answer holds: give at most {MOST}.")
    return [last.shifted(-step) for step in reversed(range(number))]


def _filter(text: str, engine: Engine, metric_ids: Sequence[str]) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not value.strip():
        raise UserError(f"{text!r} is no filter: write COLUMN=VALUE, for example segment=SMB.")
    return _dimension(name.strip(), engine, metric_ids), value.strip()


def _dimension(name: str, engine: Engine, metric_ids: Sequence[str]) -> str:
    """The dimension of that name, if every metric can be split by it."""
    for metric_id in metric_ids:
        ways = [other for other in engine.catalog.dimensions if engine.reaches(metric_id, other)]
        can = f"{metric_id} can be split by {', '.join(ways) or 'nothing'}."
        if name not in engine.catalog.dimensions:
            raise UnknownNameError("dimension", name, engine.catalog.dimensions, remedy=can)
        if name not in ways:
            raise UserError(f"{metric_id} cannot be split by {name}: {can}")
    return name
