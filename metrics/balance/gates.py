"""Kinds of rules whose gates the company's own values open: who may lead, and what waits while a bucket leaks."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.balance.company import first_business
from metrics.balance.context import Case, Verdict, fails, passes
from metrics.balance.parameters import Leaky, Primary
from metrics.model import Metric


def primary(metrics: Sequence[Metric], _parameters: Primary, case: Case) -> Verdict | None:
    """The first business metric is one that may lead at this stage, unless the gate is open."""
    lead, stage = first_business(metrics), case.context.stage
    if lead is None or stage is None or stage not in case.catalog.stages:
        return None
    if lead.id not in case.catalog.stages[stage].not_primary:
        return passes(f"{lead.id} may lead at stage {stage}.")
    if case.context.gates.engaged:
        return passes(f"{lead.id} may lead at stage {stage}: use of the product held its threshold.")
    return fails(f"{lead.id} may not lead at stage {stage}.")


def leaky(metrics: Sequence[Metric], parameters: Leaky, case: Case) -> Verdict | None:
    """While the bucket leaks, whatever brings new customers stands behind what keeps them."""
    leaks = case.context.gates.leaks
    if not leaks:
        return None
    before: set[str] = set()
    for metric in metrics:
        if metric.id in parameters.acquisition and before.isdisjoint(parameters.activation):
            ahead = ", ".join(parameters.activation)
            return fails(
                f"{', '.join(leaks)} misses its target, so {metric.id} stands behind one of {ahead}."
            )
        before.add(metric.id)
    return passes(f"{', '.join(leaks)} misses its target, and nothing about acquisition stands too early.")
