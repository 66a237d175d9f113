"""What a database cannot compute for one metric fails alone: the others of the question keep their values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.engine.queries.cells import exact
from metrics.opening import open_company
from metrics.values import Scope, Status, Value
from metrics.verify import Recorded, verify
from metrics.warehouse.faults import is_of_data
from tests import postgres
from tests.command import DEALS, company, counterpoise

pytestmark = pytest.mark.slow

Q1 = Calendar().quarter(2025, 1, fiscal=False)
THEN = Calendar().quarter(2023, 1, fiscal=False)
AS_OF = date(2025, 6, 30)
ABSURD = 99_999_999_999_999
"""Days that somebody was away: more than what can be multiplied twice with a number of spells."""
IN_SQLITE = 'url = "env:OUT_OF_RANGE_URL"\n'
METRICS = ("bradford_factor", "absence_frequency_rate", "absence_rate", "employee_turnover_rate")


def staff() -> str:
    """Forty people."""
    rows = [
        f"SELECT 'e{n}' AS employee_id, '2020-01-01' AS hired_on, 'regular' AS employment_type, "
        "CAST(NULL AS VARCHAR) AS terminated_on"
        for n in range(40)
    ]
    return "\nUNION ALL ".join(rows)


def departments() -> str:
    """Who of them is where: three, and the one with the absurd absence, in Legal."""
    sizes = {"Sales": range(10), "IT": range(10, 27), "Legal": range(27, 31), "HR": range(31, 40)}
    rows = [
        f"SELECT 'e{n}' AS employee_id, '2020-01-01' AS effective_from, '{name}' AS department_id"
        for name, people in sizes.items()
        for n in people
    ]
    return "\nUNION ALL ".join(rows)


def away(last: int | str) -> str:
    """Thirty-one people who were ill, the last of them for as many days as given."""
    rows = [
        f"SELECT 'b{n}' AS absence_id, 'e{n}' AS employee_id, 'sickness' AS absence_type, '2025-02-03' "
        f"AS start_on, '2025-02-04' AS end_on, {days} AS working_days"
        for n, days in enumerate([2] * 30 + [last])
    ]
    return "\nUNION ALL ".join(rows)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL server of this module's own."""
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["duckdb", "postgresql"])
def toml(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the company's tables are, which hold only what their SELECTs say."""
    if request.param == "duckdb":
        return ""
    monkeypatch.setenv("OUT_OF_RANGE_URL", request.getfixturevalue("server"))
    return IN_SQLITE


def values(engine: Engine, *asks: Ask) -> list[Value]:
    return [value for table in engine.compute(asks, AS_OF) for value in table]


def test_a_product_out_of_range_fails_alone(tmp_path: Path, toml: str) -> None:
    sound = open_company(company(tmp_path / "sound", toml, employees=staff(), absences=away(2)))
    absurd = open_company(company(tmp_path / "absurd", toml, employees=staff(), absences=away(ABSURD)))
    asks = [Ask(metric, Q1) for metric in METRICS]
    before = {value.metric: value for value in values(sound, *asks)}
    after = {value.metric: value for value in values(absurd, *asks)}
    assert before["bradford_factor"].value == Decimal(2)
    assert (after["bradford_factor"].status, after["bradford_factor"].value) == (Status.NOT_COMPUTABLE, None)
    for metric in ("absence_frequency_rate", "employee_turnover_rate"):
        assert (after[metric].status, after[metric].value) == (Status.OK, before[metric].value)
    assert after["absence_rate"].value is not None
    assert not absurd.unreadable


def test_only_the_periods_that_hold_the_absurd_rows_fail(tmp_path: Path, toml: str) -> None:
    earlier = away(2).replace("'b", "'c").replace("2025-", "2023-")
    both = f"{earlier}\nUNION ALL {away(ABSURD)}"
    engine = open_company(company(tmp_path, toml, employees=staff(), absences=both))
    before, after = values(engine, Ask("bradford_factor", THEN), Ask("bradford_factor", Q1))
    assert (before.status, before.value) == (Status.OK, Decimal(2))
    assert after.status is Status.NOT_COMPUTABLE


def test_what_is_infinite_in_sqlite_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUT_OF_RANGE_URL", "sqlite://")
    ledger = "\nUNION ALL ".join(
        f"SELECT '{day}' AS account_id, '{day}' AS effective_on, 'new' AS movement_type, {amount} AS amount_base"
        for day, amount in (("2024-10-01", 100), ("2024-10-02", 200), ("2025-01-03", "9e999"))
    )
    folder = company(tmp_path, IN_SQLITE, mrr_movements=ledger)
    mrr, arpa, customers = values(
        open_company(folder), *(Ask(one, Q1) for one in ("mrr", "arpa", "customer_churn_rate"))
    )
    assert (mrr.status, arpa.status) == (Status.NOT_COMPUTABLE, Status.NOT_COMPUTABLE)
    assert (customers.status, customers.value) == (Status.OK, Decimal(0))


@pytest.mark.parametrize("day", ["DATE '10000-01-01'", "TIMESTAMP '20255-02-01'"])
def test_a_day_that_no_calendar_has_takes_only_its_table_with_it(tmp_path: Path, day: str) -> None:
    closed = f"CASE opportunity_id WHEN 'o3' THEN {day} ELSE closed_on END"
    deals = f"SELECT * REPLACE ({closed} AS closed_on) FROM ({DEALS})"
    folder = company(tmp_path, opportunities=deals, employees=staff(), absences=away(2))
    engine = open_company(folder)
    assert engine.newest_day(AS_OF) == date(2025, 2, 3)
    win_rate, cycle, away_often = values(
        engine, *(Ask(one, Q1) for one in ("win_rate", "sales_cycle_length", "absence_frequency_rate"))
    )
    assert {(one.status, one.needs) for one in (win_rate, cycle)} == {
        (Status.NOT_MEASURED, ("opportunities",))
    }
    assert away_often.status is Status.OK
    assert "such as one after the year 9999; mend that SELECT." in engine.unreadable["opportunities"]


def test_it_is_told_in_one_sentence_without_the_words_of_the_database(tmp_path: Path) -> None:
    folder = str(company(tmp_path, employees=staff(), absences=away(ABSURD)))
    asked = (
        "metric",
        "bradford_factor",
        "absence_frequency_rate",
        "--period",
        "2025-Q1",
        "--company",
        folder,
    )
    ran = counterpoise(*asked, "--json")
    assert [value["status"] for value in ran.json["values"]] == ["not_computable", "ok"]
    assert ran.json["notes"][0] == (
        "Bradford factor cannot be computed: a number behind it is out of range, so the database gives none; look for "
        "absurd values in absences (`counterpoise check` names rows that look wrong)."
    )
    shown = counterpoise(*asked)
    assert "not computable: a number in the data is out of range" in shown.out
    assert "DECIMAL" not in shown.out
    assert "Error" not in shown.out + shown.err


def test_a_group_too_small_to_show_does_not_tell_that_its_rows_are_absurd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the whole table fails it says so; of one small department nothing is said, absurd or not."""
    monkeypatch.setenv("OUT_OF_RANGE_URL", "sqlite://")
    folder = company(
        tmp_path, IN_SQLITE, employees=staff(), absences=away("9e999"), job_history=departments()
    )
    engine = open_company(folder)
    split = values(engine, Ask("absence_rate", Q1, by=("department",)))
    assert [value.status for value in split] == [Status.NOT_COMPUTABLE]
    legal, sales = (
        values(engine, Ask("absence_rate", Q1, filters={"department": [name]}, roll_up=False))
        for name in ("Legal", "Sales")
    )
    assert ([one.status for one in legal], [one.status for one in sales]) == (
        [Status.SUPPRESSED],
        [Status.OK],
    )


def test_rows_that_came_right_are_computed_again(tmp_path: Path) -> None:
    folder = company(tmp_path, employees=staff(), absences="SELECT * FROM 'absences.csv'")
    head = "absence_id,employee_id,absence_type,start_on,end_on,working_days\n"
    rows = [f"b{n},e{n},sickness,2025-02-03,2025-02-04,2\n" for n in range(30)]
    (folder / "absences.csv").write_text(
        head + "".join(rows) + f"b30,e30,sickness,2025-02-03,2025-02-04,{ABSURD}\n"
    )
    engine = open_company(folder)
    now = [1000.0]
    engine.store.seen.clock = lambda: now[0]
    asks = [Ask(metric, Q1) for metric in METRICS[:2]]
    assert [value.status for value in values(engine, *asks)] == [Status.NOT_COMPUTABLE, Status.OK]
    (folder / "absences.csv").write_text(head + "".join(rows))
    now[0] += 600
    assert [value.status for value in values(engine, *asks)] == [Status.OK, Status.OK]


def test_it_is_found_once_and_then_known(tmp_path: Path) -> None:
    engine = open_company(company(tmp_path, employees=staff(), absences=away(ABSURD)))
    values(engine, Ask("bradford_factor", Q1))
    known = engine._source._refused
    assert known
    [again, other] = values(engine, Ask("bradford_factor", Q1), Ask("absence_rate", Q1))
    assert (again.status, other.status) == (Status.NOT_COMPUTABLE, Status.OK)


def test_an_old_number_that_cannot_be_computed_any_more_is_told_so(tmp_path: Path) -> None:
    engine = open_company(company(tmp_path, employees=staff(), absences=away(ABSURD)))
    old = Recorded("k", "bradford_factor", "v", "e", Q1, AS_OF, Scope(), "ok", Decimal(2))
    [verified] = verify(engine, [old])
    assert (verified.verdict, verified.why_not) == (
        "not_computable",
        "a number in the data behind it is out of range now",
    )


@pytest.mark.parametrize(
    ("sql", "of_data"),
    [
        ("SELECT CAST(12345678901 AS DECIMAL(12, 3))", True),
        ("SELECT 9223372036854775807::BIGINT * 2", True),
        ("SELECT CAST('soon' AS DATE)", True),
        ("SELECT nothing", False),
        ("SELEC 1", False),
    ],
)
def test_rows_are_told_from_mistakes_in_the_sql(sql: str, of_data: bool) -> None:
    with pytest.raises(duckdb.Error) as caught:
        duckdb.connect().execute(sql).fetchall()
    assert is_of_data(caught.value) is of_data


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("10", "10"),
        ("-0.125", "-0.125"),
        (7, "7"),
        (0.1 + 0.2, "0.3"),
        (None, "0"),
        (Decimal("1.50"), "1.50"),
    ],
)
def test_whatever_a_driver_gives_for_a_number_is_read_exactly(given: object, number: str) -> None:
    assert exact(given) == Decimal(number)
