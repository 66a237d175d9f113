"""The list shown before, with metrics taken out or put in: "drop the bottom 3 and add churn"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model import Request
from bot.reading.counts import spelt_out
from bot.reading.lexicon import lexicon
from bot.reading.metrics_named import nearest
from bot.reading.pointing import Thread, place_in
from bot.reading.seen import Seen
from bot.reading.spelling import UNDERSTOOD
from bot.reading.stems import idle
from bot.reading.text import words
from metrics.model import Catalog

_OUT = (
    r"(?:drop|remove|delete|without|skip|take out|leave out|lose|cut|kick out|minus|get rid of|replace|swap|exclude"
    r"|not)"
)
_IN = r"(?:add|include|plus|put in|insert|append|with)"
_DROPS = re.compile(rf"\b{_OUT}\b(?P<what>.*?)(?=\b(?:and |but |, ?)*(?:{_IN}|for|with|by)\b|$)")
_PUTS = ("add", "include", "plus", "put in", "insert", "append")
_ADDS = re.compile(rf"\b(?P<add>{_IN}|for|with|by)\b(?P<what>.*?)(?=\b{_OUT}\b|$)")
_END = re.compile(r"\b(?P<end>bottom|last|first|top)(?: (?P<n>\d{1,2}|[a-z]+))?\b")


def edited(seen: Seen, thread: Thread, catalog: Catalog) -> Request | None:
    """The list with those changes; None where the question asks for none."""
    last, shown = thread.last, thread.newest
    if last is None or not shown or not re.search(rf"\b(?:{_OUT}|{_IN})\b", seen.text):
        return None
    dropped, added = _dropped(seen, shown), _added(seen, shown, catalog)
    if not (dropped or added):
        return None
    kept = tuple(metric for metric in shown if metric not in dropped)
    within = (*kept, *added)
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
