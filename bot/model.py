"""The nouns of a conversation: a Question comes in, a Request is what it means, an Answer goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.audience.rights import Rights
from metrics.advice.model import Advice, Topic
from metrics.calendar.periods import Period
from metrics.model import BusinessModel, GoalType, QuestionKind, Stage
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

HERE = "terminal"
"""The channel of the terminal: whoever asks there runs the bot, and sees what the engine may show at all."""
DEFAULT_ROLE = "chief_revenue_officer"
"""Whose list it is where no role is named."""
DEFAULT_COUNT = 15
"""How long a list is where no length is named: what “the top metrics” are."""

Against = Period | Literal["previous", "last-year", "target"]
"""What a value is held against: a period that was named, the one before, the same a year before, the target."""

SmallTalk = Literal[
    "", "empty", "greeting", "thanks", "unreadable", "off_topic", "privacy", "coverage", "unknown"
]
"""What a message that asks for no metric is about: it decides which short help fits."""


@dataclass(frozen=True)
class Question:
    """What was asked, by whom and where. ``thread`` names the conversation; ids are the surface's own.

    ``source`` names the message that asks, where it can be edited: what it says now takes the place of what it said.
    ``operator``: it is asked by whoever runs the bot, on its own command line.
    ``channel_name`` and ``title`` (of the asker's profile) help to tell what an ambiguous name means; ``before`` is
    what people said in the thread before, of which only names of metrics and roles are read.
    ``groups`` are groups of the company chosen from a menu, by dimension: a list is narrowed to them.
    ``rights`` say what may be asked there by them, and who sees what; without any, all of it, as in the terminal.
    """

    text: str
    user: str = "local"
    channel: str = HERE
    thread: str = ""
    source: str = field(default="", compare=False)
    company: str | None = None
    as_of: str | None = None
    stage: str | None = None
    business_model: str | None = None
    use_model: bool = True
    operator: bool = False
    channel_name: str = ""
    title: str = ""
    before: str = field(default="", repr=False)
    groups: Mapping[str, str] = field(default_factory=dict)
    rights: Rights | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Request:
    """What a question means, made only of ids the catalog knows.

    ``dimension`` is what values are split by: a dimension, or the steps of a course over time; ``then_by`` is what
    each of those is split by in its turn.
    ``filters`` are groups that it is narrowed to, ``besides`` groups that are left out; ``only`` are those of a split
    that are shown, where several were named.
    ``within`` holds the metrics shown before, when the question points at them ("only 10 of those").
    ``assumed`` holds one sentence for each thing that was assumed, ``alternatives`` other readings to offer.
    ``unknown`` is what was asked for and is not to be had: no metric holds it, or advice knows nothing of it.
    ``topic`` says what advice is asked for; the fields behind it complete that (see ``metrics.advice.Inquiry``).
    ``sure`` names the fields that the deterministic reader is certain of; a model may fill only the others.
    ``chosen`` holds the meaning that the asker gave an ambiguous name, to be remembered for them:
    ``(("CRO", "chief_revenue_officer"),)``. ``more`` are the other questions of the same message, as asked.
    ``again``: a list was shown in the thread before. ``methods`` are those that were named for metrics, by metric.
    """

    kind: Kind
    role: str | None = None
    count: int | None = None
    metrics: tuple[str, ...] = ()
    period: Period | None = None
    dimension: str | None = None
    then_by: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    besides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
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
    against: Against | None = None
    chosen: tuple[tuple[str, str], ...] = ()
    more: tuple[str, ...] = ()
    small_talk: SmallTalk = ""
    again: bool = False
    methods: Mapping[str, str] = field(default_factory=dict)


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

    ``first`` is said above the table.
    ``actions`` are choices to press, by the asker and in the thread: what stands on it, and what pressing it says.
    ``alone`` is the same answer with what only the asker may see, where that is more. ``behind`` are values that
    its text rests on, with receipts of their own: what a change is counted from, a response rate. ``kept`` is what the
    memory keeps in place of the body, where that holds names and words of others. ``refused``: it says what the asker
    may not do, which is for them alone. ``people`` are users whom the body names, as ``@ID``. ``asides`` are those
    notes that change no decision, ``units`` the units of the metrics of ``values``, in words.
    """

    answer_id: str
    kind: Kind
    question: Question
    request: Request
    title: str
    body: str
    first: str = ""
    scorecard: Scorecard | None = None
    values: tuple[Value, ...] = ()
    behind: tuple[Value, ...] = ()
    advice: Advice | None = None
    rules: tuple[RuleResult, ...] = ()
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    company: str = ""
    model: ModelUse = ModelUse()
    kept: str = ""
    refused: bool = False
    people: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    elapsed_ms: Mapping[str, float] = field(default_factory=dict)
    alone: Answer | None = None
