"""What a company's own files may not change: they add and tighten, they do not loosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from metrics.load.columns import Problem
from metrics.load.tighter import looser
from metrics.model import Metric, Rule

STRICTNESS = ("info", "warn", "block")


def loosened(shipped: Any, own: Any) -> Iterator[Problem]:
    """What the company's version of a shipped entry would undo."""
    if own is None:
        return
    if isinstance(shipped, Metric):
        yield from _metric(shipped, own)
    elif isinstance(shipped, Rule):
        yield from _rule(shipped, own)


def _metric(shipped: Metric, own: Metric) -> Iterator[Problem]:
    if own.side != shipped.side:
        yield ("side",), f"{own.id} is a {shipped.side} metric and stays one"
    if missing := [tag for tag in shipped.tags if tag not in own.tags]:
        yield ("tags",), f"{own.id} keeps its tags: {', '.join(missing)}"
    required = set(shipped.counters.required)
    if required and not (own.counters.required and required.issuperset(own.counters.required)):
        yield (
            ("counters",),
            f"{own.id} still needs one of its counters in the list: {', '.join(shipped.counters.required)}",
        )


def _rule(shipped: Rule, own: Rule) -> Iterator[Problem]:
    if shipped.severity == "block":
        yield (), f"{own.id} is a shipped block rule and cannot be replaced; add a rule with another id"
    elif STRICTNESS.index(own.severity) < STRICTNESS.index(shipped.severity):
        yield ("severity",), f"{own.id} is at least {shipped.severity}, not {own.severity}"
    elif own.kind != shipped.kind or own.scope != shipped.scope or own.questions != shipped.questions:
        yield ("kind",), f"{own.id} keeps its kind and scope; add a rule with another id"
    elif own.from_length > shipped.from_length:
        yield ("from_length",), f"{own.id} holds from {shipped.from_length} metrics on, not {own.from_length}"
    elif own.companion_line and not shipped.companion_line:
        yield ("companion_line",), f"{own.id} asks for a place in the list; a companion line is not enough"
    else:
        for name in looser(shipped, own):
            less = f"{own.id} asks for less in {name!r} than the shipped rule, or it cannot be told"
            yield ("parameters", name), f"{less}: tighten it, or add a rule with another id"
