"""A canonical table: the operator's SELECT with the types, columns and stretches that the catalog promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_exact, constant
from metrics.engine.tables.in_force import Whole, in_force
from metrics.engine.tables.lacking import MissingError
from metrics.engine.tables.pieces import named, read_anew
from metrics.engine.tables.relations import Relations
from metrics.engine.tables.supposed import supposed_columns
from metrics.engine.tables.typed import SQL_TYPES, stand_in, summed, typed
from metrics.engine.tables.weekdays import weekdays
from metrics.model import Spell, Table, TableColumn
from metrics.warehouse.families import Family

Conversion = Callable[[Relations, sa.CTE], sa.CTE | None]
LEDGER = "mrr_movements"
CANONICAL = "canonical_"
"""What the names of canonical tables begin with in a query: a relation that is named like the company's own table
would refer to itself in SQLite."""


def canonical(relations: Relations, table: Table, convert: Conversion) -> sa.CTE:
    """A table that the company maps; ``convert`` takes a ledger of revenue into the reporting currency.

    Raises:
        MissingError: it does not map it, or a history table lacks the columns that order its rows.
    """
    supposed = supposed_columns(relations, table) if relations.supposed else {}
    mapped = relations.mapped(table.name)
    if not (mapped or supposed):
        raise MissingError(table.name)
    columns = {**supposed, **(_given(relations, table) if mapped else {})}
    _add_absent(relations, table, columns)
    labelled = [expression.label(name) for name, expression in columns.items()]
    rows = read_anew(named(sa.select(*labelled), CANONICAL + table.name))
    return _with_spell(relations, table, _converted(relations, table, rows, convert))


def _given(relations: Relations, table: Table) -> dict[str, sa.ColumnElement[Any]]:
    """The columns that the company's SELECT gives, as their types; those that nobody knows as they are."""
    warehouse = relations.warehouse
    source = warehouse.source(table.name).subquery("given")
    found: dict[str, sa.ColumnElement[Any]] = {}
    for name, family in warehouse.columns(table.name).items():
        known = relations.declared(table, name)
        column = source.c[name]
        if known:
            meant = warehouse.company.file.meant(table.name, name)
            wanted = _wanted(known, family, warehouse.company.file.timezone)
            read = _read(column, known, wanted, family, trusted=warehouse.habits.typed)
            found[name] = as_meant(read, meant)
            if meant:
                relations.remark(table.name, f"{table.name}.{name} is read as values in company.toml say")
        else:
            found[name] = (
                typed(column, "text", family, trusted=True) if family in {"text", "code"} else column
            )
    return found


def _wanted(known: TableColumn, given: Family, timezone: str) -> str:
    """The type to read a column as: days without a time stay days, for midnight in UTC is an evening in New York."""
    return "date" if known.type == "timestamp" and given == "date" and timezone != "UTC" else known.type


def _read(
    column: sa.ColumnElement[Any], known: TableColumn, wanted: str, given: Family, *, trusted: bool
) -> sa.ColumnElement[Any]:
    """A column as a type; where a row leaves it empty, what is assumed where nobody has it."""
    read = typed(column, wanted, given, trusted=trusted)
    if known.when_absent is None:
        return read
    return sa.type_coerce(sa.func.coalesce(read, stand_in(known)), SQL_TYPES[known.type])


def as_meant(column: sa.ColumnElement[Any], meant: Mapping[str, str]) -> sa.ColumnElement[Any]:
    """A column of text with the company's own words read as those that stand for them."""
    if not meant:
        return column
    words = ((column == sa.literal(own), sa.literal(known)) for own, known in meant.items())
    return sa.type_coerce(sa.case(*words, else_=column), sa.Text())


def _add_absent(relations: Relations, table: Table, columns: dict[str, sa.ColumnElement[Any]]) -> None:
    """Columns that the company has not, where the catalog assumes a value or can work them out: so do empty rows."""
    absent = [column for column in table.columns if column.name not in columns]
    for column in absent:
        if column.when_absent is not None:
            columns[column.name] = constant(stand_in(column))
            words = f"{table.name}.{column.name} is absent: taken as {column.when_absent} everywhere"
            relations.remark(table.name, words)
    given = dict(columns)
    for column in table.columns:
        value = _worked_out(column, given)
        if value is None:
            continue
        if column in absent:
            columns[column.name] = value
            relations.remark(
                table.name, f"{table.name}.{column.name} is worked out as {column.worked_out_as}"
            )
        else:
            filled = sa.func.coalesce(as_exact(given[column.name]), as_exact(value))  # of as many places each
            columns[column.name] = sa.type_coerce(filled, SQL_TYPES[column.type])


def _worked_out(
    column: TableColumn, given: Mapping[str, sa.ColumnElement[Any]]
) -> sa.ColumnElement[Any] | None:
    """A column out of others; None where it is never so, or they are not there."""
    parts = {name.lstrip("-") for name in column.worked_out}
    if parts and parts <= given.keys():
        return summed(given, column.worked_out)
    if column.weekdays and set(column.weekdays) <= given.keys():
        first, last = column.weekdays
        return weekdays(given[first], given[last])
    return None


def _converted(relations: Relations, table: Table, rows: sa.CTE, convert: Conversion) -> sa.CTE:
    """A ledger of recurring revenue in the reporting currency; any other table as it is."""
    if table.name != LEDGER:
        return rows
    converted = convert(relations, rows)
    return rows if converted is None else converted


def _with_spell(relations: Relations, table: Table, rows: sa.CTE) -> sa.CTE:
    """The table with the stretches of its rows, if they follow each other."""
    spell = table.spell
    if spell is None:
        return rows
    for name in (spell.per, spell.since):
        if name not in rows.c:
            raise MissingError(f"{table.name}.{name}")
    keys = [column.name for column in table.columns if column.key]
    whole = _whole(relations, spell)
    ends = (whole and whole.last) or (spell.until and spell.until in rows.c)
    if spell.ends_with and not ends:
        last = spell.ends_with.partition(">")[2]
        relations.remark(table.name, f"who has left still counts in {table.name}, for {last} is absent")
    return named(in_force(spell, rows, keys, whole), f"derived_{table.name}_in_force")


def _whole(relations: Relations, spell: Spell) -> Whole | None:
    """What stretches are parts of, as far as the company has it: somebody's employment."""
    ways = [path.partition(">")[2] if path else "" for path in (spell.begins_with, spell.ends_with)]
    other = next((way.partition(".")[0] for way in ways if way), "")
    if not other:
        return None
    key = next(column.name for column in relations.catalog.tables[other].columns if column.key)
    first, last = (
        column if column and relations.has(other, column, key) else None
        for column in (way.partition(".")[2] for way in ways)
    )
    return Whole(relations.table(other), key, first, last) if first or last else None
