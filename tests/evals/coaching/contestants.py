"""Who has the conversations: this bot, or any OpenAI-compatible endpoint with a plain system prompt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from openai import AsyncOpenAI

import bot.llm.endpoint
from bot.answer import Bot, answer
from bot.memory import open_memory
from bot.model import Answer, Question
from tests.evals.coaching.protocol import Conversation
from tests.evals.coaching.score import Scored, score

PLAIN = (
    "You are a helpful assistant. Answer a question for metrics with a numbered list, one metric on a line."
)
COACH, STRANGER, CHANNEL = "coach", "stranger", "C0LEADERS"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

Talk = Callable[[Conversation], Awaitable[dict[str, str]]]
"""Has a conversation: the text of each answer, by the id of its turn."""


@dataclass(frozen=True)
class Contestant:
    """A name, and how it talks."""

    name: str
    talk: Talk

    async def run(self, conversation: Conversation) -> Scored:
        """Have one conversation and judge it."""
        return score(conversation, await self.talk(conversation))


def this_bot(bot_: Bot) -> Contestant:
    """This bot, with a new memory for each conversation; the coach is an admin of the workspace."""

    async def talk(conversation: Conversation) -> dict[str, str]:
        with TemporaryDirectory() as folder:
            memory = open_memory(f"sqlite:///{Path(folder, 'memory.sqlite3')}")
            own = replace(bot_, memory=memory, admins=frozenset({COACH}))
            try:
                return {
                    turn.id: written(await answer(_question(turn.say, stranger=turn.stranger), own))
                    for turn in conversation.turns
                }
            finally:
                memory.close()

    return Contestant("counterpoise", talk)


def _question(text: str, *, stranger: bool) -> Question:
    who = STRANGER if stranger else COACH
    return Question(text, user=who, channel=CHANNEL, thread=who)


def written(answered: Answer) -> str:
    """The list of an answer, a metric on a line, and its prose: what the text of any other contestant is, too."""
    rows = answered.scorecard.rows if answered.scorecard else ()
    return "\n".join([*(f"{row.rank}. {row.metric.name}" for row in rows), answered.body])


def endpoint(
    base_url: str, model: str, api_key: str = "", *, system: str = PLAIN, seconds: float = 120
) -> Contestant:
    """A model behind an endpoint: the coach's conversation keeps its history, the stranger's is a new one.

    Raises:
        RuntimeError: a call to another machine where tests forbid it.
    """
    if not bot.llm.endpoint.ALLOW_REAL_CALLS and urlsplit(base_url).hostname not in LOOPBACK:
        raise RuntimeError(f"a real model call to {base_url} while ALLOW_REAL_CALLS is False")

    async def talk(conversation: Conversation) -> dict[str, str]:
        told: dict[str, str] = {}
        client = AsyncOpenAI(base_url=base_url, api_key=api_key or "none", timeout=seconds, max_retries=1)
        async with client:
            for stranger in (False, True):
                messages: list[Any] = [{"role": "system", "content": system}]
                for turn in conversation.turns:
                    if turn.stranger is stranger:
                        messages.append({"role": "user", "content": turn.say})
                        done = await client.chat.completions.create(
                            model=model, messages=messages, temperature=0
                        )
                        told[turn.id] = done.choices[0].message.content or ""
                        messages.append({"role": "assistant", "content": told[turn.id]})
        return told

    return Contestant(model, talk)
