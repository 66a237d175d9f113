"""Kinds of rules about answers to certain questions: what they must hold, and on what they must not rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from pydantic import Field

from metrics.balance.context import Case, Verdict, fails, passes
from metrics.balance.parameters import Nothing, Parameters
from metrics.definition import references
from metrics.model import Metric


class Includes(Parameters):
    """One metric of each of the groups ``all_of``; with ``compared`` each of them before and after."""

    all_of: list[list[str]] = Field(min_length=1)
    compared: bool = False

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [*chain.from_iterable(self.all_of)]


class Evidence(Parameters):
    """Metrics with this ``tag`` are no driver alone; one of ``one_of`` stands beside them, with a level."""

    tag: str
    one_of: list[str] = Field(min_length=1)
    levels: list[str] = Field(min_length=1)

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return self.one_of


class Agreed(Parameters):
    """For each term the metrics that rest on it, and the departments that have to agree on its definition."""

    terms: dict[str, list[str]]
    owners: list[str] = Field(min_length=1)

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [*chain.from_iterable(self.terms.values())]


class Apart(Parameters):
    """Groups of metrics of which none is ever computed from one of another group."""

    groups: list[list[str]] = Field(min_length=2)

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [*chain.from_iterable(self.groups)]


class Touchpoints(Parameters):
    """The metrics that speak for each touchpoint, and of how many the answer draws."""

    touchpoints: dict[str, list[str]]
    least: int = Field(default=2, ge=1)

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [*chain.from_iterable(self.touchpoints.values())]


def includes(metrics: Sequence[Metric], parameters: Includes, case: Case) -> Verdict | None:
    """The answer holds one of each group that the question needs."""
    ids = {metric.id for metric in metrics}
    missing = [group for group in parameters.all_of if ids.isdisjoint(group)]
    if missing:
        return fails(f"The answer needs {' and '.join(' or '.join(group) for group in missing)}.")
    if parameters.compared:
        open_ = [group for group in parameters.all_of if set(group).isdisjoint(case.context.compared)]
        if open_:
            return fails(f"{' or '.join(open_[0])} is not compared before and after.")
    return passes("The answer holds all that this kind of question needs.")


def evidence(metrics: Sequence[Metric], parameters: Evidence, case: Case) -> Verdict | None:
    """A proxy is no driver alone: what customers do stands beside it, with how good the evidence is."""
    proxies = [metric.id for metric in metrics if parameters.tag in metric.tags]
    if not proxies:
        return None
    named = [metric.id for metric in metrics if metric.id in parameters.one_of]
    if not named:
        return fails(f"{', '.join(proxies)} cannot stand alone; it needs {' or '.join(parameters.one_of)}.")
    if not any(case.context.evidence.get(one) in parameters.levels for one in named):
        return fails(
            f"{', '.join(named)} does not say how good the evidence is: {', '.join(parameters.levels)}."
        )
    return passes(f"{', '.join(named)} stands beside {', '.join(proxies)}, with how good the evidence is.")


def agreed(metrics: Sequence[Metric], parameters: Agreed, case: Case) -> Verdict | None:
    """Terms that two departments use have one definition that both agreed on."""
    known = case.context.agreed
    used = {
        term: [metric.name for metric in metrics if metric.id in names]
        for term, names in parameters.terms.items()
    }
    if known is None or not any(used.values()):
        return None
    for term, names in used.items():
        missing = [owner for owner in parameters.owners if owner not in known.get(term, [])]
        if names and missing:
            return fails(
                f"{' and '.join(missing)} did not agree on what a {term.replace('_', ' ')} is, "
                f"which {' and '.join(names)} counts."
            )
    return passes(f"{' and '.join(parameters.owners)} agreed on what counts.")


def apart(metrics: Sequence[Metric], parameters: Apart, case: Case) -> Verdict | None:
    """What asks different questions is never computed from one another."""
    group_of = {name: place for place, group in enumerate(parameters.groups) for name in group}
    concerned = [metric for metric in metrics if metric.id in group_of]
    if not concerned:
        return None
    for metric in concerned:
        for source in _made_of(metric, case.context.derived):
            if group_of.get(source, group_of[metric.id]) != group_of[metric.id]:
                return fails(f"{metric.id} is derived from {source}, which asks something else.")
    return passes(f"{', '.join(metric.id for metric in concerned)} comes from answers of its own.")


def _made_of(metric: Metric, derived: Mapping[str, list[str]]) -> Iterator[str]:
    yield from derived.get(metric.id, [])
    for part in metric.parts:
        yield from (reference.metric for reference in references(part))


def paid(_metrics: Sequence[Metric], _parameters: Nothing, case: Case) -> Verdict | None:
    """What pay hangs on has a counter-metric, and its records are checked."""
    if not case.context.paid:
        return None
    checked = {one.metric for one in case.context.readings or [] if one.completeness is not None}
    for name in case.context.paid:
        if not [*case.catalog.metric(name).counters.required, *case.beside(name)]:
            return fails(f"{name} is paid for, and nothing keeps it honest.")
        if name not in checked:
            return fails(f"{name} is paid for, and nobody checks the records it rests on.")
    return passes(
        f"{', '.join(case.context.paid)}: a counter-metric and a check of the records stand beside it."
    )


def touchpoints(metrics: Sequence[Metric], parameters: Touchpoints, _case: Case) -> Verdict | None:
    """How a product does is told by more than one kind of contact with it."""
    ids = {metric.id for metric in metrics}
    drawn = [name for name, members in parameters.touchpoints.items() if not ids.isdisjoint(members)]
    if len(drawn) < parameters.least:
        return fails(
            f"The answer draws on {', '.join(drawn) or 'none'} of {', '.join(parameters.touchpoints)}."
        )
    return passes(f"The answer draws on {', '.join(drawn)}.")
