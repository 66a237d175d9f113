"""How other tables lead to a table, so that what a company adds to it can part their metrics too.

The ways are those that the catalog's own dimensions take (`owner_id>job_history`), and from a table that names just
one row of it, that column: never one that may be empty, for what it is empty in would be parted from the rest.
"""

from __future__ import annotations

from collections.abc import Iterable

from metrics.model import Catalog, Table


def paths_to(catalog: Catalog, table: str, column: str) -> dict[str, str]:
    """The path to a column from each table that leads to it, as dimensions write them; its own table first."""
    found = {table: column}
    for start, path in _taken(catalog):
        way, _, end = path.rpartition(">")
        if way and end.partition(".")[0] == table:
            found.setdefault(start, f"{way}>{table}.{column}")
    if key := _only_key(catalog.tables[table]):
        for name, other in catalog.tables.items():
            naming = [one for one in other.columns if one.references == f"{table}.{key}"]
            if len(naming) == 1 and not naming[0].nullable:
                found.setdefault(name, f"{naming[0].name}>{table}.{column}")
    return found


def _taken(catalog: Catalog) -> Iterable[tuple[str, str]]:
    """Every way that a dimension of the catalog takes."""
    return (step for dimension in catalog.dimensions.values() for step in dimension.paths.items())


def _only_key(table: Table) -> str:
    """The column by which others name one row of a table; none where rows follow each other."""
    keys = [column.name for column in table.columns if column.key]
    return keys[0] if len(keys) == 1 and not table.spell else ""
