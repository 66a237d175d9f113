"""A kind of rule about names: a role read from an acronym that may mean several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import Field

from metrics.balance.context import Case, Verdict, fails, passes
from metrics.balance.parameters import Parameters
from metrics.definition import Frozen
from metrics.model import Metric


class Reading(Frozen):
    """One thing an acronym may mean, and the words that say so. ``title`` is what it stands for."""

    role: str
    title: str
    evidence: list[str] = Field(min_length=1)

    @property
    def id(self) -> str:
        """What is meant."""
        return self.role


class MetricReading(Frozen):
    """One metric that a name may mean, and the words that say so."""

    metric: str
    title: str = ""
    evidence: list[str] = Field(min_length=1)

    @property
    def id(self) -> str:
        """What is meant."""
        return self.metric


class Acronyms(Parameters):
    """The readings of each acronym, the likelier first, and by how many words one must lead to be sure.

    ``names`` are names of metrics that mean several, in the same way.
    """

    readings: dict[str, list[Reading]]
    names: dict[str, list[MetricReading]] = {}
    margin: int = Field(default=1, ge=1)

    def of(self, name: str) -> Sequence[Reading | MetricReading]:
        """What an acronym (``CRO``, ``CROs``) or a name may mean."""
        return self.readings.get(name.removesuffix("s").upper()) or self.names.get(name, [])

    def metrics(self) -> list[str]:
        """The metric ids that stand in the parameters."""
        return [reading.metric for readings in self.names.values() for reading in readings]

    def roles(self) -> list[str]:
        """The role ids that stand in the parameters."""
        return [reading.role for readings in self.readings.values() for reading in readings]


class Weighed(NamedTuple):
    """A reading of an acronym, and the words said that speak for it."""

    reading: Reading | MetricReading
    evidence: tuple[str, ...]


def weigh(parameters: Acronyms, acronym: str, said: str) -> list[Weighed]:
    """The readings of an acronym (``CRO``, ``CROs``), the best supported first, else the likelier first.

    Evidence counts as whole words. An acronym that means one thing, or nothing, has no readings.
    """
    words = f" {' '.join(re.findall(r'[a-z0-9]+', said.lower()))} "
    weighed = [
        Weighed(reading, tuple(word for word in reading.evidence if f" {word} " in words))
        for reading in parameters.of(acronym)
    ]
    return sorted(weighed, key=lambda one: -len(one.evidence))


def certain(parameters: Acronyms, weighed: Sequence[Weighed]) -> bool:
    """Whether the first reading leads the second by the margin."""
    counts = [len(one.evidence) for one in weighed]
    return bool(counts) and (counts[1:] == [] or counts[0] - counts[1] >= parameters.margin)


def acronym(_metrics: Sequence[Metric], parameters: Acronyms, case: Case) -> Verdict | None:
    """An ambiguous acronym is settled by what was said, or the answer names the other reading."""
    token, role = case.context.acronym, case.role
    if token is None or role is None:
        return None
    weighed = weigh(parameters, token, case.context.said)
    titles = {one.reading.id: one.reading.title for one in weighed}
    if not weighed:
        return None
    if role.id not in titles:
        return fails(f"{token} does not stand for {role.name}.")
    if certain(parameters, weighed):
        best = weighed[0]
        note = f"{token} was read as {best.reading.title}, because of {', '.join(best.evidence)}."
        return Verdict(best.reading.id == role.id, note)
    others = [title for other, title in titles.items() if other != role.id]
    if any(other in case.context.offered for other in titles if other != role.id):
        return passes(f"{token} was read as {titles[role.id]}; it may also mean {' or '.join(others)}.")
    return fails(f"{token} may also mean {' or '.join(others)}, which the answer must name.")
