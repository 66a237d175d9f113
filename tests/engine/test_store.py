"""What is kept between two questions: never older than the window, never more than memory allows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.engine.fetching.store import Store
from metrics.engine.tables.fingerprint import contents
from metrics.folder.company import read_company
from metrics.load import load_catalog
from metrics.warehouse import Warehouse, open_warehouse
from metrics.warehouse.answered import Answered
from tests.tiny import tiny

CATALOG = load_catalog()
AS_OF = date(2025, 6, 30)
MAY, JUNE = (Calendar().containing(date(2025, month, 1), "month") for month in (5, 6))
COLUMNS = "opportunity_id, account_id, owner_id, created_on, closed_on, outcome, amount_base"
DEALS = [
    ("D1", "A1", "E1", "2025-04-02", "2025-05-10", "won", 100),
    ("D2", "A2", "E1", "2025-04-03", "2025-05-12", "lost", 200),
    ("D3", "A1", "E2", "2025-04-04", "2025-06-14", "won", 300),
    ("D4", "A2", "E2", "2025-04-05", "2025-06-16", "lost", 400),
]
WON_MAY = ("D5", "A1", "E1", "2025-05-01", "2025-05-20", "won", 500)


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    now: float = 0

    def __call__(self) -> float:
        return self.now


@dataclass
class Company:
    """A company in a SQLite file that somebody else writes to, and the statements its engine runs."""

    folder: Path
    minutes: str = "5"
    clock: Clock = field(default_factory=Clock)
    statements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.folder / "tables").mkdir(parents=True, exist_ok=True)
        (self.folder / "company.toml").write_text(
            f'name = "Small"\nurl = "sqlite:///data.sqlite3"\nfreshness_minutes = {self.minutes}\n'
        )
        (self.folder / "tables" / "opportunities.sql").write_text("SELECT * FROM deals\n")
        self.file = sqlite3.connect(self.folder / "data.sqlite3", isolation_level=None)
        self.file.execute("DROP TABLE IF EXISTS deals")
        self.file.execute(
            f"CREATE TABLE deals ({COLUMNS.replace('created_on', 'created_on DATE')})".replace(
                "closed_on", "closed_on DATE"
            )
        )
        for deal in DEALS:
            self.add(deal)
        company = read_company(self.folder, CATALOG.tables)
        self.engine = Engine(CATALOG, company, open_warehouse(company), clock=self.clock)
        with closing(self.engine.warehouse.engine.raw_connection()) as held:
            driver: Any = held.driver_connection
            driver.set_trace_callback(self.statements.append)

    def add(self, deal: tuple[Any, ...]) -> None:
        self.file.execute("INSERT INTO deals VALUES (?, ?, ?, ?, ?, ?, ?)", deal)

    def value(self, metric: str = "win_rate", period: Any = MAY) -> Decimal | None:
        [[value]] = self.engine.compute([Ask(metric, period)], AS_OF)
        return value.value

    def ran(self, ask: Callable[[], object]) -> list[str]:
        """The statements that a question runs."""
        self.statements.clear()
        ask()
        return list(self.statements)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Company]:
    company = Company(tmp_path / "company")
    yield company
    company.file.close()


def test_the_same_question_is_answered_without_a_query_within_the_window(small: Company) -> None:
    assert small.value() == 50
    small.clock.now = 299
    assert small.ran(small.value) == []


def test_an_additive_metric_of_any_later_period_needs_no_query(small: Company) -> None:
    assert small.value("average_deal_size", MAY) == 100
    quarter = Calendar().quarter(2025, 2, fiscal=False)
    looks = small.ran(lambda: small.value("average_deal_size", quarter))
    assert looks == []
    assert small.value("average_deal_size", quarter) == 200


def test_rows_that_arrive_are_seen_when_the_window_is_over(small: Company) -> None:
    assert small.value("average_deal_size", JUNE) == 300
    small.add(("D6", "A1", "E1", "2025-06-01", "2025-06-20", "won", 500))
    small.clock.now = 299
    assert small.value("average_deal_size", JUNE) == 300
    small.clock.now = 300
    assert small.value("average_deal_size", JUNE) == 400


def test_deals_that_close_after_the_day_leave_what_was_said_of_it_and_are_seen_as_of_a_later_one(
    small: Company,
) -> None:
    april = Calendar().containing(date(2025, 4, 1), "month")
    small.add(("D7", "A1", "E1", "2025-04-06", None, "open", 100))
    assert small.value("win_rate.of_all", april) == 40
    small.file.execute(
        "UPDATE deals SET closed_on = '2025-07-02', outcome = 'won' WHERE opportunity_id = 'D7'"
    )
    small.clock.now = 300
    assert small.value("win_rate.of_all", april) == 40
    [[later]] = small.engine.compute([Ask("win_rate.of_all", april)], date(2025, 7, 2))
    assert later.value == 60
    small.file.execute("UPDATE deals SET closed_on = '2025-06-30' WHERE opportunity_id = 'D7'")
    small.clock.now = 600
    assert small.value("win_rate.of_all", april) == 60


def test_late_rows_with_old_dates_are_seen_when_the_window_is_over(small: Company) -> None:
    assert small.value("average_deal_size") == 100
    small.add(WON_MAY)
    small.clock.now = 300
    assert small.value("average_deal_size") == 300


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE deals SET amount_base = 900 WHERE opportunity_id = 'D1'", 900),
        ("UPDATE deals SET outcome = CASE outcome WHEN 'won' THEN 'lost' ELSE 'won' END", 200),
        ("UPDATE deals SET closed_on = '2025-05-11', amount_base = 101 WHERE opportunity_id = 'D1'", 101),
        ("DELETE FROM deals WHERE opportunity_id = 'D1'", None),
    ],
)
def test_rows_that_change_in_place_are_seen_when_the_window_is_over(
    small: Company, change: str, expected: int | None
) -> None:
    assert small.value("average_deal_size") == 100
    small.file.execute(change)
    small.clock.now = 300
    assert small.value("average_deal_size") == expected
    small.file.execute("UPDATE deals SET amount_base = amount_base + 7")
    small.clock.now = 600
    assert small.value("average_deal_size") == (None if expected is None else expected + 7)


def test_rows_that_swap_what_they_hold_are_seen(small: Company) -> None:
    small.value("average_deal_size")
    small.clock.now = 300
    assert small.value("average_deal_size") == 100
    small.file.execute("UPDATE deals SET amount_base = CASE opportunity_id WHEN 'D1' THEN 200 ELSE 100 END"
                       " WHERE opportunity_id IN ('D1', 'D2')")  # fmt: skip
    small.clock.now = 600
    assert small.value("average_deal_size") == 200


def test_a_day_that_moves_to_another_month_is_seen(small: Company) -> None:
    small.value("average_deal_size")
    small.clock.now = 300
    assert small.value("average_deal_size") == 100
    small.file.execute("UPDATE deals SET closed_on = '2025-03-10' WHERE opportunity_id = 'D1'")
    small.clock.now = 600
    assert small.value("average_deal_size") is None


def test_rows_that_swap_the_keys_others_find_them_by_are_seen(tmp_path: Path) -> None:
    (tmp_path / "company" / "tables").mkdir(parents=True)
    (tmp_path / "company" / "tables" / "accounts.sql").write_text("SELECT * FROM accounts\n")
    small = Company(tmp_path / "company")
    small.file.execute("CREATE TABLE accounts (account_id TEXT, is_internal BOOLEAN)")
    small.file.execute("INSERT INTO accounts VALUES ('A1', 1), ('A2', 0)")
    assert small.value() == 0
    small.clock.now = 300
    assert small.value() == 0
    small.file.execute("UPDATE accounts SET is_internal = 1 - is_internal")
    small.clock.now = 600
    assert small.value() == 100


def test_of_an_unchanged_table_only_the_fingerprint_is_asked_for(small: Company) -> None:
    small.value()
    small.clock.now = 300
    small.value()  # the first time that a window ends there is nothing to compare the contents with
    small.clock.now = 600
    looks = small.ran(small.value)
    assert len(looks) == 2
    assert all("GROUP BY" not in statement for statement in looks)
    assert small.ran(small.value) == []


def test_one_answer_never_mixes_what_was_kept_with_rows_that_came_since(small: Company) -> None:
    assert small.value("average_deal_size") == 100
    small.add(WON_MAY)
    [[size], [rate]] = small.engine.compute([Ask("average_deal_size", MAY), Ask("win_rate", MAY)], AS_OF)
    assert size.value == 300
    assert rate.citation.numerator == 2


def test_a_window_that_ends_while_a_question_is_answered_hides_nothing(small: Company) -> None:
    """What was read before the rows were looked at again is no answer for what was seen then."""
    small.value("average_deal_size")
    small.clock.now = 299.5
    read = Warehouse.run_all

    def slow(warehouse: Warehouse, statements: Sequence[Any]) -> Iterator[Answered]:
        yield from read(warehouse, statements)
        if any("percentile" in str(one) for one in statements):
            small.clock.now += 1
            small.file.execute("UPDATE deals SET amount_base = 500")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Warehouse, "run_all", slow)
        small.value("average_deal_size.median")
    small.clock.now += 300
    assert small.value("average_deal_size.median") == 500


def test_a_window_of_nothing_keeps_nothing(tmp_path: Path) -> None:
    small = Company(tmp_path / "company", minutes="0")
    assert small.value("average_deal_size") == 100
    small.add(WON_MAY)
    assert small.value("average_deal_size") == 300
    assert small.engine.store.weight == 0


def test_the_newest_day_is_kept_for_the_window_too(small: Company) -> None:
    today = date(2025, 7, 1)
    assert small.engine.newest_day(today) == date(2025, 6, 16)
    small.add(("D6", "A1", "E1", "2025-06-01", "2025-06-20", "won", 500))
    assert small.ran(lambda: small.engine.newest_day(today)) == []
    small.clock.now = 300
    assert small.engine.newest_day(today) == date(2025, 6, 20)


def test_a_newest_day_after_today_is_not_taken(small: Company) -> None:
    small.add(("D6", "A1", "E1", "2025-06-01", "2025-08-20", "won", 500))
    assert small.engine.newest_day(date(2025, 6, 15)) == date(2025, 6, 14)


def kept_in(store: Store) -> int:
    """How many bytes a store holds, counted anew."""
    return sum(kept.weight for kept in store._kept.values())


def test_what_was_used_longest_ago_makes_room(small: Company) -> None:
    small.value()
    store, tables = small.engine.store, frozenset({"opportunities"})
    store.bound = store.weight + 300
    for name in "abc":
        store.put(name, tables, 100, name)
    assert store.get("a") == "a"
    store.put("d", tables, 100, "d")
    store.put("e", tables, store.bound - 300, "e")
    assert [store.get(name) for name in "abcde"] == ["a", None, "c", "d", "e"]
    store.put("too much", tables, store.bound + 1, "too much")
    assert store.get("too much") is None
    assert store.weight == kept_in(store) <= store.bound


def test_with_little_memory_the_answers_are_the_same(small: Company) -> None:
    small.engine.store.bound = 500
    for _ in range(3):
        assert [small.value("average_deal_size", month) for month in (MAY, JUNE)] == [100, 300]
    assert small.engine.store.weight <= 500


def test_threads_that_ask_at_once_each_get_a_whole_answer(small: Company) -> None:
    """Every deal that arrives is won and as big as its number says, so that a mixed answer would show."""

    def ask(turn: int) -> bool:
        small.clock.now += 1
        if turn % 5 == 0:
            small.clock.now += 300
        asks = [Ask("average_deal_size", MAY), Ask("win_rate", MAY)]
        [[size], [rate]] = small.engine.compute(asks, AS_OF)
        return size.citation.denominator == rate.citation.numerator

    def write() -> None:
        with sqlite3.connect(small.folder / "data.sqlite3", isolation_level=None, timeout=30) as file:
            for number in range(40):
                row = (f"W{number}", "A1", "E1", "2025-05-01", "2025-05-20", "won", 100 + number)
                file.execute("INSERT INTO deals VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    with ThreadPoolExecutor(8) as pool:
        writing = pool.submit(write)
        whole = list(pool.map(ask, range(100)))
        writing.result()
    assert all(whole)
    small.clock.now += 300
    [[rate]] = small.engine.compute([Ask("win_rate", MAY)], AS_OF)
    assert (rate.citation.numerator, rate.citation.denominator) == (Decimal(41), Decimal(42))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "drop", "wait", "ask"]),
        st.integers(0, 7),
        st.sampled_from(["2025-05-03", "2025-06-07", "2024-12-31"]),
        st.integers(1, 999),
    ),
    min_size=3,
    max_size=25,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_answer_is_older_than_the_window(tmp_path: Path, steps: list[tuple[str, int, str, int]]) -> None:
    """Whatever is written between questions, an answer is one that was right within the last five minutes."""
    small = Company(tmp_path / "company")
    truths = [(0.0, truth(small))]
    for step, number, day, amount in [*steps, ("ask", 0, "", 0)]:
        name = f"D{number}"
        if step == "add":
            small.add((f"{name}-{len(truths)}", "A1", "E1", day, day, "won", amount))
        elif step == "change":
            small.file.execute("UPDATE deals SET amount_base = ? WHERE opportunity_id = ?", (amount, name))
        elif step == "drop":
            small.file.execute("DELETE FROM deals WHERE opportunity_id = ?", (name,))
        elif step == "wait":
            small.clock.now += amount / 2
        truths.append((small.clock.now, truth(small)))
        if step == "ask":
            since = small.clock.now - 300
            old = [one for at, one in truths if at <= since][-1:]
            recent = [one for at, one in truths if at > since]
            answer = small.engine.compute([Ask("average_deal_size", month) for month in (MAY, JUNE)], AS_OF)
            sums = tuple((v.citation.numerator or 0, v.citation.denominator or 0) for [v] in answer)
            assert sums in {*old, *recent}
    small.file.close()


def truth(small: Company) -> tuple[tuple[int, int], ...]:
    """Sum and count of the won deals of May and June, straight from the file."""
    sql = "SELECT SUM(amount_base), COUNT(*) FROM deals WHERE outcome = 'won' AND closed_on >= ? AND closed_on < ?"
    months = ((month.start.isoformat(), month.end.isoformat()) for month in (MAY, JUNE))
    found = (small.file.execute(sql, month).fetchone() for month in months)
    return tuple((total or 0, count) for total, count in found)


SWAPPED = {
    "calendar": ("day is_business_day", "2025-05-01 false", "2025-05-02 true"),
    "forecasts": ("forecast_id submitted_on amount_base", "F1 2025-05-01 10", "F2 2025-05-01 20"),
    "reviews": ("review_id employee_id completed_on rating", "R1 E1 2025-05-01 1", "R2 E1 2025-05-01 5"),
}


@pytest.mark.parametrize("table", SWAPPED)
def test_rows_that_swap_keys_that_tell_something_are_seen(tmp_path: Path, table: str) -> None:
    """A holiday that was entered for the day after it, and of two rows of one day the one that holds."""
    columns, one, other = SWAPPED[table]
    (first, kept), (second, held) = one.split(" ", 1), other.split(" ", 1)
    before = tiny(tmp_path / "before", {table: f"{columns}\n{first} {kept}\n{second} {held}"})
    after = tiny(tmp_path / "after", {table: f"{columns}\n{second} {kept}\n{first} {held}"})
    told = [one.warehouse.run(contents(one.relations, table)).rows for one in (before, after)]
    assert told[0] != told[1]
