"""Does a company folder work? Its tables, columns, types and keys; and which metrics it can compute."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import sqlalchemy as sa

from metrics.engine import Engine
from metrics.engine.typed import READ_AS, TRUE_WORDS
from metrics.errors import CompanyError
from metrics.model import Table
from metrics.warehouse.families import Family

READABLE: Mapping[str, set[Family]] = {
    "date": {"date", "timestamp", "text", "unknown"},
    "timestamp": {"timestamp", "date", "text", "unknown"},
    "decimal": {"exact", "integer", "float", "text", "unknown"},
    "integer": {"integer", "exact", "text", "unknown"},
    "boolean": {"boolean", "text", "integer", "unknown"},
}
FALSE_WORDS = ("false", "f", "no", "n", "0", "")
"""With the engine's words for true: all that a text may say for a boolean."""


@dataclass(frozen=True)
class TableReport:
    """One table: how many rows it has (None where it does not run) and what is wrong with it."""

    name: str
    rows: int | None
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A checked company. ``missing`` maps each metric that cannot be computed to what it needs."""

    tables: tuple[TableReport, ...]
    computable: tuple[str, ...]
    missing: Mapping[str, tuple[str, ...]]

    @property
    def ok(self) -> bool:
        """Whether no table has a problem."""
        return not any(table.problems for table in self.tables)


def check_company(engine: Engine) -> Report:
    """Look at every table and every metric of a company. Nothing is raised for what is wrong with them."""
    tables = [_table(engine, engine.catalog.tables[name]) for name in engine.company.selects]
    broken = {table.name for table in tables if table.rows is None}
    missing = {}
    for metric_id in engine.catalog.metrics:
        needs = _needs(engine, metric_id, broken)
        if needs:
            missing[metric_id] = needs
    computable = tuple(metric_id for metric_id in engine.catalog.metrics if metric_id not in missing)
    return Report(tuple(tables), computable, missing)


def _needs(engine: Engine, metric_id: str, broken: Collection[str]) -> tuple[str, ...]:
    """What a metric lacks; a table that it only joins may be broken too."""
    try:
        return engine.missing(metric_id, broken=broken)
    except CompanyError:
        return tuple(sorted(broken))


def _table(engine: Engine, table: Table) -> TableReport:
    try:
        given = engine.warehouse.columns(table.name)
        problems = [*_columns(engine, table, given), *_types(table, given), *_texts(engine, table, given)]
        rows = _count(engine, _given(engine, table.name))
        return TableReport(table.name, rows, (*problems, *_keys(engine, table, given, rows)))
    except CompanyError as error:
        return TableReport(table.name, None, (str(error),))


def _columns(engine: Engine, table: Table, given: Mapping[str, Family]) -> list[str]:
    """Columns that no one knows: misspelt ones are named with the nearest right name."""
    known = [column.name for column in table.columns]
    declared = {
        extra.column.partition(".")[2]
        for extra in engine.company.file.dimensions.values()
        if extra.column.partition(".")[0] == table.name
    }
    found = []
    for name in given:
        if name not in known and name not in declared:
            absent = [other for other in known if other not in given]
            nearest = get_close_matches(name, absent, n=1)
            if nearest:
                found.append(f"column {name} is unknown; did you mean {nearest[0]}?")
    return found


def _types(table: Table, given: Mapping[str, Family]) -> list[str]:
    return [
        f"column {column.name} is {given[column.name]}, expected {column.type}: cast it in tables/{table.name}.sql"
        for column in table.columns
        if column.name in given and given[column.name] not in READABLE.get(column.type, {given[column.name]})
    ]


def _texts(engine: Engine, table: Table, given: Mapping[str, Family]) -> list[str]:
    """Columns of text, as CSV files have them, of which a value cannot be read as what it stands for."""
    source, found = _given(engine, table.name), []
    for column in table.columns:
        if given.get(column.name) != "text" or column.type == "text":
            continue
        text = source.c[column.name]
        if column.type == "boolean":
            known = sa.func.lower(sa.func.trim(text)).in_((*TRUE_WORDS, *FALSE_WORDS))
            odd = _count(engine, source, sa.not_(known))
            found += (
                [f"column {column.name} is neither true nor false in {odd} rows: false is taken"]
                if odd
                else []
            )
            continue
        try:
            engine.warehouse.run(sa.select(sa.func.max(READ_AS[column.type](text))))
        except CompanyError:
            found.append(
                f"column {column.name} holds text that is no {column.type}: cast it in tables/{table.name}.sql"
            )
    return found


def _given(engine: Engine, table: str) -> sa.Subquery:
    return engine.warehouse.source(table).subquery("given")


def _count(engine: Engine, rows: sa.FromClause, *where: sa.ColumnElement[bool]) -> int:
    counted = sa.select(sa.func.count()).select_from(rows).where(sa.true(), *where)
    return int(engine.warehouse.run(counted).rows[0][0])


def _keys(engine: Engine, table: Table, given: Mapping[str, Family], rows: int) -> list[str]:
    """Key columns that do not tell rows apart."""
    keys = [column.name for column in table.columns if column.key and column.name in given]
    if not keys or len(keys) < sum(column.key for column in table.columns):
        return []
    source = _given(engine, table.name)
    unique = _count(engine, sa.select(*(source.c[key] for key in keys)).distinct().subquery("keys"))
    return [f"key ({', '.join(keys)}) is not unique: {rows - unique} rows too many"] if unique < rows else []
