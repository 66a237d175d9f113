"""`counterpoise metric`: values straight from the engine."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from bot.app import Companies, memory_of
from bot.coaching.force import as_taught
from bot.commands.choices import add_company, add_day, add_json, day, whole_number
from bot.commands.metric_text import draw
from bot.commands.metric_values import OPERATOR, compared, reasons
from bot.commands.output import demo_progress, print_json, print_page
from bot.commands.where import HELP, condition
from bot.contract_values import values_json
from bot.reading.words.name_forms import dimension_names
from bot.receipts import key_of
from bot.settings import Settings
from metrics.calendar.history import history
from metrics.calendar.period_words import parse_period
from metrics.calendar.periods import GRAINS, Grain, Period
from metrics.called import called
from metrics.engine import Ask, Engine
from metrics.engine.changes.compare import EARLIER, Comparison
from metrics.errors import UnknownNameError, UserError
from metrics.lists.growing import beside_all
from metrics.lists.holding import unheld_parts
from metrics.lists.wanted import AsOf, as_of_day, default_period, today_in
from metrics.notes.all import notes_on
from metrics.notes.beside import shown_with
from metrics.values import Value

MOST_DIMENSIONS = 2


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
    parser.add_argument("--grain", choices=(*GRAINS, "fiscal-quarter", "fiscal-year"))
    parser.add_argument("--by", metavar="DIMENSION", action="append", default=[], help="one or two of them")
    parser.add_argument(
        "--top", metavar="K", type=whole_number, help="the K largest groups, and the others as one"
    )
    parser.add_argument("--where", metavar="COLUMN=VALUE", action="append", default=[], help=HELP)
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
        engine = as_taught(memory_of(settings), Companies(settings, progress).open(given.company))
    when = as_of_day(engine, asked, today_in(engine.setting.timezone))
    asks = _asks(given, engine, when)
    found = compared(asks, engine, when, largest=given.top, against=given.vs)
    values = [one.value for one in found]
    together = shown_with(engine, asks, values, when.day, today=when.today, reader=OPERATOR)
    found = [replace(one, value=value) for one, (value, _) in zip(found, together, strict=True)]
    beside = {key_of(value): others for value, others in together if others}
    explaining = given.explain and given.vs in EARLIER
    why, notes = reasons(asks, engine, when, given.vs) if explaining else ([], [])
    held = unheld_parts(values, engine.company.file, engine.catalog) if given.vs == "target" else ()
    held_against = [one.other for one in found if one.other is not None and one.change is not None]
    missed = notes_on(engine, values, earlier=held_against)
    notes = [*missed, *notes, *_running(found), *held, *_beyond(values, when)]
    if given.json:
        print_json(values_json(found, engine.catalog, why, beside) | {"notes": [*notes, when.note]})
    else:
        print_page(
            lambda console: draw(
                console,
                found,
                why,
                engine,
                [*notes, when.note],
                against=given.vs,
                beside=beside if given.explain else None,
            )
        )
    return 0


def _running(found: Sequence[Comparison]) -> list[str]:
    """What to say of a part of a period that stands beside all of another."""
    pairs = (
        beside_all(one.value, one.other) for one in found if one.other is not None and one.change is not None
    )
    return list(filter(None, dict.fromkeys(pairs)))


def _beyond(values: Sequence[Value], when: AsOf) -> list[str]:
    """What to say of periods that are past, and of which the data that is there knows nothing yet."""
    late = [value.period for value in values if when.day < value.period.start <= when.today]
    if not late:
        return []
    last = min(max(period.last_day for period in late), when.today)
    return [
        f"{late[0]} lies after the newest day in the data: --as-of {last} takes it that nothing moved since."
    ]


def _asks(given: argparse.Namespace, engine: Engine, when: AsOf) -> list[Ask]:
    """What is asked of the engine, each metric over each period."""
    periods = _periods(given, engine, when)
    known = engine.catalog.metrics
    metric_ids = list(dict.fromkeys(called("metric", written, known) for written in given.ids))
    wanted: dict[str, list[str]] = {}
    for text in given.where:
        name, values = condition(text)
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
        else default_period(engine, when.day, steps=given.grain is not None)
    )
    if given.last is None and given.grain is None:
        return [period]
    grain = cast("Grain | None", given.grain and given.grain.removeprefix("fiscal-"))
    fiscal = bool(given.grain and given.grain.startswith("fiscal-"))
    return history(period, given.last or 1, when.day, calendar, grain=grain, fiscal=fiscal)


def _dimension(written: str, engine: Engine, metric_ids: Sequence[str]) -> str:
    """The dimension that is called so, if every metric can be split by it."""
    known = engine.catalog.dimensions
    called = {word.lower(): one.id for one in known.values() for word in dimension_names(one)}
    name = written if written in known else called.get(" ".join(written.lower().split()), written)
    for metric_id in metric_ids:
        ways = [other for other in engine.catalog.dimensions if engine.reaches(metric_id, other)]
        can = f"{metric_id} can be split by {', '.join(ways) or 'nothing'}."
        if name in ways:
            continue
        if undeclared := engine.undeclared(metric_id, written):
            raise UserError(
                f"{undeclared} splits nothing yet: write [dimensions.{'own_' * (written in known)}{written}] with "
                f'column = "{undeclared}" into company.toml.'
            )
        if name not in known:
            raise UnknownNameError("dimension", written, ways, remedy=can)
        taken = name if name == written else f"{written} (taken for {name})"
        raise UserError(f"{metric_id} cannot be split by {taken}: {can}")
    return name
