"""Whether tables fit together, and where a path such as `lead_id>leads.created_at` leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from metrics.load.mistakes import nearest
from metrics.model import Dimension, Table, TableColumn

Tables = Mapping[str, Table]
Problem = tuple[tuple[str | int, ...], str]
"""The way to the mistake inside an entry, and what is wrong."""

DAYS = ("date", "timestamp")
NUMBERS = ("decimal", "integer")


class NoSuchColumnError(Exception):
    """A path that leads nowhere; the text says why. It never leaves the loader."""


def table_named(tables: Tables, name: str) -> Table:
    """The table of that name.

    Raises:
        NoSuchColumnError: there is none.
    """
    if name not in tables:
        raise NoSuchColumnError(f"unknown table {name!r}{nearest(name, tables)}")
    return tables[name]


def resolve(tables: Tables, start: str, path: str) -> TableColumn:
    """The column that a path leads to from the table ``start``.

    Raises:
        NoSuchColumnError: it leads nowhere.
    """
    table = table_named(tables, start)
    first, *hops = path.split(">")
    column = _column(table, first)
    for hop in hops:
        name, _, wanted = hop.partition(".")
        onward = table_named(tables, name)
        if not _joins(table, column, onward):
            known = sorted({c.references for c in table.columns if c.references})
            leads = column.references or f"nothing (references of {table.name}: {', '.join(known) or 'none'})"
            raise NoSuchColumnError(
                f"{table.name}.{column.name} does not lead to {name}: it references {leads}"
            )
        table, column = onward, _column(onward, wanted)
    return column


def _column(table: Table, name: str) -> TableColumn:
    """A column of the table, or one of the two days that the rows of a spell get from those around them."""
    for column in table.columns:
        if column.name == name:
            return column
    known = [column.name for column in table.columns]
    if table.spell:
        since = next((c for c in table.columns if c.name == table.spell.since), None)
        if since and name in {"in_force_since", "in_force_until"}:
            return since.model_copy(update={"name": name, "key": False, "nullable": name == "in_force_until"})
        known += ["in_force_since", "in_force_until"]
    raise NoSuchColumnError(f"unknown column {name!r} of {table.name}{nearest(name, known)}")


def _joins(table: Table, column: TableColumn, onward: Table) -> bool:
    """Whether the column names one row of ``onward``: by its key, or by whom its spells are about."""
    named = column.references or (f"{table.name}.{column.name}" if column.key else "")
    keys = [c for c in onward.columns if c.key]
    if onward.spell:
        per = next((c for c in onward.columns if c.name == onward.spell.per), None)
        return per is not None and named != "" and per.references == named
    return len(keys) == 1 and named in {f"{onward.name}.{keys[0].name}", keys[0].references}


def check_table(tables: Tables, table: Table) -> Iterator[Problem]:
    """What does not fit in one table."""
    yield from _columns(tables, table)
    for position, name in enumerate(table.happened):
        yield from tried(("happened", position), _day, tables, table.name, name)
    for name in table.leave_out:
        yield from tried(("leave_out", name), resolve, tables, table.name, name)
    for position, name in enumerate(table.derived):
        yield from tried(("derived", position), table_named, tables, name)
    for key, names in (("reads", table.reads), ("reads_any", table.reads_any)):
        for position, name in enumerate(names):
            yield from tried((key, position), _reference, tables, name)
    if table.spell:
        yield from tried(("spell", "per"), resolve, tables, table.name, table.spell.per)
        for key in ("since", "until", "begins_with", "ends_with"):
            if path := getattr(table.spell, key):
                yield from tried(("spell", key), _day, tables, table.name, path)


def _columns(tables: Tables, table: Table) -> Iterator[Problem]:
    names = [column.name for column in table.columns]
    for position, column in enumerate(table.columns):
        if names.index(column.name) != position:
            yield ("columns", position), f"column {column.name!r} stands twice"
        if column.references:
            yield from tried(("columns", position, "references"), _reference, tables, column.references)
        if column.after:
            yield from tried(("columns", position, "after"), _day, tables, table.name, column.after)
        if column.known_from:
            yield from tried(("columns", position, "known_from"), _day, tables, table.name, column.known_from)
        for place, name in enumerate(column.reads):
            yield from tried(("columns", position, "reads", place), _reference, tables, name)
        for name in column.worked_out:
            loc = ("columns", position, "worked_out")
            yield from tried(loc, resolve, tables, table.name, name.removeprefix("-"))
        for name in column.weekdays:
            yield from tried(("columns", position, "weekdays"), _day, tables, table.name, name)
    if not any(column.key for column in table.columns):
        yield ("columns",), "no column has `key: true`"


def check_dimension(tables: Tables, dimension: Dimension) -> Iterator[Problem]:
    """The paths of a dimension that lead nowhere."""
    for table, path in dimension.paths.items():
        yield from tried(("paths", table), resolve, tables, table, path)


def tried(loc: tuple[str | int, ...], check: Callable[..., object], *args: object) -> Iterator[Problem]:
    """The problem that the check finds, if any, at that place."""
    try:
        check(*args)
    except NoSuchColumnError as error:
        yield loc, str(error)


def _reference(tables: Tables, reference: str) -> None:
    name, _, column = reference.partition(".")
    resolve(tables, name, column)


def _day(tables: Tables, table: str, path: str) -> None:
    column = resolve(tables, table, path)
    if column.type not in DAYS:
        raise NoSuchColumnError(f"{path} is {column.type}, not a date or timestamp")
