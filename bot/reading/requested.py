"""What was seen in a question, of the kind that it is -> Request, and what of it is certain."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date

from bot.model import DEFAULT_COUNT, Kind, Request
from bot.reading.context.pointing import Thread, points_at_lists
from bot.reading.conversation.small_talk import small_talk_of
from bot.reading.names.groups_named import ABOUT_VALUES
from bot.reading.names.narrowing import left
from bot.reading.seen import Seen
from bot.reading.words.nearness import OFFERED

SAID_BESIDE = {"sure", "assumed", "alternatives", "chosen", "more", "small_talk", "again", "methods"}

EVERYTHING = frozenset(field.name for field in fields(Request)) - SAID_BESIDE
"""Every field that says what is wanted."""

CERTAIN: frozenset[Kind] = frozenset({"refusal", "coaching", "help"})
"""What no model may read otherwise, once the words said so."""


def request_of(kind: Kind, seen: Seen, thread: Thread, metrics: tuple[str, ...], as_of: date) -> Request:
    """The request of a kind that is known."""
    if kind == "refusal":
        return Request(kind, alternatives=metrics)
    if kind == "help":
        talk = small_talk_of(seen.text)
        return Request(kind, small_talk=talk, side=seen.about if talk == "coverage" else None)
    if kind == "recommendation":
        return _list(seen, thread, as_of)
    role = seen.role.role or (thread.role if kind == "explanation" else None)
    if kind == "explanation" and not (metrics or thread.newest):
        metrics = thread.last_metrics
    of_values = kind in ("value", "trend", "comparison")
    return Request(
        kind,
        role=role,
        count=seen.count if seen.dimension else None,
        metrics=metrics,
        period=seen.period if kind != "coaching" else None,
        dimension=(seen.grain if kind == "trend" else None) or seen.dimension,
        then_by=second_split(seen, kind) if of_values else None,
        filters=seen.filters if of_values else {},
        besides=seen.besides if of_values else {},
        only=seen.only if of_values else {},
        side=seen.about if kind == "explanation" else None if of_values else seen.side,
        within=thread.newest if kind == "explanation" else (),
        alternatives=seen.named.others,
        against=seen.against if of_values else None,
    )


def second_split(seen: Seen, kind: Kind) -> str | None:
    """What each step of a course over time is split by, or each group of a split."""
    return seen.dimension if kind == "trend" and seen.grain else seen.then_by


def _list(seen: Seen, thread: Thread, as_of: date) -> Request:
    """A list. Without a role it is for the one that the thread is about; it looks back, never ahead.

    Part of a list that was shown keeps its period and its groups.
    """
    default = DEFAULT_COUNT if re.search(r"\btop\b", seen.text) else None
    points = points_at_lists(seen.text)
    last = thread.listed if points else None
    period = seen.period or (last.period if last else None)
    return Request(
        "recommendation",
        role=seen.role.role or thread.role,
        count=seen.count or default,
        period=period if period and period.start <= as_of else None,
        dimension=seen.dimension,
        filters={**(last.filters if last else {}), **seen.filters},
        besides={**(last.besides if last else {}), **seen.besides},
        side=seen.side,
        within=thread.all_shown if points else (),
        alternatives=seen.role.others,
    )


def asked_back(seen: Seen, metrics: tuple[str, ...], kind: Kind | None) -> Request | None:
    """A question back, where a name or a method is ambiguous or only nearly one that the catalog knows."""
    offered: tuple[str, ...] = ()
    if seen.by.unclear and kind in (None, *ABOUT_VALUES):
        offered = seen.by.unclear
    elif kind == "recommendation" and not seen.role.role:
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
        then_by=seen.dimension if seen.grain else seen.then_by,
        filters=seen.filters,
        besides=seen.besides,
        only=seen.only,
        alternatives=offered[:OFFERED],
        unknown=seen.named.lacking,
        against=seen.against,
    )


def sure_of(request: Request, seen: Seen, kind: Kind | None) -> frozenset[str]:
    """All fields, where every word was understood; else those that were said. What is only likely stays open.

    A name that the rules call ambiguous is asked about, and so is a single word that is none: no model knows which
    of its meanings somebody has in mind.
    """
    ambiguous = request.kind == "clarification" and bool(
        seen.unclear or seen.by.unclear or len(left(seen.rest)) == 1
    )
    certain = ambiguous or (kind is not None and request.kind in CERTAIN)
    open_ = request.kind == "clarification" or seen.named.likely
    if certain or (not left(seen.rest) and not open_):
        return EVERYTHING
    said = {name for name in EVERYTHING if getattr(request, name)}
    if seen.named.likely:
        return frozenset(said - {"kind", "metrics"})
    return frozenset(said - {"kind"} if request.kind in ("help", "clarification") else said)
