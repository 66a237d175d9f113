"""Which of the readings that were offered somebody means: an answer to a question back, or another reading."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Kind, Request
from bot.reading.names.groups_named import ABOUT_VALUES
from bot.reading.seen import Seen
from bot.reading.wants import course_of
from bot.reading.words import cues
from bot.reading.words.ambiguous import token_between, told_by
from bot.reading.words.text import key, words
from metrics.calendar.periods import GRAINS
from metrics.model import Catalog


def chosen_role(role: str, last: Request, catalog: Catalog) -> Request:
    """The last question, for the role that it left open or that was meant instead; the choice is to be kept."""
    token = token_between(catalog, [role, *last.alternatives, *filter(None, (last.role,))])
    others = tuple(one for one in last.alternatives if one != role and last.kind != "clarification")
    return replace(
        last,
        kind="recommendation",
        role=role,
        alternatives=others,
        chosen=((token, role),) if token else (),
        more=(),
        small_talk="",
    )


def meant_other(seen: Seen, last: Request, catalog: Catalog) -> Request | None:
    """The reading that the last answer offered instead: "I meant conversion rate optimisation"."""
    only_named = not (seen.count or seen.period or seen.dimension)
    if last.kind == "recommendation" and seen.role.role in last.alternatives and only_named:
        role = seen.role.role
        told = cues.MEANT.search(seen.text) or seen.role.chosen
        return chosen_role(role, last, catalog) if role and told else None
    metric = next((one for one in seen.metrics if one in last.alternatives), None)
    if metric and last.kind in ABOUT_VALUES and cues.MEANT.search(seen.text):
        token = token_between(catalog, [metric, *last.metrics])
        chosen = ((token, metric),) if token else ()
        return replace(last, metrics=(metric,), alternatives=(), chosen=chosen, more=())
    return None


def chosen(
    seen: Seen, metrics: tuple[str, ...], kind: Kind | None, last: Request, catalog: Catalog
) -> Request | None:
    """An answer to "which of these do you mean?"."""
    by_method = [f"{metric}.{method}" for metric, method in seen.by.methods.items()]
    meant = [*by_method, *metrics, *filter(None, (seen.role.role,)), *_by_a_word(seen, last, catalog)]
    choice = next((one for one in meant if one in last.alternatives), None)
    if choice is None:
        return None
    if choice in catalog.roles:
        return chosen_role(choice, last, catalog)
    metric, _, method = choice.partition(".")
    advised: Kind | None = "advice" if last.topic else None
    wanted = advised or course_of(seen) or (kind if kind in ABOUT_VALUES else None)
    split = last.dimension in GRAINS
    token = token_between(catalog, [*last.alternatives])
    return replace(
        last,
        kind=wanted or ("trend" if split else "comparison" if last.against else "value"),
        metrics=(metric,),
        methods={metric: method} if method else {},
        alternatives=(),
        period=seen.period or last.period,
        chosen=((token, choice),) if token else (),
    )


def _by_a_word(seen: Seen, last: Request, catalog: Catalog) -> list[str]:
    """The alternatives whose names hold every word of the answer ("product", "the gross one")."""
    said = {word.text for word in words(seen.text)} - {"one", "mean", "meant"}
    named = {one: name for one in last.alternatives if (name := name_of(one, catalog))}
    found = [one for one, name in named.items() if said and said <= set(key(name))]
    found = found or [one for one in named if said and said <= told_by(catalog, one, last.alternatives)]
    return found if len(found) == 1 else []


def name_of(alternative: str, catalog: Catalog) -> str:
    """What is offered, in words: a metric, one by a method, or a role; empty where nobody knows it any more."""
    if alternative in catalog.roles:
        return catalog.roles[alternative].name
    name, _, method = alternative.partition(".")
    metric = catalog.metrics.get(name)
    if metric is None or (method and method not in metric.methods):
        return ""
    return f"{metric.name}, {metric.methods[method]}" if method else metric.name
