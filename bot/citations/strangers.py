"""Refuse names that the scorecard does not hold: other metrics, other roles, people, places."""

from __future__ import annotations

from bot.citations.facts import Facts
from bot.citations.names import Name
from bot.citations.sentences import Sentence, Word


def strange(sentence: Sentence, facts: Facts) -> str | None:  # noqa: ARG001 - all checks look alike
    """Refuse what the catalog knows and the scorecard has not, and every capital but a sentence's first."""
    for place, token in enumerate(sentence.tokens):
        unlisted = isinstance(token, Name) and token.kind == "stranger"
        if unlisted or (isinstance(token, Word) and _is_name(token, first=place == 0)):
            return f"names {token.text!r}, which is not in this scorecard"
    return None


def _is_name(word: Word, *, first: bool) -> bool:
    shouted = len(word.text) > 1 and word.text.isupper()
    return word.text[0].isupper() and (shouted or not first)
