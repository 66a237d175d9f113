"""Kinds of rules about which metrics may stand together, first, or at all."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.balance.context import Case, Verdict, fails, passes
from metrics.balance.parameters import Excluded, Nothing, Requires
from metrics.model import Metric


def first_business(metrics: Sequence[Metric]) -> Metric | None:
    """The primary: the business metric named first, as the thing to move."""
    return next((metric for metric in metrics if metric.side == "business"), None)


def counters(metrics: Sequence[Metric], _parameters: Nothing, _case: Case) -> Verdict | None:
    """Each metric that needs a counter-metric follows one of its counters."""
    before: set[str] = set()
    guarded = 0
    for metric in metrics:
        required = metric.counters.required
        if required and before.isdisjoint(required):
            return fails(f"{metric.id} needs one of {', '.join(required)} before it.")
        guarded += bool(required)
        before.add(metric.id)
    if not guarded:
        return passes("No metric here needs a counter-metric in the list.")
    return passes(f"{guarded} of {len(metrics)} need a counter-metric, and it stands before them.")


def requires(metrics: Sequence[Metric], parameters: Requires, case: Case) -> Verdict | None:
    """Certain metrics are listed only with, and after, certain others."""
    ids = [metric.id for metric in metrics]
    concerned = [metric_id for metric_id in ids if metric_id in parameters.of]
    if not concerned or not _for_this_company(parameters, case):
        return None
    model = case.context.business_model
    ahead = parameters.ahead_in.get(model, []) if model else []
    for place, metric_id in enumerate(ids):
        if metric_id not in parameters.of:
            continue
        shown = case.beside(metric_id) if case.rule.companion_line and not ahead else []
        wanted = ahead or parameters.one_of
        if set(wanted).isdisjoint([*ids[:place], *shown]):
            return fails(
                f"{metric_id} needs one of {', '.join(wanted)} {'before it' if ahead else 'with it'}."
            )
    lead = first_business(metrics)
    if lead and lead.id in parameters.never_primary:
        return fails(f"{lead.id} may not be the primary metric.")
    return passes(f"{', '.join(concerned)} stands beside what keeps it honest.")


def _for_this_company(parameters: Requires, case: Case) -> bool:
    return not parameters.traits or not set(parameters.traits).isdisjoint(case.context.traits)


def excluded(metrics: Sequence[Metric], parameters: Excluded, case: Case) -> Verdict | None:
    """Some metrics are never ranked."""
    diagnostics = case.role.diagnostics if case.role and parameters.diagnostics else []
    for metric in metrics:
        for tag in parameters.tags:
            if tag in metric.tags:
                return fails(f"{metric.id} is {tag.replace('_', ' ')} and may not be ranked.")
        if metric.id in diagnostics:
            return fails(f"{metric.id} is a diagnostic of this role and may not be ranked.")
    return passes(f"None is {' or '.join(tag.replace('_', ' ') for tag in parameters.tags)}.")


def distinct(metrics: Sequence[Metric], _parameters: Nothing, case: Case) -> Verdict | None:
    """No metric stands twice, under its own name or as its complement."""
    ids = [metric.id for metric in metrics]
    twice = sorted({metric for metric in ids if ids.count(metric) > 1})
    if twice:
        return fails(f"{twice[0]} is listed twice.")
    for pair in case.catalog.complements:
        if pair <= set(ids):
            one, other = sorted(pair)
            return fails(f"{one} and {other} say the same thing.")
    return passes("No metric is listed twice or beside its complement.")
