"""Why a value is none: what a metric leaves out where nothing was left to divide by, and months that still run."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.model import Catalog
from metrics.privacy.sensitivity import of_metric
from metrics.values import Status, Value


def leaving_nothing(catalog: Catalog, values: Sequence[Value]) -> tuple[str, ...]:
    """A note for each metric without a single value but undefined ones: what it looks at, as its caveat says."""
    defined = {value.metric for value in values if value.status is not Status.UNDEFINED}
    metrics = [catalog.computed(value) for value in values if value.metric not in defined]
    notes = (f"{metric.name}: {' '.join(metric.caveat.split())}" for metric in metrics if metric.caveat)
    return tuple(dict.fromkeys(notes))


def running_months(catalog: Catalog, values: Sequence[Value]) -> tuple[str, ...]:
    """A note for each period without a value because its people are counted once its months are over."""
    periods = (
        value.period
        for value in values
        if value.status is Status.INSUFFICIENT
        and "partial_period" in value.flags
        and of_metric(catalog, value.metric) != "open"
    )
    return tuple(
        dict.fromkeys(
            f"Values about people are given for months that are over: {one} has none yet." for one in periods
        )
    )
