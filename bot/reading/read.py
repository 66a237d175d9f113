"""Question -> Request, without a model: the same words in the same thread always mean the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date

from bot.model import Kind, Request
from bot.reading.advice import advice_asked
from bot.reading.counts import DEFAULT
from bot.reading.follow import chosen_role, followed
from bot.reading.mentions import OFFERED
from bot.reading.pointing import Thread, pointed_at, points_at_lists, thread_of
from bot.reading.seen import Seen, see
from bot.reading.spelling import UNDERSTOOD
from bot.reading.text import words
from bot.reading.wants import kind_of
from metrics.model import Catalog
from metrics.periods import Calendar

EVERYTHING = frozenset(field.name for field in fields(Request)) - {"sure", "assumed", "alternatives"}
"""Every field that says what is wanted."""

CERTAIN: frozenset[Kind] = frozenset({"refusal", "coaching", "help"})
"""What no model may read otherwise, once the words said so."""


def read(
    text: str,
    *,
    catalog: Catalog,
    calendar: Calendar,
    as_of: date,
    shown: Sequence[Sequence[str]] = (),
    last: Request | None = None,
) -> Request:
    """What a question means, made only of ids that the catalog knows.

    ``shown`` are the lists of metrics shown in this thread, newest last; ``last`` is how the question before
    was read. A name that is only nearly right is never answered: the request is then a clarification with
    the best three in ``alternatives``, as ids of metrics or roles. ``dimension`` is ``day``, ``week``,
    ``month``, ``quarter`` or ``year`` where a trend names its steps.
    """
    thread = thread_of(shown, last, catalog.metrics)
    seen = see(text, catalog=catalog, calendar=calendar, as_of=as_of, earlier_role=thread.role)
    if not words(seen.text):
        return Request("help", sure=EVERYTHING)
    pointed = None if seen.metrics else pointed_at(seen.text, thread)
    if last and pointed and pointed in catalog.roles:
        return replace(chosen_role(pointed, last), sure=EVERYTHING)
    metrics = seen.metrics or ((pointed,) if pointed else ())
    kind = kind_of(seen, thread, metrics)
    advised = None if kind in CERTAIN else advice_asked(seen, thread, metrics, catalog)
    if advised:
        return advised
    request = (
        followed(seen, thread, metrics, kind, catalog)
        or _asked_back(seen, metrics, kind)
        or _request(kind or "help", seen, thread, metrics, as_of)
    )
    return replace(request, assumed=_assumed(request, seen), sure=_sure(request, seen, kind))


def _request(kind: Kind, seen: Seen, thread: Thread, metrics: tuple[str, ...], as_of: date) -> Request:
    """The request of a kind that is known."""
    if kind == "refusal":
        return Request(kind)
    if kind == "recommendation":
        return _list(seen, thread, as_of)
    role = seen.role.role or (thread.role if kind == "explanation" else None)
    if kind == "explanation" and not (metrics or thread.newest):
        metrics = thread.last_metrics
    return Request(
        kind,
        role=role,
        count=seen.count if seen.dimension else None,
        metrics=metrics,
        period=seen.period if kind != "coaching" else None,
        dimension=(seen.grain if kind == "trend" else None) or seen.dimension,
        side=seen.about if kind == "explanation" else seen.side,
        within=thread.newest if kind == "explanation" else (),
    )


def _list(seen: Seen, thread: Thread, as_of: date) -> Request:
    """A list. Without a role it is for the one that the thread is about; it looks back, never ahead."""
    default = DEFAULT if re.search(r"\btop\b", seen.text) else None
    return Request(
        "recommendation",
        role=seen.role.role or thread.role,
        count=seen.count or default,
        period=seen.period if seen.period and seen.period.start <= as_of else None,
        dimension=seen.dimension,
        side=seen.side,
        within=thread.all_shown if points_at_lists(seen.text) else (),
        alternatives=seen.role.others,
    )


def _asked_back(seen: Seen, metrics: tuple[str, ...], kind: Kind | None) -> Request | None:
    """A question back, where a name is ambiguous or only nearly one that the catalog knows."""
    offered: tuple[str, ...] = ()
    if kind == "recommendation" and not seen.role.role:
        offered = seen.role.others or seen.nearly_roles
    elif kind is None and not metrics:
        offered = seen.unclear or seen.nearly_roles or seen.nearly
    if not offered:
        return None
    return Request(
        "clarification",
        role=seen.role.role,
        count=seen.count,
        period=seen.period,
        dimension=seen.grain or seen.dimension,
        alternatives=offered[:OFFERED],
    )


def _assumed(request: Request, seen: Seen) -> tuple[str, ...]:
    """One sentence for each thing that was assumed."""
    said = [seen.role.assumed] if seen.role.assumed and request.role == seen.role.role else []
    if request.metrics:
        said += seen.misspelt
    period, baseline = request.period, seen.baseline
    if request.kind == "comparison" and baseline:
        if not period:
            said.append(f"Values are compared with the period before, not with {baseline}.")
        elif baseline != period.previous():
            said.append(f"{period} is compared with the period before, not with {baseline}.")
    if request.kind in ("value", "trend", "comparison") and (narrower := _narrower(seen)):
        said.append(f"Nothing was filtered by {narrower!r}, which is no period, metric or group known here.")
    return tuple(said)


def _left(text: str) -> list[str]:
    """The words that nobody understood."""
    return [w.text for w in words(text) if w.text.isalpha() and w.text not in UNDERSTOOD]


def _narrower(seen: Seen) -> str:
    """A word that may have been meant to narrow the values down ("win rate EMEA", "in Berlin", "Sarah's")."""
    left = _left(seen.rest)
    if len(left) == 1:
        return left[0]
    for found in re.finditer(r"\b(?:for|in|of|at|from) (?:the )?([\w-]+)|\b(\w+)'s\b", seen.rest):
        if _left(named := found[1] or found[2]):
            return named
    return ""


def _sure(request: Request, seen: Seen, kind: Kind | None) -> frozenset[str]:
    """All fields, where every word was understood; else those that were said."""
    certain = kind is not None and request.kind in CERTAIN
    if certain or (not _left(seen.rest) and request.kind != "clarification"):
        return EVERYTHING
    said = {name for name in EVERYTHING if getattr(request, name)}
    return frozenset(said - {"kind"} if request.kind in ("help", "clarification") else said)
