"""Who asks for one side gets the mixed list, is told why in one clause, and sees that side at once."""

from __future__ import annotations

import pytest

from bot.answer import Bot, answer
from bot.model import Answer, Question
from bot.replies.one_side import NAMED, one_side
from bot.slack.layout.blocks import render
from bot.terminal import as_text
from metrics.display import row_value
from tests.scorecards import CARD, row, scorecard


async def ask(bot: Bot, text: str) -> Answer:
    return await answer(Question(text, thread="T1", use_model=False), bot)


@pytest.mark.parametrize(
    "then", ["Only the people ones", "no revenue metrics please", "just the people metrics"]
)
async def test_only_the_people_ones_says_why_and_names_them_with_their_values(
    demo_bot: Bot, then: str
) -> None:
    before = await ask(demo_bot, "top 10 metrics for a CRO")
    found = await ask(demo_bot, then)
    assert before.first == ""
    card = found.scorecard
    assert card is not None
    assert before.scorecard is not None
    assert [one.metric.id for one in card.rows] == [one.metric.id for one in before.scorecard.rows]
    assert "a list always holds both sides (rule R01)" in found.first
    for one in card.rows:
        told = f"{one.metric.name} {row_value(one, card.currency)} [{one.rank}]"
        assert (told in found.first) == (one.metric.side == "people")
    assert not any("both sides" in note for note in found.notes)


async def test_it_stands_above_the_table_on_every_surface(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "top 10 people metrics for a CRO")
    text = as_text(found)
    assert text.index("You asked for people metrics only") < text.index("Metric")
    kinds = [block["type"] for block in render(found)]
    said = next(
        place for place, block in enumerate(render(found)) if "You asked for people" in str(block.get("text"))
    )
    assert said < min(place for place, kind in enumerate(kinds) if kind in ("table", "data_table"))


def test_a_value_that_is_not_shown_is_not_told_there() -> None:
    told = one_side("people", CARD)
    assert "Employee net promoter score (place 9)" in told
    assert "Ramp time (place 8)" in told


def test_of_many_the_list_itself_tells() -> None:
    names = ("enps", "engagement_index", "ramp_time", "coaching_coverage", "regretted_turnover_rate")
    people = [row(place, name, "1") for place, name in enumerate(names, 1)]
    assert "the people metrics are" in one_side("people", scorecard(*people, row(6, "arr", "2")))
    many = scorecard(*[row(place, "enps", "1") for place in range(1, NAMED + 2)])
    assert one_side("people", many).endswith("(rule R01).")
    assert "ask for two or more" in one_side("people", scorecard(row(1, "arr", "2")))
    assert one_side(None, CARD) == ""
