"""The nouns of a conversation: a Question comes in, a Request is what it means, an Answer goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from metrics.advice.model import Advice, Topic
from metrics.model import BusinessModel, GoalType, QuestionKind, Stage
from metrics.periods import Period
from metrics.scorecard import RuleResult, Scorecard
from metrics.values import Value

Kind = Literal[
    "recommendation",
    "value",
    "comparison",
    "trend",
    "definition",
    "explanation",
    "advice",
    "coaching",
    "clarification",
    "help",
    "refusal",
]


@dataclass(frozen=True)
class Question:
    """What was asked, by whom and where. ``thread`` names the conversation; ids are the surface's own.

    ``operator``: it is asked by whoever runs the bot, on its own command line.
    """

    text: str
    user: str = "local"
    channel: str = "terminal"
    thread: str = ""
    company: str | None = None
    as_of: str | None = None
    stage: str | None = None
    business_model: str | None = None
    use_model: bool = True
    operator: bool = False


@dataclass(frozen=True)
class Request:
    """What a question means, made only of ids the catalog knows.

    ``within`` holds the metrics shown before, when the question points at them ("only 10 of those").
    ``assumed`` holds one sentence for each thing that was assumed, ``alternatives`` other readings to offer.
    ``topic`` says what advice is asked for; the fields behind it complete that (see ``metrics.advice.Inquiry``).
    ``sure`` names the fields that the deterministic reader is certain of; a model may fill only the others.
    """

    kind: Kind
    role: str | None = None
    count: int | None = None
    metrics: tuple[str, ...] = ()
    period: Period | None = None
    dimension: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    side: Literal["business", "people"] | None = None
    within: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    topic: Topic | None = None
    other_role: str | None = None
    matter: QuestionKind | None = None
    goal: GoalType | None = None
    stage: Stage | None = None
    business_model: BusinessModel | None = None
    percent: int | None = None
    unknown: str = ""
    sure: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ModelUse:
    """What the language model had to do with an answer. ``fallback`` says why it had nothing to do with it."""

    used: bool = False
    name: str | None = None
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    fallback: str | None = None


@dataclass(frozen=True)
class Answer:
    """One answer, ready for any surface. ``body`` is prose; the table comes from ``scorecard`` or ``values``.

    ``actions`` are choices to press, by the asker and in the thread: what stands on it, and what pressing it says.
    """

    answer_id: str
    kind: Kind
    question: Question
    request: Request
    title: str
    body: str
    scorecard: Scorecard | None = None
    values: tuple[Value, ...] = ()
    advice: Advice | None = None
    rules: tuple[RuleResult, ...] = ()
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    company: str = ""
    model: ModelUse = ModelUse()
    elapsed_ms: Mapping[str, float] = field(default_factory=dict)
