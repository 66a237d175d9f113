"""Teaching the bot in tests: a lesson and its yes, and the list that an answer holds."""

from __future__ import annotations

from dataclasses import replace

from bot.answer import Bot, answer
from bot.memory import open_memory
from bot.model import Answer, Question


async def ask(bot: Bot, text: str, *, user: str = "ann", channel: str = "C1", thread: str = "t1") -> Answer:
    """One message."""
    return await answer(Question(text, user=user, channel=channel, thread=thread), bot)


async def teach(bot: Bot, text: str, *, user: str = "ann", channel: str = "C1", thread: str = "t1") -> str:
    """A lesson and its yes: the id under which it was stored."""
    proposed = await ask(bot, text, user=user, channel=channel, thread=thread)
    assert proposed.title == "Shall I store this?", (proposed.title, proposed.body)
    stored = await ask(bot, "yes", user=user, channel=channel, thread=thread)
    assert stored.title.startswith("Stored as C"), (stored.title, stored.body)
    return stored.title.removeprefix("Stored as ")


def listed(found: Answer) -> list[str]:
    """The ids of the list that an answer holds."""
    assert found.scorecard is not None, (found.kind, found.title, found.body)
    return [row.metric.id for row in found.scorecard.rows]


def restarted(bot: Bot) -> Bot:
    """The bot as after a restart: it has what its database holds, and nothing else."""
    url = bot.memory.engine.url.render_as_string(hide_password=False)
    return replace(bot, memory=open_memory(url))
