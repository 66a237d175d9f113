"""A word of one's own takes nothing away: no period, group, other metric or look of a name; and no half character."""

from __future__ import annotations

import pytest

from bot.answer import Bot, answer
from bot.memory.coached import rules
from bot.model import Question

TAKEN = (
    "Q4",
    "2025",
    "Enterprise",
    "winrate",
    "wïn rate",
    "last quarter",
    "a\u202eb",
    "brain\u200bdrain",
    "<https://evil.example|click>",
    "<!channel>",
)


@pytest.mark.parametrize("word", TAKEN)
async def test_a_word_that_means_something_else_cannot_be_taken(demo_bot: Bot, word: str) -> None:
    place = {"channel": "terminal", "thread": "t"}
    shown = await answer(Question(f"coach for us '{word}' means CAC", **place), demo_bot)  # type: ignore[arg-type]
    assert shown.actions == ()
    await answer(Question("yes", **place), demo_bot)  # type: ignore[arg-type]
    assert rules(demo_bot.memory) == []


async def test_a_word_of_ones_own_is_still_free(demo_bot: Bot) -> None:
    shown = await answer(Question("coach for us 'brain drain' means CAC", thread="t"), demo_bot)
    assert [label for label, _ in shown.actions] == ["Yes", "No"]


@pytest.mark.parametrize("text", ["win rate \ud83d", "\udcff", "win \0 rate"])
async def test_half_a_character_and_nul_do_no_harm(demo_bot: Bot, text: str) -> None:
    finished = await answer(Question(text, user="\udcff", thread="\udcff"), demo_bot)
    assert demo_bot.memory.answer(finished.answer_id)
