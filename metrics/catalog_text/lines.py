"""Lines of plain text, at most 80 columns wide: two columns, and labelled paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill

WIDTH = 80
LABEL = 15


def pairs(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Two columns, the first as wide as it needs to be."""
    found = list(rows)
    wide = max((len(first) for first, _ in found), default=0) + 4
    for first, second in found:
        yield fill(second, WIDTH, initial_indent=f"  {first:<{wide - 2}}", subsequent_indent=" " * wide)


def facts(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Labelled paragraphs; those without words are left out."""
    for label, words in rows:
        if words:
            yield fill(
                words,
                WIDTH,
                initial_indent=f"{label:<{LABEL}}",
                subsequent_indent=" " * LABEL,
                break_long_words=False,
                break_on_hyphens=False,
            )


def plain(value: object) -> str:
    """A value as it stands in a catalog file, without brackets."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {plain(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(plain(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
