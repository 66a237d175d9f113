"""Filters as people write them -> what the engine keeps, or a sentence naming what there is.

A filter names a dimension (`segment`) or an open canonical column (`loss_reason`, `opportunities.loss_reason`).
What values a guarded dimension has is never said: that alone could tell of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from metrics.engine.asking.kept import NONE, way
from metrics.engine.asking.leaves import Leaf, Slice
from metrics.engine.portable import as_text
from metrics.engine.queries.rows import Rows, Setting
from metrics.engine.tables.lacking import MissingError
from metrics.errors import GuardedError, UnknownNameError, UserError
from metrics.model import Catalog, Sensitivity
from metrics.privacy import of_metric
from metrics.privacy.sensitivity import holds_pay

NAMED = 12
"""How many values are listed."""
READ = 10_000
"""How many values are read to find the one that was meant; of a column with more, those that are written like it."""
COLUMN_TYPES = ("text", "boolean", "integer")


def column_filter(catalog: Catalog, name: str) -> Sensitivity | None:
    """How guarded a filter is that names ``table.column``; None where the name is a dimension's."""
    if name in catalog.dimensions or "." not in name:
        return None
    table, _, column = name.partition(".")
    if table not in catalog.tables:
        raise UnknownNameError("canonical table", table, catalog.tables)
    return catalog.tables[table].column(column).sensitivity


def refuse_guarded(catalog: Catalog, metric_id: str, filters: Iterable[str]) -> None:
    """People values are filtered by dimensions only, and guarded columns filter nothing.

    Raises:
        GuardedError: a filter names a column, and it or the metric is guarded.
    """
    for name in filters:
        sensitivity = column_filter(catalog, name)
        if sensitivity is None:
            continue
        if sensitivity != "open":
            raise GuardedError(
                f"{name} is guarded ({sensitivity}), so nothing is filtered by it: use a dimension."
            )
        if holds_pay(catalog, catalog.metric(metric_id)):
            raise GuardedError(
                f"{metric_id} may hold pay, so it is not filtered by the column {name}: use a dimension, "
                "for example department."
            )
        if of_metric(catalog, metric_id) != "open":
            raise GuardedError(
                f"{metric_id} is about people, so it is not filtered by the column {name}: use a dimension, "
                "for example department."
            )


def filter_name(catalog: Catalog, metric_id: str, tables: Sequence[str], written: str) -> str:
    """What a written name means for a metric: a dimension by id, name or synonym, or a column of its tables.

    Raises:
        UnknownNameError: neither; the nearest right name is offered.
        UserError: a table behind the metric cannot reach it.
    """
    name = _meant(catalog, tables, written)
    unreached = next((table for table in tables if way(catalog, table, name) is None), None)
    if unreached is not None:
        raise UserError(
            f"{metric_id} cannot be filtered by {written}: there is no way to it from {unreached}; "
            f"`counterpoise catalog {metric_id}` lists what it rests on."
        )
    if "." in name:
        table, _, column = name.partition(".")
        kind = catalog.tables[table].column(column).type
        if kind not in COLUMN_TYPES:
            raise UserError(
                f"{written} holds a {kind}, and a filter takes exact values: use --period for days."
            )
    return name


def _meant(catalog: Catalog, tables: Sequence[str], written: str) -> str:
    plain = written.strip().lower().replace(" ", "_")
    for dimension in catalog.dimensions.values():
        called = [dimension.id, dimension.name, *dimension.synonyms]
        if plain in {word.lower().replace(" ", "_") for word in called}:
            return dimension.id
    if "." in plain:
        column_filter(catalog, plain)
        return plain
    owners = [name for name in tables if any(column.name == plain for column in catalog.tables[name].columns)]
    if owners:
        return f"{owners[0]}.{plain}"
    reached = [name for name in catalog.dimensions if all(way(catalog, table, name) for table in tables)]
    known = [*reached, *(c.name for name in tables for c in catalog.tables[name].columns)]
    raise UnknownNameError("dimension or column", written, known)


def filter_values(
    setting: Setting, leaves: Sequence[Leaf], name: str, written: Sequence[str], guarded: bool
) -> list[str]:
    """The values as the data writes them, whatever case they were typed in.

    Raises:
        UnknownNameError: the data has no such value; the nearest is named, unless the dimension is guarded.
    """
    if guarded:
        return list(written)
    known = _values(setting, leaves, name, written)
    by_case = {value.lower(): value for value in known}
    return [_one(value, name, known, by_case) for value in written]


def _one(written: str, name: str, known: Sequence[str], by_case: Mapping[str, str]) -> str:
    if written in known or written == NONE:
        return written
    if written.lower() in by_case:
        return by_case[written.lower()]
    listed = ", ".join(known[:NAMED]) or "none"
    more = f" and {len(known) - NAMED} more" if len(known) > NAMED else ""
    more = " and many more" if len(known) > READ else more
    raise UnknownNameError(name, written, known, remedy=f"The data has {listed}{more}.")


def _values(setting: Setting, leaves: Sequence[Leaf], name: str, written: Sequence[str]) -> list[str]:
    """What values a dimension or column has in the tables behind a metric; of too many some, and what is written."""
    found: set[str] = set()
    seen = set()
    for measure in (measure for leaf in leaves for measure in leaf.measures):
        if (measure.table, str(measure.date)) in seen:
            continue
        seen.add((measure.table, str(measure.date)))
        try:
            rows = Rows(setting, measure.table, measure.date, Slice(by=(name,)))
        except MissingError:
            continue
        every, run = rows.select(*rows.groups).distinct(), setting.relations.warehouse.run
        some = run(every, first=READ + 1).rows
        if len(some) > READ:
            some = [*some, *run(every.where(_like(rows.groups[0].element, written)), first=READ).rows]
        found |= {_text(row[0]) for row in some if row[0] is not None}
    return sorted(found)


def _like(column: sa.ColumnElement[Any], written: Sequence[str]) -> sa.ColumnElement[bool]:
    """Whether a value is one that was written, in whatever case."""
    text = as_text(column)
    return sa.or_(text.in_(written), sa.func.lower(text).in_([one.lower() for one in written]))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
