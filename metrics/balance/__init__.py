"""Balance: the closed list of rule kinds, and the check of a finished list against every rule."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.balance.context import Case, Context, Verdict, fails
from metrics.balance.facts import Called, Coached, Gates, Reading, Receipt, receipts
from metrics.balance.kinds import RULE_KINDS, RuleKind
from metrics.balance.parameters import Parameters
from metrics.balance.shares import Shares, clash
from metrics.model import Catalog, Rule
from metrics.scorecard import RuleResult

__all__ = [
    "RULE_KINDS",
    "Called",
    "Coached",
    "Context",
    "Gates",
    "Reading",
    "Receipt",
    "RuleKind",
    "Shares",
    "Verdict",
    "apply",
    "check",
    "clash",
    "parameters",
    "receipts",
]


def parameters(rule: Rule) -> Parameters:
    """A rule's parameters, as its kind reads them. The loader has made sure that they can be read."""
    return RULE_KINDS[rule.kind].parameters.model_validate(rule.parameters)


def apply(catalog: Catalog, rule: Rule, metric_ids: Sequence[str], context: Context) -> Verdict | None:
    """Whether a list passes one rule; None where the rule has nothing to say about it.

    A rule of scope ``prefix`` is asked about every beginning of the list from its length on.

    Raises:
        UnknownNameError: the list or the context names what the catalog does not know.
    """
    if rule.questions and context.question not in rule.questions:
        return None
    if len(metric_ids) < rule.from_length:
        return None
    role = catalog.role(context.role) if context.role else None
    metrics = [catalog.metric(metric_id) for metric_id in metric_ids]
    kind, asked = RULE_KINDS[rule.kind], parameters(rule)
    case = Case(catalog, role, context, rule)
    whole = kind.check(metrics, asked, case)
    if rule.scope != "prefix" or whole is None or not whole.passed:
        return whole
    for n in range(max(rule.from_length, 1), len(metrics)):
        part = kind.check(metrics[:n], asked, case)
        if part and not part.passed:
            return fails(f"Cut to the first {n}: {part.note}")
    return whole


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
