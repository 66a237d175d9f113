"""Refuse a figure under another metric's name, and a sentence about nothing in the scorecard.

A mark belongs to the metric named last before it; failing that, to the one named next; failing that, to
the one the sentence before was about.
"""

from __future__ import annotations

from typing import TypeGuard

from bot.citations.facts import Facts
from bot.citations.lexicon import SIDE
from bot.citations.names import Name
from bot.citations.sentences import Mark, Sentence, Token, Word


def mislabelled(sentence: Sentence, facts: Facts) -> str | None:
    """Refuse a mark that stands by another metric's name, or by none."""
    tokens = sentence.tokens
    if _in_order(sentence):
        return None
    for place, mark in enumerate(tokens):
        if not isinstance(mark, Mark) or mark.metric == "mix":
            continue
        label = _label(tokens, place) or facts.subject
        if label != mark.metric:
            return f"{mark.text} does not stand by its own name"
    return None


def _in_order(sentence: Sentence) -> bool:
    """Whether it lists metrics and then the same figure of each, in that order: "A and B fell, to 3 and 4"."""
    kinds = [token for token in sentence.tokens if isinstance(token, Mark) or _is_metric(token)]
    named = [token.id for token in kinds if isinstance(token, Name)]
    marks = [token for token in kinds if isinstance(token, Mark)]
    first = sentence.tokens.index(marks[0]) if marks else 0
    before = sentence.tokens[first - 1]
    listed = (
        isinstance(before, Word)
        and before.lower in ("at", "to")
        and set(kinds[: len(named)]).isdisjoint(marks)
    )
    same = len({mark.field for mark in marks}) == 1 and [mark.metric for mark in marks] == named
    return listed and same and len(named) > 1


def _is_metric(token: Token) -> TypeGuard[Name]:
    return isinstance(token, Name) and token.kind == "metric"


def about_nothing(sentence: Sentence, facts: Facts) -> str | None:  # noqa: ARG001 - all checks look alike
    """Refuse a sentence without a mark or a metric's name, unless it says which side lags; and a bare name."""
    if not sentence.marks and not any(
        isinstance(token, Word) and token.text.isalpha() for token in sentence.tokens
    ):
        return "names something and says nothing of it"
    if sentence.marks or any(map(_is_metric, sentence.tokens)):
        return None
    return None if SIDE.search(sentence.plain) else "speaks of nothing in this scorecard"


def _label(tokens: tuple[Token, ...], place: int) -> str | None:
    for token in (*reversed(tokens[:place]), *tokens[place + 1 :]):
        if _is_metric(token):
            return token.id
    return None
