"""A table that cannot be read takes only what needs it with it, and nothing stands in for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa

from metrics.calendar.periods import Calendar
from metrics.check.checkup import check_company
from metrics.engine import Ask, Engine
from metrics.errors import CompanyError, TooSlowError
from metrics.opening import open_company
from metrics.values import Status, Value
from tests.command import DEALS, company, counterpoise

pytestmark = pytest.mark.slow

Q1 = Calendar().quarter(2025, 1, fiscal=False)
AS_OF = date(2025, 6, 30)
LEDGER = """
SELECT 'a1' AS account_id, DATE '2024-12-01' AS effective_on, 'new' AS movement_type, 100.00 AS amount_base
"""
BROKEN = {
    "a misspelt column": "SELECT opportunity_idd FROM (SELECT 1 AS opportunity_id) AS t",
    "no SELECT": "DROP TABLE opportunities",
    "two statements": "SELECT 1 AS opportunity_id; SELECT 2",
    "no SQL": "SELEC 1 FROM",
    "a missing file": "SELECT * FROM 'opportunities.csv'",
    "a row that cannot be read": f"SELECT * REPLACE (CAST(outcome AS DATE) AS closed_on) FROM ({DEALS}) AS d",
    "a text that is no day": f"SELECT * REPLACE ('soon' AS closed_on) FROM ({DEALS}) AS d",
}


def one(engine: Engine, metric: str) -> Value:
    [[value]] = engine.compute([Ask(metric, Q1)], AS_OF)
    return value


@pytest.mark.parametrize("select", BROKEN.values(), ids=BROKEN.keys())
def test_only_what_needs_a_broken_table_is_not_measured(tmp_path: Path, select: str) -> None:
    folder = company(tmp_path, opportunities=select, mrr_movements=LEDGER)
    engine = open_company(folder)
    assert one(engine, "mrr").value == Decimal(100)
    broken = one(engine, "win_rate")
    assert (broken.status, broken.needs) == (Status.NOT_MEASURED, ("opportunities",))
    ran = counterpoise("check", "--company", str(folder))
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith("tables/opportunities.sql")


def test_a_list_keeps_its_places_and_says_which_table_could_not_be_read(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=BROKEN["a misspelt column"], mrr_movements=LEDGER)
    asked = ("ask", "top 15 metrics for a Chief Revenue Officer", "--as-of", "2025-03-31")
    ran = counterpoise(*asked, "--company", str(folder), "--json")
    assert ran.code == 0
    rows = {row["id"]: row for row in ran.json["metrics"]}
    assert len(rows) == 15
    assert any("opportunities" not in row["needs"] for row in ran.json["metrics"])
    assert (rows["win_rate"]["status"], rows["win_rate"]["needs"]) == ("not_measured", ["opportunities"])
    assert ran.json["notes"][0] == (
        "The table opportunities could not be read, so what needs it is not measured; `counterpoise check` says why."
    )


@pytest.mark.parametrize("question", ["top 15 metrics for a Chief Revenue Officer", "what is our win rate?"])
def test_where_nothing_else_is_measured_the_sentence_is_all(tmp_path: Path, question: str) -> None:
    folder = company(tmp_path, opportunities=BROKEN["a misspelt column"])
    said = counterpoise("ask", question, "--company", str(folder)).sentence
    assert said.startswith("tables/opportunities.sql does not run: ")
    assert said.endswith("mend that SELECT.")


def test_a_value_asked_for_beside_others_is_told_with_a_note(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=BROKEN["no SQL"], mrr_movements=LEDGER)
    ran = counterpoise("metric", "mrr", "win_rate", "--period", "2024", "--company", str(folder), "--json")
    assert [value["status"] for value in ran.json["values"]] == ["ok", "not_measured"]
    assert ran.json["notes"][0].startswith("The table opportunities could not be read")
    alone = counterpoise("metric", "win_rate", "--period", "2025-Q1", "--company", str(folder)).sentence
    assert alone.startswith("tables/opportunities.sql cannot be read as duckdb SQL")


def test_nothing_stands_in_for_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    """Without `accounts` nobody is internal; with one that cannot be read, nobody knows who is."""
    assert one(open_company(company(tmp_path / "absent", mrr_movements=LEDGER)), "mrr").value == Decimal(100)
    folder = company(
        tmp_path / "broken",
        accounts="SELECT acount_id FROM (SELECT 1 AS account_id) AS t",
        mrr_movements=LEDGER,
    )
    value = one(open_company(folder), "mrr")
    assert (value.status, value.needs) == (Status.NOT_MEASURED, ("accounts",))
    report = counterpoise("check", "--company", str(folder), "--json").json
    assert report["metrics"]["missing"]["mrr"] == ["accounts"]


def test_a_row_that_cannot_be_read_is_found_behind_the_query_that_failed(tmp_path: Path) -> None:
    deals = BROKEN["a row that cannot be read"]
    folder = company(tmp_path, opportunities=deals, mrr_movements=LEDGER)
    engine = open_company(folder)
    win_rate, mrr = (found for [found] in engine.compute([Ask("win_rate", Q1), Ask("mrr", Q1)], AS_OF))
    assert (win_rate.status, win_rate.needs) == (Status.NOT_MEASURED, ("opportunities",))
    assert mrr.value == Decimal(100)
    assert engine.unreadable["opportunities"].startswith("tables/opportunities.sql cannot be read: ")


def test_a_table_that_was_mended_is_read_again_after_a_while(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities="SELECT * FROM 'deals.csv'", mrr_movements=LEDGER)
    engine = open_company(folder)
    now = [1000.0]
    engine.store.seen.clock = lambda: now[0]
    assert one(engine, "win_rate").status is Status.NOT_MEASURED
    (folder / "deals.csv").write_text("opportunity_id,closed_on,outcome\no1,2025-02-01,won\n")
    now[0] += 1
    assert one(engine, "win_rate").status is Status.NOT_MEASURED
    now[0] += 120
    assert one(engine, "win_rate").value == Decimal(100)


def test_a_warehouse_that_went_away_is_one_sentence_and_breaks_no_table(tmp_path: Path) -> None:
    engine = open_company(company(tmp_path))
    gone = sa.create_engine("sqlite:////nowhere/at/all.db")
    away = Engine(engine.catalog, engine.company, replace(engine.warehouse, engine=gone))
    with pytest.raises(CompanyError, match="The warehouse cannot be reached: unable to open database file"):
        away.compute([Ask("win_rate", Q1)], AS_OF)
    assert not away.unreadable


def test_a_table_that_takes_too_long_to_check_is_measured_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_company(company(tmp_path))
    monkeypatch.setattr("metrics.check.checkup.read", _too_slow)
    [table] = check_company(engine).tables
    assert [str(problem) for problem in table.problems] == ["The query took longer than 30 s."]
    assert one(engine, "win_rate").status is Status.OK


def _too_slow(*_: object) -> NoReturn:
    raise TooSlowError("The query took longer than 30 s.")


# Columns of text that should be days or numbers

NO_DAY = (
    "tables/opportunities.sql: closed_on should be a date such as 2025-12-31 and is text that is none in some row: "
    "turn it into one in that SELECT (in DuckDB strptime(closed_on, '%m/%d/%Y') reads 12/31/2025, and "
    "strptime(closed_on, '%Y%m%d') reads 20251231), and leave empty what is none."
)


def test_text_that_is_no_day_is_one_sentence_wherever_it_is_met(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=BROKEN["a text that is no day"], mrr_movements=LEDGER)
    ran = counterpoise("check", "--company", str(folder), "--json")
    assert (ran.code, ran.err) == (2, f"{NO_DAY}\n")
    assert {table["name"]: table["problems"] for table in ran.json["tables"]} == {
        "mrr_movements": [],
        "opportunities": [NO_DAY],
    }
    assert "mrr" in ran.json["metrics"]["computable"]
    assert ran.json["metrics"]["missing"]["win_rate"] == ["opportunities"]
    asked = counterpoise("metric", "win_rate", "--period", "2025-Q1", "--company", str(folder))
    assert asked.sentence == NO_DAY
    beside = counterpoise("metric", "mrr", "win_rate", "--period", "2024", "--company", str(folder), "--json")
    assert [value["status"] for value in beside.json["values"]] == ["ok", "not_measured"]


@pytest.mark.parametrize(
    ("column", "given", "expected"),
    [
        ("amount_base", "'ten'", "amount_base should be a number such as 1234.50 and is text"),
        ("created_on", "20250105", "created_on should be a date such as 2025-12-31 and is integer"),
        ("closed_on", "TRUE", "closed_on should be a date such as 2025-12-31 and is boolean"),
    ],
)
def test_the_sentence_names_the_column_and_what_it_should_be(
    tmp_path: Path, column: str, given: str, expected: str
) -> None:
    select = f"SELECT * REPLACE ({given} AS {column}) FROM ({DEALS}) AS d"
    ran = counterpoise("check", "--company", str(company(tmp_path, opportunities=select)))
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith(
        f"tables/opportunities.sql: {expected} that is none in some row: turn it into one"
    )


@pytest.mark.parametrize(
    ("column", "given", "way"),
    [
        ("closed_on", "strftime(closed_on, '%m/%d/%Y')", 0),
        ("closed_on", "strftime(closed_on, '%Y%m%d')", 1),
        ("closed_on", "CAST(epoch(closed_on) AS BIGINT)", 0),
        ("closed_on", "CAST(strftime(closed_on, '%Y%m%d') AS BIGINT)", 1),
        ("amount_base", "CASE opportunity_id WHEN 'o1' THEN 'NaN'::DOUBLE ELSE amount_base::DOUBLE END", 0),
        ("amount_base", "'$1,' || CAST(CAST(amount_base AS INTEGER) AS TEXT) || '.00'", 0),
    ],
)
def test_what_the_sentence_says_to_write_mends_it(tmp_path: Path, column: str, given: str, way: int) -> None:
    select = f"SELECT * REPLACE ({given} AS {column}) FROM ({DEALS}) AS d"
    folder = company(tmp_path, opportunities=select)
    said = counterpoise("check", "--company", str(folder)).err
    how = (
        said.partition("in DuckDB ")[2].split(", and ")[way].partition(" reads ")[0].partition(" leaves ")[0]
    )
    company(folder, opportunities=f"SELECT * REPLACE ({how} AS {column}) FROM ({select}) AS o")
    assert counterpoise("check", "--company", str(folder)).code == 0


@pytest.mark.parametrize(
    ("column", "metric", "shown"),
    [("amount_base", "average_deal_size", "200"), ("created_on", "win_rate", "66.7")],
)
def test_a_blank_in_a_column_of_text_is_nothing_there(
    tmp_path: Path, column: str, metric: str, shown: str
) -> None:
    """Checked and computed alike: a cast of the blank failed in the query for the value alone."""
    blank = f"CASE opportunity_id WHEN 'o3' THEN ' ' ELSE CAST({column} AS TEXT) END"
    folder = company(tmp_path, opportunities=f"SELECT * REPLACE ({blank} AS {column}) FROM ({DEALS}) AS d")
    assert counterpoise("check", "--company", str(folder)).code == 0
    ran = counterpoise("metric", metric, "--period", "2025-Q1", "--company", str(folder))
    assert (ran.code, ran.err) == (0, "")
    assert shown in ran.out


def test_text_that_can_be_read_is_no_problem_and_counts(tmp_path: Path) -> None:
    """As CSV files have it: a day, a number and a blank in text."""
    select = f"""
    SELECT * REPLACE (CAST(closed_on AS TEXT) AS closed_on, CAST(amount_base AS TEXT) AS amount_base)
    FROM ({DEALS}) AS d
    """
    folder = company(tmp_path, opportunities=select)
    assert counterpoise("check", "--company", str(folder)).code == 0
    assert one(open_company(folder), "win_rate").citation.numerator == 2


def test_a_database_without_types_that_reads_nothing_out_of_text_is_told_too(tmp_path: Path) -> None:
    sa.create_engine(f"sqlite:///{tmp_path / 'small.db'}").connect().close()
    select = "SELECT 'o1' AS opportunity_id, 'soon' AS closed_on, 'won' AS outcome"
    folder = company(tmp_path, 'url = "sqlite:///small.db"', opportunities=select)
    ran = counterpoise("check", "--company", str(folder))
    assert (ran.code, ran.err.partition(" (")[0]) == (2, NO_DAY.partition(" (")[0])
    assert "in SQLite substr(closed_on, 7, 4) || '-' ||" in ran.err


def test_a_timestamp_with_its_zone_is_no_problem(tmp_path: Path) -> None:
    select = f"SELECT * REPLACE (CAST(closed_on AS TIMESTAMPTZ) AS closed_on) FROM ({DEALS}) AS d"
    assert counterpoise("check", "--company", str(company(tmp_path, opportunities=select))).code == 0


@pytest.mark.parametrize(
    ("internal", "status"), [("", Status.OK), (", false AS is_internal", Status.NOT_MEASURED)]
)
def test_accounts_that_cannot_be_read_keep_no_deal_out_that_they_could_not_mark(
    tmp_path: Path, internal: str, status: Status
) -> None:
    accounts = f"SELECT 'a1' AS account_id, 'soon' AS first_paid_on{internal}"
    costs = "SELECT DATE '2025-01-02' AS incurred_on, 'sales' AS pnl_line, 5.0 AS amount_base"
    deals = f"SELECT *, 'a1' AS account_id FROM ({DEALS}) AS d"
    engine = open_company(company(tmp_path, accounts=accounts, opportunities=deals, cost_entries=costs))
    assert one(engine, "win_rate").status is status
    assert one(engine, "cac").needs == ("accounts",)
    assert one(engine, "win_rate").status is status  # also once it is known that they cannot be read


def test_a_number_with_a_decimal_comma_is_told_how_to_be_read(tmp_path: Path) -> None:
    """What reads $1,234.50 makes 1.234,50 a thousandth of it, so both are told."""
    select = "SELECT 'o1' AS opportunity_id, '1.234,50' AS amount_base"
    [said] = check_company(open_company(company(tmp_path, opportunities=select))).tables[0].problems
    assert "CAST(replace(replace(amount_base, '.', ''), ',', '.') AS DECIMAL(18, 2)) reads 1.234,50" in said
    number = "CAST(replace(replace('1.234,50', '.', ''), ',', '.') AS DECIMAL(18, 2))"
    mended = f"SELECT 'o1' AS opportunity_id, {number} AS b"
    warehouse = open_company(company(tmp_path / "mended", opportunities=mended)).warehouse
    given = warehouse.source("opportunities").subquery("given")
    assert warehouse.run(sa.select(given.c.b)).rows == [(Decimal("1234.50"),)]
