"""Columns of the types that real schemas have are read as the plain text, days and numbers that they show."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

import tests.postgres
from metrics.begin import begin
from metrics.calendar.periods import Calendar
from metrics.check.checkup import check_company
from metrics.engine import Ask, Engine
from metrics.opening import open_company
from metrics.warehouse.families import family

AS_OF = date(2025, 12, 31)
QUARTER = Calendar().quarter(2025, 4, fiscal=False)
DEALS = """
CREATE TABLE crm."All Deals" (
    "Deal ID" uuid, "Owner" {label}, "order" outcome, "Amount" {money}, "Is Test?" {flag},
    "Closed at" timestamptz, created date
)"""
ROWS = """
INSERT INTO crm."All Deals" VALUES
    ('00000000-0000-0000-0000-00000000000A', 'Ann', 'won', 1000.50, 'no', '2025-10-31 22:00:00-05', '2025-09-01'),
    ('00000000-0000-0000-0000-00000000000B', 'Ann', 'lost', 20, 'no', '2025-11-02 12:00:00+00', '2025-09-02'),
    ('00000000-0000-0000-0000-00000000000C', 'ann', 'won', 30, 'no', '2025-11-03 12:00:00+00', '2025-09-03'),
    ('00000000-0000-0000-0000-00000000000D', 'ann', 'won', 40, 'yes', '2025-11-03 12:00:00+00', '2025-09-03')
"""
SELECT = """
SELECT "Deal ID" AS opportunity_id, "Owner" AS seller, "order" AS outcome, "Amount" AS amount_base,
    "Closed at" AS closed_on, created AS created_on
