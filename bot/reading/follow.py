"""The last question again with something changed ("same for last year", "and by segment?", "only 5")."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Kind, Request
from bot.reading.choosing import chosen, meant_other
from bot.reading.context.pointing import Thread, points_at_lists
from bot.reading.editing import edited
from bot.reading.groups_kept import left_out, narrowed, shown_alone
from bot.reading.names.groups_named import ABOUT_VALUES
from bot.reading.requested import second_split
from bot.reading.seen import Seen
from bot.reading.times import time_cues
from bot.reading.wants import SETTLED, course_of
from bot.reading.words import cues
from metrics.calendar.periods import Period
from metrics.definition import Measure
from metrics.model import Catalog

LISTS = ("recommendation", "explanation")

OF_METRICS = (*ABOUT_VALUES, "definition")

BESIDE = ("coaching", "help")
"""What stands between a list and a question about it, without being what that question is about."""


def followed(
    seen: Seen, thread: Thread, metrics: tuple[str, ...], kind: Kind | None, catalog: Catalog
) -> Request | None:
    """What the question means as a change to the last one; None where it stands on its own."""
    last = thread.last
    if last is None or kind in SETTLED:
        return None
    if last.kind == "clarification":
        return chosen(seen, metrics, kind, last, catalog)
    if meant := meant_other(seen, last, catalog):
        return meant
    follows = cues.FOLLOWS.search(seen.text) is not None
    if last.kind in OF_METRICS and last.metrics and kind != "recommendation":
        changed = follows and bool(metrics or _changes(seen)) if seen.metrics else _changes(seen)
        return _values_again(seen, metrics, last) if changed else None
    if last.kind in LISTS or (last.kind in BESIDE and thread.listed):
        return _of_lists(seen, thread, _list_of(thread, last), metrics, kind, catalog, follows=follows)
    return None


def _list_of(thread: Thread, last: Request) -> Request:
    """The list that is spoken of: the newest one, unless the last question was about that of another role."""
    listed = thread.listed
    if listed is None or (last.role and last.role != listed.role):
        return last
    return listed


def _changes(seen: Seen) -> bool:
    """Whether something is named that an answer about values can change in."""
    if time_cues.EARLIER.search(seen.text) or time_cues.PRIOR.search(seen.text) or seen.never:
        return True
    groups = seen.filters or seen.besides or seen.groups.several
    return bool(seen.period or seen.dimension or groups or course_of(seen))


def _of_lists(
    seen: Seen,
    thread: Thread,
    last: Request,
    metrics: tuple[str, ...],
    kind: Kind | None,
    catalog: Catalog,
    *,
    follows: bool,
) -> Request | None:
    if (
        kind in (None, "recommendation", "value")
        and not seen.role.role
        and (changed := edited(seen, thread, catalog))
    ):
        return changed
    if metrics:
        return None
    if kind is None and seen.dimension in catalog.dimensions and thread.newest:
        return _split(seen, thread, last, catalog)
    shorter = kind is None and bool(seen.count or seen.period or seen.filters or seen.besides)
    same_role = follows or (seen.side is not None and not seen.role.role and not seen.role.others)
    other = kind == "recommendation" and same_role and not points_at_lists(seen.text)
    return _list_again(seen, last) if shorter or other else None


def _split(seen: Seen, thread: Thread, last: Request, catalog: Catalog) -> Request:
    """A list that is asked for by a dimension: the first of its metrics that can be split so.

    Where one of them was spoken of last, that one.
    """
    paths = catalog.dimensions[str(seen.dimension)].paths
    counted = ((one, catalog.metrics[one].numerator) for one in thread.newest)
    fit = [one for one, rows in counted if isinstance(rows, Measure) and rows.table in paths]
    asked_about = [one for one in thread.last_metrics if one in fit]
    return Request(
        "value",
        role=last.role,
        metrics=((asked_about or fit or thread.newest)[0],),
        period=seen.period or last.period,
        dimension=seen.dimension,
        filters={name: value for name, value in last.filters.items() if name != seen.dimension},
        besides=left_out(seen, last),
    )


def _values_again(seen: Seen, metrics: tuple[str, ...], last: Request) -> Request:
    """The last values: of other metrics or groups, in another period, by another dimension, over time."""
    before: Kind = last.kind if last.kind in ABOUT_VALUES else "value"
    kind = course_of(seen) or before
    return replace(
        last,
        kind=kind,
        metrics=metrics or last.metrics,
        period=seen.period or _moved(seen, last),
        dimension=(seen.grain if kind == "trend" else None) or seen.dimension or last.dimension,
        then_by=_second(seen, last, kind),
        filters=narrowed(seen, last),
        besides=left_out(seen, last),
        only=shown_alone(seen, last),
        against=seen.against or last.against,
        within=(),
        side=None,
        alternatives=seen.named.others,
        more=(),
        chosen=(),
    )


def _moved(seen: Seen, last: Request) -> Period | None:
    """The last period, or the one a year before it."""
    if last.period and time_cues.PRIOR.search(seen.text):
        return last.period.previous()
    earlier = last.period and not seen.against and time_cues.EARLIER.search(seen.text)
    return last.period.year_before() if last.period and earlier else last.period


def _second(seen: Seen, last: Request, kind: Kind) -> str | None:
    """What each part is split by in its turn; groups that were named together stay apart over time."""
    if not (seen.dimension or seen.grain):
        return last.then_by
    apart = next(iter(shown_alone(seen, last)), None) if seen.grain and not seen.dimension else None
    return second_split(seen, kind) or apart


def _list_again(seen: Seen, last: Request) -> Request:
    """The last list: shorter or longer, for another role, period, group or side."""
    return replace(
        last,
        kind="recommendation",
        role=seen.role.role or last.role,
        count=seen.count or last.count,
        metrics=(),
        period=seen.period or last.period,
        filters={
            name: value
            for name, value in {**last.filters, **seen.filters}.items()
            if name not in seen.besides
        },
        besides=left_out(seen, last),
        side=seen.side,
        within=last.within if last.kind == "recommendation" else (),
        alternatives=seen.role.others,
        more=(),
        chosen=(),
    )


def split_said(
    request: Request, metrics: tuple[str, ...], thread: Thread, catalog: Catalog
) -> tuple[str, ...]:
    """What to say of a split of a list in which no metric was named: which one it is, and how to have another."""
    if metrics or thread.last is None or thread.last.kind not in (*LISTS, *BESIDE) or request.kind != "value":
        return ()
    [metric] = request.metrics
    name, by = catalog.metrics[metric].name, catalog.dimensions[str(request.dimension)].name.lower()
    place = thread.newest.index(metric) + 1
    return (
        f"A list is not split as a whole: this is {name}, its number {place}, by {by}; name another to split that one.",
    )
