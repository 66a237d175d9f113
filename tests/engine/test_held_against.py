"""What values are held against: as much of another period as there is of this one, and targets of whole periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.commands.metric_values import compared
from bot.model import Question, Request
from bot.reading.times.when import when
from bot.replies import REPLIES, Place
from metrics.calendar.period_words import find_period
from metrics.calendar.periods import Calendar, Period, span
from metrics.engine import Ask, Engine
from metrics.lists.build import ranked
from metrics.lists.growing import is_part
from metrics.lists.holding import target_for
from metrics.lists.rows import rows_of
from metrics.lists.wanted import AsOf, Wanted
from tests.tiny import tiny

TODAY = date(2025, 2, 13)
CALENDAR = Calendar()
FIRST = CALENDAR.quarter(2025, 1, fiscal=False)
FEBRUARY = CALENDAR.containing(TODAY, "month")


def to_date(start: str) -> Period:
    return span(date.fromisoformat(start), TODAY + timedelta(days=1))


def orders(folder: Path, toml: str = "") -> Engine:
    """Orders of 10 a day since last November, the first ones of a month of 20."""
    day, rows = date(2024, 11, 1), ["order_id ordered_at gross_amount_base net_amount_base account_id"]
    while day <= TODAY:
        amount = 20 if day.day == 1 else 10
        rows.append(f"O{day} {day} {amount} {amount} A")
        day += timedelta(days=1)
    return tiny(folder, {"orders": "\n".join(rows)}, f'timezone = "UTC"\ncurrency = "EUR"\n{toml}')


def asked(engine: Engine, text: str, request: Request) -> tuple[str, Sequence[str]]:
    place = Place(engine, Question(text), AsOf(TODAY, TODAY, "As of then."))
    draft = REPLIES[request.kind](request, place)
    return draft.body, draft.notes


GMV = Request("comparison", metrics=("gmv",))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("gmv this year to date", "2025-01-01"),
        ("gmv this month to date", "2025-02-01"),
        ("gmv week to date", "2025-02-10"),
        ("gmv wtd", "2025-02-10"),
        ("gmv fiscal year to date", "2024-04-01"),
        ("gmv fytd", "2024-04-01"),
        ("gmv fiscal ytd", "2024-04-01"),
        ("gmv so far this fiscal year", "2024-04-01"),
        ("gmv this fiscal year so far", "2024-04-01"),
        ("gmv since the start of the fiscal year", "2024-04-01"),
        ("gmv ytd", "2025-01-01"),
    ],
)
def test_what_has_come_so_far_is_of_the_period_that_was_named(text: str, start: str) -> None:
    found = find_period(text, as_of=TODAY, calendar=Calendar(4))
    assert found is not None
    assert found[0] == to_date(start)


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [
        (CALENDAR.quarter(2024, 4, fiscal=False), ("2025-01-01", "2025-02-13"), "2024-10-01..2024-11-13"),
        (CALENDAR.quarter(2024, 4, fiscal=False), ("2025-01-01", "2025-02-28"), "2024-10-01..2024-11-30"),
        (
            CALENDAR.containing(date(2025, 1, 1), "month"),
            ("2025-02-01", "2025-02-13"),
            "2025-01-01..2025-01-13",
        ),
        (
            CALENDAR.containing(date(2025, 2, 1), "month"),
            ("2025-03-01", "2025-03-30"),
            "2025-02-01..2025-02-28",
        ),
        (CALENDAR.year(2024, fiscal=False), ("2025-01-01", "2025-03-05"), "2024-01-01..2024-03-05"),
        (CALENDAR.year(2023, fiscal=False), ("2024-01-01", "2024-02-29"), "2023-01-01..2023-02-28"),
        (Calendar(4).year(2024, fiscal=True), ("2024-04-01", "2025-02-13"), "2023-04-01..2024-02-13"),
        (
            CALENDAR.containing(date(2025, 2, 3), "week"),
            ("2025-02-10", "2025-02-13"),
            "2025-02-03..2025-02-06",
        ),
        (CALENDAR.quarter(2024, 4, fiscal=False), ("2025-01-01", "2025-03-31"), "2024-Q4"),
        (CALENDAR.quarter(2024, 4, fiscal=False), ("2025-02-01", "2025-02-13"), "2024-Q4"),
        (span(date(2024, 1, 5), date(2024, 2, 5)), ("2025-01-01", "2025-01-13"), "2024-01-05..2024-02-04"),
    ],
)
def test_as_much_of_another_period_goes_from_its_first_day_on(
    whole: Period, part: tuple[str, str], expected: str
) -> None:
    first, last = (date.fromisoformat(day) for day in part)
    assert str(whole.as_far_as(span(first, last + timedelta(days=1)))) == expected


def read(text: str) -> tuple[str, str]:
    """The period that a text asks for, and what it is to be held against."""
    found = when(text, CALENDAR, TODAY)
    return str(found.period), str(found.against)


@pytest.mark.parametrize(
    ("text", "label", "against"),
    [
        ("gmv 2024-q2 vs previous quarter", "2024-Q2", "previous"),
        ("gmv in q2 2024 compared to the prior quarter", "2024-Q2", "previous"),
        ("gmv in march 2024 against the previous month", "2024-03", "previous"),
        ("gmv 2021-w01 vs previous week", "2021-W01", "previous"),
        ("gmv fy2024 vs previous fiscal year", "FY2024", "previous"),
        ("gmv last 7 days vs previous 7 days", "2025-02-07..2025-02-13", "previous"),
        ("gmv this month vs previous month", "2025-02", "previous"),
        ("gmv in march 2024 vs the month before", "2024-03", "previous"),
        ("gmv in q2 2024 against the preceding quarter", "2024-Q2", "previous"),
        ("gmv vs the month before", "None", "previous"),
        ("gmv mtd vs previous month", "2025-02-01..2025-02-13", "2025-01"),
        ("gmv mtd vs the month before", "2025-02-01..2025-02-13", "2025-01"),
        ("gmv this week so far vs the preceding week", "2025-02-10..2025-02-13", "2025-W06"),
        ("gmv mtd vs the period before", "2025-02-01..2025-02-13", "previous"),
        ("gmv march 2024 vs last month", "2025-01", "2024-03"),
        ("gmv previous quarter vs this quarter", "2025-Q1", "2024-Q4"),
    ],
)
def test_the_previous_one_is_that_before_the_period_asked_for(text: str, label: str, against: str) -> None:
    assert read(text) == (label, against)


@pytest.mark.parametrize(
    ("text", "label", "against"),
    [
        ("why did gmv rise from q3 to q4 2024", "2024-Q4", "2024-Q3"),
        ("why did gmv rise from 2023 to 2024", "2024", "2023"),
        ("why did gmv fall from december to january", "2025-01", "2024-12"),
        ("what explains the drop in gmv from march to april 2024", "2024-04", "2024-03"),
        ("gmv from q3 to q4 2024", "2024-07-01..2024-12-31", "None"),
    ],
)
def test_what_changed_from_one_to_the_other_is_no_stretch(text: str, label: str, against: str) -> None:
    assert read(text) == (label, against)


def test_from_december_to_january_are_the_newest_that_have_begun() -> None:
    found = find_period("from december to january", as_of=date(2025, 7, 20), calendar=CALENDAR)
    assert found is not None
    assert found[0] == span(date(2024, 12, 1), date(2025, 2, 1))


def test_what_has_come_so_far_is_held_against_as_many_days(tmp_path: Path) -> None:
    engine = orders(tmp_path)
    january = CALENDAR.containing(date(2025, 1, 1), "month")
    request = replace(GMV, period=to_date("2025-02-01"), against=january)
    body, _ = asked(engine, "gmv mtd vs last month", request)
    assert body == (
        "Gross merchandise value, 2025-02-01..2025-02-13: EUR 140 [1], 0.0 % against 2025-01-01..2025-01-13."
    )
    body, _ = asked(engine, "why did gmv fall this month so far against last month?", request)
    assert body == (
        "Gross merchandise value, 2025-01-01..2025-01-13: EUR 140; 2025-02-01..2025-02-13: EUR 140.\n"
        "It did not change."
    )


def test_days_that_do_not_end_today_are_held_against_what_was_named(tmp_path: Path) -> None:
    first_days = span(date(2025, 2, 1), date(2025, 2, 11))
    january = CALENDAR.containing(date(2025, 1, 1), "month")
    body, _ = asked(orders(tmp_path), "", replace(GMV, period=first_days, against=january))
    assert body.endswith("-65.6 % against 2025-01 (EUR 320).")


@pytest.mark.parametrize("against", ["previous", "last-year", CALENDAR.containing(date(2025, 1, 1), "month")])
def test_a_running_period_that_was_to_be_compared_says_why_it_is_not(tmp_path: Path, against: Period) -> None:
    body, notes = asked(orders(tmp_path), "", replace(GMV, period=FEBRUARY, against=against))
    named = "; 2025-01: EUR 320" if isinstance(against, Period) else ""
    assert body == f"Gross merchandise value, 2025-02: EUR 140 (partial period) [1]{named}."
    said = (
        '2025-02 is not over, so it is held against nothing: "this month so far" takes as many days of both.'
    )
    assert said in notes
    _, notes = asked(orders(tmp_path), "", replace(GMV, period=FEBRUARY))
    assert said not in notes


def test_a_cohort_that_may_still_change_is_held_against_nothing(tmp_path: Path) -> None:
    leads = "\n".join(f"{i} 2025-0{1 + i % 2}-0{1 + i // 4} - " for i in range(12))
    engine = tiny(tmp_path, {"leads": f"lead_id created_at opportunity_created_at\n{leads}"})
    january = CALENDAR.containing(date(2025, 1, 1), "month")
    request = replace(GMV, metrics=("lead_to_opportunity_rate",), period=january, against="previous")
    body, notes = asked(engine, "", request)
    assert body == "Lead to opportunity rate, 2025-01: 0.0 % (unsettled, small sample, n = 6) [1]."
    assert "The cohort of 2025-01 may still change, so it is held against nothing." in notes


def test_a_running_period_of_people_is_told_by_its_name_and_without_a_way_that_is_refused(
    demo_engine: Engine,
) -> None:
    day = date(2025, 12, 20)
    request = Request(
        "comparison",
        metrics=("employee_turnover_rate",),
        period=CALENDAR.quarter(2025, 4, fiscal=False),
        against="previous",
    )
    place = Place(demo_engine, Question(""), AsOf(day, day, ""))
    notes = REPLIES["comparison"](request, place).notes
    assert "2025-Q4 is not over, so it is held against nothing." in notes


def test_a_sum_has_not_missed_its_target_before_its_period_is_over(tmp_path: Path) -> None:
    engine = orders(tmp_path, "[targets]\ngmv = { value = 5000 }\naverage_order_value = { low = 12 }\n")
    body, _ = asked(engine, "", replace(GMV, period=FIRST, against="target"))
    assert body.endswith("[1]; 2025-Q1 is not over, so its target is not held against it.")
    mean = replace(GMV, metrics=("average_order_value",), period=FIRST, against="target")
    body, _ = asked(engine, "", mean)
    assert body.endswith("target at least EUR 12.00: missed.")
    when = AsOf(TODAY, TODAY, "")
    found = compared(
        [Ask("gmv", FIRST), Ask("average_order_value", FIRST)], engine, when, largest=None, against="target"
    )
    assert [one.verdict for one in found] == [None, "below"]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("value = 10.33", "target EUR 10.33: missed"),
        ("value = 10.324", "target EUR 10.32: reached"),
        ("value = 10.1", "target EUR 10.10: reached"),
        ("low = 10.324, high = 12", "target EUR 10.32 to EUR 12.00: within the band"),
        ("low = 11, high = 12", "target EUR 11.00 to EUR 12.00: below the band"),
        ("high = 10", "target at most EUR 10.00: missed"),
        ("high = 11", "target at most EUR 11.00: reached"),
    ],
)
def test_a_target_is_judged_on_what_is_shown_and_told_by_its_kind(
    tmp_path: Path, target: str, said: str
) -> None:
    engine = orders(tmp_path, f"[targets]\naverage_order_value = {{ {target} }}\n")
    last = CALENDAR.containing(date(2024, 12, 1), "month").shifted(1)  # 31 orders of 320 in all
    request = replace(GMV, metrics=("average_order_value",), period=last, against="target")
    body, _ = asked(engine, "", request)
    assert body.endswith(f"{said}.")


def test_a_metric_that_wants_a_band_does_not_reach_a_single_figure_by_passing_it(tmp_path: Path) -> None:
    rows = "\n".join(f"{i} 2024-12-{i:02} {'true' if i < 4 else 'false'}" for i in range(1, 11))
    tickets = f"ticket_id created_at escalated\n{rows}"
    engine = tiny(tmp_path, {"tickets": tickets}, "[targets]\nescalation_rate = { value = 15 }\n")
    month = CALENDAR.containing(date(2024, 12, 1), "month")
    body, _ = asked(engine, "", replace(GMV, metrics=("escalation_rate",), period=month, against="target"))
    assert body.endswith("30.0 % (small sample, stale, n = 10) [1], target 15.0 %: above it.")


def test_a_list_of_a_running_period_holds_no_part_of_a_sum_against_a_whole(demo_engine: Engine) -> None:
    day = date(2025, 11, 10)
    fourth = CALENDAR.quarter(2025, 4, fiscal=False)
    wanted = Wanted("chief_revenue_officer", 15, fourth, day, day)
    rows, _ = rows_of(demo_engine, wanted, ranked(demo_engine, wanted).places)
    parts = [row for row in rows if is_part(row.value, demo_engine.catalog)]
    assert {"revenue_growth_rate", "customer_churn_rate"} <= {row.metric.id for row in parts}
    assert {(row.change, row.target) for row in parts} == {(None, None)}
    [rate] = [row for row in rows if row.metric.id == "win_rate"]
    assert rate.change is not None
    assert rate.target == target_for(rate.metric, rate.value, demo_engine.company.file, demo_engine.catalog)


@pytest.mark.parametrize(
    "metric",
    [
        *("revenue_growth_rate", "revenue_growth_rate.year_on_year", "magic_number", "cac.previous_period"),
        *("net_revenue_retention.dollar_based", "gross_revenue_retention.dollar_based"),
    ],
)
def test_a_metric_that_holds_part_of_a_period_against_another_is_a_part_itself(
    demo_engine: Engine, metric: str
) -> None:
    day = date(2025, 11, 10)
    [[value]] = demo_engine.compute([Ask(metric, CALENDAR.quarter(2025, 4, fiscal=False))], day, today=day)
    assert is_part(value, demo_engine.catalog)


def test_what_became_of_deals_since_that_point_does_not_count_for_the_other_period(tmp_path: Path) -> None:
    deals = """opportunity_id created_on closed_on outcome
    1 2025-01-02 2025-01-20 won
    2 2025-01-03 - open
    3 2025-02-03 2025-02-11 won
    4 2025-02-05 - open
    5 2025-01-05 2025-02-01 won"""
    engine = tiny(tmp_path, {"opportunities": deals}, 'timezone = "UTC"\n')
    january = CALENDAR.containing(date(2025, 1, 1), "month")
    request = Request(
        "comparison", metrics=("win_rate.of_all",), period=to_date("2025-02-01"), against=january
    )
    body, _ = asked(engine, "win rate of all created this month so far against January", request)
    assert (
        "[1], +50.0 pp against 2025-01-01..2025-01-13" in body
    )  # by then none was won of those that are now
    body, _ = asked(
        engine, "why did win rate of all created rise this month so far against January?", request
    )
    assert "2025-01-01..2025-01-13: 0.0 % (small sample); 2025-02-01..2025-02-13: 50.0 %" in body
