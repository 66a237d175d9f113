"""The receipt of a value: what was asked, what ran, and how the number comes out of the rows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from metrics import VERSION
from metrics.calendar.periods import add_months, months_between
from metrics.engine.asking.ask import Ask
from metrics.engine.asking.kept import ANY, NONE
from metrics.engine.asking.leaves import Frame, Leaf, takes_quantile
from metrics.engine.evaluation import choices
from metrics.engine.evaluation.company_says import declared, own_dimensions, own_words
from metrics.engine.evaluation.formula import Result
from metrics.engine.evaluation.steps import steps
from metrics.engine.fetching.fetch import Fetched
from metrics.engine.queries.cells import Group, Ran
from metrics.engine.queries.rows import Setting
from metrics.model import Metric, Table
from metrics.values import Citation, Scope, Step

PLACES = Decimal("1e-20")
"""Fractions that do not end are cut here, far behind anything that is shown."""
UNITS = 10**20
"""How many of the last place are in one."""
WIDE = Context(prec=60)

MONTH, QUARTER = 1, 3


@dataclass(frozen=True)
class Case:
    """An ask with its metric, its frame, its leaves (``own``) and what came back for them.

    ``guarded``: the newest row is told by its month, because its day would be that of one person's record; that of a
    group by its quarter, for of what happens now and then no month of a group is told.
    """

    metric: Metric
    ask: Ask
    frame: Frame
    own: list[Leaf]
    fetched: Fetched
    setting: Setting
    guarded: bool = False


def cite(case: Case, group: Group, result: Result | None, n: int | None) -> Citation:
    """The receipt of one value; without a ``result`` it goes as far as the data does.

    What follows from the question alone, and the steps from its plan, are worked out once for each frame.
    """
    metric, frame, setting = case.metric, case.frame, case.setting
    found = list(map(case.fetched.cells.get, case.own))
    queries = tuple([one.queries for one in found if one])
    ran = case.fetched.known(queries, lambda: Statements.of(queries))
    days = [
        cell.newest
        for one in found
        if one
        for key, cell in one.cells.items()
        if cell.newest is not None and (not group or key[: len(group)] == group)
    ]
    newest, parted = max(days, default=None), QUARTER if group or case.ask.filters else MONTH
    key = ("asked", metric.id, metric.method, group)
    asked = frame.known(key, lambda: _asked(case, group))
    plan = (ran.places, *[one and (one.columns, one.marks) for one in found])
    if plan not in asked.steps:
        held = {leaf: one for leaf, one in zip(case.own, found, strict=True) if one}
        asked.steps[plan] = tuple(steps(metric, frame, held, setting, ran.all))
    known = setting.relations.assumed
    assumed = [remark for table in asked.read for remark in known.get(table, ())] if known else ()
    return Citation(
        **asked.fields,
        numerator=None if result is None else decimal(result.numerator),
        denominator=None if result is None or result.denominator is None else decimal(result.denominator),
        n=n,
        data_through=_coarsely(newest, frame, parted) if newest and case.guarded else newest,
        sql=ran.sql,
        parameters=ran.parameters,
        steps=asked.steps[plan],
        assumptions=(*assumed, *asked.assumed),
    )


def _coarsely(day: date, frame: Frame, months: int) -> date:
    """The end of the months that a day is in, so many from where the period begins, as far as that goes."""
    begin, after = frame.period.start.replace(day=1), add_months(day.replace(day=1), 1)
    end = add_months(begin, months * (months_between(begin, day) // months + 1))
    return min(min(end, max(after, frame.period.end)) - timedelta(days=1), frame.as_of)


@dataclass(frozen=True)
class Statements:
    """What ran for a value, each once, which of it for each leaf, and the same as its receipt has it."""

    all: Sequence[Ran]
    places: tuple[tuple[int, ...], ...]
    sql: tuple[str, ...]
    parameters: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, queries: Sequence[Sequence[Ran]]) -> Statements:
        """The statements of several leaves."""
        ran = list(dict.fromkeys([query for own in queries for query in own]))
        places = tuple([tuple(map(ran.index, own)) for own in queries])
        return cls(
            ran, places, tuple([query.sql for query in ran]), tuple([query.parameters for query in ran])
        )


@dataclass(frozen=True)
class Asked:
    """What of a receipt follows from the question alone, and the steps by what they follow from beside it."""

    fields: Mapping[str, Any]
    assumed: Sequence[str]
    read: Sequence[str]
    steps: dict[Hashable, tuple[Step, ...]] = field(default_factory=dict)


def _mapped(table: Table, setting: Setting) -> list[str]:
    """The tables of the company that a table is made of; itself where it is one of them."""
    has = setting.relations.warehouse.company.selects
    return [name for name in table.derived if name in has] if table.derived else [table.name]


def _asked(case: Case, group: Group) -> Asked:
    metric, frame, setting = case.metric, case.frame, case.setting
    company = setting.relations.warehouse.company.file
    split_by = (*case.ask.by, *case.ask.beside, *case.ask.filters)
    read = tuple(dict.fromkeys(table for leaf in case.own for table in leaf.tables))
    mapped = [one for table in read for one in _mapped(frame.catalog.tables[table], setting)]
    fields = {
        "metric": metric.id,
        "method": metric.method,
        "usual_method": metric.method == frame.catalog.metric(metric.id).method,
        "version": frame.catalog.version(metric),
        "engine": VERSION,
        "currency": company.currency if metric.unit.startswith("currency") else "",
        "timezone": setting.timezone,
        "declared": declared(metric, frame, case.own, setting.settings)
        | own_dimensions(company, split_by)
        | own_words(company, frame.catalog, case.own, split_by),
        "formula": metric.formula,
        "period": frame.period,
        "filters": _filters(case.ask, group),
        "scope": _scope(case.ask, frame, group),
        "as_of": frame.as_of,
        "tables": tuple(dict.fromkeys(mapped)),
    }
    taught = setting.relations.warehouse.habits.quantile if any(map(takes_quantile, case.own)) else ""
    assumed = [*choices.assumed(metric, frame), *choices.other_days(case.own, setting.relations)]
    said = [*dict.fromkeys(assumed), *([taught] if taught else [])]
    return Asked(fields, said, tuple(dict.fromkeys((*read, *mapped))))


def _filters(ask: Ask, group: Group) -> dict[str, str]:
    """What was kept, as people read it."""
    kept = {name: ", ".join(values) for name, values in ask.filters.items()}
    left: dict[str, list[str]] = {}
    for values in ask.besides:
        parts = [(name, part or NONE) for name, part in zip(ask.beside, values, strict=True) if part != ANY]
        left.setdefault(" / ".join(name for name, _ in parts), []).append(
            " / ".join(part for _, part in parts)
        )
    kept |= {names: f"all but {', '.join(groups)}" for names, groups in left.items()}
    return kept | named(ask, group)


def named(ask: Ask, group: Group) -> dict[str, str]:
    """A group by its dimensions, as it is shown."""
    return {name: part or NONE for name, part in zip(ask.by, group, strict=False)} if group else {}


def _scope(ask: Ask, frame: Frame, group: Group) -> Scope:
    rows = ask.slice
    return Scope(rows.filters, rows.by, group, rows.beside, rows.besides, frame.elapsed)


def decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal: exact where it ends within twenty places, else rounded there."""
    if value.denominator == 1:
        return Decimal(value.numerator)
    exact = WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    if UNITS % value.denominator == 0:  # it ends within them
        return exact
    rounded = exact.quantize(PLACES, ROUND_HALF_UP, WIDE).normalize(WIDE)
    return rounded.quantize(Decimal(1), context=WIDE) if rounded == rounded.to_integral_value() else rounded
