"""Names as they stand inside a sentence."""

from __future__ import annotations

from collections.abc import Sequence


def spoken(name: str) -> str:
    """A name in the middle of a sentence: "win rate", and "EBITDA margin" or "SaaS quick ratio" as it is."""
    first = name.partition(" ")[0]
    return name[0].lower() + name[1:] if first[1:].islower() else name


def joined(names: Sequence[str], word: str = "and") -> str:
    """Names one after the other: "a, b and c"."""
    return f" {word} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
