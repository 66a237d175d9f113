"""Engine -> the names of a company's own groups: its segments, regions, channels. For reading questions."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

import sqlalchemy as sa

from metrics.engine.compute import Engine
from metrics.engine.tables.lacking import MissingError
from metrics.errors import CompanyError, RefusedError
from metrics.model import Catalog

HOMES = ("accounts", "job_history", "opportunities", "campaigns", "surveys")
"""Small tables that say what things are; what happened every day is no place to look for names."""
MOST = 40
"""Names that a dimension may have to be told apart in a sentence."""
BYTES = 100
"""About how many bytes a name takes."""
KEPT = ("group names",)
Places = Sequence[tuple[str, str]]
"""Tables, each with a column of it."""


def group_names(engine: Engine) -> Mapping[str, tuple[str, ...]]:
    """The values of each open dimension that has few, as the data writes them; kept as long as values are.

    Those that the company declares itself are looked for wherever it says that they stand.

    Guarded dimensions are left out: what they hold is never said, not even by understanding it.
    """
    found: Mapping[str, tuple[str, ...]] | None = engine.store.get(KEPT)
    if found is None:
        with engine.turn:
            found = _looked_up(engine)
    return found


def _looked_up(engine: Engine) -> Mapping[str, tuple[str, ...]]:
    """The names as they are now. They are kept if the warehouse could be asked for all of them."""
    homes = _homes(engine.catalog, engine.company.selects) | _own(engine)
    tables = frozenset(table for places in homes.values() for table, _ in places)
    found: dict[str, tuple[str, ...]] = {}
    try:
        seen = _seen(engine, tables)
        for dimension, places in homes.items():
            if values := _all_values(engine, places):
                found[dimension] = values
    except CompanyError:  # whoever asks for a value is told what is wrong with the warehouse
        return found
    if seen:
        engine.store.put(KEPT, tables, BYTES * sum(map(len, found.values())), found)
    return found


def _seen(engine: Engine, tables: Iterable[str]) -> bool:
    """Look at the tables, so that what is read of them now can be kept until they change; whether all can be read."""
    try:
        engine.store.check(tables)
    except RefusedError:
        return False
    return True


def _homes(catalog: Catalog, mapped: Container[str]) -> dict[str, Places]:
    """The table and column that hold each dimension's values."""
    homes: dict[str, Places] = {}
    for dimension in catalog.dimensions.values():
        paths = dimension.paths.items()
        own = [
            (table, path) for table, path in paths if table in HOMES and table in mapped and ">" not in path
        ]
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
    except (MissingError, RefusedError):  # who asks for that table itself is told what is wrong with it
        return ()
    return () if len(rows) > MOST else tuple(sorted(str(row[0]) for row in rows if row[0] is not None))
