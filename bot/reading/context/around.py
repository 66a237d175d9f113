"""What is known around a question: who asks, where, what was said before, and how the company calls its groups."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from bot.model import Request
from bot.reading.context.pointing import Thread

Groups = Callable[[], Mapping[str, Sequence[str]]]
"""Dimension -> its values in the company's data; asked only where a question has words left to understand."""


def no_groups() -> Mapping[str, Sequence[str]]:
    """Nothing is known of the data."""
    return {}


class Known(TypedDict, total=False):
    """What may be known beside a question's text: see :func:`bot.reading.read`."""

    shown: Sequence[Sequence[str]]
    last: Request | None
    listed: Request | None
    choices: Mapping[str, str] | None
    channel_name: str
    title: str
    organisations: Collection[str]
    groups: Groups


@dataclass(frozen=True)
class Around:
    """``choices`` are what this user chose before: ``CRO`` or ``activation rate`` -> id.

    ``channel_name`` and ``title`` (of the user's profile) are evidence for what an ambiguous name means, and
    so are the roles that the company declares (``organisations``), the least of them.
    """

    thread: Thread
    choices: Mapping[str, str] = field(default_factory=dict)
    channel_name: str = ""
    title: str = ""
    organisations: Collection[str] = ()
    groups: Groups = no_groups

    @property
    def place(self) -> str:
        """The words of the channel's name and the user's title."""
        return f"{self.channel_name} {self.title}".replace("-", " ").replace("_", " ")
