"""The nouns of a conversation: a Question comes in, a Request is what it means, an Answer goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.audience.rights import Rights
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

    ``rights`` say what may be asked there by them, and who sees what; without any, all of it, as in the terminal.
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
    rights: Rights | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Request:
    """What a question means, made only of ids the catalog knows.

    ``within`` holds the metrics shown before, when the question points at them ("only 10 of those").
    ``assumed`` holds one sentence for each thing that was assumed, ``alternatives`` other readings to offer.
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

    ``actions`` are choices to click: what stands on the button, and what is asked by it. ``alone`` is the same answer
    with what only the asker may see, where that is more.
    """

    answer_id: str
    kind: Kind
    question: Question
    request: Request
    title: str
    body: str
    scorecard: Scorecard | None = None
    values: tuple[Value, ...] = ()
    rules: tuple[RuleResult, ...] = ()
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    company: str = ""
    model: ModelUse = ModelUse()
    elapsed_ms: Mapping[str, float] = field(default_factory=dict)
    actions: tuple[tuple[str, str], ...] = ()
    alone: Answer | None = None
