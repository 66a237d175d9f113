"""Kinds of rules about coaching: it holds, older rules stay, it reaches whom it is for, and nothing is feigned."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import Field

from metrics.balance.context import Case, Verdict, fails, passes
from metrics.balance.facts import Coached
from metrics.balance.parameters import Nothing, Parameters
from metrics.balance.shares import at_least
from metrics.model import Metric
from metrics.scorecard import RuleResult


class Within(Parameters):
    """Within how many places a metric that is always included stands, in lists of at least that length."""

    within_first: int = Field(default=10, ge=2)
    shares_from: int = Field(default=5, ge=2)


class Words(Parameters):
    """The words that claim something was learned."""

    words: list[str] = Field(min_length=1)


def coached(metrics: Sequence[Metric], parameters: Within, case: Case) -> Verdict | None:
    """Every coached rule that this answer was made with holds in it."""
    if case.context.coached is None:
        return None
    held = [rule for rule in case.context.coached if rule.applied]
    for rule in held:
        broken = _broken(metrics, rule, parameters)
        if broken:
            return fails(f"{rule.id}: {broken}.")
    return passes(f"{len(held)} coached rules hold.")


def judged(metrics: Sequence[Metric], rule: Coached, parameters: Within) -> RuleResult:
    """One coached rule's own check of a finished list."""
    broken = _broken(metrics, rule, parameters)
    return RuleResult(rule.id, "block", not broken, f"{broken or _asked(rule)}.")


def _asked(rule: Coached) -> str:
    """What a rule asks for, in words of its own."""
    shares = [(rule.people, "people"), (rule.business, "business")]
    said = [
        f"{', '.join(rule.include)} within the first ten" if rule.include else "",
        f"{', '.join(rule.exclude)} never shown" if rule.exclude else "",
        *(f"at least {share} % {side} metrics" for share, side in shares if share is not None),
    ]
    return f"Coached for this {rule.scope}: {'; '.join(filter(None, said))}"


def _broken(metrics: Sequence[Metric], rule: Coached, parameters: Within) -> str:
    ids, n = [metric.id for metric in metrics], len(metrics)
    shown = [name for name in rule.exclude if name in ids]
    if shown:
        return f"{shown[0]} was never to be shown"
    late = [name for name in rule.include if name not in ids[: parameters.within_first]]
    if late and n >= parameters.within_first:
        return f"{late[0]} was always to be within the first {parameters.within_first}"
    people = sum(metric.side == "people" for metric in metrics)
    for share, count, side in ((rule.people, people, "people"), (rule.business, n - people, "business")):
        if share is not None and n >= parameters.shares_from and count < at_least(share, n):
            return f"{count} of {n} are {side} metrics, less than {share} %"
    return ""


def kept(_metrics: Sequence[Metric], _parameters: Nothing, case: Case) -> Verdict | None:
    """What was coached before is there still, unless someone retired it."""
    before, now = case.context.coached_before, case.context.coached
    if before is None or now is None:
        return None
    lost = [name for name in before if name not in {one.id for one in now} | set(case.context.retired)]
    if lost:
        return fails(f"{lost[0]} is gone, and nobody retired it.")
    return passes(f"All {len(before)} older rules are still there, or were retired.")


def scoped(_metrics: Sequence[Metric], _parameters: Nothing, case: Case) -> Verdict | None:
    """A coached rule reaches everyone it is for, and nobody else."""
    if case.context.coached is None:
        return None
    for rule in case.context.coached:
        ours = {"workspace": "", "channel": case.context.channel, "user": case.context.user}[rule.scope]
        reaches = rule.scope == "workspace" or rule.of == ours
        if rule.applied and not reaches:
            return fails(f"{rule.id} is for one {rule.scope}, and was applied to another.")
        if reaches and not rule.applied:
            return fails(f"{rule.id} is for this {rule.scope} too, and was not applied.")
    return passes("Every coached rule was applied where it belongs.")


def learned(_metrics: Sequence[Metric], parameters: Words, case: Case) -> Verdict | None:
    """The answer says that it learned only what was stored, and names the rule."""
    if case.context.text is None:
        return None
    text = case.context.text.lower()
    said = [word for word in parameters.words if re.search(rf"\b{re.escape(word.lower())}\b", text)]
    if not said:
        return passes("The answer claims to have learned nothing.")
    if not any(name.lower() in text for name in case.context.stored):
        return fails(f"The answer says {said[0]!r}, and names no rule that was stored in this turn.")
    return passes(f"The answer says {said[0]!r}, and the rule was stored.")
