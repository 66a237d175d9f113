"""What a value in the company's own words most likely stands for, and the line of `company.toml` that says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

ALIKE = 0.85
"""How alike two words have to be: another ending or a slip, not another word."""
NOT = {"not", "no", "non", "never", "un"}
UNKNOWN = "?"


def line(table: str, column: str, given: Iterable[str], known: Sequence[str]) -> str:
    """The line that maps values to known ones, to stand before all tables; with a question mark where none is meant."""
    pairs = (f"{_quoted(value)} = {_quoted(likely(value, known) or UNKNOWN)}" for value in given)
    return f"values.{table}.{column} = {{ {', '.join(pairs)} }}"


def likely(value: str, known: Sequence[str]) -> str:
    """The known value that is meant by another: in other letters, with more words around it, or misspelt; or none."""
    given = _plain(value)
    plain = {_plain(one): one for one in known}
    whole = {own.replace(" ", ""): one for own, one in plain.items()}
    if (same := given.replace(" ", "")) in whole:
        return whole[same]
    words = set(given.split())
    within = [one for own, one in plain.items() if set(own.split()) <= words]
    if len(within) == 1 and not words & NOT:
        return within[0]
    alike = get_close_matches(given, plain, n=1, cutoff=ALIKE)
    opposite = alike and (given.endswith(alike[0]) or alike[0].endswith(given))  # unpaid is not paid
    return plain[alike[0]] if alike and not opposite else ""


def _plain(text: str) -> str:
    return re.sub("[^a-z0-9]+", " ", text.lower()).strip()


def _quoted(text: str) -> str:
    """A printable string as TOML has it."""
    return json.dumps(text, ensure_ascii=False)
