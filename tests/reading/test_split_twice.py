"""Two splits in one question, and a split over time: read, computed, told; nothing of it is dropped without a word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.answer import Bot, answer
from bot.memory.records import request_of, request_record
from bot.model import Answer, Question, Request
from bot.slack.layout.blocks import render
from metrics.calendar.period_words import parse_period
from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from tests.reading.labelled import AS_OF
from tests.reading.test_leaving_out import asked

QUARTER = parse_period("2025-Q4", as_of=AS_OF, calendar=Calendar())


async def ask(bot: Bot, text: str, thread: str = "") -> Answer:
    return await answer(Question(text, thread=thread, use_model=False), bot)


def split(request: Request) -> tuple[str, str | None, str | None]:
    return request.kind, request.dimension, request.then_by


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("win rate by segment", ("value", "segment", None)),
        ("win rate by segment and channel", ("value", "segment", "channel")),
        ("win rate by segment and by channel last quarter", ("value", "segment", "channel")),
        ("win rate by channel per segment", ("value", "channel", "segment")),
        ("win rate by month", ("trend", "month", None)),
        ("win rate by month and segment", ("trend", "month", "segment")),
        ("win rate by segment and month", ("trend", "month", "segment")),
        ("monthly win rate by segment", ("trend", "month", "segment")),
        ("win rate of SMB and Enterprise", ("value", "segment", None)),
        ("win rate of SMB and Enterprise by month since July", ("trend", "month", "segment")),
        ("SMB vs Enterprise win rate by channel", ("comparison", "channel", "segment")),
    ],
)
def test_both_splits_of_a_question_are_read(text: str, read_as: tuple[str, str, str | None]) -> None:
    assert split(asked(text)) == read_as


def test_a_question_that_goes_on_keeps_the_second_split_until_another_is_named() -> None:
    first = asked("win rate by segment and channel")
    assert split(asked("same for last year", first)) == split(first)
    assert split(asked("and by department?", first))[1:] == ("department", None)
    assert request_of(request_record(first)) == first


@pytest.mark.parametrize(
    "text", ["win rate by segment and industry", "win rate by month and industry this year"]
)
def test_a_second_split_that_nobody_knows_is_said(text: str) -> None:
    assert "I know nothing to group by that is called 'industry'." in asked(text).assumed


async def test_values_by_two_dimensions_are_those_of_the_engine(demo_bot: Bot, demo_engine: Engine) -> None:
    found = await ask(demo_bot, "win rate by segment and channel in 2025-Q4")
    [table] = demo_engine.compute([Ask("win_rate", QUARTER, ("segment", "channel"))], date(2025, 12, 31))
    expected = {tuple(value.group.values()): value.value for value in table}
    assert {tuple(value.group.values()): value.value for value in found.values} == expected
    assert "Win rate by customer segment and channel:" in found.body


async def test_the_largest_of_both_and_the_others_together_are_shown(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "ARR by segment and channel top 3")
    whole = await ask(demo_bot, "ARR")
    assert len(found.values) == 4
    assert "  other: " in found.body
    assert sum(value.value or Decimal(0) for value in found.values) == whole.values[0].value


async def test_the_course_of_each_group_is_told_and_each_step_is_that_of_a_question_of_its_own(
    demo_bot: Bot,
) -> None:
    found = await ask(demo_bot, "win rate by month and segment since 2025-10")
    assert [line for line in found.body.splitlines() if line.endswith(":")] == [
        f"Win rate, {group}:" for group in dict.fromkeys(value.group["segment"] for value in found.values)
    ]
    for value in found.values:
        alone = await ask(demo_bot, f"win rate by segment in {value.period}")
        assert value.value in {one.value for one in alone.values if one.group == value.group}


async def test_of_many_groups_the_smaller_ones_are_one_course(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "ARR by quarter and channel in 2025")
    groups = dict.fromkeys(value.group["channel"] for value in found.values)
    assert len(groups) == 7
    assert "other" in groups
    whole = await ask(demo_bot, "ARR by quarter in 2025")
    for step in whole.values:
        parts = [value.value or Decimal(0) for value in found.values if value.period == step.period]
        assert sum(parts) == step.value


async def test_a_change_is_split_by_one_dimension_and_the_other_is_said(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "why did win rate fall by segment and channel?")
    assert "this is by customer segment; ask for it by channel as well." in " ".join(found.notes)


async def test_in_slack_the_courses_of_groups_stand_side_by_side(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "win rate by quarter and segment in 2025")
    [table] = [dict(block) for block in render(found) if block["type"] == "table"]
    assert len(table["rows"]) == 5
    assert len(table["rows"][0]) == 4
