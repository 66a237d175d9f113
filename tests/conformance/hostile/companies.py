"""The hostile companies of a seed: one that sells and one of people, each with the types that its columns have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from metrics.load import load_catalog
from tests.conformance.hostile.rows import made_hostile
from tests.oracle import business, people
from tests.oracle.company import Draw, Tables, make

Kinds = Mapping[str, Mapping[str, str]]
"""By table and column: a type of the catalog, or ``float``, ``zoned``, ``csv`` or ``offset``."""
OTHERWISE = {
    "text": ("text", "csv"),
    "decimal": ("decimal", "float", "csv"),
    "timestamp": ("timestamp", "zoned", "csv", "offset"),
    "date": ("date", "timestamp", "csv"),
    "boolean": ("boolean", "integer", "csv"),
    "integer": ("integer", "decimal", "csv"),
}
"""What columns of a type may be in somebody's database."""


@dataclass(frozen=True)
class Hostile:
    """A company: its rows, what its columns are in its database, its settings, and the day that is asked for."""

    name: str
    tables: Tables
    kinds: Kinds
    toml: str
    as_of: date


def companies(seed: int) -> Iterator[Hostile]:
    """Both companies of a seed."""
    as_of = business.RUNNING if seed % 5 == 0 else business.CLOSED
    zone = business.ZONES[seed % len(business.ZONES)]
    tables = make(seed, business.MAKERS)
    if seed % 3 == 0:
        del tables[business.STAFF]
    if seed % 11 < business.IN_CURRENCIES:
        for row in tables["mrr_movements"]:
            del row["amount_base"]
    yield _hostile(seed, "sells", tables, business.SETTINGS.format(timezone=zone), as_of)
    tables, dropped, zone = people.rows_of(seed)
    for table, column in dropped:
        for row in tables[table]:
            row.pop(column, None)
    yield _hostile(seed, "people", tables, f'timezone = "{zone}"\n', as_of)


def _hostile(seed: int, name: str, tables: Tables, toml: str, as_of: date) -> Hostile:
    draw = Draw(Random(f"{seed} {name}"))  # noqa: S311 - nothing here is secret
    tables = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    made_hostile(draw, tables)
    return Hostile(f"{name}{seed}", tables, _kinds(draw, tables), toml, as_of)


def _kinds(draw: Draw, tables: Tables) -> Kinds:
    """A third of the companies have the types of the catalog, a third all as text, a third any that can be read."""
    way = draw.of("catalog", "csv", "any")
    found: dict[str, dict[str, str]] = {}
    for table, rows in tables.items():
        known = {column.name: column.type for column in load_catalog().tables[table].columns}
        names = list(rows[0]) if rows else list(known)
        found[table] = {name: _kind(draw, way, known[name]) for name in names}
    return found


def _kind(draw: Draw, way: str, kind: str) -> str:
    if way == "any":
        return draw.of(kind, kind, *OTHERWISE[kind])
    return "csv" if way == "csv" else kind
