"""What a metric is made of: measures over tables, combined by a closed set of operations.

A definition is data. Nothing in it is text to be evaluated: every column, condition and operation is
a field of one of the classes below, so that what a metric does can be read, checked and compiled.

Every metric is ``scale x numerator / denominator`` (or ``scale x numerator``), where both are
*expressions*: a :class:`Measure` (rows -> number), an :class:`Entities` (rows -> one record per account,
employee, ... -> number), a reference to another metric, a length of time, a number, or an operation on
expressions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

Window = Literal[
    "period",
    "previous",
    "year_before",
    "next",
    "trailing_30_days",
    "trailing_13_weeks",
    "trailing_52_weeks",
    "trailing_3_months",
    "trailing_12_months",
    "twelve_months_a_year_ago",
    "since_start",
]
"""Which stretch of time a measure looks at, relative to the period asked for and ending where it ends.

Those that do not end there say so: ``previous``, ``year_before``, ``next``, and ``twelve_months_a_year_ago``
for cohorts that have had a whole year since. ``since_start`` is everything until the period's end.
"""

Instant = Literal["start", "end", "average", "two_point", "mid_month", "twelfth", "known"]
"""When a stock is read: at the start or the end of the window, as the mean of its month ends including the
opening one, as the mean of opening and closing, as the mean over its months of the 15th or of the 12th, or as
far as is known (the end, or the as-of day where that is earlier)."""

Aggregate = Literal["count", "sum", "distinct", "median", "percentile_75"]
Scalar = bool | Decimal | str


class Frozen(BaseModel):
    """A value read from a file: unknown keys are refused, nothing changes afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @cached_property
    def fingerprint(self) -> str:
        """What it says, as text: equal definitions have equal keys."""
        return self.model_dump_json(exclude_defaults=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with changes, which knows nothing of what was remembered about the original."""
        copy = super().model_copy(update=update, deep=deep)
        for name in list(copy.__dict__):
            if isinstance(getattr(type(self), name, None), cached_property):
                del copy.__dict__[name]
        return copy


class Declared(Frozen):
    """A whole number that a company may declare in ``company.toml`` under ``[settings]``, else ``otherwise``."""

    setting: str
    otherwise: int


Whole = int | Declared


class Test(Frozen):
    """A condition on one column. Each field that is set must hold.

    A comparison takes a number or the name of another column (``{column: NAME}``). ``within_days: 7, of:
    scheduled_on`` holds where both days are at most seven apart. ``setting`` compares with what
    ``company.toml`` says under ``[settings]``; without it the metric is not measured. ``in_window`` holds
    where the day lies in that window.
    """

    __test__ = False  # not a test class, whatever pytest thinks of its name

    is_not: Scalar | list[Scalar] | None = None
    present: bool | None = None
    at_least: Decimal | ColumnName | None = None
    above: Decimal | ColumnName | None = None
    at_most: Decimal | ColumnName | None = None
    below: Decimal | ColumnName | None = None
    on_or_before: ColumnName | None = None
    before: ColumnName | None = None
    on_or_after: ColumnName | None = None
    within_days: Whole | None = None
    of: str | None = None
    setting: str | None = None
    in_window: Window | None = None

    @model_validator(mode="after")
    def _within_names_its_column(self) -> Test:
        if (self.within_days is None) != (self.of is None):
            raise ValueError("within_days and of go together: {within_days: 7, of: scheduled_on}")
        return self


class ColumnName(Frozen):
    """Another column of the same row, to compare with."""

    column: str


Test.model_rebuild()

Condition = Test | list[Scalar] | Scalar
Where = dict[str, Condition]
"""Column path -> condition. The key ``any_of`` is not a column: see :class:`Measure`."""


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
        tests = [test for where in [self.where, *self.any_of] for test in where.values()]
        looks = any(isinstance(test, Test) and test.in_window for test in tests)
        return self.aggregate in {"count", "sum"} and not looks

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


class Least(Frozen):
    """The smaller of two inputs of an entity."""

    least: tuple[str, str]


class Gap(Frozen):
    """The absolute difference of two inputs of an entity."""

    gap: tuple[str, str]


class Times(Frozen):
    """The product of inputs of an entity."""

    times: list[str] = Field(min_length=2)


class Entities(Frozen):
    """Rows -> one record per entity -> one number.

    ``inputs`` are taken for each entity; ``where`` keeps entities by their inputs (a comparison may name
    another input with ``{column: NAME}``); the rest are counted, or ``of`` is summed.
    """

    per: str
    inputs: dict[str, Input] = Field(min_length=1)
    where: Where = {}
    aggregate: Literal["count", "sum"] = "count"
    of: str | Least | Gap | Times | None = None

    @model_validator(mode="after")
    def _of_fits_the_aggregate(self) -> Entities:
        if (self.aggregate == "count") != (self.of is None):
            raise ValueError("aggregate: count takes no `of`, aggregate: sum needs one")
        return self


class MetricValue(Frozen):
    """The unrounded value of another metric, in its own unit (percentages are in percent)."""

    metric: str
    over: Window = "period"


class Length(Frozen):
    """The length of the window, in days, Mondays to Fridays, or months (thirds of a quarter)."""

    length: Literal["days", "weekdays", "months"]
    over: Window = "period"


class External(Frozen):
    """A figure from outside, with its source and day, as ``company.toml`` gives it under ``[external]``."""

    external: str


class Add(Frozen):
    """The sum of expressions."""

    add: list[Expression] = Field(min_length=2)


class Subtract(Frozen):
    """The first expression minus all the others."""

    subtract: list[Expression] = Field(min_length=2)


class Multiply(Frozen):
    """The product of expressions."""

    multiply: list[Expression] = Field(min_length=2)


class Divide(Frozen):
    """The first expression divided by the second; undefined where that is zero."""

    divide: tuple[Expression, Expression]


class Power(Frozen):
    """The first expression raised to the second; no value where that is not a whole number."""

    power: tuple[Expression, Expression]


class FirstOf(Frozen):
    """The first of several expressions for which a company has the tables and columns.

    ``assuming`` is what a receipt says where it was not the very first.
    """

    first_of: list[Expression] = Field(min_length=2)
    assuming: str


class Across(Frozen):
    """An expression computed for each value of a column, then reduced: its sum, mean, lowest or highest.

    Values of the column for which the expression is undefined are left out.
    """

    across: str
    take: Literal["sum", "mean", "lowest", "highest"]
    of: Expression


def _kind(raw: Any) -> str:
    """Which class of expression a mapping is, told by the key that only that class has."""
    if isinstance(raw, (int, float, Decimal)):
        return "number"
    if not isinstance(raw, dict):
        return type(raw).__name__.lower() if isinstance(raw, BaseModel) else "measure"
    for key in KEYS:
        if key in raw:
            return {"metric": "metricvalue", "per": "entities", "first_of": "firstof"}.get(key, key)
    return "measure"


KEYS = (
    "across",
    "add",
    "subtract",
    "multiply",
    "divide",
    "power",
    "first_of",
    "metric",
    "length",
    "external",
    "per",
)
"""The keys that tell what a mapping is; one with none of them is a measure."""


Expression = Annotated[
    Annotated[Measure, Tag("measure")]
    | Annotated[Entities, Tag("entities")]
    | Annotated[MetricValue, Tag("metricvalue")]
    | Annotated[Length, Tag("length")]
    | Annotated[External, Tag("external")]
    | Annotated[Add, Tag("add")]
    | Annotated[Subtract, Tag("subtract")]
    | Annotated[Multiply, Tag("multiply")]
    | Annotated[Divide, Tag("divide")]
    | Annotated[Power, Tag("power")]
    | Annotated[FirstOf, Tag("firstof")]
    | Annotated[Across, Tag("across")]
    | Annotated[Decimal, Tag("number")],
    Discriminator(_kind),
]

for operation in (Add, Subtract, Multiply, Divide, Power, FirstOf, Across):
    operation.model_rebuild()


def parts(expression: Expression) -> list[Expression]:
    """The expressions that an operation combines; none for a leaf."""
    match expression:
        case Add():
            found = expression.add
        case Subtract():
            found = expression.subtract
        case Multiply():
            found = expression.multiply
        case Divide():
            found = list(expression.divide)
        case Power():
            found = list(expression.power)
        case FirstOf():
            found = expression.first_of
        case Across():
            found = [expression.of]
        case _:
            found = []
    return found


def references(expression: Expression) -> Iterator[MetricValue]:
    """The other metrics that an expression takes the values of."""
    if isinstance(expression, MetricValue):
        yield expression
    for part in parts(expression):
        yield from references(part)


def column_paths(measure: Measure) -> Iterator[list[str]]:
    """The column paths a measure needs, each as alternatives of which one is enough."""
    for days in (measure.date, measure.until):
        if days is not None:
            yield [days] if isinstance(days, str) else days
    for where in [measure.where, *measure.any_of]:
        for name in _conditions(where):
            yield [name]
    for name in _computed(measure.column):
        yield [name]
    if isinstance(measure, Input):
        yield [measure.key]


def _conditions(where: Where) -> Iterator[str]:
    for path, condition in where.items():
        yield path
        if isinstance(condition, Test):
            for value in condition.__dict__.values():
                if isinstance(value, ColumnName):
                    yield value.column
            if condition.of is not None:
                yield condition.of


def _computed(column: Column | None) -> list[str]:
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
