"""What a reply is made from, and what it is before it is worded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from bot.coaching.force import UNTAUGHT, InForce
from bot.memory import Memory
from bot.model import Question, Request
from metrics.advice import Advice
from metrics.advice.words import spoken
from metrics.calendar.periods import Grain
from metrics.engine import Ask, Engine
from metrics.errors import GuardedError
from metrics.lists.taught import Taught
from metrics.lists.wanted import AsOf
from metrics.model import Dimension, Metric
from metrics.privacy import Reader
from metrics.scorecard import RuleResult, Scorecard
from metrics.values import Value


@dataclass(frozen=True)
class Place:
    """Where a question is answered: for which company, as of which day, and how that day was chosen.

    ``in_force`` are the coached rules, ``memory`` is where new ones go, ``admins`` may make them for everyone.
    """

    engine: Engine
    question: Question
    when: AsOf
    in_force: InForce = UNTAUGHT
    memory: Memory | None = None
    admins: frozenset[str] = frozenset()

    @property
    def as_of(self) -> date:
        """The day the question is asked for."""
        return self.when.day

    @property
    def reader(self) -> Reader:
        """Who will see the answer."""
        return self.engine.reader

    @property
    def taught(self) -> Taught:
        """The coached rules that lists are made with here."""
        return self.in_force.taught(self.engine.catalog)

    def compute(self, asks: Iterable[Ask]) -> list[list[Value]]:
        """The values of each ask, as of that day, as whoever will see the answer may see them."""
        return self.engine.compute(asks, self.when.day, today=self.when.today, reader=self.reader)


@dataclass(frozen=True)
class Draft:
    """An answer without its wording. A draft with a scorecard and no body is worded by ``narrate``.

    ``first`` is said above a list. ``actions`` are choices to click: what stands on the button, and what is asked by
    it. ``behind`` are values that
    figures of the text rest on without being its ``values``: what a change is counted from, a response rate.
    ``kept`` is what the memory keeps in place of the body, where that holds names and words of others. ``refused``: it
    says what the asker may not do, which is for them alone. ``people`` are users whom the body names, as ``@ID``.
    ``asides`` are those notes that change no decision: a surface that says the same elsewhere, or on a click, leaves
    them out. ``units`` are the units of the metrics of ``values``, in words.
    """

    title: str
    body: str = ""
    first: str = ""
    scorecard: Scorecard | None = None
    values: tuple[Value, ...] = ()
    behind: tuple[Value, ...] = ()
    advice: Advice | None = None
    rules: tuple[RuleResult, ...] = ()
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    kept: str = ""
    refused: bool = False
    people: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    elapsed_ms: Mapping[str, float] = field(default_factory=dict)


ONE_BY_ONE = "account"
"""The dimension of which there are as many groups as customers: it is offered where there is no other."""


def looking_closer(metric: Metric, place: Place, shown: Request) -> tuple[tuple[str, str], ...]:
    """Choices to click: a metric over time, and by the first open dimension that the data can split it by.

    What is ``shown`` already is not offered.
    """
    name = spoken(metric.name)
    known = place.engine.catalog.dimensions.values()
    found = next(
        (
            dimension
            for dimension in sorted(known, key=lambda one: one.id == ONE_BY_ONE)
            if dimension.sensitivity == "open"
            and place.engine.tells(metric.id, dimension.id)
            and dimension.id not in (shown.dimension, shown.then_by)
        ),
        None,
    )
    asked = [] if shown.kind == "trend" or shown.dimension in get_args(Grain) else [f"{name} by month"]
    asked += [f"{name} by {found.name.lower()}"] if found else []
    return tuple((f"{one[0].upper()}{one[1:]}", one) for one in asked)


def explained(rules: Iterable[str], place: Place) -> str:
    """Where one of these rules can be read in full: the first that the catalog knows, else the coached ones."""
    named = list(dict.fromkeys(rules))
    first = next((rule for rule in named if rule in place.engine.catalog.rules), None)
    if first is None:
        return "`coach list` shows what was taught."
    how = f"`counterpoise catalog {first}`" if place.question.operator else f"“What is {first}?”"
    return f"{how} explains {'it' if len(named) == 1 else 'one'}."


def refuse_persons(dimension: Dimension, place: Place) -> None:
    """A split by persons is for the terminal, and for whom `access.yaml` grants it.

    Raises:
        GuardedError: the dimension names persons, and others would see it.
    """
    if dimension.sensitivity == "person" and not place.reader.persons:
        name = dimension.name.lower()
        raise GuardedError(
            f"A split by {name} names persons, so it is not shown here: ask for it by department."
        )
