"""Kinds of rules that look at values: what they rest on, whom they cover, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import Field

from metrics.balance.context import Case, Verdict, fails, passes
from metrics.balance.facts import Reading
from metrics.balance.parameters import Nothing, Parameters
from metrics.model import Metric, Sensitivity
from metrics.privacy import of_metric


class Survey(Parameters):
    """Metrics with this ``tag`` are answers to surveys; below ``confident_from`` answers that is said.

    ``rates`` are the metrics that tell how many of those asked have answered, by side.
    """

    tag: str
    confident_from: int = Field(ge=2)
    rates: dict[str, str]

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [*self.rates.values()]


class Quality(Parameters):
    """Below ``least`` percent of ``measure``, values that rest on those ``tables`` are called unreliable."""

    measure: str
    tables: list[str] = Field(min_length=1)
    least: Decimal

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [self.measure]


class SmallGroups(Parameters):
    """The fewest people a value may rest on, by how sensitive it is.

    Privacy has its own table and withholds values by it; this is the second look at the finished answer.
    """

    least: dict[Sensitivity, int]


class Weighted(Parameters):
    """The metrics that add up work by its weight."""

    of: list[str] = Field(min_length=1)

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return self.of


LOW, UNRELIABLE = "low_confidence", "unreliable"
"""The flags that these rules ask for."""
CHOSE, NO_RATE = "self_selected", "response_rate_not_known"
"""The remarks that they ask for."""


def survey(_metrics: Sequence[Metric], parameters: Survey, case: Case) -> Verdict | None:
    """The figures of surveys say how many answered, of how many asked, and that those chose to."""
    found = [one for one in _numbers(case) if parameters.tag in case.catalog.metric(one.metric).tags]
    if not found:
        return None
    for one in found:
        if one.n is None:
            return fails(f"{one.metric} does not say how many answered.")
        if one.response_rate is None and NO_RATE not in one.remarks:
            return fails(f"{one.metric} does not say how many of those asked have answered.")
        if CHOSE not in one.remarks:
            return fails(f"{one.metric} does not say that it rests on those who chose to answer.")
        if one.n < parameters.confident_from and LOW not in one.flags:
            return fails(f"{one.metric} rests on {one.n} answers and does not say low confidence.")
    return passes(f"{', '.join(one.metric for one in found)}: answers and response rates are shown.")


def quality(_metrics: Sequence[Metric], parameters: Quality, case: Case) -> Verdict | None:
    """Values from incomplete records are called unreliable."""
    found = [one for one in _numbers(case) if one.completeness is not None]
    if not found:
        return None
    poor = [one for one in found if one.completeness is not None and one.completeness < parameters.least]
    silent = [one.metric for one in poor if UNRELIABLE not in one.flags]
    if silent:
        return fails(f"{', '.join(silent)}: the records behind it are incomplete, which is not said.")
    if poor:
        return passes(
            f"{', '.join(one.metric for one in poor)}: called unreliable, as the records are incomplete."
        )
    return passes("The records behind the values are complete enough.")


def small_groups(_metrics: Sequence[Metric], parameters: SmallGroups, case: Case) -> Verdict | None:
    """No value about people rests on fewer than may be shown."""
    found = _numbers(case)
    if case.context.readings is None:
        return None
    for one in found:
        least = parameters.least.get(of_metric(case.catalog, one.metric), 0)
        if one.n is not None and 0 < one.n < least:
            return fails(f"{one.metric} rests on fewer than {least} people.")
    return passes("No value rests on too few people.")


def population(_metrics: Sequence[Metric], _parameters: Nothing, case: Case) -> Verdict | None:
    """People metrics cover the role's organisation, or are named as covering the whole company."""
    if case.context.readings is None or case.context.organisation is None:
        return None
    ours = case.context.organisation
    for one in _numbers(case):
        metric = case.catalog.metric(one.metric)
        named = one.metric in case.context.whole or "rolled_up" in one.flags
        if metric.side == "people" and one.population != ours and not named:
            return fails(f"{one.metric} does not cover {', '.join(ours) or 'the whole company'}.")
    return passes(f"People metrics cover {', '.join(ours) or 'the whole company'}.")


def gap(_metrics: Sequence[Metric], _parameters: Nothing, case: Case) -> Verdict | None:
    """What is not measured keeps its place, and the answer says what would have to be recorded."""
    if case.context.readings is None:
        return None
    missing = [one for one in case.context.readings if one.status == "not_measured"]
    silent = [one.metric for one in missing if not one.needs and one.metric not in case.context.planned]
    if silent:
        return fails(f"{silent[0]} is not measured, and nothing says what would have to be recorded.")
    return passes(f"{len(missing)} not measured, each with what would have to be recorded.")


def weights(metrics: Sequence[Metric], parameters: Weighted, case: Case) -> Verdict | None:
    """Work is weighed before it is counted as done."""
    equal = case.context.equal_weights
    concerned = [metric.id for metric in metrics if metric.id in parameters.of]
    if not concerned or equal is None:
        return None
    if equal:
        return fails(f"{', '.join(concerned)}: all planned work weighs the same, or nobody gave it a weight.")
    return passes(f"{', '.join(concerned)} uses the weights that were given.")


def _numbers(case: Case) -> list[Reading]:
    return [one for one in case.context.readings or [] if one.value is not None]
