"""Prose with marks -> text with computed values; sentence by sentence, refusing what is not proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.citations.checks import refused
from bot.citations.facts import Facts
from bot.citations.language import foreign
from bot.citations.marks import needs_sign, number, text, words_before
from bot.citations.names import Name, names
from bot.citations.sentences import Mark, Sentence, metrics, plain, split
from metrics.model import Catalog
from metrics.scorecard import Scorecard


@dataclass(frozen=True)
class Refusal:
    """A sentence that was dropped, as it came, and why."""

    sentence: str
    reason: str


@dataclass(frozen=True)
class Filled:
    """What may be shown: its text, the sentences it was made of (with their marks), and what was refused.

    ``marked`` holds the ids of the metrics whose figures are in the text.
    """

    text: str
    kept: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    marked: frozenset[str] = frozenset()


def fill(prose: str, scorecard: Scorecard, catalog: Catalog) -> Filled:
    """Check prose against a scorecard and put the computed values where its marks stand.

    A value, a previous value or a change is followed by the number of its receipt, once in a sentence; a value
    of another period than the scorecard's names it, whether the prose does or not.
    ``catalog`` tells which other metrics and roles exist, so that they are found when named.
    """
    ours = (scorecard.company, scorecard.role_name, *(row.metric.name for row in scorecard.rows))
    if reason := foreign(prose, tuple(name for name in ours if name and not name.isascii())):
        return Filled("", refused=(Refusal(prose, reason),))
    facts, kept, dropped = Facts(scorecard), dict[str, Sentence](), list[Refusal]()
    for sentence in split(prose, names(scorecard, catalog)):
        if reason := refused(sentence, facts):
            dropped.append(Refusal(sentence.text, reason))
            facts = Facts(scorecard)
        elif sentence.text not in kept:
            kept[sentence.text] = sentence
            about = metrics(sentence.tokens)
            facts = Facts(scorecard, next(iter(about)) if len(about) == 1 else None)
    marked = {mark.metric for sentence in kept.values() for mark in sentence.marks} - {"mix"}
    filled = " ".join("".join(_filled(sentence, facts)) for sentence in kept.values())
    return Filled(filled, tuple(kept), tuple(dropped), frozenset(marked))


def _filled(sentence: Sentence, facts: Facts) -> Iterator[str]:
    cited: set[str] = set()
    for piece in sentence.pieces:
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, Name):
            row = facts.row(piece.id) if piece.text == piece.id else None
            yield row.metric.name if row else piece.text
        else:
            place = sentence.tokens.index(piece)
            after = plain(sentence.tokens[place + 1 : place + 2])
            words = text(piece, facts, signed=needs_sign(words_before(sentence.tokens, place), after))
            yield _with_period(words, piece, sentence, facts)
            if (receipt := number(piece, facts)) and receipt not in cited:
                cited.add(receipt)
                yield receipt


def _with_period(words: str, mark: Mark, sentence: Sentence, facts: Facts) -> str:
    """A value with its period in brackets, where it is not the scorecard's and the sentence does not tell it."""
    row = facts.row(mark.metric)
    if row is None or mark.field != "value" or row.value.period == facts.scorecard.period:
        return words
    if any(other.metric == mark.metric and other.field == "period" for other in sentence.marks):
        return words
    figure, bracket, remarks = words.partition(" (")
    return f"{figure} ({row.value.period}, {remarks}" if bracket else f"{words} ({row.value.period})"
