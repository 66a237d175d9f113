"""What is remembered of a question makes the next time quicker, and changes nothing that it says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.engine.portable import as_day, as_exact, exact_sum
from metrics.folder.company import read_company
from metrics.load import load_catalog
from metrics.warehouse import Warehouse, open_warehouse

MONTHS = [Calendar().containing(date(2025, month, 1), "month") for month in (4, 5, 6)]
DEALS = """SELECT 'D1' AS opportunity_id, 'E1' AS owner_id, '2025-04-02' AS created_on, '2025-05-10' AS closed_on,
    'won' AS outcome, 10.25 AS amount_base"""


@pytest.fixture(params=["duckdb:///:memory:", "sqlite:///:memory:"])
def warehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Warehouse:
    """A company of one deal, in a database of this process."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "company.toml").write_text(f'name = "Small"\nurl = "{request.param}"\n')
    (tmp_path / "tables" / "opportunities.sql").write_text(DEALS)
    return open_warehouse(read_company(tmp_path, load_catalog().tables))


def test_a_statement_that_runs_again_gives_what_it_gave(warehouse: Warehouse) -> None:
    deals = warehouse.source("opportunities").subquery("deals")
    amount = sa.type_coerce(deals.c.amount_base, sa.Numeric(18, 2))
    columns: list[sa.ColumnElement[Any]] = [
        as_day(deals.c.closed_on),
        sa.type_coerce(deals.c.outcome == "won", sa.Boolean()),
        exact_sum(as_exact(amount)),
        amount,
        sa.literal(Decimal("0.5")),
        deals.c.owner_id.in_(["E1", "E2"]),
        sa.null(),
    ]
    statement = sa.select(*columns).group_by(*deals.c)
    first, again = warehouse.run(statement), warehouse.run(statement)
    assert [list(row) for row in again.rows] == [list(row) for row in first.rows]
    assert [list(map(type, row)) for row in again.rows] == [list(map(type, row)) for row in first.rows]
    assert (again.sql, again.parameters) == (first.sql, first.parameters)


def test_every_metric_asked_again_of_the_same_rows_says_the_same_with_the_same_receipt(
    demo_engine: Engine,
) -> None:
    asks = [Ask(name, month, usual_window=True) for name in demo_engine.catalog.metrics for month in MONTHS]
    asks += [Ask(name, MONTHS[0], by=("segment",)) for name in ("win_rate", "average_deal_size")]
    engine = Engine(demo_engine.catalog, demo_engine.company, demo_engine.warehouse)
    first = engine.compute(asks, date(2025, 12, 31))
    for table in demo_engine.company.selects:
        engine.store.forget(table)
    assert engine.compute(asks, date(2025, 12, 31)) == first
