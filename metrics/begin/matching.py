"""Which table of the source gives which canonical one, and column by column: told by their names alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics.begin.source import Source
from metrics.model import Catalog, Table

BEFORE = ("stg_", "dim_", "fct_", "fact_", "raw_", "tbl_")
CALLED = {
    "deal": "opportunities",
    "customer": "accounts",
    "client": "accounts",
    "company": "accounts",
    "staff": "employees",
    "worker": "employees",
    "session": "web_sessions",
    "visit": "web_sessions",
    "event": "product_events",
    "case": "tickets",
    "supportticket": "tickets",
    "mrrmovement": "mrr_movements",
    "salary": "compensation",
    "timesheet": "time_entries",
    "training": "trainings",
    "exchangerate": "fx_rates",
}
"""Other names of tables, each as ``_plain`` has it."""
ENDS = ("_on", "_at", "_date", "_day", "_datetime", "_ts", "date", "_time")
LEAST = 3
"""Columns that a table of another name has to share, its keys among them, to be taken for a canonical one."""


@dataclass(frozen=True)
class Match:
    """A canonical table and what gives it. ``columns`` maps canonical columns to given ones."""

    table: str
    given: str
    columns: Mapping[str, str]


def matches(catalog: Catalog, source: Source) -> list[Match]:
    """The canonical tables that the source gives, in the catalog's order; each of its tables gives one at most."""
    tables = [table for table in catalog.tables.values() if not table.derived]
    found: dict[str, Match] = {}
    before = _shared_prefix(list(source.tables))
    for given, columns in source.tables.items():
        named = next((table for table in tables if _is_called(given.removeprefix(before), table)), None)
        taken = _columns(named, columns) if named and named.name not in found else {}
        if named and taken:
            found[named.name] = Match(named.name, given, taken)
    taken_already = {match.given for match in found.values()}
    for given, columns in source.tables.items():
        if given not in taken_already and (best := _by_columns(tables, found, given, columns)):
            found[best.table] = best
    return [found[table.name] for table in tables if table.name in found]


def _by_columns(
    tables: Sequence[Table], found: Mapping[str, Match], given: str, columns: Sequence[str]
) -> Match | None:
    """The free canonical table that shares most columns with one of another name, its keys among them."""
    shared = []
    for table in tables:
        same = {
            column.name: name for column in table.columns for name in columns if column.name == name.lower()
        }
        keys = {column.name for column in table.columns if column.key}
        if (
            table.name not in found
            and keys <= same.keys()
            and len(same) >= max(LEAST, len(table.columns) / 2)
        ):
            shared.append(Match(table.name, given, same))
    return max(shared, key=lambda match: len(match.columns), default=None)


def _is_called(given: str, table: Table) -> bool:
    plain = _plain(given)
    return plain == _plain(table.name) or CALLED.get(plain) == table.name


def _columns(table: Table, given: Sequence[str]) -> dict[str, str]:
    """Canonical columns and those that give them: of the same name, else of the same stem; an `id` is the key."""
    by_name = {name.lower(): name for name in given}
    found = {column.name: by_name[column.name] for column in table.columns if column.name in by_name}
    plain = {_plain(name): name for name in given if name not in found.values()}
    for column in table.columns:
        if column.name not in found and (name := plain.get(_plain(column.name))):
            found[column.name] = name
    stems = {_stem(name): name for name in given if name not in found.values()}
    for column in table.columns:
        if column.name not in found and column.type in {"date", "timestamp"} and _stem(column.name) in stems:
            found[column.name] = stems.pop(_stem(column.name))
    keys = [column.name for column in table.columns if column.key]
    if len(keys) == 1 and keys[0] not in found:
        named = next((name for name in (keys[0].removesuffix("_id"), "id") if name in by_name), None)
        found |= {keys[0]: by_name[named]} if named else {}
    return found


def _shared_prefix(names: Sequence[str]) -> str:
    """What all tables of a source begin with, such as the name of the system they come from."""
    before = {name.partition("_")[0] for name in names}
    return f"{before.pop()}_" if len(names) > 1 and len(before) == 1 else ""


def _plain(name: str) -> str:
    """A name without its case, signs, prefix and plural."""
    name = name.lower()
    for prefix in BEFORE:
        name = name.removeprefix(prefix)
    name = "".join(sign for sign in name if sign.isalnum())
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def _stem(name: str) -> str:
    """What a day is of, whatever its name ends with: `created_on`, `created_at` and `CreateDate` are one."""
    name = name.lower()
    for end in ENDS:
        if name.endswith(end) and len(name) > len(end):
            name = name.removesuffix(end)
            break
    name = name.removesuffix("d") if name.endswith("ed") else name  # closed_on is close_date
    return "".join(sign for sign in name if sign.isalnum())
