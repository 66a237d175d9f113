"""What a rule may look at beside the list itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from metrics.balance.shares import Shares
from metrics.definition import Frozen
from metrics.model import BusinessModel, Catalog, Role, Stage
from metrics.values import Value


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


class Receipt(Frozen):
    """Which fields of its citation a row has. A row without a number needs none."""

    metric: str
    number: bool = True
    fields: list[str] = []


class Context(Frozen):
    """What is known about the answer that a list belongs to. Examples of rules write it in YAML.

    ``shown`` are the metrics shown before, where the question asks for ``count`` of those. ``acronym`` is
    the word the role was read from, ``said`` every word that may tell which reading was meant, ``offered``
    the other roles that the answer names. ``receipts`` are the rows' citations.
    """

    role: str | None = None
    stage: Stage | None = None
    business_model: BusinessModel | None = None
    shares: Shares | None = None
    shown: list[str] | None = None
    count: int | None = None
    acronym: str | None = None
    said: str = ""
    offered: list[str] = []
    receipts: list[Receipt] | None = None


@dataclass(frozen=True)
class Case:
    """A context with its names looked up: what the functions of the kinds are given."""

    catalog: Catalog
    role: Role | None
    context: Context

    @property
    def shares(self) -> Shares:
        """The floors of the two sides: coached ones, else the role's, else 30 % each."""
        if self.context.shares is not None:
            return self.context.shares
        return Shares(self.role.people_share, self.role.business_share) if self.role else Shares()


def receipts(values: Iterable[Value]) -> list[Receipt]:
    """What the citations of these values hold, as rule R34 looks at it."""
    return [
        Receipt(
            metric=value.metric,
            number=value.value is not None,
            fields=[name for name, held in vars(value.citation).items() if held not in (None, "", (), {})],
        )
        for value in values
    ]
