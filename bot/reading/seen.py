"""All that a question names: metrics, a role, a count, a period, a dimension, a side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.reading.counts import count_of
from bot.reading.lexicon import Lexicon, Phrases, lexicon
from bot.reading.mentions import Mention, mentions, near
from bot.reading.roles import RoleRead, role_of
from bot.reading.spelling import respell
from bot.reading.text import plain, without, words
from metrics.model import Catalog
from metrics.period_words import find_period
from metrics.periods import Calendar, Period

Side = Literal["business", "people"]


@dataclass(frozen=True)
class Seen:
    """What was found in the words. ``rest`` is the text without the names and the period.

    ``grain`` is day, week, month, quarter or year where a course over time is asked for. ``unclear`` holds
    the ids between which a name leaves the choice, ``nearly`` the best three where no name was found.
    """

    text: str
    rest: str
    metrics: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    nearly: tuple[str, ...] = ()
    role: RoleRead = RoleRead()
    count: int | None = None
    period: Period | None = None
    second_period: Period | None = None
    dimension: str | None = None
    grain: str | None = None
    side: Side | None = None
    assumed: tuple[str, ...] = ()


def see(text: str, *, catalog: Catalog, calendar: Calendar, as_of: date, earlier_role: str | None) -> Seen:
    """Look a question over. ``earlier_role`` is the role that the thread was about."""
    names = lexicon(catalog)
    known = {
        word for phrases in (names.metrics, names.roles, names.dimensions) for p in phrases for word in p
    }
    asked = respell(plain(text), known)
    found = mentions(words(asked), _both(names))
    metrics = [_only(m, "metric") for m in found if _only(m, "metric").ids]
    roles = [_only(m, "role") for m in found if _only(m, "role").ids and not _only(m, "metric").ids]
    rest = without(asked, [(m.start, m.end) for m in found])
    period, second, rest = _periods(rest, calendar, as_of)
    dimension, grain, rest = _grouping(rest, names.dimensions)
    role = RoleRead()
    if roles:
        evidence = {word.text for word in words(asked)}
        role = role_of(roles[0], asked[roles[0].start : roles[0].end], evidence, catalog, earlier_role)
    certain = [m for m in metrics if len(m.ids) == 1]
    return Seen(
        text=asked,
        rest=rest,
        metrics=tuple(dict.fromkeys(m.ids[0] for m in certain)),
        unclear=tuple(dict.fromkeys(i for m in metrics if len(m.ids) > 1 for i in m.ids)),
        nearly=near(words(rest), names.metrics, names.weight),
        role=role,
        count=count_of(rest),
        period=period,
        second_period=second,
        dimension=dimension,
        grain=grain,
        side=_side(rest),
        assumed=tuple(
            f"{asked[m.start : m.end]!r} was read as {catalog.metrics[m.ids[0]].name}."
            for m in certain
            if m.typo
        ),
    )


def _both(names: Lexicon) -> Phrases:
    """Metrics and roles in one, so that the longer name wins: "RevOps adoption rate" is no role."""
    both: dict[tuple[str, ...], tuple[str, ...]] = {}
    for kind, phrases in (("metric", names.metrics), ("role", names.roles)):
        for phrase, ids in phrases.items():
            both[phrase] = both.get(phrase, ()) + tuple(f"{kind}:{i}" for i in ids)
    return both


def _only(found: Mention, kind: str) -> Mention:
    ids = tuple(i.partition(":")[2] for i in found.ids if i.startswith(f"{kind}:"))
    return Mention(ids, found.start, found.end, found.typo)


def _periods(text: str, calendar: Calendar, as_of: date) -> tuple[Period | None, Period | None, str]:
    """The first two periods named, and the text without them."""
    found = []
    for _ in range(2):
        if named := find_period(text, as_of=as_of, calendar=calendar):
            found.append(named[0])
            text = re.sub(r"\s+".join(map(re.escape, named[1].split())), " ", text, count=1)
    return (*found, None, None)[0], (*found, None, None)[1], text


_SPLIT = r"\b(?:by|per|across|for (?:each|every)|in (?:each|every)|each|every)(?: the| our)?"
_GRAINS = {
    "dai": "day",
    "day": "day",
    "wee": "week",
    "mon": "month",
    "qua": "quarter",
    "yea": "year",
    "ann": "year",
}
_GRAIN = re.compile(
    rf"(?:{_SPLIT} |\b(?:day|week|month|quarter|year)(?: by | over |[- ]on[- ]))(?P<a>day|week|month|quarter|year)s?\b"
    r"|\b(?P<b>daily|weekly|monthly|quarterly|yearly|annually)\b"
)
_GROUP = re.compile(
    rf"{_SPLIT} (?P<a>[\w/&-]+(?: [\w/&-]+){{0,3}})|\b(?P<b>[\w-]+)(?:[- ]wise| breakdown| split)\b"
)


def _grouping(text: str, dimensions: Phrases) -> tuple[str | None, str | None, str]:
    """The dimension and the grain asked for, and the text without their words."""
    grain = None
    if found := _GRAIN.search(text):
        grain = _GRAINS[(found["a"] or found["b"])[:3]]
        text = without(text, [found.span()])
    for found in _GROUP.finditer(text):
        which = "a" if found["a"] else "b"
        for mention in mentions(words(found[which]), dimensions)[:1]:
            start = found.start() if which == "a" else found.start(which)
            return mention.ids[0], grain, without(text, [(start, found.start(which) + mention.end)])
    return None, grain, text


_PEOPLE = r"(?:people|person(?:nel)?|human|leadership|employees?|staff|talent|hr|workforce|soft|team)"
_BUSINESS = r"(?:business|revenue|financial|finance|commercial|money|hard)"
_THING = r"(?:[\w/-]+ ){0,2}?(?:metrics?|kpis?|numbers?|measures?|stuff|side|ones|indicators?|figures|things|management|issues)"
_NOT = r"(?:no|without|drop|skip|exclude|excluding|remove|leave out|not|ignore|minus|forget)(?: \w+){0,3}?"


def _side(text: str) -> Side | None:
    """The side that the question names: what it wants only, else what it calls by its name."""
    if re.search(rf"\b{_NOT} {_PEOPLE}\b", text):
        return "business"
    if re.search(rf"\b{_NOT} {_BUSINESS}\b", text):
        return "people"
    people = re.search(rf"\b{_PEOPLE} {_THING}|\b{_PEOPLE}[ ?!.]*$|\b(?:about|on) {_PEOPLE}\b", text)
    business = re.search(rf"\b{_BUSINESS} {_THING}|\b(?:about|on) {_BUSINESS}\b", text)
    if bool(people) == bool(business):
        return None
    return "people" if people else "business"
