"""What a metric is made of: measures over tables, combined by a closed set of operations.

A definition is data. Nothing in it is text to be evaluated: every column, condition and operation is
a field of one of the classes below, so that what a metric does can be read, checked and compiled.

Every metric is ``scale x numerator / denominator`` (or ``scale x numerator``), where both are
*expressions*: a :class:`Measure` (rows -> number), an :class:`Entities` (rows -> one record per account,
employee, ... -> number), a reference to another metric, a length of time, a number, or an operation on
expressions.
"""

from metrics.definition.condition import ColumnName, Condition, Scalar, Test, Where
from metrics.definition.entities import Entities, Gap, Least, Times
from metrics.definition.expression import (
    OPERATIONS,
    Across,
    Add,
    CountBack,
    Divide,
    Expression,
    External,
    FirstOf,
    Length,
    Lowest,
    MetricValue,
    Multiply,
    Power,
    Root,
    Subtract,
    parts,
    references,
)
from metrics.definition.frozen import Declared, Frozen, Whole
from metrics.definition.measure import (
    Aggregate,
    Column,
    Elapsed,
    Input,
    Measure,
    Product,
    Together,
    column_paths,
    columns_of,
    looked_at,
)
from metrics.definition.window import Instant, Window

__all__ = [
    "OPERATIONS",
    "Across",
    "Add",
    "Aggregate",
    "Column",
    "ColumnName",
    "Condition",
    "CountBack",
    "Declared",
    "Divide",
    "Elapsed",
    "Entities",
    "Expression",
    "External",
    "FirstOf",
    "Frozen",
    "Gap",
    "Input",
    "Instant",
    "Least",
    "Length",
    "Lowest",
    "Measure",
    "MetricValue",
    "Multiply",
    "Power",
    "Product",
    "Root",
    "Scalar",
    "Subtract",
    "Test",
    "Times",
    "Together",
    "Where",
    "Whole",
    "Window",
    "column_paths",
    "columns_of",
    "looked_at",
    "parts",
    "references",
]
