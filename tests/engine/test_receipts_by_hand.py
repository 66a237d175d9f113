"""Receipts as people read them: the SQL with its parameters written into it runs as it stands."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from bot.receipts import bound, citation
from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.opening import open_company
from tests.tiny import tiny

AS_OF = date(2025, 12, 31)
QUARTER = Calendar().quarter(2025, 4, fiscal=False)


def test_each_parameter_is_written_as_sql_takes_it() -> None:
    given = {
        "1": "2025-10-01",
        "2": "0.7",
        "3": "it's",
        "4": 12,
        "5": True,
        "6": None,
        "7": "2025-10-01T08:00:00",
    }
    types = {"1": "date", "2": "decimal", "7": "timestamp"}
    assert bound(given, types) == (
        "1 = DATE '2025-10-01', 2 = 0.7, 3 = 'it''s', 4 = 12, 5 = TRUE, 6 = NULL, "
        "7 = TIMESTAMP '2025-10-01T08:00:00'"
    )


@pytest.mark.slow
@pytest.mark.parametrize("metric", ["adoption_rate", "pct_reps_at_quota", "ramp_time", "mrr", "csat"])
def test_a_receipt_runs_with_its_parameters_written_into_it(
    metric: str, demo_engine: Engine, demo_tables: duckdb.DuckDBPyConnection
) -> None:
    [[value]] = demo_engine.compute([Ask(metric, QUARTER, usual_window=True)], AS_OF)
    receipt = citation(value.citation)
    for cited, given, types in zip(receipt["sql"], receipt["parameters"], receipt["types"], strict=True):
        said = dict(one.split(" = ", 1) for one in bound(given, types).split(", ") if " = " in one)
        sql = cited
        for name in sorted(said, key=int, reverse=True):  # $12 before $1
            sql = sql.replace(f"${name}", said[name])
        assert demo_tables.execute(sql).fetchall()


def test_types_name_what_json_has_no_type_for(tmp_path: Path) -> None:
    deals = "opportunity_id closed_on outcome\n1 2025-11-01 won"
    [[value]] = tiny(tmp_path, {"opportunities": deals}).compute([Ask("win_rate", QUARTER)], AS_OF)
    receipt = citation(value.citation)
    kinds = {date: "date", datetime: "timestamp", Decimal: "decimal"}
    for given, types in zip(value.citation.parameters, receipt["types"], strict=True):
        assert types == {name: kinds[type(one)] for name, one in given.items() if type(one) in kinds}


def test_sqlite_says_which_function_its_medians_need(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    with closing(sqlite3.connect(tmp_path / "deals.sqlite")) as connection:
        connection.execute("CREATE TABLE deals (opportunity_id, closed_on, outcome, amount_base)")
        connection.execute("INSERT INTO deals VALUES (1, '2025-11-01', 'won', 10)")
        connection.commit()
    (tmp_path / "company.toml").write_text('name = "Lite"\nurl = "sqlite:///deals.sqlite"')
    (tmp_path / "tables" / "opportunities.sql").write_text("SELECT * FROM deals")
    engine = open_company(tmp_path)
    asks = [Ask("average_deal_size.median", QUARTER), Ask("average_deal_size", QUARTER)]
    [[median], [mean]] = engine.compute(asks, AS_OF)
    assert any("exact_quantile" in said for said in median.citation.assumptions)
    assert mean.citation.assumptions == ()
