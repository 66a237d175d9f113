"""How people ask for each metric of the shipped catalog in their own words: the texts beside this file.

A text has a metric's id on a line of its own and below it, indented, a phrasing a line. The first few of each metric
stand with its definition in the catalog, and a company's own metrics have theirs there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def said() -> Mapping[str, tuple[str, ...]]:
    """Metric -> its phrasings, read once."""
    found: dict[str, tuple[str, ...]] = {}
    texts = (one for one in files(__name__).iterdir() if one.name.endswith(".txt"))
    for text in sorted(texts, key=lambda one: one.name):
        for entry in text.read_text(encoding="utf-8").strip().split("\n\n"):
            metric, *phrasings = (line.strip() for line in entry.splitlines())
            found[metric] = tuple(phrasings)
    return found
