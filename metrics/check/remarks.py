"""What a table gives that nobody reads: columns of other names than the canonical ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from metrics.begin.names import stem
from metrics.engine import Engine
from metrics.engine.queries.cells import spelled
from metrics.model import Table
from metrics.warehouse.families import Family

MOST = 5
"""Columns without a likely right name, or values, that are named; the others are counted."""
DAYS = {"date", "timestamp", "zoned"}
LONGEST = 40
ALIKE = 0.6
RATHER_ALIKE = 0.4
"""How alike two names have to be where both are days and no other is lacking."""


def unread_columns(engine: Engine, table: Table, given: Mapping[str, Family]) -> list[str]:
    """The columns that no one reads, each with the nearest right name that the table does not give already."""
    found, others = [], []
    for name in _unread(engine, table, given):
        if elsewhere := _carried(engine, table, name):
            found.append(f"{short(name)} is not read; {elsewhere}")
            continue
        nearest = _nearest(table, name, given)
        if nearest:
            found.append(f"{short(name)} is not read; did you mean {nearest}?")
        else:
            others.append(name)
    known = {column.name for column in table.columns}
    if others and known & given.keys():  # a table of others only is a problem, not a remark
        found.append(f"{listed(others)} {'are' if len(others) > 1 else 'is'} not read")
    return found


def absent_dimensions(engine: Engine, table: Table, given: Mapping[str, Family]) -> list[str]:
    """The company's own dimensions whose column a table does not give, each with the nearest that it gives."""
    found = []
    for name, extra in engine.company.file.dimensions.items():
        for of, column in extra.places:
            if of == table.name and column not in given:
                alike = get_close_matches(column, list(given), n=1, cutoff=ALIKE)
                hint = f"; did you mean {short(alike[0])}?" if alike else ""
                found.append(f"{column} is not there, which dimensions.{name} in company.toml names{hint}")
    return found


def idle_dimensions(engine: Engine, table: Table, given: Mapping[str, Family]) -> list[str]:
    """The company's own dimensions of a table by which no metric can be split, whatever else is mapped."""
    names = [name for metric in engine.catalog.metrics.values() for name in (metric.id, *metric.others)]
    return [
        f"dimensions.{name} in company.toml splits no metric: "
        f"what is computed from {table.name} keeps none of its own columns"
        for name, extra in engine.company.file.dimensions.items()
        if any(of == table.name and column in given for of, column in extra.places)
        and not any(engine.reaches(one, name) for one in names)
    ]


def own_splits(engine: Engine, table: Table, given: Mapping[str, Family]) -> list[str]:
    """The columns of text that nobody reads and that values might be split by, each with its table."""
    unread = [
        name
        for name in _unread(engine, table, given)
        if given[name] in {"text", "code"} and name.isidentifier()
    ]
    free = [name for name in unread if name not in engine.catalog.dimensions]
    return [f"{table.name}.{name}" for name in free if not _nearest(table, name, given)]


def _unread(engine: Engine, table: Table, given: Mapping[str, Family]) -> list[str]:
    known = {*(column.name for column in table.columns), *_declared(engine, table)}
    return [name for name in given if name not in known]


def gives_nothing(engine: Engine, table: Table, given: Mapping[str, Family]) -> bool:
    """Whether none of a table's columns is one that anybody knows."""
    return not {*(column.name for column in table.columns), *_declared(engine, table)} & given.keys()


def listed(names: Iterable[str], *, whole: bool = True) -> str:
    """The first names of a list, fit to be shown, and how many others there are; at least, where it is not whole."""
    names = list(names)
    others = f"{len(names) - MOST}" if whole else f"at least {len(names) - MOST}"
    more = f" and {others} more" if len(names) > MOST else ""
    return ", ".join(short(name) for name in names[:MOST]) + more


def short(text: str) -> str:
    """Text of the company's data as it may be shown: without control characters, and cut where it is long."""
    clean = spelled(text)
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST]}..."


def _declared(engine: Engine, table: Table) -> set[str]:
    """The columns that the company's own dimensions are made of."""
    places = (place for extra in engine.company.file.dimensions.values() for place in extra.places)
    return {column for name, column in places if name == table.name}


def _carried(engine: Engine, table: Table, name: str) -> str:
    """How a column becomes one of the company's own dimension that other tables carry under that name."""
    for dimension, extra in engine.company.file.dimensions.items():
        here = table.name in {of for of, _ in extra.places}
        if not here and name in {dimension, *(column for _, column in extra.places)}:
            places = [*extra.places, (table.name, name)]
            written = ", ".join(f'"{one}.{column}"' for one, column in places)
            return f"column = [{written}] under [dimensions.{dimension}] in company.toml makes it one with the others"
    return ""


def _nearest(table: Table, name: str, given: Mapping[str, Family]) -> str:
    """The right name that is most like this one; the only day that is not there may be called quite otherwise."""
    absent = [column for column in table.columns if column.name not in given]
    alike = get_close_matches(name, [column.name for column in absent], n=1, cutoff=ALIKE)
    if alike or given[name] not in DAYS:
        return alike[0] if alike else ""
    of_table = [column.name for column in table.columns if column.type in {"date", "timestamp"}]
    days = [day for day in of_table if day not in given]
    if len(days) != 1:
        return next((day for day in days if get_close_matches(stem(name), [stem(day)], cutoff=ALIKE)), "")
    return days[0] if days == of_table or get_close_matches(name, days, cutoff=RATHER_ALIKE) else ""
