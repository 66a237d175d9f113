"""The last question again with something changed ("same for last year", "and by segment?", "only 5")."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Kind, Request
from bot.reading import cues
from bot.reading.pointing import Thread, points_at_lists
from bot.reading.seen import Seen
from bot.reading.text import key, words
from bot.reading.wants import SETTLED, course_of
from metrics.model import Catalog


def followed(
    seen: Seen, thread: Thread, metrics: tuple[str, ...], kind: Kind | None, catalog: Catalog
) -> Request | None:
    """What the question means as a change to the last one; None where it stands on its own."""
    last = thread.last
    if last is None or kind in SETTLED:
        return None
    if last.kind == "clarification":
        return _chosen(seen, metrics, kind, last, catalog)
    follows = cues.FOLLOWS.search(seen.text) is not None
    if last.metrics and kind != "recommendation":
        changed = follows if seen.metrics else bool(seen.period or seen.dimension or course_of(seen))
        return _values_again(seen, metrics, last) if changed else None
    if last.kind in ("recommendation", "explanation") and not metrics:
        shorter = kind is None and bool(seen.count or seen.period)
        other = kind == "recommendation" and follows and not points_at_lists(seen.text)
        return _list_again(seen, last) if shorter or other else None
    return None


def chosen_role(role: str, last: Request) -> Request:
    """The last question, for the role that it left open."""
    return replace(last, kind="recommendation", role=role, alternatives=())


def _values_again(seen: Seen, metrics: tuple[str, ...], last: Request) -> Request:
    """The last values: of other metrics, in another period, by another dimension, over time."""
    before: Kind = last.kind if last.kind in ("value", "trend", "comparison") else "value"
    kind = course_of(seen) or before
    return replace(
        last,
        kind=kind,
        metrics=metrics or last.metrics,
        period=seen.period or last.period,
        dimension=(seen.grain if kind == "trend" else None) or seen.dimension or last.dimension,
        within=(),
        side=None,
        alternatives=(),
    )


def _list_again(seen: Seen, last: Request) -> Request:
    """The last list: shorter or longer, for another role, period or side."""
    return replace(
        last,
        kind="recommendation",
        role=seen.role.role or last.role,
        count=seen.count or last.count,
        metrics=(),
        period=seen.period or last.period,
        side=seen.side,
        within=last.within if last.kind == "recommendation" else (),
        alternatives=seen.role.others,
    )


def _chosen(
    seen: Seen, metrics: tuple[str, ...], kind: Kind | None, last: Request, catalog: Catalog
) -> Request | None:
    """An answer to "which of these do you mean?"."""
    meant = [*metrics, *filter(None, (seen.role.role,)), *_by_a_word(seen, last, catalog)]
    choice = next((one for one in meant if one in last.alternatives), None)
    if choice is None:
        return None
    if choice in catalog.roles:
        return chosen_role(choice, last)
    wanted: Kind = "advice" if last.topic else "value" if kind in (None, "recommendation") else kind
    return replace(last, kind=wanted, metrics=(choice,), alternatives=(), period=seen.period or last.period)


def _by_a_word(seen: Seen, last: Request, catalog: Catalog) -> list[str]:
    """The alternatives whose names hold every word of the answer ("product", "the gross one")."""
    said = {word.text for word in words(seen.text)} - {"one"}
    named = {
        one: catalog.metrics[one].name if one in catalog.metrics else catalog.roles[one].name
        for one in last.alternatives
        if one in catalog.metrics or one in catalog.roles
    }
    found = [one for one, name in named.items() if said and said <= set(key(name))]
    return found if len(found) == 1 else []
