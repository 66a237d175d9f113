"""Question -> Request, without a model: the same words in the same thread always mean the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.model import Request
from bot.reading.advising.advice import advice_asked
from bot.reading.and_who import with_nobody_named
from bot.reading.choosing import chosen_role
from bot.reading.context.around import Around, Groups, no_groups
from bot.reading.context.pointing import Thread, pointed_at, pointed_pair, points_at_lists, thread_of
from bot.reading.conversation.small_talk import small_talk_of
from bot.reading.follow import followed, split_said
from bot.reading.names.groups_named import ABOUT_VALUES
from bot.reading.names.methods_named import methods_named
from bot.reading.remarks import remarks
from bot.reading.requested import CERTAIN, EVERYTHING, asked_back, request_of, sure_of
from bot.reading.seen import Seen, see
from bot.reading.several import clause_of, first_of
from bot.reading.times import time_cues
from bot.reading.wants import kind_of
from bot.reading.words import cues
from bot.reading.words.text import words
from metrics.calendar.periods import Calendar
from metrics.model import Catalog


def read(
    text: str,
    *,
    catalog: Catalog,
    calendar: Calendar,
    as_of: date,
    shown: Sequence[Sequence[str]] = (),
    last: Request | None = None,
    listed: Request | None = None,
    choices: Mapping[str, str] | None = None,
    channel_name: str = "",
    title: str = "",
    organisations: Collection[str] = (),
    groups: Groups = no_groups,
) -> Request:
    """What a question means, made only of ids that the catalog knows.

    ``shown`` are the lists of metrics shown in this thread, newest last; ``last`` is how the question before
    was read, ``listed`` the one that the newest list answered. ``choices`` (what this user chose an ambiguous
    name to mean), ``channel_name``, ``title`` and ``organisations`` are evidence for ambiguous names, in this
    order. ``groups`` gives the values of the company's dimensions, for filters; it is called only where words
    are left to understand.

    A name that is only nearly right is never answered: the request is then a clarification with the best
    three in ``alternatives``, as ids of metrics or roles. ``dimension`` is ``day``, ``week``, ``month``,
    ``quarter`` or ``year`` where a trend names its steps. Of several questions the first is read, the others
    are in ``more``.
    """
    thread = thread_of(shown, last, listed, catalog.metrics)
    around = Around(thread, choices or {}, channel_name, title, organisations, groups)

    def one(part: str, around: Around = around) -> Request:
        return _one(part, catalog, calendar, as_of, around)

    if figure := with_nobody_named(text, one, last, catalog):
        return figure
    whole = one(text)
    whole = clause_of(whole, text, one) or whole
    alone = replace(around, thread=Thread((), None))
    return first_of(whole, text, lambda part: one(part, alone)) or whole


def _one(text: str, catalog: Catalog, calendar: Calendar, as_of: date, around: Around) -> Request:
    """What one question means."""
    thread = around.thread
    seen = see(text, catalog=catalog, calendar=calendar, as_of=as_of, around=around)
    if seen.named.likely and _of_something_else(seen, thread):
        seen = see(text, catalog=catalog, calendar=calendar, as_of=as_of, around=around, guess=False)
    if not words(seen.text):
        return Request("help", sure=EVERYTHING, small_talk=small_talk_of(seen.text))
    pointed = None if seen.metrics else pointed_at(seen.text, thread)
    if thread.last and pointed and pointed in catalog.roles:
        return replace(chosen_role(pointed, thread.last, catalog), sure=EVERYTHING)
    metrics = seen.metrics or pointed_pair(seen.text, thread) or ((pointed,) if pointed else ())
    kind = kind_of(seen, thread, metrics)
    if kind not in CERTAIN and (advised := _advised(seen, text, catalog, calendar, as_of, around, metrics)):
        return advised
    request = (
        followed(seen, thread, metrics, kind, catalog)
        or asked_back(seen, metrics, kind)
        or request_of(kind or "help", seen, thread, metrics, as_of)
    )
    request = replace(request, methods=_methods(text, seen, request, catalog))
    request = replace(request, chosen=request.chosen or (*seen.role.chosen, *seen.named.chosen))
    said = (*split_said(request, metrics, thread, catalog), *remarks(request, seen, catalog))
    return replace(request, assumed=said, sure=sure_of(request, seen, kind))


def _methods(text: str, seen: Seen, request: Request, catalog: Catalog) -> dict[str, str]:
    """By which method each metric is asked for: what is said now, else what was said in the question before."""
    if request.kind == "definition":
        return {metric: method for metric, method in seen.by.methods.items() if metric in request.metrics}
    if request.kind not in ABOUT_VALUES:
        return {}
    named = methods_named(text, request.metrics, catalog, known=seen.metrics)
    said = {**request.methods, **named, **seen.by.methods}
    return {metric: method for metric, method in said.items() if metric in request.metrics}


def _again(text: str) -> bool:
    """Whether it is the last question again, or for the time before."""
    return bool(cues.SAME.search(text) or time_cues.PRIOR.search(text) or time_cues.EARLIER.search(text))


def _of_something_else(seen: Seen, thread: Thread) -> bool:
    """Whether it teaches, or points at what was shown, so that words that are like a metric's mean nothing."""
    if (
        cues.TEACHES.search(seen.text)
        or (thread.last and _again(seen.text))
        or (thread.newest and (seen.about or seen.side))
    ):
        return True
    points = pointed_at(seen.text, thread) or pointed_pair(seen.text, thread) or points_at_lists(seen.text)
    return bool((thread.newest or thread.last_metrics) and points)


def _advised(
    seen: Seen,
    text: str,
    catalog: Catalog,
    calendar: Calendar,
    as_of: date,
    around: Around,
    metrics: tuple[str, ...],
) -> Request | None:
    """Advice, where it is asked for: about what is named, not about what the words are only like."""
    if cues.RULES_OFF.search(seen.text):
        return None
    if seen.named.likely:
        metrics = ()
        seen = see(text, catalog=catalog, calendar=calendar, as_of=as_of, around=around, guess=False)
    advised = advice_asked(seen, around, metrics, catalog)
    if advised or not seen.filters:
        return advised
    ungrouped = replace(around, groups=no_groups)  # "retention" may be a group, and what is driven
    whole = see(text, catalog=catalog, calendar=calendar, as_of=as_of, around=ungrouped, guess=False)
    return advice_asked(whole, ungrouped, metrics, catalog)
