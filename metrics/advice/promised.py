"""Whether it is good news that more, or less, of a metric was promised."""

from __future__ import annotations

from dataclasses import replace

from metrics.advice.brief import Brief
from metrics.advice.finish import finish, shown
from metrics.advice.instead import BETTER, REASONS, told_once
from metrics.advice.judged import bars, guards, why_guarded
from metrics.advice.model import Advice, Listing, Reason, Use
from metrics.advice.primary import unknown
from metrics.advice.steer import steer
from metrics.advice.words import joined, spoken
from metrics.display import shown as figure
from metrics.model import Metric


def promise(brief: Brief) -> Advice:
    """Whether more (or less) of a metric, as somebody promised, is good news."""
    if not brief.inquiry.metrics:
        return unknown(brief, "to be promised")
    metric = brief.metric(brief.inquiry.metrics[0])
    percent = brief.inquiry.percent or 0
    wrong = (metric.direction == "down" and percent > 0) or (metric.direction == "up" and percent < 0)
    barred = bars(brief, metric)
    beside = guards(brief, metric)
    names = joined([spoken(brief.name(use.metric)) for use in beside[:2]])
    headline = f"Not yet: ask what happens to {names} before you are happy."
    if wrong:
        headline = f"No: for {spoken(metric.name)} {'less' if percent > 0 else 'more'} is better."
    reasons = [*barred, *([] if barred else why_guarded(brief, metric)), *_undated(brief)]
    own = [] if barred else [Use(metric.id, "what was promised")]
    listings = [steer(brief, "Ask for these with it", [*own, *beside[:BETTER]])]
    if barred and shown(brief, metric.id):
        listings.append(Listing("What was promised", (Use(metric.id),)))
    advice = Advice(
        brief.inquiry.topic,
        "no" if wrong else "guarded",
        headline,
        brief.role.id,
        tuple(told_once(reasons)[:REASONS]),
        tuple(listings),
    )
    return _reckoned(brief, finish(brief, advice), metric, percent)


def _reckoned(brief: Brief, advice: Advice, metric: Metric, percent: int) -> Advice:
    """What the promise comes to, from the value that is shown."""
    row = next((row for row in advice.rows if row.metric.id == metric.id), None)
    if not percent or row is None or row.value.value is None:
        return advice
    currency = brief.engine.company.file.currency
    then = row.value.value * (100 + percent) / 100
    note = (
        f"{abs(percent)} % {'more' if percent > 0 else 'less'} than {figure(row.value.value, metric.unit, currency)} "
        f"would be {figure(then, metric.unit, currency)}, if the promise is meant relative to {row.value.period}."
    )
    return replace(advice, notes=(note, *advice.notes))


def _undated(brief: Brief) -> list[Reason]:
    """A promise without a day."""
    if brief.inquiry.period:
        return []
    rule = brief.rule_id("called")
    return [Reason("Nobody said by when: without a day a promise is no target.", rule)]
