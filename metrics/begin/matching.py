"""Which table of the source gives which canonical one, and column by column: told by their names alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from metrics.begin.names import CALLED, IN_TABLE, KNOWN_AS, endings, plain, says_day, stem
from metrics.begin.source import Source
from metrics.model import Catalog, Table

LEAST = 3
"""Columns that a table of another name has to share, its keys among them, to be taken for a canonical one."""
MONEY = "_base"
EMPLOYEE = "employee_id"
DAYS = {"date", "timestamp"}


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
    taken: set[str] = set()
    before = _shared_prefix(list(source.tables))
    for name_of in (lambda name: [name.removeprefix(before)], endings):
        for given in source.tables:
            named = next((one for name in name_of(given) for one in tables if _is_called(name, one)), None)
            if named and named.name not in found and given not in taken:
                columns = _columns(named, source, given)
                if columns and _tells_whom(named, columns):
                    found[named.name] = Match(named.name, given, columns)
                    taken.add(given)
    for given in source.tables:
        if given not in taken and (best := _by_columns(tables, found, source, given)):
            found[best.table] = best
    return [found[table.name] for table in tables if table.name in found]


def _by_columns(
    tables: Sequence[Table], found: Mapping[str, Match], source: Source, given: str
) -> Match | None:
    """The free canonical table that shares most columns with one of another name, its keys among them."""
    shared = []
    for table in tables:
        columns = dict(_alike(table, source, given))
        keys = {column.name for column in table.columns if column.key}
        if table.name not in found and keys <= columns.keys() and len(columns) >= LEAST:
            shared.append(Match(table.name, given, columns))
    return max(shared, key=lambda match: len(match.columns), default=None)


def _is_called(given: str, table: Table) -> bool:
    name = plain(given)
    return name == plain(table.name) or CALLED.get(name) == table.name


def _tells_whom(table: Table, columns: Mapping[str, str]) -> bool:
    """Whether a table of people tells who they are: reviews of products are no reviews of employees."""
    return EMPLOYEE not in {column.name for column in table.columns} or EMPLOYEE in columns


def _columns(table: Table, source: Source, given: str) -> dict[str, str]:
    """Canonical columns and those that give them; the key of a table of that name may be called `id`."""
    found = dict(_alike(table, source, given))
    keys = [column.name for column in table.columns if column.key]
    if len(keys) == 1 and keys[0] not in found:
        by_name = {name.lower(): name for name in source.tables[given]}
        own = (keys[0].removesuffix("_id"), "id", f"{plain(given)}_id", f"{plain(given)}id")
        named = next((name for name in own if name in by_name), None)
        found |= {keys[0]: by_name[named]} if named else {}
    return found


def _alike(table: Table, source: Source, given: str) -> Iterator[tuple[str, str]]:
    """Canonical columns with the given ones that are called alike, the surest ways of being so first."""
    names = list(source.tables[given])
    free = [column.name for column in table.columns]
    never_days = source.never_days.get(given, ())
    for same in (_same, _plainly_same, _known_as, _money, _in_table, _same_day):
        for wanted in list(free):
            name = next((name for name in names if same(table, wanted, name)), None)
            if name is not None and not (same is _same_day and name in never_days and not says_day(name)):
                names.remove(name)
                free.remove(wanted)
                yield wanted, name


def _same(_table: Table, wanted: str, name: str) -> bool:
    return wanted == name.lower()


def _plainly_same(_table: Table, wanted: str, name: str) -> bool:
    return plain(wanted) == plain(name)


def _known_as(_table: Table, wanted: str, name: str) -> bool:
    return plain(name) in {plain(other) for other in KNOWN_AS.get(wanted, ())}


def _money(table: Table, wanted: str, name: str) -> bool:
    """Money that does not say in which currency, where no column is for other ones."""
    short = wanted.removesuffix(MONEY)
    others = {column.name for column in table.columns}
    return short != wanted and short not in others and plain(short) == plain(name)


def _in_table(table: Table, wanted: str, name: str) -> bool:
    return plain(name) in {plain(other) for other in IN_TABLE.get((table.name, wanted), ())}


def _same_day(table: Table, wanted: str, name: str) -> bool:
    return table.column(wanted).type in DAYS and stem(wanted) == stem(name)


def _shared_prefix(names: Sequence[str]) -> str:
    """What all tables of a source begin with, such as the name of the system they come from."""
    before = {name.partition("_")[0] for name in names}
    return f"{before.pop()}_" if len(names) > 1 and len(before) == 1 else ""
