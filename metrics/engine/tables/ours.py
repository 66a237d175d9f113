"""Rows that count in no metric: internal accounts and users, and whatever refers to one, however far off."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from metrics.engine.tables.relations import Relations, need
from metrics.model import Catalog

Way = tuple[str, str, str]
"""A column, and the table and column that it refers to."""


def counts(
    relations: Relations, table: str, rows: sa.FromClause, passed: frozenset[str] = frozenset()
) -> list[sa.ColumnElement[bool]]:
    """The conditions under which rows of a table count; ``passed`` are the tables on the way here.

    Tables known to hold nothing of ours keep nothing out.

    Raises:
        BrokenError: the table that tells what is ours cannot be read.
    """
    found: list[sa.ColumnElement[bool]] = [
        rows.c[name] != sa.literal(value, sa.Boolean())
        for name, value in relations.catalog.tables[table].leave_out.items()
        if name in rows.c
    ]
    passed |= {table}
    for column, target, key in _ways(relations, table, passed, relations.whole):
        if column not in rows.c:
            continue
        others = relations.table(target)
        if kept := counts(relations, target, others, passed):
            ours = sa.select(others.c[key]).where(others.c[key].is_not(None), sa.not_(sa.and_(*kept)))
            found.append(sa.or_(rows.c[column].is_(None), rows.c[column].not_in(ours)))
    return found


def counted(relations: Relations, table: str, *names: str) -> sa.CTE:
    """The rows of a table that count, for a derived table to be made of.

    Raises:
        MissingError: the table lacks some of these columns; all of them are named.
    """
    rows = need(relations, table, *names)
    kept = counts(relations, table, rows)
    return relations.shared(f"counted_{table}", lambda: sa.select(rows).where(*kept)) if kept else rows


def told_by(relations: Relations, table: str, passed: frozenset[str] = frozenset()) -> Iterator[str]:
    """The tables that say which rows of a table count.

    Raises:
        BrokenError: the table that tells what is ours cannot be read.
    """
    passed |= {table}
    for _, target, _ in _ways(relations, table, passed):
        yield target
        yield from told_by(relations, target, passed)


def _ways(
    relations: Relations, table: str, passed: frozenset[str], whole: Collection[str] = ()
) -> Iterator[Way]:
    """The references of a table that may lead to something of ours, which ``whole`` tables do not hold."""
    for column in relations.catalog.tables[table].columns:
        target, key = column.leads_to
        if not target or target in passed:
            continue
        ends = [end for end in _ends(relations.catalog, target, passed) if end not in whole]
        told = any(_tells(relations, end) for end in ends) and key in relations.warehouse.columns(target)
        if told and target not in relations.warehouse.broken:
            yield column.name, target, key


def _ends(catalog: Catalog, table: str, passed: frozenset[str]) -> Iterator[str]:
    """The tables that a table leads to, itself included, which mark rows as ours."""
    if catalog.tables[table].leave_out:
        yield table
    for column in catalog.tables[table].columns:
        target, _ = column.leads_to
        if target and target not in passed | {table}:
            yield from _ends(catalog, target, passed | {table})


def _tells(relations: Relations, table: str) -> bool:
    """Whether a company's table marks rows as ours; one that cannot be read does not where it lacks the column for it.

    Raises:
        BrokenError: it has that column, or nobody knows, and cannot be read.
    """
    marks = relations.catalog.tables[table].leave_out.keys()
    given = relations.warehouse.given(table)
    return relations.mapped(table) if given is None or marks <= given else False
