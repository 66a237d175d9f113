"""All that a question names: metrics, a role, a count, periods, a dimension, groups, a side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.model import Against
from bot.reading.context.around import Around
from bot.reading.conversation.chatter import asked_in
from bot.reading.names.filters import Filtered
from bot.reading.names.grouping import dimension_of, grain_beside, grain_of, named_split, second_of
from bot.reading.names.groups_named import groups_named
from bot.reading.names.leaving_out import besides_of
from bot.reading.names.methods_said import NO_METHODS, MethodsSaid, methods_said
from bot.reading.names.metrics_named import MetricsRead, metrics_read, sharing_an_end
from bot.reading.names.own_words import in_everyday_words, nearest, spoken_of
from bot.reading.names.roles import RoleRead, nearly_roles, of_elsewhere, role_read
from bot.reading.people.persons import about_one
from bot.reading.times.never import no_period
from bot.reading.times.when import as_one, when
from bot.reading.words.counts import Counted, count_of
from bot.reading.words.cues import OF_METRICS, OURS, TELLS_ME_WHAT_TO_DO
from bot.reading.words.lexicon import Lexicon, lexicon
from bot.reading.words.mentions import Mention, mentions
from bot.reading.words.sides import Side, named_side, wanted_side
from bot.reading.words.spelling import UNDERSTOOD, respell
from bot.reading.words.text import plain, without, words
from metrics.calendar.periods import Calendar, Period
from metrics.model import Catalog

WORDS_TOO = ("ad", "ads")
"""Acronyms of metrics that are words as well."""


@dataclass(frozen=True)
class Seen:
    """What was found in the words. ``bare`` is the text without names, ``rest`` without the periods too.

    ``nearly`` holds the best three where no name was found. ``against`` is what to compare with. ``grain`` is
    day, week, month, quarter or year. ``then_by`` is a second dimension beside the first. ``person`` says that one
    person's data is asked for. ``never`` is what looks like a period and is none, and why; ``elsewhere`` says that it
    is for somebody of another place than this company; ``typed`` is the message as it was written, ``by`` the methods
    that were named, ``periods_besides`` the periods that were and for which nothing is answered.
    """

    typed: str
    text: str
    bare: str
    rest: str
    named: MetricsRead
    nearly: tuple[str, ...]
    nearly_roles: tuple[str, ...]
    role: RoleRead
    counted: Counted
    period: Period | None
    against: Against | None
    dimension: str | None
    then_by: str | None
    grain: str | None
    groups: Filtered
    side: Side | None
    about: Side | None
    person: bool
    never: tuple[str, str] | None = None
    periods_besides: tuple[Period, ...] = ()
    elsewhere: bool = False
    by: MethodsSaid = NO_METHODS

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that are named."""
        return self.named.ids

    @property
    def unclear(self) -> tuple[str, ...]:
        """The metrics between which a name leaves the choice."""
        return self.named.unclear

    @property
    def count(self) -> int | None:
        """How many are asked for."""
        return self.counted.number

    @property
    def filters(self) -> Mapping[str, str]:
        """The groups that it is narrowed to."""
        return self.groups.filters

    @property
    def besides(self) -> Mapping[str, tuple[str, ...]]:
        """The groups that it leaves out."""
        return besides_of(self.groups.left_out, self.filters)

    @property
    def only(self) -> Mapping[str, tuple[str, ...]]:
        """The groups of a split that it names, where it names several."""
        split_by = (self.dimension, self.then_by)
        return {name: values for name, values in self.groups.only.items() if name in split_by}


