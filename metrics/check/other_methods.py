"""Which other methods of a metric a company has the tables and columns for, where it has not those of the usual one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from metrics.advice.words import joined, spoken
from metrics.engine import Engine
from metrics.values import Status, Value

RATES = "fx_rates"


def otherwise(engine: Engine, values: Iterable[Value]) -> tuple[str, ...]:
    """A note for each metric that is not measured and can be by another method: which, and what each says.

    Where exchange rates are missing, no method has the money that the usual one lacks; and where it is the column of
    the split that was asked for, no method has it either.
    """
    lacking = dict.fromkeys(
        value.metric
        for value in values
        if value.status is Status.NOT_MEASURED
        and not any(need.startswith(RATES) for need in value.needs)
        and engine.missing(value.metric)
    )
    notes = []
    for metric_id in lacking:
        others = [f"{name} ({called})" for name, called in _computable(engine, metric_id)]
        if others:
            ways = joined(others, "or")
            notes.append(
                f"With what is there, {spoken(engine.catalog.metric(metric_id).name)} can be asked as {ways}."
            )
    return tuple(notes)


def instead(engine: Engine, missing: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Each metric that lacks something for its usual method, with the methods that lack nothing, as they are asked for.

    Where exchange rates are missing, no method has the money that the usual one lacks.
    """
    found = {
        metric_id: tuple(name for name, _ in _computable(engine, metric_id))
        for metric_id, needs in missing.items()
        if not any(need.startswith(RATES) for need in needs)
    }
    return {metric_id: others for metric_id, others in found.items() if others}


def _computable(engine: Engine, metric_id: str) -> Iterator[tuple[str, str]]:
    """The methods that lack nothing, with their names; figures that only stand beside a value are no other way."""
    metric = engine.catalog.metric(metric_id)
    names = {f"{metric_id}.{one.id}": one.name for one in metric.variants if one.id not in metric.beside}
    lacking = engine.lacking(names)
    yield from ((name, said) for name, said in names.items() if name not in lacking)
