"""Whether one metric drives another, what keeps a metric honest, and what has to be recorded to see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metrics.advice.brief import Brief
from metrics.advice.finish import finish, shown
from metrics.advice.judged import cares, guards, guards_of_others, why_guarded
from metrics.advice.model import Advice, Listing, Reason, Use
from metrics.advice.steer import steer
from metrics.advice.words import joined, spoken
from metrics.balance import parameters
from metrics.balance.advice import Evidence
from metrics.catalog_text.needs import instead, needed
from metrics.model import Metric

LEVEL = "candidate"
"""What a driver is called as long as nothing was computed that says more (R22)."""


def drives(brief: Brief) -> Advice:
    """What can be said of one metric driving another: never that it does."""
    asked = brief.inquiry.metrics
    rule = brief.rule_of("evidence")
    reasons = [Reason(rule.instead or rule.why, rule.id)] if rule else []
    proxies = [one for one in asked if _is_proxy(brief, one)]
    if rule and proxies:
        reasons.append(Reason(f"{brief.name(proxies[0])} is a proxy. {rule.why}", rule.id))
    causes = _candidates(brief)
    names = joined([spoken(brief.name(one)) for one in asked[:2]], "or")
    told = [spoken(brief.name(one)) for one in asked[:2]]
    headline = (
        f"That cannot be told from here: whether {told[0]} drives {told[1]} takes an experiment, not a dashboard."
        if len(told) > 1
        else f"No cause is computed here, of {names}; what drives it takes an experiment to know."
    )
    beside = [use for one in asked[:1] for use in guards(brief, brief.metric(one))[:1]]
    wanted = causes or beside
    listing = steer(brief, "Test these first", wanted)
    if any(_is_proxy(brief, one) for one in (*asked, *_ids(listing))):
        wanted = list(dict.fromkeys((*_instead_of_proxies(brief), *wanted)))
        listing = steer(brief, "Test these first", wanted)
    told_of = Listing(
        "What was asked about",
        tuple(Use(one) for one in asked if one not in _ids(listing) and shown(brief, one)),
    )
    advice = Advice(brief.inquiry.topic, "open", headline, brief.role.id, tuple(reasons), (listing, told_of))
    evidence = {use.metric: LEVEL for use in wanted}
    return finish(brief, advice, question="driver", evidence=evidence)


def _ids(listing: Listing) -> set[str]:
    return {use.metric for use in listing.uses}


def _is_proxy(brief: Brief, metric_id: str) -> bool:
    """Whether a metric only stands in for whether customers stay."""
    asked = (parameters(rule) for rule in brief.catalog.rules.values())
    return any(isinstance(one, Evidence) and one.tag in brief.metric(metric_id).tags for one in asked)


def _instead_of_proxies(brief: Brief) -> list[Use]:
    """What customers do, which has to stand beside a proxy."""
    for rule in brief.catalog.rules.values():
        match parameters(rule):
            case Evidence(one_of=one_of):
                return [Use(one, f"evidence so far: {LEVEL}", rule.id) for one in one_of]
    return []


def _candidates(brief: Brief) -> list[Use]:
    """Drivers to look at instead: those the rule names where customers stay or go, else leading drivers near it."""
    asked = [brief.metric(one) for one in brief.inquiry.metrics]
    goal = asked[-1]
    if goal.dimension == "retention":
        return [use for use in _instead_of_proxies(brief) if use.metric != goal.id]
    near = [
        metric
        for metric in brief.catalog.metrics.values()
        if metric.kind == "driver"
        and metric.timing == "leading"
        and metric.dimension == goal.dimension
        and metric.id not in brief.inquiry.metrics
        and not brief.limits.tags.intersection(metric.tags)
        and not metric.counters.required
    ]
    causes = [one for one in asked[:-1] if one.kind == "driver" or one.timing == "leading"]
    return [Use(one.id, f"evidence so far: {LEVEL}", brief.rule_id("evidence")) for one in (*causes, *near)][
        :2
    ]


def guarding(brief: Brief) -> Advice:
    """What keeps a metric honest, and what it keeps honest itself."""
    metric = brief.metric(brief.inquiry.metrics[0])
    beside = guards(brief, metric)
    must = brief.limits.guards.get(metric.id, ())
    names = joined([spoken(brief.name(use.metric)) for use in beside[:3]])
    kind = f"one of them has to stand before it in every list ({must[0].rule})" if must else "shown beside it"
    rule = brief.rule_of("counters")
    reasons = why_guarded(brief, metric) or ([Reason(rule.why, rule.id)] if rule else [])
    if metric.caveat:
        reasons.append(Reason(metric.caveat))
    others = tuple(Use(one.id) for one in guards_of_others(brief, metric) if shown(brief, one.id))[:4]
    listings = (
        Listing("Guarded by", tuple(beside)),
        Listing("The metric itself", (Use(metric.id),) if shown(brief, metric.id) else ()),
        Listing("It guards in turn", others),
    )
    headline = (
        f"{metric.name} is guarded by {names}: {kind}."
        if beside
        else f"Nothing guards {spoken(metric.name)}."
    )
    return finish(
        brief, Advice(brief.inquiry.topic, "open", headline, brief.role.id, tuple(reasons), listings)
    )


def record(brief: Brief) -> Advice:
    """The tables and columns that a metric needs, and which of them this company lacks."""
    metric = brief.metric(brief.inquiry.metrics[0])
    lacking = brief.engine.lacking([metric.id]).get(metric.id, ())
    all_needed = needed(brief.catalog, metric)
    columns = [f"{table}.{name}" for table, names in all_needed.items() for name in names]
    rule = brief.rule_of("gap")
    headline = f"Nothing more: {spoken(metric.name)} can be computed from what is there."
    if lacking:
        headline = f"To see {spoken(metric.name)}, record {joined(list(lacking))}."
    reasons = [Reason(f"{metric.name} = {metric.formula}.")]
    meanings = (_meaning(brief, one, all_needed) for one in lacking)
    reasons += [Reason(meaning) for meaning in meanings if meaning]
    have = [one for one in columns if one not in lacking and _is_there(brief, one)]
    if lacking and have:
        reasons.append(Reason(f"Already there: {', '.join(have)}."))
    elif not lacking:
        others = [] if len(have) == len(columns) else _in_their_place(brief, metric)
        reasons.append(Reason(f"It reads {', '.join([*have, *(one for one in others if one not in have)])}."))
    if rule and lacking:
        reasons.append(Reason(rule.why, rule.id))
    reasons += cares(brief, metric)[:1]
    listing = Listing("Now", (Use(metric.id),) if shown(brief, metric.id) else ())
    return finish(
        brief,
        Advice(brief.inquiry.topic, "open", headline, brief.role.id, tuple(reasons), (listing,)),
        planned=[metric.id],
    )


def _in_their_place(brief: Brief, metric: Metric) -> list[str]:
    """The columns that are there and do for others that a metric needs and that are not."""
    ways = (more for more, _ in instead(brief.catalog, metric))
    others = [f"{table}.{name}" for more in ways for table, names in more.items() for name in names]
    return [one for one in dict.fromkeys(others) if _is_there(brief, one)]


def _is_there(brief: Brief, column: str) -> bool:
    """Whether a company's SELECT gives a column; one that is worked out or assumed is not there."""
    table, _, name = column.partition(".")
    with brief.engine.turn:
        return name in brief.engine.warehouse.columns(table)


def _meaning(brief: Brief, column: str, all_needed: Mapping[str, Sequence[str]]) -> str:
    """What a column holds, or what a row of a table is and which columns of it are needed."""
    table, _, name = column.partition(".")
    known = brief.catalog.tables.get(table)
    if known is None:
        return ""
    found = next((one for one in known.columns if one.name == name), None)
    if found is None:
        columns = joined(list(all_needed.get(table, ())))
        return f"A row of {table} is {known.grain}{columns and f'; it needs {columns}'}." if not name else ""
    return f"{column}: {found.meaning or found.type}; a row of {table} is {known.grain}."
