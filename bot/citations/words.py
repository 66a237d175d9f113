"""Lists of words and phrases -> one pattern to search a sentence for."""

from __future__ import annotations

import re


def phrases(text: str) -> re.Pattern[str]:
    """A pattern that finds any of the comma-separated phrases as whole words.

    ``*`` stands for the rest of a word; anything else is a regular expression, matched against the sentence
    in lower case with ``§`` for a mark and ``¤`` for a name the catalog knows.
    """
    terms = [" ".join(term.split()).replace("*", r"\w*") for term in text.split(",")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(term for term in terms if term)})(?!\w)")


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())
