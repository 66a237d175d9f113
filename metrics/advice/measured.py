"""How a programme, a pilot, a price, an automation or a product is judged: by what it is for, says a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from metrics.advice.brief import Brief
from metrics.advice.finish import finish, settled
from metrics.advice.judged import guards
from metrics.advice.model import Advice, Reason, Use
from metrics.advice.steer import steer
from metrics.advice.words import joined, spoken
from metrics.balance import parameters
from metrics.balance.advice import Includes, Touchpoints
from metrics.balance.goals import Objectives
from metrics.balance.parameters import Requires
from metrics.lists.aims import ASSUMED, in_force
from metrics.model import Goal, Rule
from metrics.scorecard import Row

MATTERS = {
    "pilot": "A pilot",
    "automation": "An automation",
    "pricing": "A change of price",
    "product_performance": "A product",
}
PRIMARIES = 2
"""How many metrics of a goal are looked at."""


def measure(brief: Brief) -> Advice:
    """The metrics that the rules ask for where this kind of thing is judged."""
    matter = brief.inquiry.matter
    rules = [rule for rule in brief.catalog.rules.values() if matter in rule.questions]
    wanted = list(dict.fromkeys(use for rule in rules for use in _wanted(rule, brief)))
    names = joined([spoken(brief.name(use.metric)) for use in wanted])
    reasons = [Reason(rule.why, rule.id) for rule in rules]
    reasons += [Reason(rule.instead, rule.id) for rule in rules if rule.instead]
    advice = Advice(
        brief.inquiry.topic,
        "open",
        f"{MATTERS.get(str(matter), 'That')} is judged by {names}.",
        brief.role.id,
        tuple(reasons),
        (steer(brief, "Look at", wanted),),
    )
    found = finish(brief, advice)
    compared = [row.metric.id for row in found.rows if row.previous is not None]
    return finish(brief, advice, question=matter, compared=compared)


def _wanted(rule: Rule, brief: Brief) -> Iterator[Use]:
    match parameters(rule):
        case Includes(all_of=groups):
            yield from (Use(_first(brief, group), rule=rule.id) for group in groups)
        case Touchpoints(touchpoints=touchpoints):
            for name, group in touchpoints.items():
                yield Use(_first(brief, group), name, rule.id)
        case Requires(of=of, one_of=one_of):
            told = [name for name in of if not set(one_of).isdisjoint(brief.metric(name).counters.companions)]
            gain = _first(brief, told or of)
            stay = [name for name in one_of if name in brief.metric(gain).counters.companions]
            yield Use(gain, "the quick gain", rule.id)
            yield Use(_first(brief, stay or one_of), "whether customers stay", rule.id)


def _first(brief: Brief, group: Sequence[str]) -> str:
    """The one of a group that the role looks at first."""
    ids = brief.order.ids
    return min(group, key=lambda one: ids.index(one) if one in ids else len(ids))


def programme(brief: Brief) -> Advice:
    """Whether a programme works: what its goal's metrics say, and why another number does not."""
    goal = brief.catalog.goals.get(brief.inquiry.goal or "")
    if goal is None:
        return _without_goal(brief)
    judged = brief.inquiry.metrics[0] if brief.inquiry.metrics else ""
    wanted = [Use(name, f"tells whether {goal.name} is reached") for name in _primaries(brief, goal)]
    fits = judged in goal.primary
    if fits:
        wanted = [*(use for use in wanted if use.metric == judged), Use(judged, "what you named"), *wanted]
        wanted = list({use.metric: use for use in reversed(wanted)}.values())[::-1][:PRIMARIES]
    name = spoken(brief.name(judged)) if judged else brief.inquiry.unknown
    reasons = _about_goal(brief, goal, judged if not fits else "")
    listing = steer(brief, "Judge it by", wanted)
    draft = Advice(brief.inquiry.topic, "open", "", brief.role.id, tuple(reasons), (listing,))
    found = finish(brief, draft, question="programme", objective=goal.goal)
    told = _course([row for row in found.rows if row.metric.id in goal.primary])
    start = f"{'Yes' if fits else 'Not'} by {name}: a" if name else "A"
    return replace(
        found, headline=f"{start} programme for {goal.name} is judged by {_names(brief, wanted)}. {told}"
    )


def _primaries(brief: Brief, goal: Goal) -> list[str]:
    """The goal's metrics, without two that say the same."""
    found: list[str] = []
    for name in goal.primary:
        if not any({name, other} in brief.catalog.complements for other in found):
            found.append(name)
    return found[:PRIMARIES]


def _about_goal(brief: Brief, goal: Goal, judged: str) -> list[Reason]:
    reasons = []
    for rule in brief.catalog.rules.values():
        match parameters(rule):
            case Objectives(goals=goals) if goal.goal in goals:
                reasons.append(Reason(rule.why, rule.id))
    first = brief.rule_of("goal_first")
    if first and not reasons:
        reasons.append(Reason(first.why, first.id))
    if judged in goal.not_primary:
        reasons.append(
            Reason(
                f"{brief.name(judged)} is never the metric of a programme for {goal.name}.", reasons[0].rule
            )
        )
    reasons.append(
        Reason("Whether the programme was the cause is not computed here: values move for many reasons.")
    )
    return reasons


def _course(rows: Sequence[Row]) -> str:
    """How the goal's metrics moved, in words that claim no cause."""
    measured = [row for row in rows if row.value.value is not None]
    if not measured:
        return "None of these is measured yet, so nobody can say that it fails."
    moved = [row for row in measured if row.change and settled(row.value)]
    good = [row for row in moved if ((row.change or 0) > 0) == (row.metric.direction == "up")]
    bad = [row for row in moved if row not in good]
    if not moved:
        return "They are measured, and did not move."
    if good and bad:
        return f"{_rows(good)} moved the right way, {_rows(bad)} did not."
    return f"{_rows(moved)} moved the {'right' if good else 'wrong'} way."


def _rows(rows: Sequence[Row]) -> str:
    return joined([row.metric.name for row in rows])


def _names(brief: Brief, uses: Sequence[Use]) -> str:
    return joined([spoken(brief.name(use.metric)) for use in uses])


def _without_goal(brief: Brief) -> Advice:
    """What it is for has to be said first; until then the company's own goals stand in."""
    rule = brief.rule_of("goal_first")
    declared = in_force(brief.engine.company.file.goals, brief.as_of) or (ASSUMED[brief.stage],)
    goals = [brief.catalog.goals[name] for name in declared]
    wanted = [
        Use(name, f"for {goal.name}") for goal in goals[:PRIMARIES] for name in _primaries(brief, goal)[:1]
    ]
    judged = [Use(name, "what you named") for name in brief.inquiry.metrics[:1]]
    beside = [use for name in brief.inquiry.metrics[:1] for use in guards(brief, brief.metric(name))[:1]]
    advice = Advice(
        brief.inquiry.topic,
        "open",
        "Say first what it is for: a programme is judged by its goal, and by nothing else.",
        brief.role.id,
        (Reason(rule.why, rule.id),) if rule else (),
        (steer(brief, f"If it is for {joined([goal.name for goal in goals])}", [*wanted, *beside, *judged]),),
    )
    return finish(brief, advice, question="programme")
