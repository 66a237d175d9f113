"""The nouns of advice: an Inquiry comes in, an Advice goes out. Neither knows how the question was worded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from metrics.calendar.periods import Period
from metrics.model import BusinessModel, GoalType, QuestionKind, Stage
from metrics.scorecard import Row, RuleResult
from metrics.values import Value

Topic = Literal[
    "primary",
    "reward",
    "promise",
    "programme",
    "measure",
    "tiers",
    "single",
    "drives",
    "kpi",
    "guards",
    "record",
    "shared",
    "change",
]
"""What is asked about metrics.

primary     is it a good one to steer by?         guards   what keeps it honest?
reward      may people be judged or paid by it?   record   what has to be recorded to see it?
promise     more or less of it was promised       tiers    what does a role own, what does it only share in?
programme   does a programme work?                single   the one metric of a stage
measure     how is a pilot, a price, an automation, a product judged?
drives      does one move the other?              shared   what do two roles both look at?
kpi         what makes it a KPI and an OKR?       change   what would another stage or business model change?
"""

Verdict = Literal["yes", "guarded", "no", "open"]
"""``guarded``: yes, with something beside it. ``open``: the question is not one that data or rules settle."""


@dataclass(frozen=True)
class Inquiry:
    """A question about metrics, made of ids.

    ``metrics`` are those asked about, in order; ``unknown`` is what was named and is no metric. ``matter`` is the
    kind of thing that is measured, ``goal`` what a programme is for, ``percent`` how much more (less, where it is
    negative) was promised, ``period`` when something is due.
    """

    topic: Topic
    metrics: tuple[str, ...] = ()
    role: str | None = None
    other_role: str | None = None
    matter: QuestionKind | None = None
    goal: GoalType | None = None
    stage: Stage | None = None
    business_model: BusinessModel | None = None
    percent: int | None = None
    period: Period | None = None
    unknown: str = ""


@dataclass(frozen=True)
class Reason:
    """One sentence or two, and the rule behind them; none where it is what a metric's definition says."""

    words: str
    rule: str = ""


@dataclass(frozen=True)
class Use:
    """A metric that the advice names, what for, and the rule that asks for it."""

    metric: str
    why: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Listing:
    """Metrics under a heading. ``steer``: they are what to steer by, and held to every rule of balance."""

    heading: str
    uses: tuple[Use, ...]
    steer: bool = False


@dataclass(frozen=True)
class Kpi:
    """A metric with a target and a day. ``proposed``: the engine derived the target, nobody has decided it.

    ``how`` says how it was derived, ``history`` holds the values it was derived from. A metric that ought to stay
    in a band has ``low`` and ``high`` instead of ``target``. ``levers`` are the OKRs that point at it.
    """

    metric: str
    due: date
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    proposed: bool = True
    how: str = ""
    history: tuple[Value, ...] = ()
    levers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """What is advised: the verdict in one sentence, the reasons, and the metrics to look at.

    ``rows`` hold the values of the metrics named, in the order of the listings; ``rules`` how the rules fared on
    what is advised; ``notes`` what has to be said of the values.
    """

    topic: Topic
    verdict: Verdict
    headline: str
    role: str
    reasons: tuple[Reason, ...] = ()
    listings: tuple[Listing, ...] = ()
    kpi: Kpi | None = None
    rows: tuple[Row, ...] = ()
    rules: tuple[RuleResult, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Every metric that the advice names, each once."""
        return tuple(dict.fromkeys(use.metric for one in self.listings for use in one.uses))

    @property
    def steer(self) -> tuple[str, ...]:
        """The metrics that it says to steer by."""
        return tuple(dict.fromkeys(use.metric for one in self.listings if one.steer for use in one.uses))
