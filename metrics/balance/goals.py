"""Kinds of rules about goals: that there is one, that it lasts, and that a programme is measured by its own."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from metrics.balance.company import first_business
from metrics.balance.context import Case, Verdict, fails, passes
from metrics.balance.parameters import Nothing, Parameters
from metrics.model import GoalType, Metric


class Objectives(Parameters):
    """The goals of programmes that this rule is about; `goals.yaml` says which metrics measure them."""

    goals: list[GoalType] = Field(min_length=1)


class Steady(Parameters):
    """How often the first goal may change within two quarters."""

    most: int = Field(ge=0)


def objective(metrics: Sequence[Metric], parameters: Objectives, case: Case) -> Verdict | None:
    """A programme is measured by what it is for: its first business metric is one of its goal's."""
    goal = case.catalog.goals.get(case.context.objective or "")
    lead = first_business(metrics)
    if goal is None or goal.goal not in parameters.goals or lead is None:
        return None
    if lead.id in goal.primary:
        return passes(f"{lead.id} tells whether a programme for {goal.name} works.")
    return fails(f"A programme for {goal.name} is measured by {', '.join(goal.primary)}, not by {lead.id}.")


def goal_first(metrics: Sequence[Metric], _parameters: Nothing, case: Case) -> Verdict | None:
    """The list serves every declared goal; where none is declared, the assumed one is named."""
    declared = case.context.goals
    if declared is None:
        return None
    if not declared:
        assumed = case.context.assumed_goal
        if assumed is None:
            return fails("No goal is declared, and the answer does not say which one it assumes.")
        return passes(f"No goal is declared; {case.catalog.goals[assumed].name} is assumed.")
    for name in declared:
        goal = case.catalog.goals[name]
        if not any(goal.serves(metric) for metric in metrics):
            return fails(f"Nothing in the list serves the goal {goal.name}.")
    return passes(f"The list serves {', '.join(case.catalog.goals[name].name for name in declared)}.")


def steady(_metrics: Sequence[Metric], parameters: Steady, case: Case) -> Verdict | None:
    """The first goal stays long enough to be reached."""
    changes = case.context.goal_changes
    if changes is None:
        return None
    times = f"The first goal changed {changes} times within two quarters"
    return fails(f"{times}.") if changes > parameters.most else passes(f"{times}, which is not too often.")
