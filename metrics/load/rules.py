"""Whether a rule says what its kind understands, about metrics and roles that there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from metrics.balance import RULE_KINDS, Context
from metrics.load.columns import Problem
from metrics.load.mistakes import nearest, one_of
from metrics.load.wording import sentences
from metrics.model import Rule


def check_rule(rule: Rule, metrics: Mapping[str, Any], roles: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the kind, the parameters and the examples of a rule."""
    yield from _examples(rule, metrics)
    yield from _declared(rule)
    if rule.kind not in RULE_KINDS:
        yield ("kind",), f"unknown kind {rule.kind!r}{one_of(rule.kind, RULE_KINDS)}"
        return
    model = RULE_KINDS[rule.kind].parameters
    try:
        read = model.model_validate(rule.parameters)
    except ValidationError as error:
        for steps, text in sentences(model, rule.parameters, error):
            yield ("parameters", *steps), text
        return
    for kind, named, known in (("metric", read.metrics(), metrics), ("role", read.roles(), roles)):
        for name in named:
            if name not in known:
                place = ("parameters", *_place(rule.parameters, name))
                yield place, f"unknown {kind} {name!r}{nearest(name, known)}"


def _declared(rule: Rule) -> Iterator[Problem]:
    """Whether scope and status say all that they need to."""
    if (rule.scope == "question") != bool(rule.questions):
        yield ("scope",), "a rule of scope question, and no other, names its kinds of `questions`"
    if (rule.status == "needs_judgement") != bool(rule.instead):
        yield ("status",), "a rule that needs judgement, and no other, says what the bot does `instead`"


def _examples(rule: Rule, metrics: Mapping[str, Any]) -> Iterator[Problem]:
    if {example.passes for example in rule.examples} != {True, False}:
        yield (), "a rule has an example that it passes and one that it fails"
    for position, example in enumerate(rule.examples):
        for place, name in enumerate(example.metrics):
            if name not in metrics:
                loc = ("examples", position, "metrics", place)
                yield loc, f"unknown metric {name!r}{nearest(name, metrics)}"
        try:
            Context.model_validate(example.context)
        except ValidationError as error:
            for steps, text in sentences(Context, example.context, error):
                yield ("examples", position, "context", *steps), text


def _place(value: Any, name: str) -> tuple[str | int, ...]:
    """The way to where a name stands among the parameters."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        if part == name:
            return (key,)
        if below := _place(part, name):
            return (key, *below)
    return ()
