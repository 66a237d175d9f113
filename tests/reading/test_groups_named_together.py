"""Several groups of one kind in a question: their split is shown, and of it those groups alone."""

from __future__ import annotations

import pytest

from bot.answer import Bot
from bot.memory.records import request_of, request_record
from tests.reading.test_leaving_out import asked
from tests.reading.test_split_twice import ask

BOTH = ("SMB", "Enterprise")


@pytest.mark.parametrize(
    "text",
    [
        "win rate SMB vs Enterprise",
        "compare win rate of SMB and Enterprise last quarter",
        "win rate by segment for SMB and Enterprise",
        "win rate of SMB and Enterprise by month since July",
        "SMB vs Enterprise win rate by channel",
    ],
)
def test_they_are_read(text: str) -> None:
    assert asked(text).only == {"segment": BOTH}


def test_one_group_is_a_filter_and_none_is_all_of_them() -> None:
    assert asked("win rate of SMB").only == {}
    assert asked("win rate by segment").only == {}


def test_a_question_that_goes_on_keeps_to_them_until_another_split_is_named() -> None:
    first = asked("win rate SMB vs Enterprise")
    assert asked("same for last year", first).only == {"segment": BOTH}
    assert asked("and by department?", first).only == {}
    assert asked("and by segment?", first).only == {}
    assert request_of(request_record(first)) == first


def test_a_group_that_is_asked_for_alone_or_left_out_then_is_not_among_them_any_more() -> None:
    first = asked("win rate SMB vs Enterprise")
    other = asked("what about Mid-Market?", first)
    assert (other.filters, other.only) == ({"segment": "Mid-Market"}, {})
    assert asked("without SMB", first).only == {"segment": ("Enterprise",)}
    three = asked("win rate of SMB, Enterprise and Mid-Market")
    assert asked("without SMB", three).only == {"segment": ("Enterprise", "Mid-Market")}


def test_over_time_they_stay_apart() -> None:
    found = asked("and by month?", asked("win rate SMB vs Enterprise"))
    assert (found.dimension, found.then_by, found.only) == ("month", "segment", {"segment": BOTH})


async def test_each_has_the_value_that_it_has_among_all(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "ARR SMB vs Enterprise in 2025-Q4")
    every = await ask(demo_bot, "ARR by segment in 2025-Q4")
    values = {value.group["segment"]: value.value for value in every.values}
    assert {value.group["segment"]: value.value for value in found.values} == {
        name: values[name] for name in BOTH
    }
    assert "Only SMB and Enterprise (customer segment)." in found.notes
    assert "Mid-Market" not in found.body


async def test_their_courses_alone_are_told_over_time(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "win rate of SMB and Enterprise by month since October")
    assert {value.group["segment"] for value in found.values} == set(BOTH)


async def test_none_of_them_is_among_the_others_however_small(demo_bot: Bot) -> None:
    many = await ask(demo_bot, "ARR by channel in 2025-Q4")
    smallest = [value.group["channel"] for value in many.values if value.value is not None][-2:]
    found = await ask(demo_bot, f"ARR of {smallest[0]} and {smallest[1]} by quarter in 2025")
    assert {value.group["channel"] for value in found.values} == set(smallest)


async def test_a_change_is_explained_by_all_groups_and_says_so(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "why did win rate fall in SMB and Enterprise?")
    assert "  Mid-Market: " in found.body
    assert "All groups are shown: together they make up the change." in found.notes
    assert not [note for note in found.notes if note.startswith("Only")]
