"""Whether a metric is a good one to steer by, to judge or pay people by, or to be promised more of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metrics.advice.brief import Brief
from metrics.advice.finish import finish, shown
from metrics.advice.judged import bars, cares, guards, why_guarded
from metrics.advice.model import Advice, Listing, Reason, Use, Verdict
from metrics.advice.steer import steer
from metrics.advice.words import joined, spoken
from metrics.balance import parameters
from metrics.balance.parameters import Primary
from metrics.display import shown as figure
from metrics.model import Metric

BETTER = 2
"""How many metrics are named in the place of one that may not lead."""
REASONS = 4
"""More reasons than this nobody reads."""


def primary(brief: Brief) -> Advice:
    """Whether a metric may be the one to steer by, and what to take instead or beside it."""
    if not brief.inquiry.metrics:
        return _unknown(brief, "to steer by")
    metric = brief.metric(brief.inquiry.metrics[0])
    barred = bars(brief, metric)
    if barred:
        headline = f"No: {spoken(metric.name)} is not what the {brief.role.name} should steer by."
        return finish(brief, _instead(brief, metric, headline, barred, "Steer by"), question=None)
    beside = guards(brief, metric)
    must = brief.limits.guards.get(metric.id, ())
    proxy = [reason for reason in cares(brief, metric) if reason.rule in _block(brief)]
    names = joined([spoken(brief.name(use.metric)) for use in beside[:2]], "or" if must else "and")
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
        return replace(_unknown(brief, "to judge people by", told), verdict="no")
    metric = brief.metric(brief.inquiry.metrics[0])
    what = "pay" if paid else "judge people"
    barred = [reason for reason in bars(brief, metric) if reason.rule != brief.rule_id("kinds")]
    known = {"question": "compensation", "paid": [metric.id]} if paid else {}
    if barred:
        headline = f"No: do not {what} by {spoken(metric.name)}."
        return finish(brief, _instead(brief, metric, headline, [*barred, *told], "Look at the team by"))
    beside = guards(brief, metric)
    must = bool(brief.limits.guards.get(metric.id))
    names = joined([spoken(brief.name(use.metric)) for use in beside[:2]], "or" if must else "and")
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


def promise(brief: Brief) -> Advice:
    """Whether more (or less) of a metric, as somebody promised, is good news."""
    if not brief.inquiry.metrics:
        return _unknown(brief, "to be promised")
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
        tuple(_told_once(reasons)[:REASONS]),
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


def _instead(brief: Brief, metric: Metric, headline: str, barred: Sequence[Reason], heading: str) -> Advice:
    """An advice against a metric: what to take in its place, and what it is still good for."""
    listings = [steer(brief, heading, better(brief, metric))]
    if shown(brief, metric.id):
        looked_into = {*brief.limits.diagnostics, *(n for n in (metric.id,) if _tagged(brief, metric))}
        kept = "Only to find out why those moved" if metric.id in looked_into else "Behind them, not ahead"
        listings.append(Listing(kept, (Use(metric.id),)))
    reasons = tuple(_told_once(barred)[:REASONS])
    return Advice(brief.inquiry.topic, "no", headline, brief.role.id, reasons, tuple(listings))


def better(brief: Brief, metric: Metric) -> list[Use]:
    """What to steer by instead: the goal's own metrics, else what keeps this one honest, else the role's first."""
    goal = brief.catalog.goals.get(brief.inquiry.goal or "")
    named = goal.primary if goal else _in_use(brief, metric) or [use.metric for use in guards(brief, metric)]
    first = [place for place in brief.order.places if place.side == metric.side][:1]
    fit = [name for name in named if not bars(brief, brief.metric(name))]
    fit.sort(key=lambda name: brief.metric(name).kind != "outcome")
    why = {one.metric: one.why for one in brief.role.ranked}
    found = [*fit[: BETTER - 1], *(place.metric for place in first), *fit[BETTER - 1 :]]
    return [Use(name, why.get(name, "")) for name in dict.fromkeys(found)][:BETTER]


def _tagged(brief: Brief, metric: Metric) -> bool:
    return not brief.limits.tags.isdisjoint(metric.tags)


def _in_use(brief: Brief, metric: Metric) -> list[str]:
    """The metrics of use that a stage wants ahead of this one; none where the stage has nothing against it."""
    for rule in brief.catalog.rules.values():
        match parameters(rule):
            case Primary(watched=watched) if metric.id in brief.catalog.stages[brief.stage].not_primary:
                return sorted(
                    watched, key=lambda one: (one not in brief.order.ids, brief.order.ids.index(one))
                )
    return []


def _place(brief: Brief, metric: Metric) -> list[Reason]:
    """Where the role's order has it."""
    found = next((one for one in brief.order.places if one.metric == metric.id), None)
    if found is None:
        return []
    own = {one.metric: one.why for one in brief.role.ranked}.get(metric.id)
    if own is None:
        return [Reason(f"It is not on the own list of the {brief.role.name}; it ranks {found.rank}.")]
    return [Reason(f"For the {brief.role.name} it ranks {found.rank}: {own}.")]


def _block(brief: Brief) -> set[str]:
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


def _undated(brief: Brief) -> list[Reason]:
    """A promise without a day."""
    if brief.inquiry.period:
        return []
    rule = brief.rule_id("called")
    return [Reason("Nobody said by when: without a day a promise is no target.", rule)]


def _game(metric: Metric) -> str:
    return (
        f"{'more' if metric.direction == 'up' else 'less'} of it is easily had"
        if metric.direction != "band"
        else ""
    )


def _told_once(reasons: Sequence[Reason]) -> list[Reason]:
    """Each rule once."""
    return list({reason.rule or reason.words: reason for reason in reversed(reasons)}.values())[::-1]


def _unknown(brief: Brief, what_for: str, told: Sequence[Reason] = ()) -> Advice:
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
