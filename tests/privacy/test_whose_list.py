"""`roles:` of access.yaml: whose list may be asked for, in whatever words it is asked for."""

from __future__ import annotations

import pytest

from bot.answer import Bot, answer
from bot.audience.rights import NotAllowedError, Rights, Scope
from bot.model import Answer, Question

REVENUE_ONLY = Rights(alone="people", scope=Scope(roles=frozenset({"chief_revenue_officer"})))
SALES_ONLY = Rights(alone="people", scope=Scope(roles=frozenset({"vp_sales"})))


async def _asked(bot: Bot, text: str, rights: Rights = REVENUE_ONLY) -> Answer:
    return await answer(Question(text, user="U0ANN", channel="C1", thread="1.1", rights=rights), bot)


@pytest.mark.parametrize(
    "text",
    [
        "top 15 metrics for the CHRO",
        "why are there people metrics on the list of the CHRO?",
        "why is win rate not on the list of the CHRO?",
        "which metrics does the CHRO own and which does the CHRO only impact?",
        "what do the CRO and the CHRO both look at?",
        "always include ramp time for the CHRO",
        "you forgot people metrics for the CHRO",
    ],
)
async def test_the_list_of_another_role_is_told_in_no_words(demo_bot: Bot, text: str) -> None:
    with pytest.raises(NotAllowedError, match=r"Chief Revenue Officer\.$"):
        await _asked(demo_bot, text)


@pytest.mark.parametrize(
    "text",
    ["top 5 metrics", "why are there people metrics on the list?", "what is the one metric that matters?"],
)
async def test_nor_is_the_list_that_is_taken_where_no_role_is_named(demo_bot: Bot, text: str) -> None:
    assert (await _asked(demo_bot, text)).title
    with pytest.raises(NotAllowedError, match="VP Sales"):
        await _asked(demo_bot, text, SALES_ONLY)


async def test_a_lesson_for_every_role_shows_what_it_does_to_a_list_that_may_be_asked_for(
    demo_bot: Bot,
) -> None:
    found = await _asked(demo_bot, "always include ramp time", SALES_ONLY)
    assert "Revenue Officer" not in found.body
    assert "VP Sales" in found.body


@pytest.mark.parametrize("roles", [frozenset(), frozenset({"vp_sales"})])
async def test_a_definition_shows_no_list_and_can_be_taught(demo_bot: Bot, roles: frozenset[str]) -> None:
    found = await _asked(demo_bot, "we call win rate “close power”", Rights(scope=Scope(roles=roles)))
    assert "close power" in found.body


@pytest.mark.parametrize("text", ["win rate", "why did win rate fall?", "what is win rate?", "coach list"])
async def test_what_is_no_list_is_answered_as_before(demo_bot: Bot, text: str) -> None:
    assert (await _asked(demo_bot, text, SALES_ONLY)).title
