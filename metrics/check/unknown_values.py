"""Values of a column with a fixed list of them that are not on it: no condition of a metric lets them through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from metrics.advice.words import joined
from metrics.check.remarks import LONGEST, MOST, listed
from metrics.check.value_words import UNKNOWN, line
from metrics.engine import Engine
from metrics.engine.portable import says_something
from metrics.engine.tables.canonical import as_meant
from metrics.engine.tables.typed import typed
from metrics.errors import TooSlowError
from metrics.model import Table, TableColumn
from metrics.privacy.thresholds import INSIDE, least

Remark = tuple[str, Sequence[str]]
"""What is said of a column, and its values that may be named."""
NOTHING: Remark = ("", ())
WORDS = {"text", "code", "boolean", "integer", "unknown"}
"""Families of types that words are told in: the ids of stages are numbers, and whether a deal is won may be true. All
types are unknown in a database without any."""
LOOKED_AT = 50
"""Values that are fetched, the most frequent first: of people columns many may be too rare to be named."""


def unknown_values(engine: Engine, table: Table) -> list[str]:
    """A remark for each such column of a table that the company maps and that can be read.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    given = engine.warehouse.described(table.name)
    texts = [column for column in table.columns if given.get(column.name) in WORDS]
    found = ((column, _remark(engine, table, column)) for column in texts)
    return [f"{said}{_mend(table, column, values)}" for column, (said, values) in found if said]


def remark_kept(engine: Engine, table: str, column: str) -> Remark:
    """The remark about a column, asked for again only when its table has changed.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    with engine.turn:
        if engine.warehouse.columns(table).get(column) not in WORDS:
            return NOTHING
        declared = engine.catalog.tables[table]
        return engine.store.known(
            ("unknown values", table, column),
            frozenset((table,)),
            lambda: _remark(engine, declared, declared.column(column)),
        )


def _remark(engine: Engine, table: Table, column: TableColumn) -> Remark:
    if not column.values:
        return NOTHING
    try:
        return _none_of(engine, table, column) if column.others else _unknown(engine, table, column)
    except TooSlowError:  # a remark is not worth an error
        return NOTHING


def _mend(table: Table, column: TableColumn, values: Sequence[str]) -> str:
    """What to write where, for values that may be named."""
    short = [value for value in values if len(value) <= LONGEST and value.isprintable()]
    if not short:
        return ""
    written = line(table.name, column.name, short, column.values)
    each = f" (one of {joined(column.values, 'or')} for each {UNKNOWN})" if f'"{UNKNOWN}"' in written else ""
    return f"; to map them, begin company.toml with: {written}{each}"


def _none_of(engine: Engine, table: Table, column: TableColumn) -> Remark:
    """Where other values may stand there too, only that none at all is one that metrics look for."""
    source = engine.warehouse.source(table.name).subquery("given")
    text = _as_meant(engine, table, column, source)
    known = sa.func.max(sa.case((text.in_(column.values), 1), else_=0))
    counted: list[sa.ColumnElement[Any]] = [sa.func.count(text), known]
    [(filled, any_known)] = engine.warehouse.run(sa.select(*counted)).rows
    if not filled or any_known:
        return NOTHING
    return f"{column.name} holds no value that metrics look for: {joined(column.values, 'or')}", ()


def _unknown(engine: Engine, table: Table, column: TableColumn) -> Remark:
    """The unknown values, the most frequent first; about people, only those of enough of them."""
    source = engine.warehouse.source(table.name).subquery("given")
    text = _text(engine, table, column, source)
    people = _people(engine, table, source)
    counted = (
        sa.select(text, sa.func.count().label("rows"), people.label("people"))
        .where(_as_meant(engine, table, column, source).not_in(column.values), says_something(text))
        .group_by(text)
        .order_by(sa.desc("rows"), text)
    )
    found = engine.warehouse.run(counted, first=LOOKED_AT).rows
    fewest = least(column.sensitivity, INSIDE)
    named = [str(value) for value, _, people in found if people >= fewest]
    if not found:
        return NOTHING
    should = f"{column.name} should be {joined(column.values, 'or')}"
    if not named:
        return f"{should}; it holds values that no metric knows, of too few people to be named", ()
    told = listed(map(repr, named), whole=len(found) < LOOKED_AT)
    few = ", and others of too few people to be named" if len(named) < len(found) else ""
    return f"{should}; it holds {told}{few}, which no metric knows", named[:MOST]


def _as_meant(
    engine: Engine, table: Table, column: TableColumn, source: sa.Subquery
) -> sa.ColumnElement[Any]:
    """The column with the company's own words read as `company.toml` says."""
    return as_meant(_text(engine, table, column, source), engine.company.file.meant(table.name, column.name))


def _text(engine: Engine, table: Table, column: TableColumn, source: sa.Subquery) -> sa.ColumnElement[Any]:
    """The column as metrics read it."""
    family = engine.warehouse.described(table.name)[column.name]
    return typed(source.c[column.name], "text", family, trusted=engine.warehouse.habits.typed)


def _people(engine: Engine, table: Table, source: sa.Subquery) -> sa.ColumnElement[int]:
    """How many people stand behind a value: nobody, where the table does not tell them apart."""
    given = engine.warehouse.described(table.name)
    persons = [c.name for c in table.columns if c.sensitivity == "person" and c.name in given]
    return sa.func.count(source.c[persons[0]].distinct()) if persons else sa.literal(0)
