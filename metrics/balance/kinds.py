"""The closed list of rule kinds: what a rule of each kind may say, and the function that judges a list by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from metrics.balance import acronyms, advice, answers, coached, company, gates, goals, readings, sides
from metrics.balance.context import Case, Verdict
from metrics.balance.parameters import (
    Excluded,
    Kinds,
    Leading,
    Leaky,
    Mix,
    Nothing,
    Parameters,
    Primary,
    Requires,
    Spread,
    Tiers,
)
from metrics.model import Metric


@dataclass(frozen=True)
class RuleKind:
    """What a rule of this kind may say, and the function that tells whether a list passes it.

    The function is given the metrics in order, the parameters and the case. It returns None where the
    rule has nothing to say about such a list.
    """

    parameters: type[Parameters]
    check: Callable[[Sequence[Metric], Any, Case], Verdict | None]


RULE_KINDS: Mapping[str, RuleKind] = {
    # the make-up of a list
    "mix": RuleKind(Mix, sides.mix),
    "leading": RuleKind(Leading, sides.leading),
    "kinds": RuleKind(Kinds, sides.kinds),
    "spread": RuleKind(Spread, sides.spread),
    "tiers": RuleKind(Tiers, sides.tiers),
    # what stands beside what, and what never stands at all
    "counters": RuleKind(Nothing, company.counters),
    "requires": RuleKind(Requires, company.requires),
    "excluded": RuleKind(Excluded, company.excluded),
    "distinct": RuleKind(Nothing, company.distinct),
    # gates that the company's values open or close
    "primary": RuleKind(Primary, gates.primary),
    "leaky": RuleKind(Leaky, gates.leaky),
    # goals
    "objective": RuleKind(goals.Objectives, goals.objective),
    "goal_first": RuleKind(Nothing, goals.goal_first),
    "steady": RuleKind(goals.Steady, goals.steady),
    # the answer around the list
    "subset": RuleKind(Nothing, answers.subset),
    "one_list": RuleKind(Nothing, answers.one_list),
    "cited": RuleKind(answers.Cited, answers.cited),
    "called": RuleKind(Nothing, answers.called),
    "acronym": RuleKind(acronyms.Acronyms, acronyms.acronym),
    # coaching
    "coached": RuleKind(coached.Within, coached.coached),
    "kept": RuleKind(Nothing, coached.kept),
    "scoped": RuleKind(Nothing, coached.scoped),
    "learned": RuleKind(coached.Words, coached.learned),
    # values
    "survey": RuleKind(readings.Survey, readings.survey),
    "quality": RuleKind(readings.Quality, readings.quality),
    "small_groups": RuleKind(readings.SmallGroups, readings.small_groups),
    "population": RuleKind(Nothing, readings.population),
    "gap": RuleKind(Nothing, readings.gap),
    "weights": RuleKind(readings.Weighted, readings.weights),
    # certain kinds of questions
    "includes": RuleKind(advice.Includes, advice.includes),
    "evidence": RuleKind(advice.Evidence, advice.evidence),
    "agreed": RuleKind(advice.Agreed, advice.agreed),
    "apart": RuleKind(advice.Apart, advice.apart),
    "paid": RuleKind(Nothing, advice.paid),
    "touchpoints": RuleKind(advice.Touchpoints, advice.touchpoints),
}
"""Every kind of rule there is. A rule of another kind is refused when it is loaded."""
