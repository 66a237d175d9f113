"""Warehouses that cannot run here: every query is compiled by their own dialect and parsed as their own SQL."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import sqlglot
from sqlglot import exp

from metrics.demo import folder as demo_folder
from metrics.demo.schema import Column, tables
from metrics.engine import Ask, Engine
from metrics.engine.tables.known import KNOWN as KNOWN_THEN
from metrics.folder.company import read_company
from metrics.lists.build import build
from metrics.lists.wanted import Wanted
from metrics.load import load_catalog
from metrics.warehouse import Warehouse
from metrics.warehouse.answered import ROW_LIMIT, Answered
from metrics.warehouse.families import Family
from metrics.warehouse.habits import HABITS, habits_of
from tests.conformance import questions, small_demo
from tests.conformance.forms import README, ROOT, forms

pytestmark = pytest.mark.slow

HERE = {"duckdb", "sqlite", "postgresql"}
"""These run wherever the tests do (test_same_numbers.py)."""
ELSEWHERE = {name: form for name, form in forms().items() if name not in HERE}
PACKAGES = {
    "clickhousedb": "clickhouse_connect",
    "hive": "pyhive",
    "snowflake": "snowflake.sqlalchemy",
    "bigquery": "sqlalchemy_bigquery",
    "redshift": "sqlalchemy_redshift",
    "trino": "trino.sqlalchemy",
    "databricks": "databricks.sqlalchemy",
}
"""Where each dialect is written."""
FAMILIES: dict[str, Family] = {
    "date": "date",
    "timestamp": "timestamp",
    "boolean": "boolean",
    "integer": "integer",
}
BOUND = re.compile(r"%\(\w+(?::[^)]*)?\)s|(?<![:\w]):\w+\b")


@dataclass(frozen=True)
class Recorded(Warehouse):
    """A warehouse that compiles what it is asked and answers as empty tables do, but that something came to them."""

    asked: list[str] = field(default_factory=list)

    def run_all(self, statements: Sequence[sa.Select[Any]]) -> Iterator[Answered]:
        yield from map(self._recorded, statements)

    def _recorded(self, statement: sa.Select[Any]) -> Answered:
        compiled = statement.limit(ROW_LIMIT + 1).compile(self.engine)
        self.asked.append(str(compiled))
        nothing = [_of_nothing(column.type) for column in statement.selected_columns]
        return Answered(str(compiled), dict(compiled.params), [] if grouped(statement) else [nothing])


def _of_nothing(kind: sa.types.TypeEngine[Any]) -> int | date | None:
    """What comes back: no row, no amount, and the last day of the data as the newest."""
    if isinstance(kind, sa.Date | sa.DateTime):
        return questions.AS_OF
    return 0 if isinstance(kind, sa.Integer) else None


def grouped(statement: sa.Select[Any]) -> bool:
    """Whether a statement gives a row for each group; else it gives one."""
    return bool(statement._group_by_clauses)


def family(column: Column) -> Family:
    return "exact" if column.sql_type.startswith("DECIMAL") else FAMILIES.get(column.kind, "text")


def company(name: str, folder: Path, timezone: str = "America/Los_Angeles") -> tuple[Engine, Recorded]:
    """The demo company as it would stand in another warehouse."""
    if importlib.util.find_spec(PACKAGES[name].partition(".")[0]) is None:
        pytest.skip(f"the dialect {name} is not here: install counterpoise[{ELSEWHERE[name].extra}]")
    url = ELSEWHERE[name].url
    if name == "bigquery":
        url = url.update_query_dict({"user_supplied_client": "true"})  # else it would look for credentials
    (folder / "demo").mkdir()
    demo_folder.write_folder(folder / "demo")
    moved = small_demo.copy_folder(folder / "demo", folder / name, "env:NAME", timezone)
    catalog = load_catalog()
    columns = {table: {c.name: family(c) for c in own} for table, own in tables().items()}
    engine = sa.create_engine(url)
    warehouse = Recorded(read_company(moved, catalog.tables), engine, _columns=columns)
    return Engine(catalog, warehouse.company, warehouse), warehouse


def parsed(sql: str, dialect: str) -> exp.Expr:
    """A statement as its own dialect reads it, with a value where one is bound."""
    return sqlglot.parse_one(BOUND.sub("1", sql).replace("%%", "%"), read=dialect)


def test_every_warehouse_of_the_readme_is_one_we_know_run_or_compile_for_and_has_its_extra() -> None:
    listed = forms()
    assert set(listed) == HERE | set(PACKAGES)
    assert {name: form.extra for name, form in listed.items()} == {n: HABITS[n].extra for n in listed}
    rows = [line for line in README.read_text("utf-8").splitlines() if line.startswith("|") and "://" in line]
    assert len(rows) == len(listed)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = set(project["optional-dependencies"]) - {"dev", "eval", "warehouses"}
    assert {form.extra for form in listed.values()} - {""} == extras


@pytest.mark.parametrize("name", ELSEWHERE)
def test_the_scorecard_of_the_chief_revenue_officer_compiles_and_parses(name: str, tmp_path: Path) -> None:
    engine, warehouse = company(name, tmp_path)
    build(engine, Wanted("chief_revenue_officer", 15, questions.QUARTER, date(2025, 12, 31)))
    assert len(warehouse.asked) > 10
    for sql in warehouse.asked:
        assert isinstance(parsed(sql, habits_of(name).name), exp.Select)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_every_metric_compiles_and_parses(name: str, tmp_path: Path) -> None:
    engine, warehouse = company(name, tmp_path)
    questions.answers(engine, questions.questions(engine, [questions.QUARTER]))
    assert len(warehouse.asked) > 100
    assert any(KNOWN_THEN in sql for sql in warehouse.asked)
    trees = [parsed(sql, habits_of(name).name) for sql in warehouse.asked]
    calls = {call.name.lower() for tree in trees for call in tree.find_all(exp.Anonymous)}
    assert calls <= KNOWN.get(name, set())


KNOWN = {
    "trino": {"at_timezone", "with_timezone"},
    "clickhousedb": {"todate32", "todecimal64", "tonullable", "totimezone"},
}
"""Functions of a dialect that sqlglot has no name for."""


@pytest.mark.parametrize("name", ["trino", "bigquery"])
def test_a_median_that_is_only_approximate_says_so(name: str, tmp_path: Path) -> None:
    engine, _ = company(name, tmp_path)
    [[approximate], [exact]] = engine.compute(
        [Ask("page_load_time", questions.QUARTER), Ask("win_rate", questions.QUARTER)], date(2025, 12, 31)
    )
    assert "approximate" in approximate.flags
    assert "approximate" not in exact.flags


def test_two_medians_are_two_queries_where_a_query_can_hold_only_one(tmp_path: Path) -> None:
    engine, warehouse = company("redshift", tmp_path)
    engine.compute([Ask("page_load_time", period) for period in questions.PERIODS], questions.AS_OF)
    medians = [sql.count("percentile_cont") for sql in warehouse.asked if "percentile_cont" in sql]
    assert medians == [1, 1, 1]
