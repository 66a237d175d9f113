"""Refuse links, mentions, code and whatever else Slack would act on."""

from __future__ import annotations

import re

from bot.citations.facts import Facts
from bot.citations.sentences import Sentence

SIGNS = re.compile(r"[<>@`*_~#|{}\\&=^$\[\]/]|:\w+:")
LINK = re.compile(r"\bwww\b|\bhttps?\b|\b[\w-]{2,}\.[a-z]{2,}\b", re.IGNORECASE)


def acted_on(sentence: Sentence, facts: Facts) -> str | None:  # noqa: ARG001 - all checks look alike
    """Refuse signs of markup and anything that looks like an address, wherever it stands outside a mark."""
    for piece in sentence.pieces:
        if isinstance(piece, str) and (SIGNS.search(piece) or LINK.search(piece)):
            return "holds a link, a mention, code or markup"
    return None
