"""What a rule may look at beside the list itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from metrics.balance.facts import CLOSED, Called, Coached, Gates, Reading, Receipt
from metrics.balance.shares import Shares
from metrics.definition import Frozen
from metrics.model import BusinessModel, Catalog, GoalType, QuestionKind, Role, Rule, Stage, Trait


class Verdict(NamedTuple):
    """Whether a list passes a rule, and one sentence that says why."""

    passed: bool
    note: str


def passes(note: str) -> Verdict:
    """The list keeps the rule."""
    return Verdict(passed=True, note=note)


def fails(note: str) -> Verdict:
    """The list breaks the rule."""
    return Verdict(passed=False, note=note)


class Context(Frozen):
    """What is known about the answer that a list belongs to. Examples of rules write it in YAML.

    What is left out is not known, and rules about it have nothing to say.

    role, stage, business_model, traits    whom the list is for
    shares      the floors of people and business metrics, where they are not the role's
    question    the kind of question, where it has rules of its own
    gates       where the company's values change the order
    goals       the declared goals; ``assumed_goal`` is named instead where there are none
    goal_changes    how often the first goal changed within two quarters
    objective   the goal of the programme that is asked about
    shown, count    the metrics shown before, where the question asks for ``count`` of those
    without     metrics that were to be left out
    acronym, said, offered    the word the role was read from, all that was said, the other roles named
    lists, lists_asked        how many lists the answer holds, and how many were asked for
    beside      metric -> the metrics shown beside it; else those of the catalog
    receipts, readings        the rows' citations, and what the rows show
    planned     metrics for which the answer says what would have to be recorded
    organisation    the departments that the role answers for; ``whole`` are the metrics that the answer names
                as computed over the whole company all the same
    agreed      term -> the departments that agreed on its definition
    called, evidence, compared, paid, derived    what the answer calls KPI or OKR; metric -> evidence level shown;
                compared before and after; used for pay; metric -> metrics its value was derived from
    equal_weights    whether all planned work weighs the same
    coached, coached_before, retired    coached rules, the ids that were active before this turn, and those
                that were retired in it
    user, channel    who asks, and where
    text, stored     the words of the answer, and the ids of the rules stored in this turn
    """

    role: str | None = None
    stage: Stage | None = None
    business_model: BusinessModel | None = None
    traits: list[Trait] = []
    shares: Shares | None = None
    question: QuestionKind | None = None
    gates: Gates = CLOSED
    goals: list[GoalType] | None = None
    assumed_goal: GoalType | None = None
    goal_changes: int | None = None
    objective: GoalType | None = None
    shown: list[str] | None = None
    count: int | None = None
    without: list[str] = []
    acronym: str | None = None
    said: str = ""
    offered: list[str] = []
    lists: int | None = None
    lists_asked: int = 1
    beside: dict[str, list[str]] | None = None
    receipts: list[Receipt] | None = None
    readings: list[Reading] | None = None
    planned: list[str] = []
    organisation: list[str] | None = None
    whole: list[str] = []
    agreed: dict[str, list[str]] | None = None
    called: list[Called] | None = None
    evidence: dict[str, str] = {}
    compared: list[str] = []
    paid: list[str] | None = None
    derived: dict[str, list[str]] = {}
    equal_weights: bool | None = None
    coached: list[Coached] | None = None
    coached_before: list[str] | None = None
    retired: list[str] = []
    user: str = ""
    channel: str = ""
    text: str | None = None
    stored: list[str] = []


@dataclass(frozen=True)
class Case:
    """A context with its names looked up: what the functions of the kinds are given."""

    catalog: Catalog
    role: Role | None
    context: Context
    rule: Rule

    @property
    def shares(self) -> Shares:
        """The floors of the two sides: coached ones, else the role's, else 30 % each."""
        if self.context.shares is not None:
            return self.context.shares
        return Shares(self.role.people_share, self.role.business_share) if self.role else Shares()

    def beside(self, metric_id: str) -> list[str]:
        """The metrics shown beside one: as the answer has them, else as the catalog has."""
        if self.context.beside is not None:
            return self.context.beside.get(metric_id, [])
        return self.catalog.metric(metric_id).counters.companions
