"""What a metric leaves out, told where nothing was left to divide by: its caveat says why rows may count nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.model import Catalog
from metrics.values import Status, Value


def leaving_nothing(catalog: Catalog, values: Sequence[Value]) -> tuple[str, ...]:
    """A note for each metric without a single value but undefined ones: what it looks at, as its caveat says."""
    defined = {value.metric for value in values if value.status is not Status.UNDEFINED}
    metrics = [catalog.computed(value) for value in values if value.metric not in defined]
    notes = (f"{metric.name}: {' '.join(metric.caveat.split())}" for metric in metrics if metric.caveat)
    return tuple(dict.fromkeys(notes))
