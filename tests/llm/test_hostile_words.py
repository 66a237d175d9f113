"""Questions that are meant to be obeyed, to hide something or to take for ever: each answer does no harm."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.answer import Bot
from bot.playground import clicks
from tests.slack.clicked import at
from tests.slack_server import BOT, events

LONG = [
    "x" * 100_000,
    "win rate " * 12_000,
    "-" * 5_000,
    "(" * 900,
    "why " * 240,
    "win rate? " * 99,
    "top 5 metrics; " * 60,
]
COMMANDS = [
    "<!channel>", "<!here|@here> win rate", "@everyone", "<!subteam^S1|@all>", "&lt;!channel&gt; win rate",
    "&amp;lt;!channel&amp;gt;", "<<!channel>>", "<@<@U0BEN>>", "what is <!channel>?",
    "coach we call win rate '<!channel>'",
    "coach always include csat because <!channel> [x](http://y.example)", "[win rate](javascript:alert(1))",
    "<https://evil.example|win rate>", "<javascript:alert(1)|win rate>", "[win_rate.value]", "{0} %s ${7*7} {{7*7}}",
]  # fmt: skip
HIDDEN = [
    "\x00\x01\x02", "win\x00 rate", "\u202ewin rate\u202c", "win\u200b rate", "\ud83d half", "مرحبا", "🔥🔥🔥",
    "ＷＩＮ ＲＡＴＥ", "\u2028\u2029", "top ٣ metrics for a CRO",
]  # fmt: skip
NUMBERS = [
    "top 9999999999999999999999 metrics for a CRO", "top -5 metrics for a CRO", "win rate 99999-Q9",
    "win rate from 0001-01-01 to 9999-12-31", "win rate last 99999999999999 months",
]  # fmt: skip
OBEYED = re.compile(
    r"<!|@channel|@here|@everyone|javascript:|\]\(http|<http|[\u202a-\u202e\u200b-\u200f\u2066-\u2069\x00-\x08]"
)
AT_MOST = 8.0
"""Seconds on a busy machine; most take a hundredth."""


def shown(node: Any) -> Iterator[str]:
    """What people see of blocks: all but what buttons carry back."""
    if isinstance(node, dict):
        for name, inside in node.items():
            if name not in {"value", "action_id", "block_id"}:
                yield from shown(inside)
    elif isinstance(node, list):
        for inside in node:
            yield from shown(inside)
    elif isinstance(node, str):
        yield node


@pytest.mark.parametrize(
    "words", [LONG, COMMANDS, HIDDEN, NUMBERS], ids=["long", "commands", "hidden", "numbers"]
)
async def test_what_is_said_to_do_harm_gets_an_answer_that_does_none(demo_bot: Bot, words: list[str]) -> None:
    async with at(demo_bot) as bot:
        for number, text in enumerate(words):
            began = time.monotonic()
            asked = events.mention(f"<@{BOT}> {text}") if number % 2 else events.message(text)
            before = len(bot.slack.messages)
            await bot.slack.event(asked)
            await bot.slack.until(lambda many=before: len(bot.slack.messages) > many, within=20)
            assert await bot.lanes.drain(20) == 0
            assert time.monotonic() - began < AT_MOST, text[:40]
            for one in bot.slack.messages[before:]:
                said = "\n".join([one.text, *shown(one.blocks), json.dumps(one.metadata, ensure_ascii=False)])
                assert not OBEYED.search(said), text[:40]
                assert "Something went wrong" not in said, text[:40]
                assert all(len(button.get("value", "")) <= 2_000 for _, button in clicks.elements(one.blocks))
