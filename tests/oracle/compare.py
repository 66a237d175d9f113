"""What the engine gives for a random company beside what the naive formulas give: where the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.opening import open_company
from metrics.values import Status, Value
from tests.as_it_was import as_they_were
from tests.oracle.book import Book, Marked, NoNumber, Span, in_zone, without_ours
from tests.oracle.company import Cell, Tables, folder
from tests.oracle.currencies import in_home_currency
from tests.oracle.formulas import Formula
from tests.oracle.groups import can_part, is_of_people, parted, split

QUARTER = Calendar().quarter(2024, 1, fiscal=False)
MONTHS = [Calendar().containing(date(2024, month, 1), "month") for month in (1, 2, 3)]
SMALLEST = Fraction(1, 2 * 10**20)
"""Values end after twenty places."""


@dataclass(frozen=True)
class Compared:
    """One value of the engine, and what it should be: a number to twenty places and a status, written out."""

    metric: str
    period: str
    group: Cell
    expected: str
    found: str


def compared(
    path: Path, tables: Tables, settings: str, formulas: Mapping[str, Formula], as_of: date, *, as_text: bool
) -> Iterator[Compared]:
    """Each metric's values for the months and the quarter; where it can be, for the quarter also by group.

    Values about people are only given for periods that are over.
    """
    engine = open_company(folder(path, tables, settings, as_text=as_text))
    whole = without_ours(in_home_currency(in_zone(tables, engine.company.file.timezone)))
    known = as_they_were(whole, as_of)
    asks = [
        Ask(metric, period)
        for metric in formulas
        for period in (*MONTHS, QUARTER)
        if period.last_day <= as_of or not is_of_people(metric)
    ]
    for ask, [value] in zip(asks, engine.compute(asks, as_of), strict=True):
        yield _compared(formulas[ask.metric], ask, known, as_of, value, None)
    groups = [metric for metric in formulas if can_part(metric)]
    yield from _by_group(engine, known, {metric: formulas[metric] for metric in groups}, as_of)


def _by_group(
    engine: Engine, known: Tables, formulas: Mapping[str, Formula], as_of: date
) -> Iterator[Compared]:
    asks = [Ask(metric, QUARTER, by=(split(metric),)) for metric in formulas]
    for ask, values in zip(asks, engine.compute(asks, as_of), strict=True):
        of = parted(known, ask.metric)
        for value in values:
            if value.citation.scope.group:
                [group] = value.citation.scope.group
                yield _compared(formulas[ask.metric], ask, of(group), as_of, value, group, known)


def _compared(
    formula: Formula,
    ask: Ask,
    known: Tables,
    as_of: date,
    value: Value,
    group: Cell,
    whole: Tables | None = None,
) -> Compared:
    expected = right(
        formula, Book(known, as_of, whole or known), Span(ask.period.start, ask.period.end), value
    )
    return Compared(ask.metric, ask.period.label, group, expected, written(value))


def right(formula: Formula, book: Book, span: Span, value: Value) -> str:
    """What a value should be; as it is, where it is suppressed or off by no more than its last place."""
    if value.status is Status.SUPPRESSED:
        return written(value)
    try:
        result = formula(book, span)
    except NoNumber as none:
        return none.status
    number, status = (result.value, result.status) if isinstance(result, Marked) else (result, "ok")
    if value.value is not None and abs(Fraction(value.value) - number) <= SMALLEST:
        return f"{value.value} {status}"
    return f"{float(number)} {status}"


def written(value: Value) -> str:
    """A value's number and status."""
    return value.status.value if value.value is None else f"{value.value} {value.status.value}"
