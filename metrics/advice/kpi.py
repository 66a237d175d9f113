"""A metric -> a KPI and an OKR: a target proposed from the company's own history, with a day, a guard and levers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metrics.advice.brief import Brief
from metrics.advice.finish import finish
from metrics.advice.instead import REASONS, better
from metrics.advice.judged import bars, cares, guards
from metrics.advice.model import Advice, Kpi, Listing, Reason, Use
from metrics.advice.steer import steer
from metrics.advice.target import is_reached, proposed, stated
from metrics.advice.words import spoken
from metrics.balance import Called, Reading
from metrics.display import shown
from metrics.model import Metric


def kpi(brief: Brief) -> Advice:
    """What makes a metric a KPI: a target, a day and a guard; and an OKR that points at it."""
    metric = brief.metric(brief.inquiry.metrics[0])
    barred = [reason for reason in bars(brief, metric) if reason.rule != brief.rule_id("kinds")]
    if barred:
        headline = f"No: {spoken(metric.name)} makes no KPI. Take one of these."
        listing = steer(brief, "Make one of these a KPI", better(brief, metric))
        return finish(
            brief, Advice("kpi", "no", headline, brief.role.id, tuple(barred[:REASONS]), (listing,))
        )
    due = brief.inquiry.period or brief.period.shifted(
        1 if brief.period.shifted(1).last_day > brief.as_of else 2
    )
    found = stated(brief, metric) or proposed(brief, metric, due)
    if not found.proposed and is_reached(brief, metric):
        further = proposed(brief, metric, due)
        found = replace(further, how=f"the target in company.toml is reached already; {further.how}")
    beside = guards(brief, metric)
    levers = _levers(brief, metric)
    wanted = [Use(metric.id, "the KPI", brief.rule_id("called")), *levers[:1]]
    listing = steer(brief, "KPI and OKR", wanted)
    guarded = Listing("Guarded by", tuple(use for use in beside[:2] if use.metric not in _ids(listing.uses)))
    found = replace(found, levers=tuple(use.metric for use in levers if use.metric in _ids(listing.uses)))
    rule = brief.rule_of("called")
    reasons = [Reason(rule.why, rule.id)] if rule else []
    reasons += [Reason(f"How: {found.how}")]
    reasons += [
        reason for reason in cares(brief, metric) if reason.rule and reason.rule != brief.rule_id("leading")
    ]
    has_target = found.target is not None or found.low is not None
    advice = Advice(
        "kpi",
        "guarded" if has_target else "open",
        _headline(brief, metric, found),
        brief.role.id,
        tuple(reasons[:REASONS]),
        (listing, guarded),
        kpi=found,
    )
    return _checked(brief, advice, found) if has_target else finish(brief, advice)


def _ids(uses: Sequence[Use]) -> set[str]:
    return {use.metric for use in uses}


def _checked(brief: Brief, advice: Advice, found: Kpi) -> Advice:
    """Held to R27: the KPI has its target and its day, and every OKR points at it."""
    called = [Called(metric=found.metric, kind="kpi")]
    called += [Called(metric=one, kind="okr", points_at=found.metric) for one in found.levers]
    first = finish(brief, advice, question="kpi", called=called)
    target = found.target if found.target is not None else found.low
    reading = Reading(metric=found.metric, target=target, due=found.due.isoformat())
    aimed = finish(brief, advice, question="kpi", called=called, readings=[reading])
    kept = {one.rule: one for one in aimed.rules if one.rule == brief.rule_id("called")}
    return replace(first, rules=tuple(kept.get(one.rule, one) for one in first.rules))


def _levers(brief: Brief, metric: Metric) -> list[Use]:
    """What may move it, best first: leading drivers that it keeps honest, then those of its dimension."""
    places = {place.metric: place.rank for place in brief.order.places}
    found = [
        one
        for one in brief.catalog.metrics.values()
        if one.kind == "driver"
        and one.timing == "leading"
        and one.id in places
        and one.id != metric.id
        and (
            one.dimension == metric.dimension
            or metric.id in (*one.counters.required, *one.counters.companions)
        )
        and not one.counters.required
    ]
    found.sort(key=lambda one: (one.side != metric.side, places[one.id]))
    return [Use(one.id, "a lever: the OKR points at the KPI", brief.rule_id("called")) for one in found]


def _headline(brief: Brief, metric: Metric, found: Kpi) -> str:
    currency, day = brief.engine.company.file.currency, found.due.isoformat()
    target = shown(found.target, metric.unit, currency)
    if found.low is not None and found.high is not None:
        target = f"{shown(found.low, metric.unit, currency)} to {shown(found.high, metric.unit, currency)}"
    if found.target is None and found.low is None:
        return f"{metric.name} stays a metric: there is nothing to derive a target from."
    return f"KPI{' (proposed)' if found.proposed else ''}: {metric.name} {target} by {day}."
