"""Refuse a metric on the wrong side of the scale: ``on the people side, win rate ...``."""

from __future__ import annotations

from bot.citations.facts import Facts
from bot.citations.names import Name
from bot.citations.sentences import Mark, Sentence, Token, Word

SIDES = ("business", "people")
TURNS = frozenset(["while", "whereas", "but", "though", "although", "yet"])


def wrong_side(sentence: Sentence, facts: Facts) -> str | None:
    """Refuse a side's word by a metric of the other. It belongs to the next metric, or else to the one before."""
    for place, token in enumerate(sentence.tokens):
        if not (isinstance(token, Word) and token.lower in SIDES) or _counted(sentence.tokens, place):
            continue
        after = [metric for metric in map(_metric, _stretch(sentence.tokens[place + 1 :])) if metric]
        before = [metric for metric in map(_metric, sentence.tokens[:place]) if metric]
        for metric in after or before[-1:]:
            row = facts.row(metric)
            if row is not None and row.metric.side != token.lower:
                return f"puts {row.metric.name!r} on the {token.lower} side"
    return None


def _stretch(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens up to a word that turns to something else, or to the other side."""
    for place, token in enumerate(tokens):
        if isinstance(token, Word) and (token.lower in TURNS or token.lower in SIDES):
            return tokens[:place]
    return tokens


def _counted(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the word belongs to a mark of the mix: ``[mix.people] people metrics``."""
    before = tokens[place - 1] if place else None
    return isinstance(before, Mark) and before.metric == "mix"


def _metric(token: Token) -> str | None:
    if isinstance(token, Mark) and token.metric != "mix":
        return token.metric
    return token.id if isinstance(token, Name) and token.kind == "metric" else None
