"""Rule: one demand of balance as data, with its why, its sources and examples that run."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from metrics.definition import Frozen
from metrics.model.words import Line, QuestionKind, RuleScope, RuleStatus, Severity


class RuleExample(Frozen):
    """A list of metrics that the rule passes or fails; it runs as a test."""

    metrics: list[str] = []
    passes: bool
    note: str = ""
    context: dict[str, Any] = {}


class Rule(Frozen):
    """A rule of balance as data: one of a closed list of kinds, with its parameters.

    ``scope``: a ``prefix`` rule holds for every beginning of a list, an ``answer`` rule for the finished
    answer, a ``question`` rule for answers to the kinds of ``questions`` it names. Lists shorter than
    ``from_length`` are not judged. ``companion_line``: it is enough that what the rule asks for is shown
    beside the metric. ``instead`` is what the bot does where a rule ``needs_judgement`` that only people have.
    """

    id: Line
    title: Line
    severity: Severity
    why: str
    source: list[str]
    kind: str
    parameters: dict[str, Any] = {}
    status: RuleStatus = "active"
    instead: str = ""
    scope: RuleScope = "answer"
    questions: list[QuestionKind] = []
    from_length: int = Field(default=0, ge=0)
    companion_line: bool = False
    examples: list[RuleExample] = []
