"""Question -> Request, without a model: the same words in the same thread always mean the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date

from bot.model import Kind, Request
from bot.reading.counts import DEFAULT
from bot.reading.mentions import OFFERED
from bot.reading.pointing import Thread, metrics_at, points_at_lists, thread_of
from bot.reading.seen import Seen, see
from bot.reading.spelling import UNDERSTOOD
from bot.reading.text import BARRIER, words
from bot.reading.wants import kind_of
from metrics.model import Catalog
from metrics.periods import Calendar

EVERYTHING = frozenset(field.name for field in fields(Request)) - {"sure", "assumed", "alternatives"}
_FOLLOWS = re.compile(
    r"^(?:ok |okay |so )*(?:and|same|what about|how about|now|also|then|only|just|but|make it|instead)\b"
)


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
    the best three in ``alternatives``. ``dimension`` is ``day``, ``week``, ``month``, ``quarter`` or ``year``
    where a trend names its steps.
    """
    thread = thread_of(shown, last, tuple(catalog.metrics))
    seen = see(text, catalog=catalog, calendar=calendar, as_of=as_of, earlier_role=thread.role)
    if not words(seen.text):
        return Request("help", sure=EVERYTHING)
    pointed = () if seen.metrics else metrics_at(seen.text, thread)
    if last and pointed and pointed[0] in catalog.roles:
        return _chosen_role(pointed[0], last)
    metrics = seen.metrics or pointed
    kind = kind_of(seen, thread, metrics)
    if followed := _followed(seen, thread, metrics, kind):
        return followed
    if unclear := _unclear(seen, metrics, kind):
        return unclear
    return _request(kind or "help", seen, thread, metrics)


def _request(kind: Kind, seen: Seen, thread: Thread, metrics: tuple[str, ...]) -> Request:
    """The request of a kind that is known. A list without a role is for the role the thread is about."""
    listed = kind in ("recommendation", "explanation")
    within: tuple[str, ...] = ()
    if kind == "explanation":
        within = thread.newest
    elif kind == "recommendation" and points_at_lists(seen.text):
        within = thread.all_shown
    count = seen.count
    if kind == "recommendation" and count is None and re.search(r"\btop\b", seen.text):
        count = DEFAULT
    kept = kind != "refusal"
    request = Request(
        kind,
        role=(seen.role.role or (thread.role if listed else None)) if kept else None,
        count=count if kind == "recommendation" or (kind == "value" and seen.dimension) else None,
        metrics=metrics if kept and kind != "recommendation" else (),
        period=seen.period if kept else None,
        dimension=(seen.grain if kind == "trend" else None) or seen.dimension if kept else None,
        side=seen.side if kept else None,
        within=within,
        assumed=_assumed(kind, seen),
        alternatives=seen.role.choices if kept else (),
    )
    return replace(request, sure=_sure(request, seen))


def _assumed(kind: Kind, seen: Seen) -> tuple[str, ...]:
    """One sentence for each thing that was assumed."""
    if kind in ("help", "refusal"):
        return ()
    said = [seen.role.assumed] if seen.role.assumed else []
    if kind != "recommendation":
        said += seen.assumed
    first, second = seen.period, seen.second_period
    if kind == "comparison" and first and second and second not in (first.previous(), first.year_before()):
        said.append(f"{first} is compared with the period before it, not with {second}.")
    return tuple(said)


def _followed(seen: Seen, thread: Thread, metrics: tuple[str, ...], kind: Kind | None) -> Request | None:
    """The last question again with something changed ("same for last year", "and by segment?")."""
    last = thread.last
    if last is None or kind in ("refusal", "coaching", "help", "explanation", "advice", "definition"):
        return None
    if last.kind == "clarification":
        return _chosen(seen, metrics, kind, last)
    follows = _FOLLOWS.search(seen.text) is not None
    changed = seen.period or seen.dimension or seen.grain or kind in ("trend", "comparison")
    if last.metrics and (
        follows and kind != "recommendation" if seen.metrics else kind != "recommendation" and changed
    ):
        return _again(seen, metrics, kind, last)
    if last.kind in ("recommendation", "explanation") and not metrics:
        if kind is None and (seen.count or seen.period) or kind == "recommendation" and follows:
            return _list_again(seen, thread, last)
    return None


def _again(seen: Seen, metrics: tuple[str, ...], kind: Kind | None, last: Request) -> Request:
    """The last values again, of other metrics, another period, another dimension or over time."""
    wanted: Kind = "value" if last.kind in ("definition", "explanation", "recommendation") else last.kind
    if kind in ("trend", "comparison"):
        wanted = kind
    request = replace(
        last,
        kind=wanted,
        metrics=metrics or last.metrics,
        period=seen.period or last.period,
        dimension=(seen.grain if wanted == "trend" else None) or seen.dimension or last.dimension,
        within=(),
        alternatives=(),
        assumed=_assumed(wanted, seen),
    )
    return replace(request, sure=_sure(request, seen))


def _list_again(seen: Seen, thread: Thread, last: Request) -> Request:
    """The last list again, shorter, for another role, period or side."""
    pointed = points_at_lists(seen.text)
    request = replace(
        last,
        kind="recommendation",
        role=seen.role.role or last.role,
        count=seen.count or (None if pointed else last.count),
        metrics=(),
        period=seen.period or last.period,
        side=seen.side,
        within=thread.all_shown if pointed else (last.within if last.kind == "recommendation" else ()),
        alternatives=seen.role.choices,
        assumed=_assumed("recommendation", seen),
    )
    return replace(request, sure=_sure(request, seen))


def _chosen(seen: Seen, metrics: tuple[str, ...], kind: Kind | None, last: Request) -> Request | None:
    """An answer to "which of these did you mean?"."""
    role = seen.role.role or next((r for r in seen.role.choices if r in last.alternatives), None)
    if role in last.alternatives:
        return _chosen_role(role, last)
    if metrics and metrics[0] in last.alternatives:
        chosen = replace(last, kind=kind or "value", metrics=metrics, alternatives=(), assumed=())
        return replace(chosen, period=seen.period or last.period, sure=EVERYTHING)
    return None


def _chosen_role(role: str, last: Request) -> Request:
    return replace(last, kind="recommendation", role=role, alternatives=(), assumed=(), sure=EVERYTHING)


def _unclear(seen: Seen, metrics: tuple[str, ...], kind: Kind | None) -> Request | None:
    """A question back, where a name is ambiguous or only nearly one that the catalog knows."""
    offered: tuple[str, ...] = ()
    if kind == "recommendation" and not seen.role.role:
        offered = seen.role.choices
    elif kind in (None, "value", "definition", "trend", "comparison") and not metrics:
        offered = seen.unclear or seen.nearly
    if not offered:
        return None
    request = Request(
        "clarification",
        role=seen.role.role,
        count=seen.count,
        period=seen.period,
        dimension=seen.grain or seen.dimension,
        alternatives=offered[:OFFERED],
    )
    return replace(request, sure=_sure(request, seen) - {"kind", "metrics", "role"})


def _sure(request: Request, seen: Seen) -> frozenset[str]:
    """All fields, where every word was understood; else those that were said."""
    left = {word.text for word in words(seen.rest)} - UNDERSTOOD - {BARRIER}
    if request.kind in ("refusal", "coaching") or not any(word.isalpha() for word in left):
        return EVERYTHING
    said = {name for name in EVERYTHING if getattr(request, name)}
    return frozenset(said - ({"kind"} if request.kind == "help" else set()))
