"""What a question points back at: the lists shown before in this thread, a place in one, the last metric."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from bot.model import Request
from metrics.calendar.period_words import NUMBERS

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORD = "|".join(_PLACES)
_NOT_TIME = rf"(?! (?:quarter|month|week|year|half|day|\d|{'|'.join(NUMBERS)}))"
_PLACE = re.compile(
    rf"\b(?P<word>{_WORD}|last|bottom)(?: one| metric| item| row| place| on the list)\b"
    rf"|\bthe (?P<bare>{_WORD})\b{_NOT_TIME}"
    rf"|\b(?P<digits>\d{{1,2}})(?:st|nd|rd|th)\b{_NOT_TIME}"
    r"|(?:#|\b(?:number|no\.?|nr\.?|metric|item|row|place) ?)(?P<number>\d{1,2})\b"
    rf"|\bnumber (?P<spelt>{'|'.join(NUMBERS)})\b"
)
_WHY_NUMBER = re.compile(
    r"^(?:and |but |so |ok )*why(?: is| the| is the)? (?:#|no\.? ?|number )?(?P<n>\d{1,2})[ ?!.]*$"
)
_PAIR = re.compile(
    r"\b(?:between|compare|of) (?:#|no\.? |numbers? )?(?P<a>\d{1,2}) (?:and|vs\.?|with|to)"
    r" (?:#|no\.? |number )?(?P<b>\d{1,2})\b"
)
_THOSE = re.compile(
    r"\b(?:of|from|among|amongst|between|in)(?: all)? (?:those|these|them|this only|this just|this,"
    r"|that list|this list|the lists?|both"
    r"|the above|your list|what you|the two)\b|\bboth (?:sets|lists)\b"
)
_IT = re.compile(
    r"\b(?:it|its|it's|that|this|they|them)\b(?! (?:takes?|took|costs?|will|week|month|quarter|year|time|we|they|people"
    r"|reps|customers|is (?:hard|easy|difficult)|wants?|leaves?|left|quit|need|does|do)\b)"
)
LAST = -1


@dataclass(frozen=True)
class Thread:
    """What was said before: the lists shown, newest last, and how the last question was read.

    ``listed`` is how the question was read whose answer was the newest list, whatever was asked since.
    """

    shown: tuple[tuple[str, ...], ...]
    last: Request | None
    listed: Request | None = None

    @property
    def newest(self) -> tuple[str, ...]:
        """The list shown last."""
        return self.shown[-1] if self.shown else ()

    @property
    def all_shown(self) -> tuple[str, ...]:
        """Every metric of the lists shown, each once, in the order it came up."""
        return tuple(dict.fromkeys(metric for one in self.shown for metric in one))

    @property
    def last_metrics(self) -> tuple[str, ...]:
        """The metrics that the last question named."""
        return self.last.metrics if self.last else ()

    @property
    def role(self) -> str | None:
        """The role that the thread is about."""
        return next((one.role for one in (self.last, self.listed) if one and one.role), None)


def thread_of(
    shown: Sequence[Sequence[str]], last: Request | None, listed: Request | None, known: Container[str]
) -> Thread:
    """The thread, as far as the catalog still knows its metrics."""
    kept = (tuple(metric for metric in one if metric in known) for one in shown)
    if listed is None and last and last.kind == "recommendation":
        listed = last
    return Thread(tuple(one for one in kept if one), last, listed)


def points_at_lists(text: str) -> bool:
    """Whether the question chooses from what was shown ("only 10 of those")."""
    return _THOSE.search(text) is not None


def pointed_at(text: str, thread: Thread) -> str | None:
    """The metric (or the role offered) at the place that the question names, or the one it calls "it"."""
    last = thread.last
    offered = last.alternatives if last and last.kind == "clarification" else ()
    found_why = _WHY_NUMBER.search(text)
    if found_why and (place := int(found_why["n"]) - 1) in range(len(thread.newest)):
        return thread.newest[place]
    for found in _PLACE.finditer(text):
        for one in (offered, *reversed(thread.shown)):
            if len(one) > 1 and len(one) > (place := _place(found)):
                return one[place]
    if last and len(last.metrics) == 1 and _IT.search(text):
        return last.metrics[0]
    return None


def _place(found: re.Match[str]) -> int:
    """Counted from zero; the last one is -1."""
    word = found["word"] or found["bare"]
    if word:
        return LAST if word in ("last", "bottom") else _PLACES.index(word)
    if found["spelt"]:
        return NUMBERS[found["spelt"]] - 1
    return max(int(found["digits"] or found["number"]) - 1, 0)


def pointed_pair(text: str, thread: Thread) -> tuple[str, ...]:
    """The two metrics of the newest list whose places the question names ("the difference between 3 and 4")."""
    found = _PAIR.search(text)
    places = [int(found[name]) - 1 for name in ("a", "b")] if found else []
    inside = places and all(0 <= place < len(thread.newest) for place in places)
    return tuple(thread.newest[place] for place in places) if inside else ()


def place_in(text: str) -> int | None:
    """The place that a text names, counted from zero; the last one is -1."""
    found = _PLACE.search(text)
    return _place(found) if found else None
