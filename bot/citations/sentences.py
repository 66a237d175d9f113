"""Prose -> sentences -> tokens: words, signs, marks (``[win_rate.value]``), and names the catalog knows.

Marks and names are taken out before anything is split or checked: what stands in them was written by us,
so a metric may well be called "Rule of 40" or "Lead to customer rate".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.citations.names import Name, Names

MARK = re.compile(r"\[([a-z][a-z0-9_]*)\.([a-z]+)\]")
PART = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d+|\S")
END = frozenset(".!?")
BOUNDARY_SIGNS = frozenset(",;:()–—")
BOUNDARY_WORDS = frozenset(["and", "but", "while", "whereas", "though", "although"])


@dataclass(frozen=True)
class Mark:
    """A place for a figure: whose (a metric's id, or ``mix``) and which."""

    metric: str
    field: str
    text: str


@dataclass(frozen=True)
class Word:
    """A word as it was written, or a run of digits, or a single sign."""

    text: str

    @cached_property
    def lower(self) -> str:
        """The word in lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")


Token = Word | Mark | Name
Piece = str | Mark | Name


@dataclass(frozen=True)
class Sentence:
    """One sentence: its text as it came, in pieces (to fill) and in tokens (to check)."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The sentence as it was written, marks and all."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words, signs, marks and names, in order."""
        return tuple(_tokens(self.pieces))

    @cached_property
    def clauses(self) -> tuple[tuple[Token, ...], ...]:
        """The tokens, split at commas, brackets and coordinating words."""
        clauses: list[list[Token]] = [[]]
        for token in self.tokens:
            if isinstance(token, Word) and (token.lower in BOUNDARY_WORDS or token.text in BOUNDARY_SIGNS):
                clauses.append([])
            else:
                clauses[-1].append(token)
        return tuple(tuple(clause) for clause in clauses if clause)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of the sentence, in order."""
        return tuple(token for token in self.tokens if isinstance(token, Mark))

    @cached_property
    def plain(self) -> str:
        """The words in lower case with single spaces; a mark is ``§``, a known name ``¤``."""
        return plain(self.tokens)


def plain(tokens: tuple[Token, ...]) -> str:
    """Tokens as one string to search for words and phrases."""
    return " ".join(
        "§" if isinstance(token, Mark) else "¤" if isinstance(token, Name) else token.lower
        for token in tokens
    )


def metrics(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Ids of the metrics that are marked or named."""
    named = {token.id for token in tokens if isinstance(token, Name) and token.kind == "metric"}
    return frozenset(
        named | {token.metric for token in tokens if isinstance(token, Mark) and token.metric != "mix"}
    )


def split(prose: str, names: Names) -> tuple[Sentence, ...]:
    """Cut a text into sentences. A line end ends one; a bullet before it is dropped, as are empty ones."""
    sentences: list[list[Piece]] = [[]]
    for piece in _pieces(prose, names):
        if not isinstance(piece, str):
            sentences[-1].append(piece)
            continue
        first, *rest = re.split(r"(?<=[.!?])\s+|\s*\n\s*(?:[-•]\s+)?", piece)
        sentences[-1].append(first)
        sentences.extend([part] for part in rest)
    return tuple(Sentence(tidy) for pieces in sentences if (tidy := _stripped(pieces)))


def _pieces(prose: str, names: Names) -> Iterator[Piece]:
    at = 0
    for found in MARK.finditer(prose):
        yield from names.find(prose[at : found.start()])
        yield Mark(found[1], found[2], found[0])
        at = found.end()
    yield from names.find(prose[at:])


def _stripped(pieces: list[Piece]) -> tuple[Piece, ...]:
    """The pieces without white space around them and without empty ones."""
    kept = [piece for piece in pieces if piece]
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip()
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip()
    return tuple(piece for piece in kept if piece)


def _tokens(pieces: tuple[Piece, ...]) -> Iterator[Token]:
    for piece in pieces:
        if isinstance(piece, str):
            yield from (Word(part) for part in PART.findall(piece))
        else:
            yield piece
