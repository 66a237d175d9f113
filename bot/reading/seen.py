"""All that a question names: metrics, a role, a count, periods, a dimension, a side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.reading.counts import count_of
from bot.reading.grouping import dimension_of, grain_of
from bot.reading.lexicon import Lexicon, Phrases, lexicon
from bot.reading.mentions import Mention, containing, mentions, near
from bot.reading.roles import RoleRead, nearly_roles, role_read
from bot.reading.sides import Side, named_side, wanted_side
from bot.reading.spelling import respell
from bot.reading.text import BARRIER, Word, plain, without, words
from metrics.model import Catalog
from metrics.period_words import find_period
from metrics.periods import Calendar, Period


@dataclass(frozen=True)
class Seen:
    """What was found in the words. ``rest`` is the text without the names and the periods.

    ``unclear`` holds the ids between which a name leaves the choice, ``nearly`` the best three where no name
    was found. ``baseline`` is a period to compare with. ``grain`` is day, week, month, quarter or year.
    """

    text: str
    rest: str
    metrics: tuple[str, ...]
    unclear: tuple[str, ...]
    nearly: tuple[str, ...]
    nearly_roles: tuple[str, ...]
    role: RoleRead
    count: int | None
    period: Period | None
    baseline: Period | None
    dimension: str | None
    grain: str | None
    side: Side | None
    about: Side | None
    misspelt: tuple[str, ...]


def see(text: str, *, catalog: Catalog, calendar: Calendar, as_of: date, earlier_role: str | None) -> Seen:
    """Look a question over. ``earlier_role`` is the role that the thread was about."""
    names = lexicon(catalog)
    asked = respell(plain(text), names.vocabulary)
    spelt = words(asked)
    found = mentions(spelt, _both(names))
    roles = [m for m in (_only(m, "role") for m in found) if m.ids]
    metrics = [_in_context(m, spelt, found, names) for m in (_only(m, "metric") for m in found) if m.ids]
    rest = without(asked, *((m.start, m.end) for m in found))
    period, baseline, rest = _periods(rest, calendar, as_of)
    grain, rest = grain_of(rest)
    dimension, rest = dimension_of(rest, names.dimensions)
    certain = [m for m in metrics if len(m.ids) == 1]
    named = [*names.metrics.items(), *names.everyday.items()]
    return Seen(
        text=asked,
        rest=rest,
        metrics=tuple(dict.fromkeys(m.ids[0] for m in certain)),
        unclear=tuple(dict.fromkeys(i for m in metrics if len(m.ids) > 1 for i in m.ids)),
        nearly=near(words(rest), named, names.weight),
        nearly_roles=nearly_roles(rest, names),
        role=role_read(
            roles,
            rest,
            asked,
            about_metrics=bool(metrics),
            names=names,
            catalog=catalog,
            earlier=earlier_role,
        ),
        count=count_of(rest),
        period=period,
        baseline=baseline,
        dimension=dimension,
        grain=grain,
        side=wanted_side(rest),
        about=named_side(rest),
        misspelt=tuple(
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


def _in_context(mention: Mention, text: list[Word], found: list[Mention], names: Lexicon) -> Mention:
    """A name with a telling word beside it may mean another metric: "MRR churn" is not MRR."""
    free = [w for w in text if not any(m.start <= w.start < m.end for m in found)]
    beside = [w.text for w in free if w.text != BARRIER and _touches(w, mention, text)]
    inside = [w.text for w in text if mention.start <= w.start < mention.end]
    for word in (word for word in beside if word in names.weight):
        owners = containing([*inside, word], names.metrics)
        if owners and not set(owners) & set(mention.ids):
            return Mention(owners, mention.start, mention.end, typo=True)
    return mention


def _touches(word: Word, mention: Mention, text: list[Word]) -> bool:
    places = [i for i, w in enumerate(text) if mention.start <= w.start < mention.end]
    return text.index(word) in (places[0] - 1, places[-1] + 1)


_AGAINST = r"(?:vs\.?|versus|compared (?:to|with)|against|than|relative to)(?: the| in)? "


def _periods(text: str, calendar: Calendar, as_of: date) -> tuple[Period | None, Period | None, str]:
    """The period asked for, the one to compare it with, and the text without both."""
    asked: list[Period] = []
    against: list[Period] = []
    for _ in range(2):
        if named := find_period(text, as_of=as_of, calendar=calendar):
            words_of_it = r"\s+".join(map(re.escape, named[1].split()))
            compared = re.search(rf"\b{_AGAINST}{words_of_it}", text)
            (against if compared else asked).append(named[0])
            text = re.sub(words_of_it, " ", text, count=1)
    asked.sort(key=lambda period: period.start, reverse=True)  # of two the later one is asked about
    first, second = (*asked, None, None)[:2]
    return first, (*against, second)[0], text
