"""What a question points back at: the lists shown before in this thread, a place in one, the last metric."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Request

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PLACE = re.compile(
    rf"\b(?P<word>{'|'.join(_PLACES)}|last|bottom)(?: one| metric| item| row| place| on the list)\b"
    rf"|\bthe (?P<bare>{'|'.join(_PLACES)})\b(?! (?:quarter|month|week|year|half))"
    r"|\b(?P<digits>\d{1,2})(?:st|nd|rd|th)\b(?! (?:quarter|month|week|year|half))"
    r"|(?:#|\b(?:number|no\.?|nr\.?|metric|item|row|place) ?)(?P<number>\d{1,2})\b"
)
_THOSE = re.compile(
    r"\b(?:of|from|out of|among|amongst|between|in)(?: all)? (?:those|these|them|that list|this list|the list|both"
    r"|the above|your list|what you|the lists|the two)\b|\bboth (?:sets|lists)\b"
)
_IT = re.compile(r"\b(?:it|that|this|they|them|that one|this one|that metric|this metric|its)\b")


@dataclass(frozen=True)
class Thread:
    """What was said before: the lists shown, newest last, and how the last question was read."""

    shown: tuple[tuple[str, ...], ...]
    last: Request | None

    @property
    def newest(self) -> tuple[str, ...]:
        """The list shown last."""
        return self.shown[-1] if self.shown else ()

    @property
    def role(self) -> str | None:
        """The role that the thread is about."""
        return self.last.role if self.last else None

    @property
    def all_shown(self) -> tuple[str, ...]:
        """Every metric of the lists shown, each once, in the order it came up."""
        return tuple(dict.fromkeys(metric for one in self.shown for metric in one))


def thread_of(shown: Sequence[Sequence[str]], last: Request | None, known: Sequence[str]) -> Thread:
    """The thread as far as the catalog still knows its metrics."""
    kept = (tuple(metric for metric in one if metric in known) for one in shown)
    return Thread(tuple(one for one in kept if one), last)


def points_at_lists(text: str) -> bool:
    """Does the question choose from what was shown ("only 10 of those")?"""
    return _THOSE.search(text) is not None


def metrics_at(text: str, thread: Thread) -> tuple[str, ...]:
    """The metrics at the places that the question names ("the third one"), or the last one ("it")."""
    offered = thread.last.alternatives if thread.last and thread.last.kind == "clarification" else ()
    for found in _PLACE.finditer(text):
        word = found["word"] or found["bare"]
        digits = found["digits"] or found["number"]
        place = -1 if word in ("last", "bottom") else _PLACES.index(word) if word else int(digits) - 1
        for one in (offered, *reversed(thread.shown)):
            if len(one) > max(place, 1) or (place == -1 and len(one) > 1):
                return (one[place],)
    if _IT.search(text) and thread.last and len(thread.last.metrics) == 1:
        return thread.last.metrics
    return ()
