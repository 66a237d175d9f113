"""Several queries in one statement: each finds its own rows and columns again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from metrics.engine.fetching.together import below_one_another
from metrics.engine.portable import EXACT

TABLE = sa.table(
    "deals", sa.column("owner", sa.Text()), sa.column("day", sa.Date()), sa.column("amount", EXACT)
)


def by_owner() -> sa.Select[Any]:
    return sa.select(
        TABLE.c.owner.label("g0"),
        sa.func.sum(TABLE.c.amount, type_=EXACT).label("c0"),
        sa.func.max(TABLE.c.day),
    ).group_by(TABLE.c.owner)


def counted() -> sa.Select[Any]:
    columns: list[sa.ColumnElement[Any]] = [
        sa.func.count(),
        sa.func.min(TABLE.c.day),
        sa.func.count(TABLE.c.day),
    ]
    return sa.select(*columns)


@pytest.mark.parametrize("url", ["duckdb:///:memory:", "sqlite:///:memory:"])
def test_each_query_finds_its_rows_in_the_columns_it_was_given(url: str) -> None:
    statement, places = below_one_another([by_owner(), counted()], [1, 0])
    engine = sa.create_engine(url, poolclass=sa.StaticPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE deals (owner VARCHAR, day DATE, amount DECIMAL(18, 2))")
        for owner, day, amount in (("a", "2025-01-01", 10), ("a", "2025-02-01", 5), ("b", "2025-03-01", 7)):
            connection.exec_driver_sql(f"INSERT INTO deals VALUES ('{owner}', '{day}', {amount})")
        rows = connection.execute(statement).fetchall()

    def own(number: int) -> list[tuple[object, ...]]:
        return sorted(
            (row[1], *(row[2 + place] for place in places[number])) for row in rows if row[0] == number
        )

    assert own(0) == [("a", 15, date(2025, 2, 1)), ("b", 7, date(2025, 3, 1))]
    assert own(1) == [(None, 3, date(2025, 1, 1), 3)]


def test_queries_share_columns_of_one_type_and_no_others() -> None:
    statement, places = below_one_another([by_owner(), counted()], [1, 0])
    assert [column.name for column in statement.selected_columns] == ["part", "g0", "c0", "c1", "c2", "c3"]
    assert places[0][1] == places[1][1], "both have a day"
    assert not {places[0][0]} & {places[1][0], places[1][2]}, "an exact amount and a whole number stay apart"