def see(
    text: str, *, catalog: Catalog, calendar: Calendar, as_of: date, around: Around, guess: bool = True
) -> Seen:
    """Look a question over. With ``guess`` a metric that it is only most like is taken as named."""
    names = lexicon(catalog)
    by = methods_said(respell(asked_in(plain(text)), names.vocabulary), names, catalog)
    asked = by.text
    spelt = words(asked)
    found = [m for m in mentions(spelt, names.both) if not (m.typo and _of_a_split(m, asked, names))]
    roles = [m for m in (_only(m, "role") for m in found) if m.ids]
    metrics = [m for m in (_only(m, "metric") for m in found) if m.ids and not _plain_word(m, asked, text)]
    metrics = sharing_an_end(metrics, spelt, names)
    named = metrics_read(metrics, spelt, asked, names=names, catalog=catalog, around=around)
    groups = groups_named(asked, spelt, metrics, roles, named, names, catalog, around, text)
    elsewhere = [
        m for m in roles if of_elsewhere(m, asked, names.vocabulary | names.everyday.words | UNDERSTOOD)
    ]
    roles = [m for m in roles if m not in elsewhere]
    roles = [m for m in roles if not any(m.start < end and start < m.end for start, end in groups.spans)]
    rest = without(asked, *((m.start, m.end) for m in (*metrics, *roles)), *groups.spans)
    bare = rest
    never = no_period(rest)
    time = when(rest.replace(never[0], " ") if never else rest, calendar, as_of)
    grain, rest = grain_of(time.rest)
    time = as_one(time, asked, in_steps=bool(grain), of_metrics=bool(metrics))
    grain = grain or time.steps
    dimension, rest = (second_of if grain else dimension_of)(rest, names.dimensions)
    dimension = dimension or named_split(asked, [(m.start, m.end) for m in metrics], names.dimensions)
    if dimension and not grain:
        grain, rest = grain_beside(rest)
    dimension, then_by, rest = _split_twice(dimension, groups.compared, rest, names)
    of_a_list = bool(roles and OF_METRICS.search(rest))
    if not (metrics or of_a_list or TELLS_ME_WHAT_TO_DO.search(rest)):
        asks, (named, rest) = rest, in_everyday_words(rest, names, catalog, guess=guess)
        if not named.ids and (with_kinds := groups.by_kind(asks)) != asks:
            of_kinds, left = in_everyday_words(with_kinds, names, catalog, guess=guess)
            named, rest = (of_kinds, left) if of_kinds.ids else (named, rest)
        named = named if named.ids else (spoken_of(asks, around.thread, names, catalog) or named)
    return Seen(
        typed=text,
        text=asked,
        bare=bare,
        rest=rest,
        named=named,
        nearly=()
        if named.ids or named.unclear or of_a_list
        else nearest(
            rest, names, about_metrics=bool(time.period or dimension or grain or OURS.search(asked))
        ),
        nearly_roles=nearly_roles(rest, names),
        role=role_read(
            roles,
            rest,
            asked,
            about_metrics=bool(metrics or named.ids),
            names=names,
            catalog=catalog,
            around=around,
        ),
        counted=count_of(rest),
        period=time.period,
        against=time.against,
        periods_besides=time.besides,
        dimension=dimension,
        then_by=then_by,
        grain=grain,
        groups=groups,
        side=wanted_side(rest),
        about=named_side(rest),
        person=about_one(
            when(asked, calendar, as_of).rest,
            time.rest,
            text,
            names.vocabulary | names.everyday.words | UNDERSTOOD,
            of_metric=bool(metrics) and not groups.spans and not groups.several,
        ),
        never=never,
        elsewhere=bool(elsewhere) and not roles,
        by=by,
    )


def _split_twice(
    dimension: str | None, compared: str | None, rest: str, names: Lexicon
) -> tuple[str | None, str | None, str]:
    """The dimension, the one by which that is split in its turn, and the text without both."""
    if dimension is None:
        return compared, None, rest
    second, left = second_of(rest, names.dimensions)
    if second not in (None, dimension):
        return dimension, second, left
    return dimension, compared if compared != dimension else None, rest


def _plain_word(found: Mention, asked: str, text: str) -> bool:
    """Whether an acronym is written as the word that it also is: "ads" are no ADS."""
    said = asked[found.start : found.end]
    return said in WORDS_TOO and said.upper() not in text


def _of_a_split(found: Mention, asked: str, names: Lexicon) -> bool:
    """Whether what looks like a slip is a word of what values are split by: "attribution" is no attrition."""
    return all(word.text in names.dimensions.vocabulary for word in words(asked[found.start : found.end]))


def _only(found: Mention, kind: str) -> Mention:
    ids = tuple(i.partition(":")[2] for i in found.ids if i.startswith(f"{kind}:"))
    return Mention(ids, found.start, found.end, found.typo)
