"""Databases give DuckDB's facts of hostile companies, too.

`python -m tests.conformance.hostile 0 100 0.1 sqlite` compares a hundred seeds more.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from metrics.engine import Ask, Engine
from metrics.values import Value
from tests.conformance.hostile.companies import Hostile
from tests.conformance.hostile.compare import compare
from tests.conformance.hostile.places import Load, in_clickhouse, in_postgres, into_duckdb, into_sqlite
from tests.oracle.compare import QUARTER

pytestmark = pytest.mark.slow

AT_HAND = ["sqlite", "postgresql", pytest.param("clickhouse", marks=pytest.mark.long)]
LATER = date(2024, 7, 1)
SAMPLE = [
    (12, 0.02, ("sqlite", "postgresql")),
    *(
        pytest.param(seed, 0.1, ("sqlite", "postgresql", "clickhouse"), marks=pytest.mark.long)
        for seed in (2, 35, 100)
    ),
]
"""Seeds, the share of all questions that is asked of their companies, and the databases that are asked."""


@pytest.fixture(scope="module")
def loads(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Load]]:
    """Where companies are loaded, by the name of the database; servers start when they are first asked for."""
    with ExitStack() as stack:
        yield Loads(request, stack, tmp_path_factory.mktemp("hostile"))


class Loads(dict[str, Load]):
    """Opens a database when it is first looked up."""

    def __init__(self, request: pytest.FixtureRequest, stack: ExitStack, folder: Path) -> None:
        super().__init__(duckdb=into_duckdb, sqlite=into_sqlite)
        self._request, self._stack, self._folder = request, stack, folder

    def __missing__(self, name: str) -> Load:
        if name == "postgresql":
            self[name] = self._stack.enter_context(in_postgres(self._request.getfixturevalue("postgres")))
        elif importlib.util.find_spec("chdb_sqlalchemy") is None:
            pytest.skip("chdb-sqlalchemy is not here: install chdb and chdb-sqlalchemy")
        else:
            self[name] = self._stack.enter_context(in_clickhouse(self._folder / "clickhouse"))
        return self[name]


@pytest.mark.parametrize(("seed", "share", "names"), SAMPLE)
def test_every_fact_of_a_hostile_company_is_the_same(
    seed: int, share: float, names: tuple[str, ...], loads: dict[str, Load], tmp_path: Path
) -> None:
    found = list(compare(seed, tmp_path, {name: loads[name] for name in names}, share))
    assert {(one.company, one.database): one.different for one in found if one.different} == {}
    assert sum(one.facts for one in found) > 1_000 * share


def company(**tables: list[dict[str, object]]) -> Hostile:
    """A company all as text, as files have it."""
    kinds = {table: dict.fromkeys(rows[0], "csv") for table, rows in tables.items()}
    return Hostile("told", tables, kinds, "", LATER)  # type: ignore[arg-type]  # cells of all kinds


def deals(*days: str, amount: str = "5") -> list[dict[str, object]]:
    return [
        {"opportunity_id": f"o{place}", "closed_on": day, "outcome": "won", "amount_base": amount}
        for place, day in enumerate(days)
    ]


def value(engine: Engine, metric: str) -> Value:
    [[found]] = engine.compute([Ask(metric, QUARTER)], LATER)
    return found


@pytest.mark.parametrize("name", ["duckdb", *AT_HAND])
@pytest.mark.parametrize("day", ["2024-02-30", "2460000.5", "now", "01/02/2024"])
def test_a_text_that_is_no_day_is_refused_and_never_another_day(
    name: str, day: str, loads: dict[str, Load], tmp_path: Path
) -> None:
    engine = loads[name](company(opportunities=deals("2024-02-01", day)), tmp_path / name)
    found = value(engine, "average_deal_size")
    assert (found.status, found.needs) == ("not_measured", ("opportunities",))
    assert "closed_on should be a date" in engine.unreadable["opportunities"]


@pytest.mark.parametrize("name", ["duckdb", *AT_HAND])
@pytest.mark.parametrize("day", ["2024-02-30 10:00:00", "yesterday"])
def test_nor_is_a_text_that_is_no_moment(name: str, day: str, loads: dict[str, Load], tmp_path: Path) -> None:
    orders: list[dict[str, object]] = [{"order_id": "o", "ordered_at": day, "gross_amount_base": "5"}]
    engine = loads[name](company(orders=orders), tmp_path / name)
    assert value(engine, "average_order_value").needs == ("orders",)
    assert "ordered_at should be a timestamp" in engine.unreadable["orders"]


@pytest.mark.parametrize("name", ["duckdb", *AT_HAND])
@pytest.mark.parametrize("amount", ["$5", "12abc", "1,000"])
def test_a_text_that_is_no_number_is_refused_and_never_read_in_part(
    name: str, amount: str, loads: dict[str, Load], tmp_path: Path
) -> None:
    engine = loads[name](company(opportunities=deals("2024-02-01", amount=amount)), tmp_path / name)
    assert value(engine, "average_deal_size").needs == ("opportunities",)
    assert "amount_base should be a number" in engine.unreadable["opportunities"]


@pytest.mark.parametrize("name", ["duckdb", *AT_HAND])
@pytest.mark.parametrize(
    ("amount", "read"), [("1e3", "1000"), (" 7 ", "7"), ("+5", "5"), ("-0.0", "0"), (".5", "0.5")]
)
def test_a_text_that_is_a_number_is_read_however_it_is_written(
    name: str, amount: str, read: str, loads: dict[str, Load], tmp_path: Path
) -> None:
    engine = loads[name](company(opportunities=deals("2024-02-01", amount=amount)), tmp_path / name)
    assert str(value(engine, "average_deal_size").value) == read


@pytest.mark.parametrize("name", ["duckdb", *AT_HAND])
@pytest.mark.parametrize("amount", ["878979675.02", "12345678.12345678"])
def test_large_amounts_keep_their_cents(
    name: str, amount: str, loads: dict[str, Load], tmp_path: Path
) -> None:
    """SQLite's own rounding to eight places makes 878979675.0199999 of one of them."""
    engine = loads[name](
        company(opportunities=deals("2024-02-01", "2024-02-02", amount=amount)), tmp_path / name
    )
    assert str(value(engine, "average_deal_size").value) == amount


