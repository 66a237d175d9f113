"""What the rules say of one metric: why it may not lead, what has to stand beside it, what to keep in mind."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.advice.brief import Brief
from metrics.advice.model import Reason, Use
from metrics.advice.words import spoken
from metrics.balance import parameters
from metrics.balance.advice import Agreed, Evidence
from metrics.balance.goals import Objectives
from metrics.balance.parameters import Excluded, Leaky, Primary, Requires
from metrics.balance.readings import SmallGroups, Survey
from metrics.model import Metric, Rule
from metrics.privacy import of_metric

CALLED = {"vanity": "a vanity metric", "individual_level": "about single persons"}
"""What a metric with a tag is called in a sentence."""


def bars(brief: Brief, metric: Metric) -> list[Reason]:
    """Why a metric may not be what is steered by; nothing where it may."""
    found = [reason for rule in brief.catalog.rules.values() for reason in _bars_of(rule, metric, brief)]
    goal = brief.catalog.goals.get(brief.inquiry.goal or "")
    if goal and metric.id in goal.not_primary:
        rule = _about_goal(brief, goal.goal)
        found.append(Reason(f"It does not tell whether {goal.name} is reached. {rule.why}", rule.id))
    if metric.kind == "guardrail" and not found:
        words = (
            f"It is a guardrail: it keeps {_guarded_names(brief, metric)} honest, and is no result in itself."
        )
        found.append(Reason(words, brief.rule_id("kinds")))
    return found


def _bars_of(rule: Rule, metric: Metric, brief: Brief) -> Iterator[Reason]:
    match parameters(rule):
        case Excluded(tags=tags, diagnostics=diagnostics):
            tagged = [tag for tag in tags if tag in metric.tags]
            if tagged:
                yield Reason(
                    f"It is {CALLED.get(tagged[0], tagged[0].replace('_', ' '))}. {rule.why}", rule.id
                )
            elif diagnostics and metric.id in brief.role.diagnostics:
                yield Reason(
                    f"For the {brief.role.name} it is a diagnostic: it helps to find out why another metric moved, "
                    "and takes no place in a list of what to steer by.",
                    rule.id,
                )
        case Requires(never_primary=never) if metric.id in never:
            yield Reason(rule.why, rule.id)
        case Primary() if not brief.gates.engaged:
            if metric.id in brief.catalog.stages[brief.stage].not_primary:
                yield Reason(rule.why, rule.id)


def _about_goal(brief: Brief, goal: str) -> Rule:
    """The rule that holds a programme to its goal: the one about this goal, else the one about goals."""
    rules = brief.catalog.rules.values()
    for rule in rules:
        match parameters(rule):
            case Objectives(goals=goals) if goal in goals:
                return rule
    return next(rule for rule in rules if rule.kind == "goal_first")


def _guarded_names(brief: Brief, metric: Metric) -> str:
    names = [other.name for other in guards_of_others(brief, metric)][:2]
    return " and ".join(names) or "other metrics"


def guards_of_others(brief: Brief, metric: Metric) -> list[Metric]:
    """The metrics that this one keeps honest, those that cannot do without it first."""
    others = brief.catalog.metrics.values()
    must = [one for one in others if metric.id in one.counters.required]
    return [*must, *(one for one in others if metric.id in one.counters.companions and one not in must)]


def guards(brief: Brief, metric: Metric) -> list[Use]:
    """The metrics that keep this one honest: those a rule asks for first, then its companions; each once."""
    found: dict[str, Use] = {}
    required = metric.counters.required
    for guard in brief.limits.guards.get(metric.id, ()):
        for name in sorted(guard.one_of, key=lambda one: (one not in required, *_by_order(brief, one))):
            found.setdefault(name, Use(name, _harm(brief, metric, name), guard.rule))
    for name in brief.limits.beside.get(metric.id, ()):
        rule = next((r.id for r in brief.catalog.rules.values() if _asks_beside(r, metric, name)), "")
        found.setdefault(name, Use(name, _harm(brief, metric, name), rule))
    for name in metric.counters.companions:
        found.setdefault(name, Use(name, _harm(brief, metric, name), brief.rule_id("counters")))
    return [use for use in found.values() if use.metric != metric.id]


def _by_order(brief: Brief, metric_id: str) -> tuple[int, str]:
    ids = brief.order.ids
    return (ids.index(metric_id) if metric_id in ids else len(ids), metric_id)


def _asks_beside(rule: Rule, metric: Metric, name: str) -> bool:
    match parameters(rule):
        case Requires(of=of, one_of=one_of):
            return metric.id in of and name in one_of
    return False


def _harm(brief: Brief, metric: Metric, guard: str) -> str:
    """What a counter-metric shows."""
    worse = {"up": "falls", "down": "rises", "band": "leaves its band"}[brief.metric(guard).direction]
    return f"{worse} if {spoken(metric.name)} is improved at its expense"


def why_guarded(brief: Brief, metric: Metric) -> list[Reason]:
    """The rules that ask for something beside the metric, by what they say; a rule about this metric first."""
    asked = dict.fromkeys(guard.rule for guard in brief.limits.guards.get(metric.id, ()))
    special = [name for name in asked if brief.catalog.rules[name].kind != "counters"]
    chosen = special or list(asked)
    found = [Reason(brief.catalog.rules[name].why, name) for name in chosen]
    beside = [
        Reason(rule.why, rule.id)
        for rule in brief.catalog.rules.values()
        if rule.companion_line and rule.scope == "prefix" and _of(rule, metric) and rule.id not in asked
    ]
    return [*found, *beside]


def _of(rule: Rule, metric: Metric) -> bool:
    match parameters(rule):
        case Requires(of=of, traits=traits):
            return metric.id in of and not traits
    return False


def cares(brief: Brief, metric: Metric) -> list[Reason]:
    """What to keep in mind of a metric that may be used, most telling first."""
    found = [reason for rule in brief.catalog.rules.values() for reason in _cares_of(rule, metric, brief)]
    if metric.direction == "band":
        found.append(Reason("It is best within a band: more of it is not always better."))
    if metric.timing == "lagging" and metric.kind != "guardrail":
        words = "It looks back: something that looks ahead has to stand near it."
        found.append(Reason(words, brief.rule_id("leading")))
    if metric.kind == "driver":
        words = "It is a driver, so an outcome has to show that it led anywhere."
        found.append(Reason(words, brief.rule_id("kinds")))
    return found


def _cares_of(rule: Rule, metric: Metric, brief: Brief) -> Iterator[Reason]:
    match parameters(rule):
        case Evidence(tag=tag) if tag in metric.tags:
            yield Reason(f"It is a proxy. {rule.why}", rule.id)
        case Survey(tag=tag, confident_from=least) if tag in metric.tags:
            yield Reason(
                f"It rests on those who chose to answer: read it with its response rate, and with little confidence "
                f"below {least} answers.",
                rule.id,
            )
        case Agreed(terms=terms) if any(metric.id in names for names in terms.values()):
            yield Reason(rule.why, rule.id)
        case Leaky(acquisition=acquisition) if metric.id in acquisition and brief.gates.leaks:
            leaks = ", ".join(brief.name(name) for name in brief.gates.leaks)
            yield Reason(f"{leaks} misses its target. {rule.why}", rule.id)
        case SmallGroups(least=least) if (
            metric.side == "people" and of_metric(brief.catalog, metric.id) in least
        ):
            fewest = least[of_metric(brief.catalog, metric.id)]
            yield Reason(f"It is about people: groups of fewer than {fewest} are never shown.", rule.id)
