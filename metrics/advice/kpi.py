"""A metric -> a KPI and an OKR: a target proposed from the company's own history, with a day, a guard and levers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from statistics import median, quantiles

from metrics.advice.brief import Brief
from metrics.advice.finish import finish, wanted_of
from metrics.advice.instead import REASONS, better
from metrics.advice.judged import bars, cares, guards
from metrics.advice.model import Advice, Kpi, Listing, Reason, Use
from metrics.advice.steer import steer
from metrics.advice.words import spoken
from metrics.balance import Called, Reading
from metrics.display import change_words, shown
from metrics.gates import reached
from metrics.holding import holds
from metrics.model import Metric
from metrics.periods import Period
from metrics.rows import ask_of
from metrics.values import Status, Value

QUARTERS = 8
"""How far back the history of a proposal goes."""
LEAST = 4
"""Values below which no target is proposed: three steps are the fewest of which one is typical."""
YEAR = 4
"""Quarters of which the best is aimed at where a metric did not get better."""
PROTECTED = "protected"
"""The tag of metrics about pay and protected traits: yesterday's gap is no target for tomorrow."""
DIGITS = 3
"""Significant digits of a proposed target."""
FULL = Decimal(100)


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
    found = _set(brief, metric) or _proposed(brief, metric, due)
    if not found.proposed and _reached(brief, metric):
        further = _proposed(brief, metric, due)
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


def _set(brief: Brief, metric: Metric) -> Kpi | None:
    """The company's own target, where it is still to come and has a day."""
    setting = brief.engine.company.file.targets.get(metric.id)
    if setting is None or setting.due is None or setting.due < brief.as_of:
        return None
    how = "company.toml has this target already; it is yours, and not proposed."
    return Kpi(metric.id, setting.due, setting.value, setting.low, setting.high, proposed=False, how=how)


def _reached(brief: Brief, metric: Metric) -> bool:
    """Whether the newest value reaches the company's own target; a band is there to stay in."""
    setting, past = brief.engine.company.file.targets[metric.id], _history(brief, metric)
    newest = past[-1] if past else None
    if newest is None or newest.value is None or setting.value is None:
        return False
    held = holds(setting, metric, newest.period, brief.engine.catalog)
    return held and reached(metric.direction, setting, newest.value)


def _proposed(brief: Brief, metric: Metric, due: Period) -> Kpi:
    """A target from the last eight quarters: one typical step further, or the middle half of them for a band."""
    past = _history(brief, metric)
    values = [value.value for value in past if value.value is not None]
    if PROTECTED in metric.tags:
        how = "what is right here is not told by the past; people have to set it."
        return Kpi(metric.id, due.last_day, how=how, history=tuple(past))
    if len(values) < LEAST:
        how = f"only {len(values)} of the last {QUARTERS} quarters have a value to go by, and {LEAST} are needed"
        return Kpi(metric.id, due.last_day, how=f"{how}; set a target by judgement.", history=tuple(past))
    if metric.direction == "band":
        low, _, high = quantiles(values, n=4, method="inclusive")
        how = f"the middle half of the last {len(values)} quarters that have a value."
        return Kpi(metric.id, due.last_day, low=neat(low), high=neat(high), how=how, history=tuple(past))
    target, how = _further(values, metric, brief.engine.company.file.currency)
    return Kpi(metric.id, due.last_day, neat(_bounded(values, target)), how=how, history=tuple(past))


def _further(values: Sequence[Decimal], metric: Metric, currency: str) -> tuple[Decimal, str]:
    """The pace of the past kept up, where it got better; else back to the best of the last year."""
    step = median(later - earlier for earlier, later in pairwise(values))
    newest = shown(values[-1], metric.unit, currency)
    if step and (step > 0) == (metric.direction == "up"):
        pace = change_words(step, None, metric.unit, currency)
        how = f"the newest quarter ({newest}) and the pace of the last {len(values)}: {pace} a quarter, at the median."
        return values[-1] + step, how
    year = values[-YEAR:]
    best = max(year) if metric.direction == "up" else min(year)
    if best == values[-1]:
        return (
            best,
            f"hold it: the newest quarter ({newest}) is the best of the last {YEAR}, and no pace shows.",
        )
    return best, (
        f"back to the best of the last {YEAR} quarters: over {len(values)} it got no better ({newest} in the newest)."
    )


def _history(brief: Brief, metric: Metric) -> list[Value]:
    """The values of the last quarters that may be compared, oldest first."""
    wanted = wanted_of(brief)
    asks = [ask_of(brief.engine, wanted, metric, steps=-back) for back in reversed(range(QUARTERS))]
    tables = brief.engine.compute(asks, brief.as_of, today=brief.today)
    found = [table[0] for table in tables]
    return [one for one in found if one.status is Status.OK and "rolled_up" not in one.flags]


def _bounded(values: Sequence[Decimal], target: Decimal) -> Decimal:
    """No share beyond all of it, and nothing below nothing, where the past was not there either."""
    if min(values) >= 0:
        target = max(target, Decimal(0))
    return min(target, FULL) if max(values) <= FULL < target else target


def neat(value: Decimal) -> Decimal:
    """Rounded to three significant digits: a target is no measurement."""
    return value if not value else round(value, DIGITS - 1 - value.adjusted())


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
