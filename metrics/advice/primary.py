"""Whether a metric is a good one to steer by, or to judge or pay people by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metrics.advice.brief import Brief
from metrics.advice.finish import finish
from metrics.advice.instead import BETTER, REASONS, against
from metrics.advice.judged import bars, cares, guards, why_guarded
from metrics.advice.model import Advice, Reason, Use, Verdict
from metrics.advice.steer import steer
from metrics.advice.words import joined, spoken
from metrics.model import Metric


def primary(brief: Brief) -> Advice:
    """Whether a metric may be the one to steer by, and what to take instead or beside it."""
    if not brief.inquiry.metrics:
        return unknown(brief, "to steer by")
    metric = brief.metric(brief.inquiry.metrics[0])
    barred = bars(brief, metric)
    if barred:
        headline = f"No: {spoken(metric.name)} is not what the {brief.role.name} should steer by."
        return finish(brief, against(brief, metric, headline, barred, "Steer by"), question=None)
    beside = guards(brief, metric)
    must = bool(brief.limits.guards.get(metric.id))
    proxy = [reason for reason in cares(brief, metric) if reason.rule in _on_evidence(brief)]
    names = _named(brief, beside, must=must)
    verdict: Verdict = "guarded" if must or proxy else "yes"
    headline = (
        f"Yes, but never alone: {spoken(metric.name)} needs {names} beside it."
        if must
        else f"Yes, {spoken(metric.name)} can lead for the {brief.role.name}; keep {names} beside it."
    )
    reasons = [*_place(brief, metric), *why_guarded(brief, metric), *cares(brief, metric)]
    listing = steer(brief, "Steer by", [Use(metric.id), *beside[:1]])
    return finish(
        brief,
        Advice(brief.inquiry.topic, verdict, headline, brief.role.id, tuple(reasons[:REASONS]), (listing,)),
    )


def reward(brief: Brief) -> Advice:
    """Whether people may be judged or paid by a metric."""
    paid = brief.inquiry.matter == "compensation"
    rule = brief.rule_of("paid")
    told = [Reason(rule.why, rule.id)] if rule else []
    if not brief.inquiry.metrics:
        return replace(unknown(brief, "to judge people by", told), verdict="no")
    metric = brief.metric(brief.inquiry.metrics[0])
    what = "pay" if paid else "judge people"
    barred = [reason for reason in bars(brief, metric) if reason.rule != brief.rule_id("kinds")]
    known = {"question": "compensation", "paid": [metric.id]} if paid else {}
    if barred:
        headline = f"No: do not {what} by {spoken(metric.name)}."
        return finish(brief, against(brief, metric, headline, [*barred, *told], "Look at the team by"))
    beside = guards(brief, metric)
    must = bool(brief.limits.guards.get(metric.id))
    names = _named(brief, beside, must=must)
    headline = (
        f"{'Not by itself' if must else 'Only with a guard'}: who is measured by {spoken(metric.name)} alone "
    )
    headline += f"will move it by any means; {names} shows the damage."
    reasons = [*why_guarded(brief, metric), *told, *_single_persons(brief), *_blocked_cares(brief, metric)]
    listing = steer(brief, "Only together", [Use(metric.id, _game(metric)), *beside[:BETTER]])
    advice = Advice(
        brief.inquiry.topic,
        "no" if must else "guarded",
        headline,
        brief.role.id,
        tuple(reasons[:REASONS]),
        (listing,),
    )
    return finish(brief, advice, **known)


def _named(brief: Brief, beside: Sequence[Use], *, must: bool) -> str:
    """The first two guards; one of them is enough where one has to be there."""
    return joined([spoken(brief.name(use.metric)) for use in beside[:2]], "or" if must else "and")


def _place(brief: Brief, metric: Metric) -> list[Reason]:
    """Where the role's order has it."""
    found = next((one for one in brief.order.places if one.metric == metric.id), None)
    if found is None:
        return []
    own = {one.metric: one.why for one in brief.role.ranked}.get(metric.id)
    if own is None:
        return [Reason(f"It is not on the own list of the {brief.role.name}; it ranks {found.rank}.")]
    return [Reason(f"For the {brief.role.name} it ranks {found.rank}: {own}.")]


def _on_evidence(brief: Brief) -> set[str]:
    """The rules that ask whether a metric is the thing itself or stands for it."""
    return {rule.id for rule in brief.catalog.rules.values() if rule.kind == "evidence"}


def _blocked_cares(brief: Brief, metric: Metric) -> list[Reason]:
    return [reason for reason in cares(brief, metric) if reason.rule not in ("", brief.rule_id("leading"))]


def _single_persons(brief: Brief) -> list[Reason]:
    """People are judged one by one, and values of single persons are not given."""
    rules = [
        rule for rule in brief.catalog.rules.values() if "individual_level" in rule.parameters.get("tags", [])
    ]
    return [
        Reason("Nothing here is computed for a single person, only for the team.", rule.id)
        for rule in rules[:1]
    ]


def _game(metric: Metric) -> str:
    return (
        f"{'more' if metric.direction == 'up' else 'less'} of it is easily had"
        if metric.direction != "band"
        else ""
    )


def unknown(brief: Brief, what_for: str, told: Sequence[Reason] = ()) -> Advice:
    """What can be said of a metric that nobody knows."""
    name = brief.inquiry.unknown or "that"
    headline = f"I know no metric called {name!r}, so I cannot judge it as one {what_for}."
    if told:
        headline = (
            f"Not by {name!r} alone: what people are judged by gets worked on, and I know no such metric."
        )
    rule = brief.rule_of("counters")
    reasons = (*told, *([Reason(rule.why, rule.id)] if rule else []))
    first = [place for place in brief.order.places if place.side == "business"][:1]
    listing = steer(
        brief, f"What the {brief.role.name} is steered by", [Use(one.metric, one.why) for one in first]
    )
    return finish(brief, Advice(brief.inquiry.topic, "open", headline, brief.role.id, reasons, (listing,)))
