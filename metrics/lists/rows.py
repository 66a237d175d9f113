"""The places of a ranking -> the rows of a scorecard, with their values and over whom those were computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metrics.engine import Ask, Engine
from metrics.lists.behind import Behind, flagged, watch
from metrics.lists.growing import is_part
from metrics.lists.holding import target_for
from metrics.lists.leaving_out import leaving_out
from metrics.lists.wanted import Wanted
from metrics.model import Metric
from metrics.ranking import Place
from metrics.scorecard import Row
from metrics.values import Status, Value

WHOLE = "whole company"
OWN = "the role's own departments"
NOT_NARROWED = "whole_company"
"""The flag of a value in a list for one group, where its metric cannot be narrowed to that."""


def rows_of(engine: Engine, wanted: Wanted, places: Sequence[Place]) -> tuple[tuple[Row, ...], Behind]:
    """The rows with their values, and what stands behind those: all computed at once."""
    metrics = [engine.catalog.metric(place.metric) for place in places]
    watched = watch(engine.catalog, metrics)
    now = [ask_of(engine, wanted, metric, steps=0) for metric in metrics]
    before = [ask_of(engine, wanted, metric, steps=-1) for metric in metrics]
    beside = [ask_of(engine, wanted, engine.catalog.metric(name), name=name) for name in watched.metrics]
    values = engine.compute([*now, *before, *beside], wanted.as_of, today=wanted.today)
    found = (one[0] for one in values[2 * len(now) :])
    behind = Behind(watched, dict(zip(watched.metrics, found, strict=True)))
    pairs = zip(values[: len(now)], values[len(now) : 2 * len(now)], strict=True)
    rows = (
        _within(engine, wanted, _row(engine, place, metric, current[0], previous[0]))
        for place, metric, (current, previous) in zip(places, metrics, pairs, strict=True)
    )
    return tuple(flagged(row, behind) for row in rows), behind


def ask_of(engine: Engine, wanted: Wanted, metric: Metric, *, steps: int = 0, name: str = "") -> Ask:
    """What is asked of the engine for one place; ``steps`` moves it back to an earlier period.

    ``name`` is the metric's id, unless one of its variants is asked for.

    A metric that looks ahead is asked of the running period, as of the same day of each period.
    """
    filters = narrowed(engine, wanted, metric) or organisation(engine, wanted.role, metric)
    if not metric.looks_ahead:
        period = wanted.period.shifted(steps) if steps else wanted.period
        ask = Ask(name or metric.id, period, filters=filters, usual_window=True, roll_up=True)
    else:
        running = wanted.period
        if running.last_day <= wanted.as_of:
            running = running.shifted(1)
        period = running.shifted(steps) if steps else running
        day = period.start + (wanted.as_of - running.start)
        ask = Ask(name or metric.id, period, filters=filters, as_of=min(day, period.last_day), roll_up=True)
    return leaving_out(engine, ask, wanted.besides, filters) if wanted.besides else ask


def narrowed(engine: Engine, wanted: Wanted, metric: Metric) -> dict[str, Sequence[str]]:
    """The groups that were asked for, as far as the metric can be narrowed to them; a role's own then give way."""
    return {name: kept for name, kept in (wanted.filters or {}).items() if engine.reaches(metric.id, name)}


def organisation(engine: Engine, role: str, metric: Metric) -> dict[str, Sequence[str]]:
    """The departments a people metric is computed over (R41): the role's own, where the data can tell."""
    departments = engine.company.file.organisations.get(role, [])
    if metric.side != "people" or not departments or not engine.reaches(metric.id, "department"):
        return {}
    if (
        not engine.tells(metric.id, "department") and not engine.unreadable
    ):  # for what broke nothing stands in
        return {}
    return {"department": departments}


def _row(engine: Engine, place: Place, metric: Metric, value: Value, previous: Value) -> Row:
    alike = comparable(value, previous) and not is_part(value, engine.catalog)
    before = previous if previous.value is not None and alike else None
    change = None if before is None or value.value is None else value.value - (before.value or 0)
    target = target_for(metric, value, engine.company.file, engine.catalog)
    return Row(
        rank=place.rank,
        metric=metric,
        value=value,
        previous=before,
        change=change,
        target=target,
        why=place.why,
        rules=place.rules,
        guarded_by=place.guarded_by,
        primary=place.primary,
    )


def _within(engine: Engine, wanted: Wanted, row: Row) -> Row:
    """The row of a list that was asked for some groups: no target was set for them; what cannot be narrowed says so."""
    if not (wanted.filters or wanted.besides):
        return row
    if narrowed(engine, wanted, row.metric) or row.value.citation.scope.besides:
        return replace(row, target=None)
    return replace(row, value=replace(row.value, flags=(*row.value.flags, NOT_NARROWED)))


def comparable(value: Value, previous: Value) -> bool:
    """Whether two values are of the same people and of periods that follow each other, also where one was rolled up."""
    if "rolled_up" not in {*value.flags, *previous.flags}:
        return True
    same_rows = value.citation.filters == previous.citation.filters
    return (
        same_rows
        and previous.period.end == value.period.start
        and previous.period.grain == value.period.grain
    )


def covers(engine: Engine, wanted: Wanted, rows: Sequence[Row]) -> list[str]:
    """What the list was narrowed to, and over whom the people metrics were computed, in a line each (R41)."""
    lines = [*_narrowing(wanted, rows), *_left_out(engine, wanted, rows)]
    people = [
        row
        for row in rows
        if row.metric.side == "people"
        and row.value.status is not Status.NOT_MEASURED
        and not narrowed(engine, wanted, row.metric)
    ]
    departments = engine.company.file.organisations.get(wanted.role, [])
    if not people:
        return lines
    other = "Other people metrics" if wanted.filters else "People metrics"
    whole = [row.metric.name for row in people if "department" not in row.value.citation.filters]
    if len(whole) == len(people):
        return [*lines, f"{other} cover the {WHOLE}."]
    # who sees no values is told the names of no groups either
    ours = OWN if engine.reader.ceiling == "none" else ", ".join(departments)
    line = f"{other} cover {ours}"
    return [*lines, f"{line}; {', '.join(whole)}: the {WHOLE}." if whole else f"{line}."]


def _narrowing(wanted: Wanted, rows: Sequence[Row]) -> list[str]:
    if not wanted.filters:
        return []
    group = " and ".join(", ".join(kept) for kept in wanted.filters.values())
    within = sum(NOT_NARROWED not in row.value.flags for row in rows)
    rest = "" if within == len(rows) else f"; where the others cannot be, it says {WHOLE}"
    return [f"{within} of {len(rows)} are narrowed to {group}{rest}."]


def _left_out(engine: Engine, wanted: Wanted, rows: Sequence[Row]) -> list[str]:
    """Of how many metrics groups are left out, a line for each dimension, and why not of the others."""
    lines = []
    for dimension, values in (wanted.besides or {}).items():
        without = sum(dimension in row.value.citation.scope.beside for row in rows)
        name = engine.catalog.dimensions[dimension].name.lower()
        rest = f"; the others know no {name}, or rest on records of people, of which none can be taken out"
        out = " and ".join(values)
        lines.append(
            f"{without} of {len(rows)} leave out {out} ({name}){'' if without == len(rows) else rest}."
        )
    return lines
