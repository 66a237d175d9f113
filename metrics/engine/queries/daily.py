"""Additive measures -> SQL: the rows of a source added up by day.

Rows are grouped by the day and by what the measures' conditions look at, without asking any condition of any
row; of those few groups each measure then takes its own. A condition on a column whose values the catalog lists
groups by that column, any other by whether it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.definition import Condition, Measure, Test, Where
from metrics.engine.asking.leaves import Leaf
from metrics.engine.portable import as_whole, exact_sum
from metrics.engine.queries.conditions import holds
from metrics.engine.queries.rows import ONE, ZERO, Rows, Setting

LESS = sa.literal_column("-1", sa.Integer())


@dataclass(frozen=True)
class Place:
    """Where a measure stands in a day rollup's rows, behind day and groups: its column's name, amount and rows.

    ``moved`` counts the rows that began or ended on the day; of what only begins, they are the rows.
    """

    column: str
    amount: int
    rows: int
    moved: int


@dataclass(frozen=True)
class Planned:
    """The query of one source: what begins each day, and of a stock with ends less what ends."""

    statement: sa.Select[Any]
    places: dict[str, Place]


@dataclass
class Sorted:
    """What rows are grouped by beside the day, and what is added up, each once."""

    rows: Rows
    keys: dict[str, sa.ColumnElement[Any]] = field(default_factory=dict)
    amounts: dict[str, sa.ColumnElement[Any]] = field(default_factory=dict)

    def key(self, written: str, column: sa.ColumnElement[Any]) -> str:
        """The name of a key, by what it says."""
        self.keys.setdefault(written, column)
        return f"k{list(self.keys).index(written)}"

    def amount(self, measure: Measure) -> str:
        """The name of what a measure adds up; empty where it counts rows."""
        if measure.column is None:
            return ""
        self.amounts.setdefault(str(measure.column), self.rows.amount(measure))
        return f"a{list(self.amounts).index(str(measure.column))}"


def plan(setting: Setting, leaves: Sequence[Leaf], since: date) -> Planned:
    """The day rollup of all measures that share a source. Flows are added up from a day on, stocks altogether.

    Raises:
        MissingError: the company lacks something that they need.
    """
    first = leaves[0].expression
    assert isinstance(first, Measure)
    stock = first.at is not None
    rows = Rows(setting, first.table, first.date, leaves[0].slice, until=first.until, stock=stock)
    measures = {one.content: one for leaf in leaves if isinstance(one := leaf.expression, Measure)}
    found = Sorted(rows)
    tests = {content: _keys(setting, found, measure) for content, measure in measures.items()}
    named = _named(found, stock=stock, since=since)
    places: dict[str, Place] = {}
    width = 0
    for content, measure in measures.items():
        rows_at = width if measure.column is None else width + 1
        moved = rows_at + 1 if "sign" in named.c else rows_at
        places[content] = Place(f"m{len(places) + 1}", width, rows_at, moved)
        width = moved + 1
    return Planned(_by_day(setting, found, named, measures, tests, places), places)


def _named(found: Sorted, *, stock: bool, since: date) -> sa.Subquery:
    """The rows that begin, each with its day, and below them those that end, with their ``sign``.

    Keys are named here: grouping by an expression would bind it twice.
    """
    rows = found.rows
    begins, ends = rows.spell()
    keys = [column.label(f"k{index}") for index, column in enumerate(found.keys.values())]
    amounts = [column.label(f"a{index}") for index, column in enumerate(found.amounts.values())]
    columns = [*rows.groups, *keys, *amounts]
    kept: sa.ColumnElement[bool] = begins.is_not(None) if stock else begins >= since
    if ends is None:
        return rows.select(begins.label("day"), *columns).where(kept).subquery("named")
    kept = sa.and_(kept, sa.or_(ends.is_(None), begins <= ends))
    begun = rows.select(begins.label("day"), ONE.label("sign"), *columns).where(kept)
    ended = rows.select(ends.label("day"), LESS.label("sign"), *columns).where(ends.is_not(None), kept)
    return sa.union_all(begun, ended).subquery("named")


def _keys(setting: Setting, found: Sorted, measure: Measure) -> list[tuple[str, Condition | None, str]]:
    """The keys that tell whether a row counts: path, condition (None where the key says it all) and name.

    What it adds up is noted too, so that the rows are read with everything that any measure needs.
    """
    found.amount(measure)
    keys: list[tuple[str, Condition | None, str]] = []
    for path, condition in measure.where.items():
        if _listed(setting, measure.table, path, condition):
            keys.append((path, condition, found.key(path, found.rows.reach.column(path))))
        else:
            keys.append((path, None, _flag(setting, found, [{path: condition}])))
    if measure.any_of:
        keys.append(("", None, _flag(setting, found, measure.any_of)))
    return keys


def _listed(setting: Setting, table: str, path: str, condition: Condition) -> bool:
    """Whether a condition compares a column that has few values with constants."""
    columns = {column.name: column for column in setting.relations.catalog.tables[table].columns}
    few = path in columns and (
        bool(columns[path].values and not columns[path].others) or columns[path].type == "boolean"
    )
    plain = not isinstance(condition, Test) or set(condition.model_fields_set) <= {
        "is_not",
        "present",
        "setting",
    }
    return few and plain


def _flag(setting: Setting, found: Sorted, either: Sequence[Where]) -> str:
    """The key that says whether a row meets one of several sets of conditions."""
    column, day = found.rows.reach.column, setting.relations.day
    met = [sa.and_(sa.true(), *holds(where, column, setting.settings, day=day)) for where in either]
    return found.key(repr(either), sa.case((sa.or_(sa.false(), *met), ONE), else_=ZERO))


def _by_day(
    setting: Setting,
    found: Sorted,
    named: sa.Subquery,
    measures: Mapping[str, Measure],
    tests: Mapping[str, list[tuple[str, Condition | None, str]]],
    places: Mapping[str, Place],
) -> sa.Select[Any]:
    """Rows by day."""
    amounts = [f"a{index}" for index in range(len(found.amounts))]
    by = [column for column in named.c if column.name not in amounts]
    sums = [exact_sum(named.c[name]).label(name) for name in amounts]
    counts = [sa.func.count(named.c[name]).label(f"{name}_rows") for name in amounts]
    cells = sa.select(*by, sa.func.count().label("n"), *sums, *counts).group_by(*by).subquery("cells")
    columns: list[sa.Label[Any]] = []
    for content, measure in measures.items():
        counted = _counted(setting, cells, tests[content])
        amount, name = found.amount(measure), places[content].column
        # ClickHouse takes nothing off what counts, so it is read as a whole number first
        number = as_whole(cells.c[f"{amount}_rows" if amount else "n"])
        if amount:
            columns.append(_taken(cells, counted, cells.c[amount]).label(name))
        columns.append(_taken(cells, counted, number).label(f"{name}_rows" if amount else name))
        if "sign" in cells.c:
            columns.append(exact_sum(sa.case((counted, number), else_=ZERO)).label(f"{name}_moved"))
    groups = [cells.c.day, *(cells.c[label.name] for label in found.rows.groups)]
    return sa.select(*groups, *columns).group_by(*groups)


def _counted(
    setting: Setting, cells: sa.Subquery, tests: list[tuple[str, Condition | None, str]]
) -> sa.ColumnElement[bool]:
    """Whether the rows of a cell count in a measure."""
    conditions: list[sa.ColumnElement[bool]] = []
    for path, condition, key in tests:
        if condition is None:
            conditions.append(cells.c[key] == ONE)
        else:
            conditions += holds({path: condition}, {path: cells.c[key]}.__getitem__, setting.settings)
    return sa.and_(sa.true(), *conditions)


def _taken(
    cells: sa.Subquery, counted: sa.ColumnElement[bool], column: sa.ColumnElement[Any]
) -> sa.ColumnElement[Any]:
    """The sum over the cells that count, less those of rows that end."""
    whens = [(counted, column)]
    if "sign" in cells.c:
        whens = [(sa.and_(cells.c.sign == ONE, counted), column), (counted, -column)]
    return exact_sum(sa.case(*whens, else_=ZERO))
