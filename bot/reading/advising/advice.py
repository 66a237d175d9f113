"""Words + names -> what advice is asked for: the topic and what completes it. Made only of ids the catalog knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import cast

from bot.model import Request
from bot.reading.advising import advice_around
from bot.reading.advising import advice_cues as cues
from bot.reading.advising.advice_named import linked, named_in, no_name
from bot.reading.context.around import Around
from bot.reading.context.pointing import Thread
from bot.reading.names.roles import role_read
from bot.reading.seen import Seen
from bot.reading.words.everyday import everyday
from bot.reading.words.lexicon import lexicon
from bot.reading.words.mentions import mentions
from bot.reading.words.nearness import OFFERED
from bot.reading.words.text import words
from metrics.advice.model import Topic
from metrics.model import BusinessModel, Catalog, GoalType, QuestionKind, Stage

ALL = frozenset(field.name for field in fields(Request)) - {"sure", "assumed", "alternatives"}
ABOUT_ONE: frozenset[Topic] = frozenset({"primary", "reward", "promise", "guards", "record", "kpi", "drives"})
"""Topics about metrics that the question names."""
NEEDS_ONE: frozenset[Topic] = frozenset({"guards", "record", "kpi"})
"""Topics with nothing to say about a metric that nobody knows."""
AROUND: frozenset[Topic] = frozenset({"reward", "promise", "programme"})
"""Topics told by the words around the names: a gender pay gap is not about pay, nor an offer rate about offers."""

_NAMED = re.compile(
    r"\b(?:is|are|was|about|of|by|on|for|use|using|track|guards?|see|turn|make) (?:the |our |a |an |their |my "
    r"|use of )?(?P<name>[\w%/-]+(?: [\w%/-]+){0,2}?)(?= (?:a|an|the|our|into|as|still|really|any)\b| ?[?.!,]|$)"
)
_BROUGHT = re.compile(
    r"\b(?:brought|brings|delivered|gave|generated|produced|got|yielded|won|made)(?: us| in)?"
    r"(?: only| just| too| very)* (?:few|little|no|some|many|more|less|fewer|hardly any)(?: of)?"
    r" (?P<name>[\w-]+(?: [\w-]+){0,2}?)(?=[,.?!;]|$| is\b| so\b)"
)
_PROGRAMME = re.compile(
    r"([\w' -]{0,40}?)\b(?:programmes?|programs?|campaigns?|initiatives?|schemes?|projects?|push)\b"
)


def advice_asked(seen: Seen, around: Around, metrics: tuple[str, ...], catalog: Catalog) -> Request | None:
    """The request, where a question asks for advice about metrics; None where it asks for something else."""
    thread, roles = around.thread, _roles(seen, around, catalog)
    for topic, pattern in cues.TOPICS:
        if pattern.search(seen.rest if topic in AROUND else seen.text):
            found = _of(topic, seen, thread, metrics, roles, catalog)
            if found:
                return found
    return None


def _of(
    topic: Topic,
    seen: Seen,
    thread: Thread,
    metrics: tuple[str, ...],
    roles: tuple[str, ...],
    catalog: Catalog,
) -> Request | None:
    """The request of a topic, where the question names what the topic is about."""
    placed = Request(
        "advice",
        topic=topic,
        role=roles[0] if roles else thread.role if topic == "change" else None,
        stage=cast("Stage | None", _first(advice_around.STAGES, seen.rest)),
        business_model=cast("BusinessModel | None", _first(advice_around.MODELS, seen.rest)),
    )
    if topic == "primary" and cues.SEVERAL.search(seen.text) and (roles or seen.count):
        return None
    if topic == "measure" and roles and seen.count:  # a list for somebody, who says what it is for
        return None
    if topic in ABOUT_ONE:
        return _about_metrics(placed, seen, metrics, catalog)
    if topic == "programme":
        return _programme(placed, seen, metrics, catalog)
    return None if metrics else _about_lists(placed, seen, roles, catalog)


def _about_lists(placed: Request, seen: Seen, roles: tuple[str, ...], catalog: Catalog) -> Request | None:
    """A topic about whole lists, or about what is measured, where the question says which."""
    found: Request | None = None
    base = replace(placed, stage=None, business_model=None)
    match placed.topic:
        case "tiers":
            found = replace(base, role=base.role or _known("revops_lead", catalog.roles))
        case "shared" if len(roles) > 1:
            found = replace(base, other_role=roles[1])
        case "change" if placed.stage or placed.business_model:
            found = placed
        case "single" if placed.stage and not _judges(seen, catalog):
            found = replace(placed, role=base.role or _starting(placed.stage, catalog))
        case "measure" if matter := _first(advice_around.MATTERS, seen.rest):
            found = replace(base, matter=cast("QuestionKind", matter))
    return _sure(found) if found else None


def _judges(seen: Seen, catalog: Catalog) -> bool:
    """Whether it asks if a metric is a good one ("is revenue a good north star before ...")."""
    return bool(cues.PRIMARY.search(seen.text) and next(everyday(seen.rest, catalog), None))


def _about_metrics(base: Request, seen: Seen, metrics: tuple[str, ...], catalog: Catalog) -> Request | None:
    """A topic about metrics: those named, else what everyday words stand for, else a name nobody knows."""
    if seen.unclear and not metrics:
        return _sure(replace(base, kind="clarification", alternatives=seen.unclear[:OFFERED]))
    named = named_in(base.topic, seen, metrics, catalog)
    if base.topic == "drives":
        alone = bool(named.metrics) and seen.text.startswith("what ")
        two = linked(named.metrics, seen, catalog) if len(named.metrics) > 1 else alone
        return _sure(replace(base, metrics=named.metrics[:2], assumed=named.assumed)) if two else None
    found = replace(base, metrics=named.metrics[:1], assumed=named.assumed, period=seen.period)
    team = base.role or _team(seen, catalog)
    if base.topic == "promise":
        found = replace(found, percent=_percent(seen))
    if base.topic in ("reward", "primary") and team:
        found = replace(found, role=team)
    if base.topic == "reward" and cues.PAYS.search(seen.text):
        found = replace(found, matter="compensation")
    if found.metrics:
        return _sure(found)
    unknown = _NAMED.search(seen.text)
    if base.topic in NEEDS_ONE or not unknown or no_name(unknown["name"], catalog):
        return None
    return _sure(replace(found, unknown=unknown["name"], alternatives=seen.nearly[:OFFERED]))


def _roles(seen: Seen, around: Around, catalog: Catalog) -> tuple[str, ...]:
    """The roles that a question names, in order; an acronym is read by the words around it."""
    names = lexicon(catalog)
    found = mentions(words(seen.text), names.by_role)
    read = [
        role_read(
            [one],
            seen.rest,
            seen.text,
            about_metrics=False,
            names=names,
            catalog=catalog,
            around=around,
        ).role
        for one in found
    ]
    return tuple(dict.fromkeys(one for one in read if one))


def _team(seen: Seen, catalog: Catalog) -> str | None:
    """Whose people or programme the question is about, by what the team is called."""
    return _known(_first(advice_around.TEAMS, seen.text) or "", catalog.roles)


def _starting(stage: str, catalog: Catalog) -> str | None:
    """Who is meant by "we" before there is a company to speak of."""
    return _known("founder", catalog.roles) if stage == "pre_pmf" else None


def _programme(base: Request, seen: Seen, metrics: tuple[str, ...], catalog: Catalog) -> Request:
    """A programme: what it is for, and what it was judged by."""
    what = _PROGRAMME.search(seen.text)
    goal = _first(advice_around.GOALS, what[1] if what else seen.text)
    brought = _BROUGHT.search(seen.text)
    judged = metrics or tuple(one for *_, one in everyday(brought["name"], catalog)) if brought else metrics
    unknown = brought["name"] if brought and not judged else ""
    return _sure(replace(base, goal=cast("GoalType | None", goal), metrics=judged[:1], unknown=unknown))


def _percent(seen: Seen) -> int | None:
    found = advice_around.PERCENT.search(seen.text)
    if found is None:
        return None
    return -int(found[1]) if advice_around.LESS.search(seen.text) else int(found[1])


def _first(cued: Mapping[str, re.Pattern[str]], text: str) -> str | None:
    return next((name for name, pattern in cued.items() if pattern.search(text)), None)


def _known(name: str, known: Mapping[str, object]) -> str | None:
    return name if name in known else None


def _sure(request: Request) -> Request:
    """What the words said for certain: everything, but the metrics where none was understood."""
    open_fields = {"metrics"} if request.unknown else set()
    return replace(request, sure=ALL - open_fields)
