"""A value that whoever reads may not see: it is there, and nothing of it is shown to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from metrics.model import Catalog, Sensitivity
from metrics.privacy.sensitivity import ORDER, by_dimension, most, of_metric
from metrics.privacy.suppress import blank
from metrics.privacy.thresholds import Reader
from metrics.values import Status, Value

WITHHELD = "withheld"
"""The flag of a value that is kept from this reader; others may see it."""
TELLS_NOTHING = {Status.NOT_MEASURED}
"""What says which tables a company has, and nothing of what is in them: that a quota is met already does."""


def level_of(catalog: Catalog, metric_id: str, names: Iterable[str] = ()) -> Sensitivity:
    """How guarded a metric's values are, grouped or filtered by these (what is no dimension adds nothing)."""
    parts = (by_dimension(catalog, metric_id, name) for name in names if name in catalog.dimensions)
    return most(of_metric(catalog, metric_id), *parts)


def level_of_recorded(catalog: Catalog, metric_id: str, names: Iterable[str] = ()) -> Sensitivity:
    """The same for what an old answer recorded, perhaps by a method (``win_rate.of_all``).

    A method may be about people where its metric is not. One that is gone was as guarded as its metric, for all that is
    known; of a metric that is gone nothing is known.
    """
    base = metric_id.partition(".")[0]
    if base not in catalog.metrics:
        return "restricted"
    return level_of(catalog, metric_id if metric_id in catalog.metrics[base].others else base, names)


def may_see(reader: Reader, level: Sensitivity, metric_id: str) -> bool:
    """Whether a reader may see a metric's values of that level."""
    if reader.only is not None and metric_id.partition(".")[0] not in reader.only:
        return False
    return reader.ceiling != "none" and ORDER.index(level) <= ORDER.index(reader.ceiling)


def withhold(value: Value) -> Value:
    """The value as somebody sees it who may not see it: without any number, and marked as withheld."""
    if value.status in TELLS_NOTHING:
        return value
    hidden = blank(value)
    receipt = replace(hidden.citation, declared={}, assumptions=())  # figures of the company as well
    return replace(hidden, citation=receipt, flags=(*hidden.flags, WITHHELD))


def withhold_table(table: Sequence[Value]) -> list[Value]:
    """A table as somebody sees it who may not see it: one value, for the names of its groups may be customers'."""
    if not any(value.group for value in table):
        return [withhold(value) for value in table]
    first = table[0]
    filters = {name: kept for name, kept in first.citation.filters.items() if name not in first.group}
    receipt = replace(first.citation, filters=filters, scope=first.citation.scope._replace(group=()))
    return [withhold(replace(first, group={}, citation=receipt, status=Status.SUPPRESSED))]


def is_withheld(value: Value) -> bool:
    """Whether a value was kept from whoever reads it."""
    return WITHHELD in value.flags
