"""`counterpoise metric`: values straight from the engine."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, cast

from rich import box
from rich.table import Table
from rich.text import Text

from bot.app import Companies
from bot.commands.output import Bar, console, print_json
from bot.contract import values_json
from bot.settings import Settings
from bot.terminal import receipt
from metrics.build import AsOf, as_of_day, default_period
from metrics.display import target_words, value_words
from metrics.engine import Ask, Engine
from metrics.errors import UnknownNameError, UserError
from metrics.period_words import parse_period
from metrics.periods import Grain, Period
from metrics.scorecard import Target
from metrics.values import Value

HEADINGS = {"previous": "Previous", "last-year": "Year before", "target": "Target"}
AGAINST = {"previous": Period.previous, "last-year": Period.year_before}


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("metric", help="values straight from the engine")
    parser.add_argument("ids", metavar="ID", nargs="+", help="metrics, also a variant: win_rate.of_all")
    parser.add_argument(
        "--period", metavar="P", help="2025-Q4, FY2025-Q4, 2025-11, 2025-W07, 'last quarter', ..."
    )
    parser.add_argument("--last", metavar="N", type=int, help="this period and the ones before it, N in all")
    parser.add_argument("--grain", choices=["day", "week", "month", "quarter", "year"])
    parser.add_argument("--by", metavar="DIMENSION", action="append", default=[])
    parser.add_argument("--top", metavar="K", type=int, help="the K largest groups only")
    parser.add_argument("--where", metavar="COLUMN=VALUE", action="append", default=[])
    parser.add_argument("--vs", choices=["previous", "last-year", "target"])
    parser.add_argument("--explain", action="store_true", help="with formula, receipt and SQL")
    parser.add_argument("--company", metavar="DIR")
    parser.add_argument("--as-of", metavar="DATE")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Compute and print."""
    engine = Companies(settings, Bar("Making the demo company")).open(given.company)
    asked = date.fromisoformat(given.as_of) if _is_day(given.as_of) else None
    when = as_of_day(engine, asked, datetime.now(UTC).date())
    periods = _periods(given, engine, when.day)
    filters = dict(_filter(text, engine) for text in given.where)
    by = tuple(_dimension(name, engine, given.ids) for name in given.by)
    asks = [Ask(metric_id, period, by, filters) for metric_id in given.ids for period in periods]
    tables = [_largest(values, given.top) for values in engine.compute(asks, when.day, today=when.today)]
    compared = _compared(given.vs, engine, asks, when)
    values = [value for table in tables for value in table]
    if given.json:
        print_json(values_json([*values, *compared.values()], engine.catalog))
    else:
        _show(values, compared, given, engine, when.note)
    return 0


def _is_day(text: str | None) -> bool:
    if text is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        raise UserError(f"{text!r} is no day: write one such as 2025-12-31.") from None
    return True


def _periods(given: argparse.Namespace, engine: Engine, as_of: date) -> list[Period]:
    """The period asked for, or N of a grain that end with it."""
    calendar = engine.company.calendar
    period = (
        parse_period(given.period, as_of=as_of, calendar=calendar)
        if given.period
        else default_period(engine, as_of)
    )
    if not given.last:
        return [period]
    if given.last < 1:
        raise UserError("--last counts periods: give 1 or more.")
    grain = cast("Grain", given.grain or (period.grain if period.grain != "custom" else "month"))
    last = period if period.grain == grain else calendar.last_complete(grain, min(as_of, period.last_day))
    return [last.shifted(-step) for step in reversed(range(given.last))]


def _filter(text: str, engine: Engine) -> tuple[str, list[str]]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UserError(f"{text!r} is no filter: write COLUMN=VALUE, for example segment=SMB.")
    return _known(name.strip(), engine), [value.strip()]


def _dimension(name: str, engine: Engine, metric_ids: Sequence[str]) -> str:
    found = _known(name, engine)
    for metric_id in metric_ids:
        if not engine.reaches(metric_id, found):
            ways = [other for other in engine.catalog.dimensions if engine.reaches(metric_id, other)]
            raise UserError(
                f"{metric_id} cannot be split by {found}; it can by {', '.join(ways) or 'nothing'}."
            )
    return found


def _known(name: str, engine: Engine) -> str:
    if name not in engine.catalog.dimensions:
        raise UnknownNameError("dimension", name, engine.catalog.dimensions)
    return name


def _largest(values: list[Value], top: int | None) -> list[Value]:
    if not top:
        return values
    return sorted(values, key=lambda value: (value.value is None, -(value.value or 0)))[:top]


def _compared(
    against: str | None, engine: Engine, asks: Sequence[Ask], when: AsOf
) -> dict[tuple[str, str, tuple[str, ...]], Value]:
    """What each value is compared with, by metric, its own period and its group."""
    if against not in AGAINST:
        return {}
    shift = AGAINST[against]
    earlier = [Ask(ask.metric, shift(ask.period), ask.by, ask.filters) for ask in asks]
    found = engine.compute(earlier, when.day, today=when.today)
    return {
        (ask.metric, ask.period.label, tuple(value.group.values())): value
        for ask, values in zip(asks, found, strict=True)
        for value in values
    }


def _show(
    values: Sequence[Value],
    compared: dict[tuple[str, str, tuple[str, ...]], Value],
    given: argparse.Namespace,
    engine: Engine,
    note: str,
) -> None:
    out, currency = console(), engine.company.file.currency
    for metric_id, group in groupby(values, key=lambda value: value.metric):
        own, metric = list(group), engine.catalog.metric(metric_id)
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        versus = (
            [{"previous": "Previous", "last-year": "Year before", "target": "Target"}[given.vs]]
            if given.vs
            else []
        )
        for heading in ("Period", *given.by, "Value", "n", *versus):
            table.add_column(heading, justify="right" if heading in {"Value", "n", *versus} else "left")
        for value in own:
            against = compared.get((metric_id, value.period.label, tuple(value.group.values())))
            other = [value_words(against, metric.unit, currency)] if against else []
            if given.vs == "target":
                other = [_target(engine, metric_id, metric.unit, currency)]
            shown = value_words(value, metric.unit, currency)
            count = "" if value.n is None else f"{value.n:,}"
            table.add_row(value.period.label, *value.group.values(), Text(shown), count, *other)
        out.print(Text(f"{metric.name} ({metric.formula})", style="bold"))
        out.print(table)
        if given.explain:
            _explain(own, engine)
    out.print(Text(f"{engine.company.file.name}. {note}", style="dim"))


def _target(engine: Engine, metric_id: str, unit: str, currency: str) -> str:
    found = engine.company.file.targets.get(metric_id)
    return (
        target_words(Target(found.value, found.low, found.high, found.due), unit, currency) if found else ""
    )


def _explain(values: Sequence[Value], engine: Engine) -> None:
    out = console()
    for value in values:
        out.print(Text(f"{value.period.label} {' '.join(value.group.values())}: {receipt(value)}"))
    out.print(Text(engine.catalog.metric(values[0].metric).caveat))
    for remark in values[0].citation.assumptions:
        out.print(Text(f"Assumed: {remark}"))
    for sql, parameters in zip(values[0].citation.sql, values[0].citation.parameters, strict=True):
        out.print(Text(f"{sql}\n-- parameters: {dict(parameters)}", style="dim"))
