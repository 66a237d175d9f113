"""Balance: the closed list of rule kinds, and the check of a finished list against every rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from metrics.balance import acronyms, answers, company, sides
from metrics.balance.context import Case, Context, Receipt, Verdict, receipts
from metrics.balance.parameters import (
    Acronyms,
    Cited,
    Excluded,
    Kinds,
    Leading,
    Mix,
    Nothing,
    Parameters,
    Requires,
    Spread,
)
from metrics.balance.shares import Shares, clash
from metrics.model import Catalog, Metric, Rule
from metrics.scorecard import RuleResult

__all__ = [
    "RULE_KINDS",
    "Context",
    "Receipt",
    "Shares",
    "Verdict",
    "apply",
    "check",
    "clash",
    "parameters",
    "receipts",
]


@dataclass(frozen=True)
class RuleKind:
    """What a rule of this kind may say, and the function that tells whether a list passes it.

    The function is given the metrics in order, the parameters and the case. It returns None where the
    rule has nothing to say about such a list.
    """

    parameters: type[Parameters]
    check: Callable[[Sequence[Metric], Any, Case], Verdict | None]


RULE_KINDS: Mapping[str, RuleKind] = {
    "mix": RuleKind(Mix, sides.mix),
    "mix_of_prefixes": RuleKind(Mix, sides.mix_of_prefixes),
    "leading": RuleKind(Leading, sides.leading),
    "kinds": RuleKind(Kinds, sides.kinds),
    "spread": RuleKind(Spread, sides.spread),
    "counters": RuleKind(Nothing, company.counters),
    "requires": RuleKind(Requires, company.requires),
    "excluded": RuleKind(Excluded, company.excluded),
    "distinct": RuleKind(Nothing, company.distinct),
    "primary": RuleKind(Nothing, company.primary),
    "subset": RuleKind(Nothing, answers.subset),
    "cited": RuleKind(Cited, answers.cited),
    "acronym": RuleKind(Acronyms, acronyms.acronym),
}
"""Every kind of rule there is. A rule of another kind is refused when it is loaded."""


def parameters(rule: Rule) -> Parameters:
    """A rule's parameters, as its kind reads them. The loader has made sure that they can be read."""
    return RULE_KINDS[rule.kind].parameters.model_validate(rule.parameters)


def apply(catalog: Catalog, rule: Rule, metric_ids: Sequence[str], context: Context) -> Verdict | None:
    """Whether a list passes one rule; None where the rule has nothing to say about it.

    Raises:
        UnknownNameError: the list or the context names what the catalog does not know.
    """
    role = catalog.role(context.role) if context.role else None
    metrics = [catalog.metric(metric_id) for metric_id in metric_ids]
    return RULE_KINDS[rule.kind].check(metrics, parameters(rule), Case(catalog, role, context))


def check(
    catalog: Catalog,
    metric_ids: Sequence[str],
    *,
    role: str | None,
    context: Context | None = None,
) -> tuple[RuleResult, ...]:
    """How a finished list fares under every rule that has something to say about it.

    Raises:
        UnknownNameError: the list or the context names what the catalog does not know.
    """
    about = (context or Context()).model_copy(update={"role": role})
    verdicts = ((rule, apply(catalog, rule, metric_ids, about)) for rule in catalog.rules.values())
    return tuple(
        RuleResult(rule.id, rule.severity, verdict.passed, verdict.note)
        for rule, verdict in verdicts
        if verdict
    )
