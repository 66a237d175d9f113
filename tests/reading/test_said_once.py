"""What was assumed is said where it is news: how an acronym was read and which goal is assumed, once in a thread."""

from __future__ import annotations

from bot.answer import Bot, answer
from bot.model import Answer, Question

READ = "CRO was read as Chief Revenue Officer; ask for conversion-rate optimisation instead."
GOAL = "No goal is declared in company.toml"


async def ask(bot: Bot, text: str, thread: str, source: str = "") -> Answer:
    return await answer(Question(text, thread=thread, source=source, use_model=False), bot)


def told(found: Answer) -> tuple[bool, bool]:
    return READ in found.notes, any(note.startswith(GOAL) for note in found.notes)


async def test_a_thread_is_told_once_how_an_acronym_was_read_and_which_goal_is_assumed(demo_bot: Bot) -> None:
    assert told(await ask(demo_bot, "top 5 metrics for a CRO", "T1")) == (True, True)
    await ask(demo_bot, "win rate last quarter", "T1")
    again = await ask(demo_bot, "top 10 metrics for our CRO", "T1")
    assert (again.request.role, told(again)) == ("chief_revenue_officer", (False, False))
    assert told(await ask(demo_bot, "only 6 of those", "T1")) == (False, False)
    other = await ask(demo_bot, "top 5 metrics for a CPO", "T1")
    assert any(note.startswith("CPO was read as") for note in other.notes)


async def test_every_other_thread_and_an_edited_question_is_told_too(demo_bot: Bot) -> None:
    assert told(await ask(demo_bot, "top 5 metrics for a CRO", "T2", source="M1")) == (True, True)
    assert told(await ask(demo_bot, "top 7 metrics for a CRO", "T2", source="M1")) == (True, True)
    assert told(await ask(demo_bot, "top 5 metrics for a CRO", "T3")) == (True, True)
    assert told(await ask(demo_bot, "top 5 metrics for a CRO", "")) == (True, True)


async def test_a_list_keeps_its_order_and_its_verdicts_whether_it_is_said_or_not(demo_bot: Bot) -> None:
    first, again = [await ask(demo_bot, "top 5 metrics for a CRO", "T4") for _ in range(2)]
    assert first.scorecard is not None
    assert again.scorecard is not None
    assert [row.metric.id for row in first.scorecard.rows] == [row.metric.id for row in again.scorecard.rows]
    assert first.rules == again.rules
    assert any(rule.rule == "R15" and rule.passed for rule in again.rules)