FROM crm."All Deals" WHERE "Is Test?" = 'no' AND CAST("Owner" AS text) NOT LIKE '%test%'
"""
TOML = """name = "Native"
url = "{url}"
[dimensions.seller]
column = "opportunities.seller"
sensitivity = "open"
"""


def company(folder: Path, url: str, select: str = SELECT, table: str = "opportunities") -> Engine:
    (folder / "tables").mkdir(parents=True)
    (folder / "company.toml").write_text(TOML.format(url=url))
    (folder / "tables" / f"{table}.sql").write_text(select)
    return open_company(folder)


@pytest.fixture
def server(postgres: str) -> Iterator[str]:
    import psycopg

    with tests.postgres.database(postgres) as url:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE SCHEMA crm; CREATE TYPE outcome AS ENUM ('won', 'lost', 'open')")
            connection.execute(DEALS.format(label="char(10)", money="money", flag="char(3)"))
            connection.execute(ROWS)
        yield url


def beside(folder: Path) -> str:
    with duckdb.connect(str(folder / "deals.duckdb")) as connection:
        connection.execute("CREATE SCHEMA crm; CREATE TYPE outcome AS ENUM ('won', 'lost', 'open')")
        connection.execute(DEALS.format(label="VARCHAR", money="DECIMAL(38, 10)", flag="VARCHAR"))
        connection.execute(ROWS)
    return f"duckdb:///{folder / 'deals.duckdb'}"


def held(engine: Engine) -> None:
    """What the three deals come to."""
    [table] = check_company(engine).tables
    assert (table.problems, table.rows) == ((), 3)
    asks = [Ask("win_rate.by_value", QUARTER), Ask("average_deal_size", QUARTER, by=("seller",))]
    [[rate], sizes] = engine.compute(asks, AS_OF)
    assert (rate.citation.numerator, rate.citation.denominator) == (Decimal("1030.5"), Decimal("1050.5"))
    assert {value.group["seller"]: value.value for value in sizes} == {"Ann": 1000.5, "ann": 30}
    assert "LIKE '%test%'" in rate.citation.sql[0]


@pytest.mark.slow
def test_postgresql_reads_its_own_types(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_URL", server)
    held(company(tmp_path / "own", "env:CRM_URL"))


def test_duckdb_reads_its_own_types(tmp_path: Path) -> None:
    held(company(tmp_path / "own", beside(tmp_path)))


@pytest.mark.slow
def test_days_without_end_are_read_from_postgresql_too(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_URL", server)
    people = (
        "SELECT g AS employee_id, DATE '2024-01-01' AS hired_on, {end} AS terminated_on "
        "FROM generate_series(1, 20) g"
    )
    ends = "CASE WHEN g < 7 THEN DATE '2025-11-10' ELSE '{}' END"
    engine = company(tmp_path / "inf", "env:CRM_URL", people.format(end=ends.format("infinity")), "employees")
    [[value]] = engine.compute([Ask("employee_turnover_rate", QUARTER)], AS_OF)
    assert value.citation.numerator == 6
    late = company(
        tmp_path / "late", "env:CRM_URL", people.format(end=ends.format("12000-01-01")), "employees"
    )
    [table] = check_company(late).tables
    assert "date too large" in table.unread


@pytest.mark.slow
def test_a_folder_is_begun_from_tables_of_any_schema(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_URL", server)
    for name, url in (("server", "env:CRM_URL"), ("file", beside(tmp_path))):
        begun = begin(tmp_path / name, url)
        assert 'crm."All Deals"' in (tmp_path / name / "examples" / "your_tables.txt").read_text()
        assert begun.unused == ("All Deals",)


def test_sqlite_reads_floats_as_the_flags_and_keys_that_gaps_made_them_of(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "costs.sqlite")) as connection:
        connection.execute(
            "CREATE TABLE costs (cost_id, incurred_on, amount_base, is_variable REAL, campaign_id REAL)"
        )
        rows = [(1, "2025-11-01", 10, 1, 7), (2, "2025-11-02", 20, 0, 7), (3, "2025-11-03", 40, None, None)]
        connection.executemany("INSERT INTO costs VALUES (?, ?, ?, ?, ?)", rows)
        connection.execute("CREATE TABLE revenue (entry_id, recognised_on, amount_base)")
        connection.execute("INSERT INTO revenue VALUES (1, '2025-11-01', 100)")
        connection.commit()
    engine = company(
        tmp_path / "own", f"sqlite:///{tmp_path / 'costs.sqlite'}", "SELECT * FROM costs", "cost_entries"
    )
    (tmp_path / "own" / "tables" / "revenue_entries.sql").write_text("SELECT * FROM revenue")
    engine = open_company(tmp_path / "own")
    asks = [Ask("contribution_margin.all_variable_cost", QUARTER), Ask("opex", QUARTER, by=("campaign",))]
    [[margin], _] = engine.compute(asks, AS_OF)
    assert margin.value == 90
    relation = engine.relations.table("cost_entries")
    found = engine.warehouse.run(relation.select()).rows
    place = list(relation.c.keys()).index("campaign_id")
    assert sorted(str(row[place]) for row in found) == ["7", "7", "None"]


def test_a_stage_history_is_looked_at_beside_deals_that_cannot_be_read(tmp_path: Path) -> None:
    stages = "SELECT 'o1' AS opportunity_id, 'demo' AS stage, TIMESTAMP '2025-11-01' AS entered_at, 1 AS stage_order"
    company(tmp_path, "duckdb:///:memory:", stages, "opportunity_stage_history")
    (tmp_path / "tables" / "opportunities.sql").write_text("SELECT nothing FROM nowhere")
    deals, history = sorted(check_company(open_company(tmp_path)).tables, key=lambda table: table.name)
    assert deals.problems
    assert not deals.rows
    assert history.rows == 1


@pytest.mark.parametrize(
    ("dialect", "code", "expected"),
    [
        ("duckdb", "UUID", "code"),
        ("duckdb", "ENUM('a', 'b')", "code"),
        ("duckdb", "INTERVAL", "unknown"),
        ("duckdb", "UHUGEINT", "integer"),
        ("postgres", 2950, "code"),
        ("postgres", 16402, "code"),
        ("postgres", 790, "unknown"),
        ("clickhouse", "DateTime('Asia/Tokyo')", "zoned"),
        ("clickhouse", "Nullable(DateTime64(3, 'America/New_York'))", "zoned"),
        ("clickhouse", "DateTime64(9)", "timestamp"),
        ("clickhouse", "LowCardinality(FixedString(36))", "code"),
    ],
)
def test_types_that_only_show_as_text_are_told_apart(dialect: str, code: object, expected: str) -> None:
    assert family(code, dialect) == expected
