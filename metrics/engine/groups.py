"""Engine -> the names of a company's own groups: its segments, regions, channels. For reading questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from metrics.engine.compute import Engine
from metrics.engine.tables.lacking import MissingError
from metrics.errors import CompanyError
from metrics.model import Catalog

HOMES = ("accounts", "job_history", "opportunities", "campaigns", "surveys")
"""Small tables that say what things are; what happened every day is no place to look for names."""
MOST = 40
"""Names that a dimension may have to be told apart in a sentence."""
BYTES = 200
Places = Sequence[tuple[str, str]]
"""Tables, each with a column of it."""


def group_names(engine: Engine) -> Mapping[str, tuple[str, ...]]:
    """The values of each open dimension that has few, as the data writes them; kept as long as values are.

    Those that the company declares itself are looked for wherever it says that they stand.

    Guarded dimensions are left out: what they hold is never said, not even by understanding it.
    """
    key = ("group names",)
    found: Mapping[str, tuple[str, ...]] | None = engine.store.get(key)
    if found is not None:
        return found
    homes = _homes(engine.catalog) | _own(engine)
    with engine.turn:
        names = {dimension: _all_values(engine, places) for dimension, places in homes.items()}
        found = {dimension: values for dimension, values in names.items() if values}
        tables = frozenset(table for places in homes.values() for table, _ in places)
        engine.store.put(key, tables, BYTES * len(found), found)
    return found


def _homes(catalog: Catalog) -> dict[str, Places]:
    """The table and column that hold each dimension's values."""
    homes: dict[str, Places] = {}
    for dimension in catalog.dimensions.values():
        own = [(table, path) for table, path in dimension.paths.items() if table in HOMES and ">" not in path]
        if dimension.sensitivity == "open" and own:
            homes[dimension.id] = own[:1]
    return homes


def _own(engine: Engine) -> dict[str, Places]:
    """The tables and columns of the dimensions that the company declares, as far as it maps them."""
    catalog, mapped = engine.catalog, engine.company.selects
    declared = engine.company.file.dimensions.items()
    return {
        name: [place for place in extra.places if place[0] in mapped]
        for name, extra in declared
        if catalog.dimensions[name].sensitivity == "open"
    }


def _all_values(engine: Engine, places: Places) -> tuple[str, ...]:
    """What stands in any of them; nothing where that is more than can be told apart."""
    found = sorted({value for place in places for value in _values(engine, *place)})
    return () if len(found) > MOST else tuple(found)


def _values(engine: Engine, table: str, column: str) -> tuple[str, ...]:
    try:
        values = engine.relations.column(table, column)
        rows = engine.warehouse.run(sa.select(values).distinct(), first=MOST + 1).rows
    except (MissingError, CompanyError):  # who asks for that table itself is told what is wrong with it
        return ()
    return () if len(rows) > MOST else tuple(sorted(str(row[0]) for row in rows if row[0] is not None))
