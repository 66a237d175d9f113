"""Several periods in one question: each is answered, or it is said which is not; none is swallowed by another."""

from __future__ import annotations

import pytest

from bot.answer import Bot, answer
from bot.model import Answer, Question, Request
from tests.reading.test_named_split import asked


def periods(found: Request) -> tuple[str, str, str | None]:
    return str(found.period), str(found.against), found.dimension


@pytest.mark.parametrize(
    ("text", "period", "against"),
    [
        ("win rate in Q3 and Q4", "2025-Q4", "2025-Q3"),
        ("win rate for both Q1 and Q3", "2025-Q3", "2025-Q1"),
        ("win rate in Q3 and Q4 2024", "2024-Q4", "2024-Q3"),
        ("win rate in Q1 and Q4 2024", "2024-Q4", "2024-Q1"),
        ("win rate in Q3 of 2024 and 2025", "2025-Q3", "2024-Q3"),
        ("win rate in the second and third quarter", "2025-Q3", "2025-Q2"),
        ("win rate in the first and second half of 2024", "2024-07-01..2024-12-31", "2024-01-01..2024-06-30"),
        ("win rate first quarter and second quarter 2024", "2024-Q2", "2024-Q1"),
        ("win rate this month and the same month last year", "2025-11", "last-year"),
        ("win rate in 2024 and 2025", "2025", "2024"),
        ("churn rate in October and November", "2025-11", "2025-10"),
        ("churn rate May and June", "2025-06", "2025-05"),
        ("churn rate in August and March", "2025-08", "2025-03"),
        ("win rate in January 2024 and January 2025", "2025-01", "2024-01"),
        ("win rate in weeks 40 and 41", "2025-W41", "2025-W40"),
        ("what is the difference in win rate between Q2 and Q3", "2025-Q3", "2025-Q2"),
    ],
)
def test_two_periods_are_both_answered(text: str, period: str, against: str) -> None:
    found = asked(text)
    assert (found.kind, *periods(found)) == ("comparison", period, against, None)


@pytest.mark.parametrize(
    ("text", "period", "unit"),
    [
        ("win rate Q1, Q2 and Q3", "2025-01-01..2025-09-30", "quarter"),
        ("win rate in Q1, Q2, Q3 2024", "2024-01-01..2024-09-30", "quarter"),
        ("win rate 2022, 2023 & 2024", "2022-01-01..2024-12-31", "year"),
        ("churn rate for July, August and September", "2025-07-01..2025-09-30", "month"),
        ("win rate for Q2 and Q3 by month", "2025-04-01..2025-09-30", "month"),
    ],
)
def test_more_of_them_in_a_row_are_a_course(text: str, period: str, unit: str) -> None:
    found = asked(text)
    assert (found.kind, *periods(found)) == ("trend", period, "None", unit)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("win rate between Q2 and Q3", "2025-04-01..2025-09-30"),
        ("win rate from March to May", "2025-03-01..2025-05-31"),
        ("win rate between March and May", "2025-03-01..2025-05-31"),
        ("why did win rate fall in Q2 and Q3?", "2025-04-01..2025-09-30"),
        ("top 5 metrics for the CFO in Q2 and Q3", "2025-04-01..2025-09-30"),
    ],
)
def test_a_stretch_stays_one(text: str, period: str) -> None:
    assert periods(asked(text))[:2] == (period, "None")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("win rate in 2019, 2021 and 2024", "2019"),
        ("win rate in Q1 and Q3 against target", "2025-Q1"),
        ("compare win rate in March with April and May", "2025-03"),
        ("top 5 metrics for the CFO in 2022 and 2024", "2022"),
    ],
)
def test_what_is_not_answered_is_said(text: str, left: str) -> None:
    assert f"This is not for {left}: ask for that by itself." in asked(text).assumed


async def ask(bot: Bot, text: str) -> Answer:
    return await answer(Question(text, use_model=False), bot)


async def test_both_values_stand_in_the_answer(demo_bot: Bot) -> None:
    one, other = [(await ask(demo_bot, f"win rate in {each}")).values[0] for each in ("Q3 2025", "Q1 2025")]
    found = await ask(demo_bot, "win rate in Q3 2025 and Q1 2025")
    assert one.value is not None
    assert other.value is not None
    assert f"{one.value:.1f} %" in found.body
    assert f"against 2025-Q1 ({other.value:.1f} %)" in found.body


async def test_the_other_stands_beside_a_period_that_is_not_over(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "win rate in 2025 and 2026")
    assert "; 2025: " in found.body


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("churn in Q1 2025 and Q2 2025", "Customer churn rate in 2025-Q1 and 2025-Q2"),
        ("churn in 2025-Q2 against target", "Customer churn rate in 2025-Q2 against target"),
        ("churn vs last year", "Customer churn rate against last year"),
    ],
)
async def test_a_choice_keeps_what_was_to_be_held_against(demo_bot: Bot, text: str, offered: str) -> None:
    found = await ask(demo_bot, text)
    assert found.kind == "clarification"
    assert offered in found.suggestions
    read_again = asked(offered)
    assert read_again.metrics == ("customer_churn_rate",)
    assert read_again.against is not None
