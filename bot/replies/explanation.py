"""Why a list is as it is: what it holds of each side, which rule asks for that, why a metric is on it."""

from __future__ import annotations

from bot.model import DEFAULT_COUNT, DEFAULT_ROLE, Request
from bot.replies import contribution
from bot.replies.draft import Draft, Place, explained, looking_closer
from bot.replies.held import floors, held
from bot.replies.recommendation import context
from metrics.advice import Brief, Inquiry
from metrics.advice.places import why_not, why_there
from metrics.advice.words import spoken

FEWER = 10
"""The most that a shorter list is offered with."""


def reply(request: Request, place: Place) -> Draft:
    """The reasons behind the list shown before, behind the role's list where none was shown, or behind a change."""
    if contribution.asks_why(request, place.question.text):
        return contribution.reply(request, place)
    brief = _brief(request, place)
    shown = list(request.within) or list(brief.order.ids[:DEFAULT_COUNT])
    body, rules = (
        _about_metrics(request, brief, shown)
        if request.metrics
        else (_about_sides(request, shown, place), ["R01"])
    )
    role = brief.role.name
    assumed = () if request.role else (f"No role was named, so this is about the list of the {role}.",)
    return Draft(
        title=_title(request, brief, shown),
        body=body,
        notes=(*assumed, *([explained(rules, place)] if rules else [])),
        actions=_closer(request, place),
        suggestions=(
            *_teach(request, brief, shown),
            *_fewer(request, shown, place),
            f"Top {DEFAULT_COUNT} metrics for the {role}",
        ),
    )


def _title(request: Request, brief: Brief, shown: list[str]) -> str:
    """What is explained: one metric's place, or the list."""
    if len(request.metrics) != 1:
        return "Why the list is as it is"
    [metric] = request.metrics
    return f"Why {spoken(brief.name(metric))} is{'' if metric in shown else ' not'} on the list"


def _closer(request: Request, place: Place) -> tuple[tuple[str, str], ...]:
    """The metric that was asked about, over time and by a dimension; of several none is the next to look at."""
    known = [place.engine.catalog.metrics.get(one) for one in request.metrics]
    return looking_closer(known[0], place, request) if len(known) == 1 and known[0] else ()


def _fewer(request: Request, shown: list[str], place: Place) -> tuple[str, ...]:
    """A shorter list, where the list is what was asked about; only in a thread can words point at it."""
    count = min(FEWER, len(shown) * 2 // 3)
    return (f"Only {count} of those",) if place.question.thread and count > 1 and not request.metrics else ()


def _brief(request: Request, place: Place) -> Brief:
    stage, business_model = context(place)
    role = request.role or DEFAULT_ROLE
    inquiry = Inquiry("primary", role=role, stage=stage, business_model=business_model)
    return Brief(place.engine, inquiry, place.as_of, place.when.today, place.taught)


def _about_sides(request: Request, shown: list[str], place: Place) -> str:
    """What the list holds of the side that was asked about, and the rule that keeps it there."""
    catalog, side = place.engine.catalog, request.side or "people"
    role = catalog.role(request.role or DEFAULT_ROLE)
    told = held(side, shown, f"The list for the {role.name}", catalog)
    if side not in {catalog.metric(metric_id).side for metric_id in shown}:
        return told
    why = catalog.rules["R01"].why.rstrip(".")
    return (
        f"{told}\n{floors(shown, role.id, catalog)} {why}. "
        "So the list stays as it is, instead of changing one side for the other."
    )


def _teach(request: Request, brief: Brief, shown: list[str]) -> list[str]:
    """How a metric comes onto the list that is ranked and not shown."""
    missed = [one for one in request.metrics if one in brief.order.ids and one not in shown]
    return [f"Always include {spoken(brief.name(one))} for the {brief.role.name}" for one in missed[:1]]


def _about_metrics(request: Request, brief: Brief, shown: list[str]) -> tuple[str, list[str]]:
    """Each metric: its place or why it has none among those shown; and the rules that had a part in that."""
    lines: list[str] = []
    rules: list[str] = []
    for metric_id in request.metrics:
        name = brief.name(metric_id)
        found = next((one for one in brief.order.places if one.metric == metric_id), None)
        if metric_id in shown and found is not None:
            lines.append(f"{name} is on the list at place {shown.index(metric_id) + 1}: {found.why}.")
            reasons = why_there(brief, found)
        elif found is not None:
            lines.append(f"{name} is not on that list: it ranks {found.rank} for the {brief.role.name}.")
            reasons = why_not(brief, metric_id, len(shown))
        else:
            lines.append(f"{name} is never ranked for this role.")
            reasons = why_not(brief, metric_id, len(shown))
        rules += [one.rule for one in reasons if one.rule]
        lines += [f"• {one.words.rstrip('.')}{f' ({one.rule})' if one.rule else ''}." for one in reasons]
    return "\n".join(lines), rules
