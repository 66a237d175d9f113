"""Expression: what numerators and denominators are, measures combined by a closed set of operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Discriminator, Field, Tag

from metrics.definition.entities import Entities
from metrics.definition.frozen import Frozen
from metrics.definition.measure import Measure
from metrics.definition.window import Window


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


class Root(Frozen):
    """The root of the first expression, of the degree of the second, to forty digits; no value below zero."""

    root: tuple[Expression, Expression]


class CountBack(Frozen):
    """How many days it takes a flow to come to a stock, counted back from the end of the window.

    Month by month, the last of them in part: of a month of 30 days whose invoices come to three times what is left it
    takes ten days. No value where two years do not come to it.
    """

    count_back: tuple[Expression, Expression]


class Lowest(Frozen):
    """The lowest of several expressions."""

    lowest: list[Expression] = Field(min_length=2)


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


KEYS = (
    "across",
    "add",
    "subtract",
    "multiply",
    "divide",
    "power",
    "root",
    "count_back",
    "lowest",
    "first_of",
    "metric",
    "length",
    "external",
    "per",
)
"""The keys that tell what a mapping is; one with none of them is a measure."""
SPECIAL = {"metric": "metricvalue", "per": "entities"}
"""The keys that are not the name of what they tell."""


def _kind(raw: Any) -> str:
    """Which class of expression a mapping is, told by the key that only that class has."""
    if isinstance(raw, (int, float, Decimal)):
        return "number"
    if not isinstance(raw, dict):
        return type(raw).__name__.lower() if isinstance(raw, BaseModel) else "measure"
    for key in KEYS:
        if key in raw:
            return key.replace("_", "") if key not in SPECIAL else SPECIAL[key]
    return "measure"


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
    | Annotated[Root, Tag("root")]
    | Annotated[CountBack, Tag("countback")]
    | Annotated[Lowest, Tag("lowest")]
    | Annotated[FirstOf, Tag("firstof")]
    | Annotated[Across, Tag("across")]
    | Annotated[Decimal, Tag("number")],
    Discriminator(_kind),
]

OPERATIONS: Mapping[type, str] = {
    Add: "add",
    Subtract: "subtract",
    Multiply: "multiply",
    Divide: "divide",
    Power: "power",
    Root: "root",
    CountBack: "count_back",
    Lowest: "lowest",
    FirstOf: "first_of",
}
"""The field in which an operation has the expressions that it combines."""

for operation in (Add, Subtract, Multiply, Divide, Power, Root, CountBack, Lowest, FirstOf, Across):
    operation.model_rebuild()


def parts(expression: Expression) -> list[Expression]:
    """The expressions that an operation combines; none for a leaf."""
    if isinstance(expression, Across):
        return [expression.of]
    combined = OPERATIONS.get(type(expression))
    return [] if combined is None else list(getattr(expression, combined))


def references(expression: Expression) -> Iterator[MetricValue]:
    """The other metrics that an expression takes the values of."""
    if isinstance(expression, MetricValue):
        yield expression
    for part in parts(expression):
        yield from references(part)
