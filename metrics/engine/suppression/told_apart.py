"""Groups of whom a value tells one by one: each has to be large enough by itself."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.definition import Across, Entities, Expression, FirstOf, Lowest, Measure, columns_of, parts
from metrics.engine.asking.leaves import Frame, Leaf, leaves, takes_quantile
from metrics.model import Metric
from metrics.privacy.sensitivity import of_path


def counts_rows(one: Leaf) -> bool:
    """Whether a leaf counts something, where another adds up an amount."""
    return isinstance(one.expression, Entities) or one.expression.aggregate != "sum"


def told_apart(metric: Metric, frame: Frame) -> Iterator[Leaf]:
    """The groups of whom ``n`` tells the smallest, where the figures of each can be added and subtracted.

    Those of the women in a pay gap of means can: its receipt has the mean of the men beside the difference. A middle
    or the lowest of several shares is of one table and says nothing of what another leaves.
    """
    if metric.n is not None and not any(_picks(part, frame) for part in metric.parts):
        yield from _smallest_of(metric.n, frame)
    yield from _uncounted(metric, frame)


def _uncounted(metric: Metric, frame: Frame) -> Iterator[Leaf]:
    """Amounts of pay and the like of which nothing counts the rows: of those of one level, where all are counted."""
    own = [one for found in frame.leaves(metric).values() for one in found]
    counted = [one.expression for one in own if counts_rows(one)]
    for one in own:
        amount = one.expression
        if not isinstance(amount, Measure) or counts_rows(one) or not _is_restricted(amount, frame):
            continue
        if not any(isinstance(count, Measure) and _covers(amount, count) for count in counted):
            yield one


def _is_restricted(amount: Measure, frame: Frame) -> bool:
    return any(
        "restricted" in of_path(frame.catalog, amount.table, path) for path in columns_of(amount.column)
    )


def _covers(amount: Measure, count: Measure) -> bool:
    """Whether all rows that are counted are among those whose amounts are taken."""
    same = ("table", "date", "until", "at", "over", "any_of", "mature_days")
    if any(getattr(amount, name) != getattr(count, name) for name in same):
        return False
    return all(count.where.get(path) == condition for path, condition in amount.where.items())


def _smallest_of(n: Expression, frame: Frame) -> Iterator[Leaf]:
    match n:
        case FirstOf():
            yield from _smallest_of(frame.first(n), frame)
        case Lowest():
            yield from (one for part in n.lowest for one in leaves(part, frame) if counts_rows(one))
        case Across(take="lowest"):
            yield from filter(counts_rows, leaves(n.of, frame.grouped(n.across)))


def _picks(expression: Expression, frame: Frame) -> bool:
    """Whether something of it is one of several figures: the middle, the lowest, the highest."""
    match expression:
        case Measure() | Entities():
            return takes_quantile(frame.leaf(expression))
        case Lowest() | Across(take="lowest" | "highest"):
            return True
        case FirstOf():
            return _picks(frame.first(expression), frame)
        case _:
            return any(_picks(part, frame) for part in parts(expression))
