"""Refuse links, mentions, code and whatever else Slack would act on."""

from __future__ import annotations

import re

from bot.citations.facts import Facts
from bot.citations.sentences import Sentence

SIGNS = frozenset(",.;:!?()'\"‘’“”–—-… \n")
"""The signs of plain prose. All others (``<``, ``@``, backticks, ``%``, ``$``, brackets) are markup or figures."""
LINK = re.compile(r":\w+:|\bwww\b|\bhttps?\b|\b[\w-]{2,}\.[a-z]{2,}\b", re.IGNORECASE)


def acted_on(sentence: Sentence, facts: Facts) -> str | None:  # noqa: ARG001 - all checks look alike
    """Refuse signs that are not prose, and what looks like an address or an emoji, outside of marks."""
    for piece in sentence.pieces:
        if isinstance(piece, str) and (
            LINK.search(piece) or any(not (c.isalnum() or c in SIGNS) for c in piece)
        ):
            return "holds a link, a mention, code or markup"
    return None
