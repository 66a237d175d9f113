"""Users whom an answer names -> what people call them: a mention would notify somebody of every list that is read."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model import Answer
from bot.slack.tickets.people import People


async def named(answer: Answer, people: People) -> Answer:
    """The answer with names in place of ids (``by @U0ANN on``); who is not known there any more stays an id."""
    names = {user: (await people.viewer(user)).name or f"`{user}`" for user in answer.people}
    if not names:
        return answer
    known = "|".join(map(re.escape, names))
    body = re.sub(
        rf"\b((?i:by|for)) @({known}) (?=on \d)",
        lambda found: f"{found[1]} {names[found[2]]} ",
        answer.body,
    )
    return replace(answer, body=body)
