"""Notes on values from which rows are missing because a word in them is not one that metrics look for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from metrics.catalog_text.declared import settings_of
from metrics.check.not_in_data import NAMES, never_held
from metrics.check.remarks import listed
from metrics.check.unknown_values import remark_kept
from metrics.check.value_words import likely
from metrics.definition import Measure
from metrics.engine import Engine
from metrics.engine.asking.kept import NONE as GROUPLESS
from metrics.engine.tables.lacking import MissingError
from metrics.errors import RefusedError, TooSlowError
from metrics.load.measures import computed, expressions
from metrics.model import Catalog, Metric
from metrics.values import Status, Value

NONE = {Status.UNDEFINED: "undefined", Status.INSUFFICIENT: "without data"}
"""What there is no value for because no row was found, as people are told it."""
MAPPED = "`counterpoise check` prints the line of company.toml that maps them"


def empty_for(engine: Engine, values: Iterable[Value]) -> tuple[str, ...]:
    """A note for each value that is 0 or that there is none of, where words that nobody knows may be why.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    values = list(values)
    zero = {value.metric: "0" for value in values if value.value == 0}
    none = {value.metric: NONE[value.status] for value in values if value.status in NONE}
    notes: dict[str, None] = {}
    for metric_id, what in (zero | none).items():
        metric = engine.catalog.metric(metric_id)
        for table, column in _compared(engine.catalog, metric):
            remark, _ = remark_kept(engine, table, column)
            if remark:
                notes[f"{metric.name} may be {what} for this reason: {table}.{remark}; {MAPPED}."] = None
        for said in _never_held(engine, metric):
            notes[f"{metric.name} may be {what} for this reason: {said}."] = None
    return tuple(notes)


def less_for(engine: Engine, values: Iterable[Value]) -> tuple[str, ...]:
    """A note for each value that there is, where some rows are left out for a word that is nearly a known one.

    A company may well have words of its own that mean none of those; only what reads like one of them is told.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    notes: dict[str, None] = {}
    for metric_id in dict.fromkeys(value.metric for value in values if value.value):
        metric = engine.catalog.metric(metric_id)
        for table, column in _compared(engine.catalog, metric):
            known = engine.catalog.tables[table].column(column).values
            _, given = remark_kept(engine, table, column)
            alike = [one for one in given if likely(one, known)]
            if alike:
                where = f"{table}.{column} says {listed(repr(one) for one in alike)}"
                notes[f"{metric.name} leaves rows out in which {where}; {MAPPED}."] = None
    return tuple(notes)


def _never_held(engine: Engine, metric: Metric) -> Iterator[str]:
    """What is said of each setting behind a metric that names what the data never holds."""
    for name in settings_of(engine.catalog, metric):
        with suppress(MissingError, RefusedError, TooSlowError):  # a note is not worth an error
            if said := never_held(engine, name):
                yield f"{NAMES[name][0]}.{said}"


def without_a_part(engine: Engine, values: Iterable[Value]) -> tuple[str, ...]:
    """A note for each metric of whose values one table has nothing to tell."""
    names = dict.fromkeys(value.metric for value in values if "part_without_rows" in value.flags)
    return tuple(
        f"{engine.catalog.metric(name).name}: where it says part without rows, one of the tables behind it holds none "
        f"that count in the period, or in one that it is compared with, which is taken as 0 "
        f"({listed(engine.framing.tables(name))})."
        for name in names
    )


def unsplit(engine: Engine, values: Iterable[Value]) -> tuple[str, ...]:
    """A note for each split in which all that there is has no group: "eNPS by customer segment"."""
    groups: dict[tuple[str, str], set[str]] = {}
    for value in values:
        for dimension, group in value.group.items():
            if value.value is not None and dimension in engine.catalog.dimensions:
                groups.setdefault((value.metric, dimension), set()).add(group)
    return tuple(
        f"No row behind {engine.catalog.metric(metric).name} says its"
        f" {engine.catalog.dimensions[dimension].name.lower()}: it is not split by that."
        for (metric, dimension), found in groups.items()
        if found == {GROUPLESS}
    )


def _compared(catalog: Catalog, metric: Metric) -> Iterator[tuple[str, str]]:
    """The canonical columns that a metric's conditions look at, each once."""
    paths = (
        path
        for _, whole in computed(metric)
        for _, part in expressions(whole)
        for path in _paths(catalog, part)
    )
    for path in dict.fromkeys(paths):
        table, _, column = path.partition(".")
        yield table, column


def _paths(catalog: Catalog, part: object) -> Iterator[str]:
    if isinstance(part, Measure):
        ends = (path.rpartition(">")[2] for where in (part.where, *part.any_of) for path in where)
        yield from (end if "." in end else f"{part.table}.{end}" for end in ends)
        yield from catalog.tables[part.table].reads
