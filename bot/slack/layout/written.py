"""Words -> blocks: a title, sentences, paragraphs, small print. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.slack.layout import limits
from bot.slack.layout.limits import Block
from bot.slack.layout.pages import PART
from bot.slack.layout.text import mrkdwn, plain, split


def said(sentence: str) -> list[Block]:
    """One sentence of our own, as blocks; what is in backticks stays code."""
    return sections(mrkdwn(sentence))


def title(said_first: str) -> list[Block]:
    """What an answer is called, as a header; where it is too long for one, as a sentence."""
    words = plain(said_first).strip()
    if len(words) > limits.HEADER:
        return sections(mrkdwn(words))
    return [{"type": "header", "text": {"type": "plain_text", "text": words}}] if words else []


def sections(text: str) -> list[Block]:
    """Text that is escaped already, as sections; ``verbatim`` keeps Slack from linking names in it."""
    return [
        {"type": "section", "text": {"type": "mrkdwn", "verbatim": True, "text": part}}
        for part in split(text, PART)
    ]


def small(lines: Iterable[str], *, raw: bool = False) -> list[Block]:
    """Small print, a line to an element; ``raw`` lines are markup of ours already."""
    elements: list[Block] = [
        {"type": "mrkdwn", "verbatim": True, "text": part}
        for line in lines
        for part in split(line if raw else mrkdwn(line), PART)
    ]
    parts = limits.batches(
        elements, lambda one: len(one["text"]), most=limits.CONTEXT_ELEMENTS, room=2 * PART
    )
    return [{"type": "context", "elements": part} for part in parts]
