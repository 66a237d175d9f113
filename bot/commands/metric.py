"""`counterpoise metric`: values straight from the engine."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from bot.app import Companies
from bot.commands.choices import add_company, add_day, add_json, day, whole_number
from bot.commands.metric_text import draw
from bot.commands.output import demo_progress, print_json, print_page
from bot.contract import values_json
from bot.settings import Settings
from metrics.build import AsOf, as_of_day, default_period
from metrics.engine import Ask, Engine
from metrics.engine.compare import EARLIER, Comparison, earlier, with_earlier, with_target
from metrics.engine.contribution import Contributions, UnsplitError, contributions, explained
from metrics.engine.top import top
from metrics.errors import UnknownNameError, UserError
from metrics.history import history
from metrics.period_words import parse_period
from metrics.periods import Grain, Period
from metrics.privacy import Reader
from metrics.scorecard import Target

GRAINS = ("day", "week", "month", "quarter", "year", "fiscal-quarter", "fiscal-year")
MOST_DIMENSIONS = 2

OPERATOR = Reader(persons=True)
"""Whoever runs the command can read the tables as well: groups may carry names."""


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
    parser.add_argument("--grain", choices=GRAINS)
    parser.add_argument("--by", metavar="DIMENSION", action="append", default=[], help="one or two of them")
    parser.add_argument(
        "--top", metavar="K", type=whole_number, help="the K largest groups, and the others as one"
    )
    parser.add_argument(
        "--where", metavar="COLUMN=VALUE", action="append", default=[], help="again, or a,b, for more values"
    )
    parser.add_argument("--vs", choices=[*EARLIER, "target"], help="what to compare with")
    parser.add_argument(
        "--explain", action="store_true", help="with receipt and SQL; with --vs also why it changed"
    )
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
    found = _compared(given.vs, given.top, engine, asks, when)
    why, notes = _why(given, engine, asks, when)
    if given.json:
        print_json(values_json(found, engine.catalog, why) | {"notes": [*notes, when.note]})
    else:
        print_page(
            lambda console: draw(
                console, found, why, engine, [*notes, when.note], against=given.vs, explain=given.explain
            )
        )
    return 0


def _asks(given: argparse.Namespace, engine: Engine, when: AsOf) -> list[Ask]:
    """What is asked of the engine, each metric over each period."""
    periods = _periods(given, engine, when)
    metric_ids = list(dict.fromkeys(given.ids))
    wanted: dict[str, list[str]] = {}
    for text in given.where:
        name, values = _filter(text)
        wanted.setdefault(name, []).extend(values)
    filters = {metric_id: engine.resolved(metric_id, wanted) for metric_id in metric_ids}
    by = tuple(dict.fromkeys(_dimension(name, engine, metric_ids) for name in given.by))
    if len(by) > MOST_DIMENSIONS:
        raise UserError("Values are split by two dimensions at most: give --by once or twice.")
    return [Ask(metric_id, period, by, filters[metric_id]) for metric_id in metric_ids for period in periods]


def _periods(given: argparse.Namespace, engine: Engine, when: AsOf) -> list[Period]:
    """The period asked for, or N of a grain that end with it."""
    calendar = engine.company.calendar
    period = (
        parse_period(given.period, as_of=when.day, calendar=calendar)
        if given.period
        else default_period(engine, when.day)
    )
    if given.last is None and given.grain is None:
        return [period]
    grain = cast("Grain | None", given.grain and given.grain.removeprefix("fiscal-"))
    fiscal = bool(given.grain and given.grain.startswith("fiscal-"))
    return history(period, given.last or 1, when.day, calendar, grain=grain, fiscal=fiscal)


def _filter(text: str) -> tuple[str, list[str]]:
    name, equals, written = text.partition("=")
    values = [value.strip() for value in written.split(",") if value.strip()]
    if not equals or not values or not name.strip():
        raise UserError(f"{text!r} is no filter: write COLUMN=VALUE, for example segment=SMB.")
    return name.strip(), values


def _dimension(name: str, engine: Engine, metric_ids: Sequence[str]) -> str:
    if name not in engine.catalog.dimensions:
        remedy = "`counterpoise catalog ID` lists those of a metric."
        raise UnknownNameError("dimension", name, engine.catalog.dimensions, remedy=remedy)
    for metric_id in metric_ids:
        if not engine.reaches(metric_id, name):
            ways = [other for other in engine.catalog.dimensions if engine.reaches(metric_id, other)]
            raise UserError(
                f"{metric_id} cannot be split by {name}; it can by {', '.join(ways) or 'nothing'}."
            )
    return name


def _compared(
    against: str | None, k: int | None, engine: Engine, asks: Sequence[Ask], when: AsOf
) -> list[Comparison]:
    """Each value with what it is held against: the same group of an earlier period, or its target."""
    before = [earlier(ask, against) for ask in asks] if against and against in EARLIER else []
    wanted = [*asks, *before]
    if k and asks[0].by:
        tables = top(engine, wanted, k, when.day, today=when.today, reader=OPERATOR)
    else:
        tables = engine.compute(wanted, when.day, today=when.today, reader=OPERATOR)
    now, then = tables[: len(asks)], tables[len(asks) :]
    if before:
        return [one for pair in zip(now, then, strict=True) for one in with_earlier(*pair)]
    if against is None:
        return [Comparison(value) for table in now for value in table]
    targets = engine.company.file.targets
    found = []
    for ask, table in zip(asks, now, strict=True):
        metric = engine.catalog.metric(ask.metric)
        target = Target(**targets[metric.id].model_dump()) if metric.id in targets else None
        found += with_target(table, target, metric.direction)
    return found


def _why(
    given: argparse.Namespace, engine: Engine, asks: Sequence[Ask], when: AsOf
) -> tuple[list[Contributions], list[str]]:
    """Why each metric changed, in its newest period; or the reason why that cannot be said."""
    if not given.explain or given.vs not in EARLIER:
        return [], []
    found, notes = [], []
    for ask in {ask.metric: ask for ask in asks}.values():
        before = earlier(ask, given.vs).period
        try:
            if ask.by:
                found.append(contributions(engine, ask, before, when.day, today=when.today))
            elif one := explained(engine, replace(ask, by=()), before, when.day, today=when.today):
                found.append(one)
            else:
                notes.append(f"No dimension splits the change of {ask.metric} exactly.")
        except UnsplitError as error:
            notes.append(str(error))
    return found, notes