@pytest.mark.parametrize("name", ["duckdb", *AT_HAND])
@pytest.mark.parametrize("amount", ["NaN", "inf"])
def test_a_float_that_is_no_number_is_refused(
    name: str, amount: str, loads: dict[str, Load], tmp_path: Path
) -> None:
    """PostgreSQL has NaN among its decimals, too, and finds it larger than any number."""
    given = company(opportunities=deals("2024-02-01", amount=amount))
    kinds = {"opportunities": {**given.kinds["opportunities"], "amount_base": "float"}}
    engine = loads[name](replace(given, kinds=kinds), tmp_path / name)
    assert value(engine, "average_deal_size").needs == ("opportunities",)
    assert "amount_base should be a number" in engine.unreadable["opportunities"]


@pytest.mark.parametrize("name", ["duckdb", *AT_HAND])
def test_a_ledger_in_yen_may_hold_more_than_nine_million(
    name: str, loads: dict[str, Load], tmp_path: Path
) -> None:
    ledger: list[dict[str, object]] = [
        {
            "account_id": "a",
            "effective_on": "2024-01-05",
            "movement_type": "new",
            "amount": "1250000000.5",
            "currency": "JPY",
        }
    ]
    rates: list[dict[str, object]] = [
        {"rate_day": "2024-01-01", "from_ccy": "JPY", "to_ccy": "USD", "rate": "0.0068"}
    ]
    engine = loads[name](company(mrr_movements=ledger, fx_rates=rates), tmp_path / name)
    assert str(value(engine, "mrr").value) == "8500000.0034"


@pytest.mark.parametrize("name", ["duckdb", *AT_HAND])
@pytest.mark.parametrize("amounts", ["csv", "decimal", "float"])
def test_a_ledger_in_two_currencies_is_taken_at_the_rates_of_its_days(
    name: str, amounts: str, loads: dict[str, Load], tmp_path: Path
) -> None:
    moved = [
        ("a", "2023-12-05", "new", "100", "EUR"),
        ("a", "2024-02-05", "expansion", "20.5", "EUR"),
        ("b", "2023-12-05", "new", "300", "USD"),
        ("c", "2023-12-05", "new", "70", "EUR"),
        ("c", "2024-02-10", "churn", "-70", "EUR"),
    ]
    names = ("account_id", "effective_on", "movement_type", "amount", "currency")
    ledger: list[dict[str, object]] = [dict(zip(names, one, strict=True)) for one in moved]
    rates: list[dict[str, object]] = [
        {"rate_day": day, "from_ccy": "EUR", "to_ccy": "USD", "rate": rate}
        for day, rate in (("2023-12-01", "1.1"), ("2024-02-01", "1.25"))
    ]
    given = company(mrr_movements=ledger, fx_rates=rates)
    kinds = {**given.kinds, "mrr_movements": {**given.kinds["mrr_movements"], "amount": amounts}}
    engine = loads[name](replace(given, kinds=kinds), tmp_path / name)
    assert [str(value(engine, metric).value) for metric in ("mrr", "arpa")] == ["450.625", "225.3125"]


@pytest.mark.parametrize("name", ["duckdb", *AT_HAND])
def test_two_half_days_of_one_day_are_one_absence(name: str, loads: dict[str, Load], tmp_path: Path) -> None:
    """Whichever of them a database meets first; and of an absence without an end it is known that it began."""
    staff: list[dict[str, object]] = [{"employee_id": f"e{n}", "hired_on": "2020-01-01"} for n in range(40)]
    away: list[dict[str, object]] = [
        {
            "absence_id": f"{n} {kind}",
            "employee_id": f"e{n}",
            "absence_type": kind,
            "start_on": day,
            "end_on": end,
            "working_days": "0.5",
        }
        for n in range(30)
        for kind, day, end in (
            ("sickness", "2024-02-05", "2024-02-05"),
            ("unplanned", "2024-02-05", "2024-02-05"),
            ("sickness", "2024-01-02", "2024-01-02"),
            ("unplanned", "2024-01-02", ""),
        )
    ]
    engine = loads[name](company(employees=staff, absences=away), tmp_path / name)
    assert str(value(engine, "bradford_factor").value) == "8"


@pytest.mark.parametrize("name", ["duckdb", *AT_HAND])
def test_a_question_that_needs_no_statement_is_answered(
    name: str, loads: dict[str, Load], tmp_path: Path
) -> None:
    engine = loads[name](company(opportunities=deals("2024-02-01")), tmp_path / name)
    assert list(engine.warehouse.run_all([])) == []
