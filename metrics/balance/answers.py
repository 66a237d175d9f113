"""Kinds of rules about the answer around a list: what it was asked for, what proves it, what it calls things."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from metrics.balance.context import Case, Verdict, fails, passes
from metrics.balance.parameters import Nothing, Parameters
from metrics.model import Metric


class Cited(Parameters):
    """The fields that the citation of every number must have."""

    fields: list[str] = Field(min_length=1)


def subset(metrics: Sequence[Metric], _parameters: Nothing, case: Case) -> Verdict | None:
    """Asked for some of those shown before, the list holds exactly that many of exactly those."""
    shown, count = case.context.shown, case.context.count
    if shown is None:
        return None
    strangers = [metric.id for metric in metrics if metric.id not in shown]
    if strangers:
        return fails(f"{strangers[0]} was not among the {len(shown)} shown before.")
    if count is not None and len(metrics) != count:
        return fails(f"{count} were asked for, and {len(metrics)} are listed.")
    return passes(f"All {len(metrics)} are among the {len(shown)} shown before.")


def one_list(_metrics: Sequence[Metric], _parameters: Nothing, case: Case) -> Verdict | None:
    """The answer holds one list, unless more were asked for."""
    held, asked = case.context.lists, case.context.lists_asked
    if held is None:
        return None
    if held > asked:
        return fails(f"{held} lists were given, and {asked} asked for: both sides belong into one.")
    return passes("Both sides stand in one list." if held == 1 else f"{held} lists were asked for.")


def cited(_metrics: Sequence[Metric], parameters: Cited, case: Case) -> Verdict | None:
    """Every number has a citation that lets anyone compute it again."""
    if case.context.receipts is None:
        return None
    numbers = [receipt for receipt in case.context.receipts if receipt.number]
    for receipt in numbers:
        missing = [name for name in parameters.fields if name not in receipt.fields]
        if missing:
            return fails(f"The value of {receipt.metric} is cited without {', '.join(missing)}.")
    return passes(f"All {len(numbers)} values are cited.")


def called(_metrics: Sequence[Metric], _parameters: Nothing, case: Case) -> Verdict | None:
    """A KPI has a target and a day, an OKR points at a KPI, and a bare metric is called neither."""
    if case.context.called is None:
        return None
    readings = {reading.metric: reading for reading in case.context.readings or []}
    kpis = {one.metric for one in case.context.called if one.kind == "kpi"}
    for one in case.context.called:
        reading = readings.get(one.metric)
        if one.kind == "kpi" and (reading is None or reading.target is None or reading.due is None):
            return fails(f"{one.metric} has no target with a day, so it is a metric and no KPI.")
        if one.kind == "okr" and one.points_at not in kpis:
            return fails(f"The OKR about {one.metric} points at no KPI.")
    return passes(f"{len(kpis)} KPI with a target and a day; every OKR points at one.")
