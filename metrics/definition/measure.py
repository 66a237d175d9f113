"""Measure: rows of one table -> one number, and the columns that takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from metrics.definition.condition import ColumnName, Test, Where
from metrics.definition.frozen import Frozen, Whole
from metrics.definition.window import Instant, Window

Aggregate = Literal["count", "sum", "distinct", "median", "percentile_75"]


class Elapsed(Frozen):
    """Time between two columns of a row, in calendar units."""

    unit: Literal["days", "hours", "minutes", "months"]
    since: str
    until: str


class Product(Frozen):
    """The product of columns of a row."""

    product: list[str] = Field(min_length=2)


class Together(Frozen):
    """Several columns taken as one, for distinct counts of pairs; a timestamp counts as its day."""

    together: list[str] = Field(min_length=2)


Column = str | Elapsed | Product | Together
"""What is aggregated: a column path (``amount_base``, ``account_id>accounts.segment``) or a computed column."""


class Measure(Frozen):
    """Rows of one table -> one number.

    Without ``at`` a measure is a *flow*: rows whose ``date`` lies in the window. With ``at`` it is a
    *stock*: rows that began before the instant (``date`` < instant) and had not ended by then (``until``
    is empty or >= instant).

    ``date`` and ``until`` may list several columns; the first that the company has is used.
    ``any_of`` holds alternative sets of conditions, of which one must hold beside ``where``.
    ``mature_days`` leaves out rows that have not had that many days by the as-of day.
    """

    table: str
    date: str | list[str]
    aggregate: Aggregate = "count"
    column: Column | None = None
    where: Where = {}
    any_of: list[Where] = []
    at: Instant | None = None
    until: str | list[str] | None = None
    over: Window = "period"
    mature_days: Whole = 0

    @cached_property
    def content(self) -> str:
        """What it adds up, apart from when: equal contents can share a query."""
        timeless = self.model_copy(update={"at": None, "over": "period", "mature_days": 0})
        return timeless.model_dump_json(exclude_defaults=True)

    @cached_property
    def is_additive(self) -> bool:
        """Whether its days add up: a count or sum whose conditions do not look at the period."""
        return self.adds_up and not self.looks

    @cached_property
    def looks(self) -> tuple[str, ...]:
        """The columns whose days its conditions compare with its window."""
        conditions = [item for where in (self.where, *self.any_of) for item in where.items()]
        return tuple(path for path, test in conditions if isinstance(test, Test) and test.in_window)

    @property
    def measures(self) -> list[Measure]:
        """Itself, as :class:`Entities` has the measures that it takes for each entity."""
        return [self]

    @property
    def adds_up(self) -> bool:
        """Whether it counts rows or adds up a column, so that its parts make the whole."""
        return self.aggregate in {"count", "sum"}

    @cached_property
    def rows(self) -> tuple[str, str, str, bool]:
        """Which rows it looks at: the same table and dates are read together."""
        return (self.table, str(self.date), str(self.until), self.at is not None)

    @model_validator(mode="after")
    def _column_fits_the_aggregate(self) -> Measure:
        if (self.aggregate == "count") != (self.column is None):
            raise ValueError("a count takes no column, every other aggregate needs one")
        if self.until is not None and self.at is None:
            raise ValueError("until needs at: start, end, average or known")
        return self


class Input(Measure):
    """A measure taken once for each entity. ``key`` is the column of its table that names the entity."""

    key: str

    @cached_property
    def looks_at(self) -> str:
        """Which rows of an entity it looks at, whatever it adds up of them: they are read together."""
        counted = {"at": None, "over": "period", "mature_days": 0, "aggregate": "count", "column": None}
        return self.model_copy(update=counted).model_dump_json(exclude_defaults=True)


def column_paths(measure: Measure) -> Iterator[list[str]]:
    """The column paths a measure needs, each as alternatives of which one is enough."""
    for days in (measure.date, measure.until):
        if days is not None:
            yield [days] if isinstance(days, str) else days
    for name in looked_at(measure):
        yield [name]


def looked_at(measure: Measure) -> Iterator[str]:
    """The column paths that say whether and what a row counts, beside the days on which it does."""
    for where in [measure.where, *measure.any_of]:
        yield from _conditions(where)
    yield from columns_of(measure.column)
    if isinstance(measure, Input):
        yield measure.key


def _conditions(where: Where) -> Iterator[str]:
    for path, condition in where.items():
        yield path
        if isinstance(condition, Test):
            for value in condition.__dict__.values():
                if isinstance(value, ColumnName):
                    yield value.column
            if condition.of is not None:
                yield condition.of


def columns_of(column: Column | None) -> list[str]:
    """The column paths that what a measure adds up is worked out from."""
    match column:
        case None:
            return []
        case str():
            return [column]
        case Elapsed():
            return [column.since, column.until]
        case Product():
            return column.product
        case Together():
            return column.together
