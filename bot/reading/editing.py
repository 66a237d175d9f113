"""The list shown before, with metrics taken out or put in: "drop the bottom 3 and add churn"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model import Request
from bot.reading.context.pointing import Thread, place_in
from bot.reading.names.own_words import nearest
from bot.reading.seen import Seen
from bot.reading.words.counts import spelt_out
from bot.reading.words.lexicon import lexicon
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.stems import idle
from bot.reading.words.text import words
from metrics.model import Catalog

_OUT = (
    r"(?:drop|remove|delete|without|skip|take out|leave out|lose|cut|kill|scrap|ditch|axe|bin|toss"
    r"|kick out|minus|get rid of|replace|swap|exclude|not)"
)
_IN = r"(?:add|include|plus|put in|insert|append|with)"
_DROPS = re.compile(rf"\b{_OUT}\b(?P<what>.*?)(?=\b(?:and |but |, ?)*(?:{_IN}|for|with|by)\b|$)")
_PUTS = ("add", "include", "plus", "put in", "insert", "append")
_ADDS = re.compile(rf"\b(?P<add>{_IN}|for|with|by)\b(?P<what>.*?)(?=\b{_OUT}\b|$)")
_KEEPS = re.compile(
    r"^(?:(?:please|now|ok|okay|and|only|just|keep|show|give me|i want) )*(?:the )?"
    r"(?:(?P<end>first|top|last|bottom) (?P<n>half|\d{1,2}|[a-z]+)|(?P<half>half) of (?:those|them|these|it|the list))"
    r"(?: of (?:those|them|these))?(?: (?:please|only|pls|would do))*[ .!?]*$"
)
"""Which end of the list is to stay."""

_END = re.compile(r"\b(?P<end>bottom|last|first|top)(?: (?P<n>\d{1,2}|[a-z]+))?\b")


def edited(seen: Seen, thread: Thread, catalog: Catalog) -> Request | None:
    """The list with those changes; None where the question asks for none."""
    last, shown = thread.last, thread.newest
    if last is None or not shown:
        return None
    added: tuple[str, ...] = ()
    within = _kept(seen, shown)
    if not within and re.search(rf"\b(?:{_OUT}|{_IN})\b", seen.text):
        dropped, added = _dropped(seen, shown), _added(seen, shown, catalog)
        within = (*(metric for metric in shown if metric not in dropped), *added) if dropped or added else ()
    if not within:
        return None
    return replace(
        last,
        kind="recommendation",
        count=len(within),
        metrics=added,
        within=within,
        side=None,
        alternatives=(),
        more=(),
    )


def _kept(seen: Seen, shown: tuple[str, ...]) -> tuple[str, ...]:
    """The end of the list that is to stay: "only the last three", "the top half"."""
    found = _KEEPS.search(seen.text)
    if not found:
        return ()
    half = found["half"] or found["n"] == "half"
    number = len(shown) // 2 if half else spelt_out(found["n"] or "")
    last = found["end"] in ("last", "bottom")
    if not number or number > len(shown) or not (half or last):
        return ()
    return shown[-number:] if last else shown[:number]


def _dropped(seen: Seen, shown: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for part in _DROPS.finditer(seen.text):
        start, end = part.span("what")
        named = [metric for metric, at in seen.named.places if start <= at < end and metric in shown]
        if named:
            found += named
        elif ends := _END.search(part["what"]):
            number = spelt_out(ends["n"] or "one") or 1
            found += shown[:number] if ends["end"] in ("first", "top") else shown[-number:]
        elif (place := place_in(part["what"])) is not None and -1 <= place < len(shown):
            found.append(shown[place])
    return tuple(dict.fromkeys(found))


def _added(seen: Seen, shown: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """Those that are named, or the nearest to what is ("add churn")."""
    found: list[str] = []
    for part in _ADDS.finditer(seen.text):
        start, end = part.span("what")
        named = [metric for metric, at in seen.named.places if start <= at < end]
        puts = part["add"] in _PUTS and _left(part["what"])
        found += named or (nearest(part["what"], lexicon(catalog))[:1] if puts else ())
    return tuple(metric for metric in dict.fromkeys(found) if metric not in shown)


def _left(what: str) -> bool:
    return any(
        word.text.isalpha() and word.text not in UNDERSTOOD and not idle(word.text) for word in words(what)
    )
