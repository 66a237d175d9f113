"""Kinds of rules about the answer around a list: what it was asked for, and what proves its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.balance.context import Case, Verdict, fails, passes
from metrics.balance.parameters import Cited, Nothing
from metrics.model import Metric


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
