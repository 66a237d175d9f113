"""As of a past day: what an engine says of all that is known today is what it would have said on that day."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb

from metrics.calendar.period_words import parse_period
from metrics.calendar.periods import Calendar
from metrics.demo.folder import DATABASE
from metrics.engine import Ask, Engine
from metrics.opening import open_company
from metrics.values import Value
from tests.as_it_was import FIRST, LATER
from tests.as_text import company, figure
from tests.oracle.company import literal

MIDSUMMER = date(2025, 8, 17)


def ended(folder: Path, demo_folder: Path, day: date) -> Engine:
    """The demo company as its tables were on the evening of a day."""
    shutil.copytree(demo_folder, folder)
    with duckdb.connect(folder / DATABASE) as connection:
        for table, column in FIRST.items():
            connection.execute(f"DELETE FROM {table} WHERE {column}::DATE > DATE '{day}'")
        for table, days in LATER.items():
            for column, known in days.items():
                empty = ", ".join(
                    f"{name} = {literal(cell)}" for name, cell in {column: None, **known}.items()
                )
                connection.execute(f"UPDATE {table} SET {empty} WHERE {column}::DATE > DATE '{day}'")
    return open_company(folder)


def told(value: Value) -> tuple[object, ...]:
    """What a value says, without the statements behind it."""
    cited = value.citation
    return value.status, value.value, value.n, cited.numerator, cited.denominator, value.flags


def test_every_metric_as_of_a_past_day_is_what_the_data_of_that_day_gives(
    demo_folder: Path, demo_engine: Engine, tmp_path: Path
) -> None:
    quarters = [parse_period(words, as_of=MIDSUMMER, calendar=Calendar()) for words in ("2025-Q2", "2025-Q3")]
    metrics = demo_engine.catalog.metrics.values()
    names = [name for metric in metrics for name in (metric.id, *metric.others)]
    asks = [Ask(name, quarter) for name in names for quarter in quarters]
    before = ended(tmp_path / "then", demo_folder, MIDSUMMER).compute(asks, MIDSUMMER)
    now = demo_engine.compute(asks, MIDSUMMER)
    differ = {
        (ask.metric, ask.period): (told(one), told(other))
        for ask, [one], [other] in zip(asks, now, before, strict=True)
        if told(one) != told(other)
    }
    assert differ == {}
    running = [place for place, ask in enumerate(asks) if ask.period == quarters[1]]
    later = demo_engine.compute([asks[place] for place in running], date(2025, 12, 31))
    assert sum(told(now[place][0]) != told(one) for place, [one] in zip(running, later, strict=True)) > 30


QUOTA = """
opportunities: opportunity_id owner_id created_on closed_on outcome amount_base
1 R 2025-06-01 2025-07-20 won 20
2 R 2025-06-01 2025-09-10 won 100
quotas: employee_id period_start period_end quota_base
R 2025-07-01 2025-10-01 120
"""


def test_what_was_won_after_the_day_does_not_count_against_a_quota(tmp_path: Path) -> None:
    engine = company(tmp_path, QUOTA)
    assert figure(engine, "quota_attainment", "2025-Q3", as_of=MIDSUMMER) == "16.67"
    assert figure(engine, "quota_attainment", "2025-Q3") == "100.00"


def test_a_deal_that_closed_later_was_open(tmp_path: Path) -> None:
    engine = company(tmp_path, QUOTA)
    assert figure(engine, "win_rate.of_all", "2025-06", as_of=MIDSUMMER) == "50.00"
    assert figure(engine, "win_rate.of_all", "2025-06") == "100.00"
