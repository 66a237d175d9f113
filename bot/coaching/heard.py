"""What a lesson may turn out to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.coaching.rules import Rule
from bot.memory.coached import Scope
from metrics.model import Side

Limit = Literal[
    "forgot",
    "floor",
    "always_side",
    "share",
    "side",
    "guarded",
    "block",
    "week",
    "fiscal_day",
    "company",
    "word",
    "same",
]
"""What cannot be taught, or need not be: each has its reason and what can be had instead."""


@dataclass(frozen=True)
class Understood:
    """A rule, the scope that was named if any, and a sentence for each thing that was assumed."""

    rule: Rule
    scope: Scope | None = None
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """The lesson leaves a choice: what to say instead, each a lesson of its own."""

    lessons: tuple[str, ...]


@dataclass(frozen=True)
class Limited:
    """Something that cannot be taught. ``side`` is the side of the scale, ``word`` the word that it is about."""

    limit: Limit
    side: Side | None = None
    word: str = ""


Heard = Understood | Choice | Limited | None
"""None: nothing that can be taught was understood."""
