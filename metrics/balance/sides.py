"""Kinds of rules about the make-up of a list: sides, timing, kinds and dimensions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from metrics.balance.context import Case, Verdict, fails, passes
from metrics.balance.parameters import Kinds, Leading, Mix, Spread, Tiers
from metrics.balance.shares import Shares, at_least
from metrics.model import Catalog, Metric


def floors(parameters: Mix, shares: Shares, n: int) -> Shares:
    """How many people and business metrics a list of ``n`` needs at least."""
    if n >= parameters.shares_from:
        return Shares(at_least(shares.people, n), at_least(shares.business, n))
    return Shares(parameters.below, parameters.below) if n > 1 else Shares(0, 0)


def mix(metrics: Sequence[Metric], parameters: Mix, case: Case) -> Verdict | None:
    """Both sides of the list reach their floors."""
    n = len(metrics)
    if n == 0:
        return None
    people = sum(metric.side == "people" for metric in metrics)
    if n == 1:
        missing = "business" if people else "people"
        return passes(f"One metric cannot be balanced: the {missing} side is missing.")
    need = floors(parameters, case.shares, n)
    held = f"{n - people} business and {people} people"
    metrics_needed = "metric" if need.people == 1 else "metrics"
    asked = f"a list of {n} needs at least {need.business} business and {need.people} people {metrics_needed}"
    balanced = people >= need.people and n - people >= need.business
    return Verdict(balanced, f"{held}; {asked}.")


def leading(metrics: Sequence[Metric], parameters: Leading, _case: Case) -> Verdict | None:
    """Enough of the list looks ahead, and some of that near the top."""
    n = len(metrics)
    early = [metric.timing == "leading" for metric in metrics]
    need = at_least(parameters.share, n)
    first = parameters.within_first
    note = f"{sum(early)} of {n} are leading; at least {need} must be, one of them in the first {first}."
    return Verdict(sum(early) >= need and any(early[:first]), note)


def kinds(metrics: Sequence[Metric], parameters: Kinds, _case: Case) -> Verdict | None:
    """The list holds both what is wanted and what moves it."""
    held = Counter(metric.kind for metric in metrics)
    short = [f"{least} {kind}" for kind, least in parameters.least.items() if held[kind] < least]
    if short:
        return fails(f"The list needs at least {' and '.join(short)}.")
    return passes(" and ".join(f"{held[kind]} {kind}" for kind in parameters.least) + " metrics.")


def cap(parameters: Spread, percent: int, n: int) -> int:
    """How many metrics of one dimension a list of ``n`` may hold."""
    return at_least(percent, max(n, parameters.counted_as))


def spread(metrics: Sequence[Metric], parameters: Spread, case: Case) -> Verdict | None:
    """No dimension crowds out the others."""
    if not metrics or case.role is None:
        return None
    percent = parameters.executive if case.role.executive else parameters.functional
    most = cap(parameters, percent, len(metrics))
    dimension, count = Counter(metric.dimension for metric in metrics).most_common(1)[0]
    note = f"{count} of {len(metrics)} are about {dimension.replace('_', ' ')}; at most {most} may be."
    return Verdict(count <= most, note)


def tiers(metrics: Sequence[Metric], parameters: Tiers, case: Case) -> Verdict | None:
    """The list holds enough of each tier, or all there are where some were to be left out."""
    if case.role is None or case.role.id not in parameters.of_roles:
        return None
    held = {metric.id for metric in metrics}
    able = standing(case.catalog, case.context.without)
    for name, members in parameters.tiers.items():
        least = min(parameters.least, len(able.intersection(members)))
        if len(held.intersection(members)) < least:
            return fails(f"The list needs at least {least} {name} metrics.")
    counts = (f"{len(held.intersection(members))} {name}" for name, members in parameters.tiers.items())
    return passes(f"{' and '.join(counts)} metrics.")


def standing(catalog: Catalog, without: Collection[str]) -> set[str]:
    """The metrics that can be listed at all where some are left out: those whose counters are there too."""
    able = catalog.metrics.keys() - set(without)
    while True:
        fallen = {name for name in able if _unguarded(catalog.metrics[name], able)}
        if not fallen:
            return able
        able -= fallen


def _unguarded(metric: Metric, able: set[str]) -> bool:
    return bool(metric.counters.required) and able.isdisjoint(metric.counters.required)
