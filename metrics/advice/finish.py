"""An advice -> the same with the values of its metrics, and with how the rules fared on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from metrics.advice.brief import Brief
from metrics.advice.model import Advice
from metrics.balance import Context, check, parameters
from metrics.balance.parameters import Excluded
from metrics.lists.behind import Behind, remarks
from metrics.lists.judge import context_of
from metrics.lists.rows import covers, rows_of
from metrics.lists.wanted import Wanted
from metrics.ranking import Place
from metrics.scorecard import Row, RuleResult
from metrics.values import Status, Value


def wanted_of(brief: Brief, count: int = 0) -> Wanted:
    """What the values of an advice are asked for: those of a list of the role."""
    return Wanted(
        role=brief.role.id,
        count=count,
        period=brief.period,
        as_of=brief.as_of,
        today=brief.today,
        stage=brief.stage,
        business_model=brief.business_model,
    )


def finish(brief: Brief, advice: Advice, *, also: Sequence[str] = (), **known: Any) -> Advice:
    """Compute what the advice names, and ``also`` these; hold it to the rules. ``known`` completes their context."""
    ids = [name for name in dict.fromkeys((*advice.named, *also)) if shown(brief, name)]
    wanted = wanted_of(brief, len(ids))
    rows, behind = rows_of(
        brief.engine, wanted, [_place(brief, rank, one) for rank, one in enumerate(ids, 1)]
    )
    context = _context(brief, rows, behind, known)
    kept = _judged(brief, advice, context)
    measured = [row for row in rows if row.value.value is not None]
    notes = (*advice.notes, *_needs(rows), *covers(brief.engine, wanted, measured), *remarks(rows, behind))
    return replace(advice, rows=rows, rules=kept, notes=notes)


def shown(brief: Brief, metric_id: str) -> bool:
    """Whether the value of a metric may be shown at all: one about single persons may not (R37)."""
    tags = {
        tag
        for rule in brief.catalog.rules.values()
        if isinstance(asked := parameters(rule), Excluded) and not asked.diagnostics
        for tag in asked.tags
    }
    return tags.isdisjoint(brief.metric(metric_id).tags)


def _judged(brief: Brief, advice: Advice, context: Context) -> tuple[RuleResult, ...]:
    """How the rules fared: those of lists on what is to be steered by, those of a question on all that is named."""
    scopes = {rule.id: rule.scope for rule in brief.catalog.rules.values()}
    listed = check(brief.catalog, advice.steer, role=brief.role.id, context=context)
    named = check(brief.catalog, advice.named, role=brief.role.id, context=context)
    kept = [
        one
        for one in listed
        if scopes[one.rule] == "answer" or (advice.steer and scopes[one.rule] == "prefix")
    ]
    return (*kept, *(one for one in named if scopes[one.rule] == "question"))


def settled(value: Value) -> bool:
    """Whether a value may be compared with an earlier one: neither its period nor its cohort may still change."""
    return value.status is Status.OK and {"partial_period", "unsettled"}.isdisjoint(value.flags)


def _place(brief: Brief, rank: int, metric_id: str) -> Place:
    """A place of an order for a metric that is only named."""
    metric = brief.metric(metric_id)
    beside = (*metric.counters.required, *brief.limits.beside.get(metric_id, ()), *metric.counters.companions)
    return Place(rank, metric_id, metric.side, "", guarded_by=tuple(dict.fromkeys(beside)))


def _context(brief: Brief, rows: tuple[Row, ...], behind: Behind, known: Mapping[str, Any]) -> Context:
    found = context_of(
        brief.engine,
        rows,
        behind,
        role=brief.role.id,
        as_of=brief.as_of,
        stage=brief.stage,
        business_model=brief.business_model,
        gates=brief.gates,
        within=None,
        count=0,
        taught=brief.taught,
    )
    return found.model_copy(update=dict(known))


def _needs(rows: Sequence[Row]) -> list[str]:
    """What has to be recorded for what is not measured (R21)."""
    return [f"{row.metric.name} needs {', '.join(row.value.needs)} (R21)." for row in rows if row.value.needs]
