"""A name of two kinds of groups (a channel, and a campaign's) stands for the one that the metric knows best."""

from __future__ import annotations

import pytest

from bot.answer import Bot, answer
from bot.model import Question, Request
from bot.reading import read
from tests.reading.labelled import AS_OF, CALENDAR, GROUPS, catalog

SHARED = GROUPS | {
    "campaign_channel": ("content", "events", "partner", "search"),
    "campaign_objective": ("expansion", "loyalty"),
}


def asked(text: str) -> Request:
    return read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, groups=lambda: SHARED)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("win rate for expansion", {"opp_type": "expansion"}),
        ("win rate for partner", {"channel": "partner"}),
        ("ARR for partner", {"channel": "partner"}),
        ("cost per lead for search", {"campaign_channel": "search"}),
    ],
)
def test_a_shared_name_is_the_group_that_the_metric_knows_and_it_says_which(
    text: str, filters: dict[str, str]
) -> None:
    found = asked(text)
    assert found.filters == filters
    [(dimension, value)] = filters.items()
    assert f"Only {value} ({catalog().dimensions[dimension].name.lower()})." in found.assumed


def test_where_no_group_of_that_name_is_known_none_is_claimed() -> None:
    assert not any(said.startswith("Only") for said in asked("CAC for search").assumed)


async def test_the_value_is_that_of_the_group(demo_bot: Bot) -> None:
    for text, dimension, group in (
        ("win rate for expansion", "opp_type", "expansion"),
        ("ARR for partner", "channel", "partner"),
    ):
        found = await answer(Question(text, use_model=False), demo_bot)
        assert found.values[0].citation.filters == {dimension: group}
        assert not any("cannot be narrowed" in note for note in found.notes)


EVERYDAY = GROUPS | {"department": (*GROUPS["department"], "People"), "product": ("Flow", "Plan")}


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("How engaged are our people compared to a year ago?", {}),
        ("gross margin against plan", {}),
        ("CAC: on plan?", {}),
        ("product NPS for Plan", {"product": "Plan"}),
    ],
)
def test_an_everyday_word_is_a_group_only_where_it_is_written_as_one(
    text: str, filters: dict[str, str]
) -> None:
    found = read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, groups=lambda: EVERYDAY)
    assert found.filters == filters
