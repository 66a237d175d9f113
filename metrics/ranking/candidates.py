"""The metrics that may be ranked for a role, best first, with all that decides where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from metrics.model import Catalog
from metrics.ranking.limits import Ground, Guard, Limits, limits, rivals
from metrics.ranking.scores import Scores


@dataclass(frozen=True, slots=True)
class Candidate:
    """A metric that may be ranked, with all that decides where.

    ``counts_for`` says by position for which floors of the limits it counts.
    """

    id: str
    people: bool
    dimension: str
    score: Decimal
    why: str
    pinned: bool
    guards: tuple[Guard, ...]
    rivals: frozenset[str]
    may_lead: bool
    counts_for: tuple[tuple[int, int], ...]

    @property
    def key(self) -> tuple[bool, Decimal, str]:
        """Pinned first, then the higher score, then the id."""
        return (not self.pinned, -self.score, self.id)


@dataclass(frozen=True)
class Wish:
    """What is asked of a ranking beside the role: what to include, to leave out and to choose from.

    What is left out comes back where a pin cannot stand without it; what is barred never does.
    """

    pinned: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    within: frozenset[str] | None = None
    count: int | None = None

    def leaves(self, metric_id: str) -> bool:
        """Whether the metric may be chosen."""
        return metric_id not in self.without and self.offers(metric_id)

    def offers(self, metric_id: str) -> bool:
        """Whether the metric could be chosen if a pin needed it."""
        return metric_id not in self.barred and (self.within is None or metric_id in self.within)


@dataclass(frozen=True)
class Field:
    """All candidates of a role at a stage and in a business model, and the limits they are held to."""

    scores: Scores
    limits: Limits

    def name(self, metric_id: str) -> str:
        """What people call the metric."""
        return self.scores.catalog.metric(metric_id).name

    def rankable(self, metric_id: str) -> bool:
        """Whether it may be ranked at all: no vanity metric, nothing about one person, no diagnostic."""
        tags = self.scores.catalog.metric(metric_id).tags
        return self.limits.tags.isdisjoint(tags) and metric_id not in self.limits.diagnostics

    def by_score(self, metric_id: str) -> tuple[Decimal, str]:
        """Sorts metrics: the higher score first, then the id."""
        return (-self.scores.of(metric_id).score, metric_id)

    @cached_property
    def candidates(self) -> Mapping[str, Candidate]:
        """The candidates without any wish, best first."""
        found = [self.candidate(name) for name in self.scores.all if self.rankable(name)]
        return {one.id: one for one in sorted(found, key=lambda one: one.key)}

    @cached_property
    def _rivals(self) -> Mapping[str, frozenset[str]]:
        return rivals(self.scores.catalog)

    def candidate(self, metric_id: str) -> Candidate:
        """One metric as a candidate, not pinned."""
        metric, scored = self.scores.catalog.metric(metric_id), self.scores.of(metric_id)
        return Candidate(
            id=metric_id,
            people=metric.side == "people",
            dimension=metric.dimension,
            score=scored.score,
            why=scored.why,
            pinned=False,
            guards=tuple(self.limits.guards.get(metric_id, ())),
            rivals=self._rivals.get(metric_id, frozenset()),
            may_lead=metric_id not in self.limits.not_primary,
            counts_for=tuple(
                (i, j)
                for i, asked in enumerate(self.limits.floors)
                for j, floor in enumerate(asked.floors)
                if metric_id in floor.members
            ),
        )

    def chosen(self, wish: Wish, pinned: Mapping[str, str]) -> list[Candidate]:
        """The candidates that a wish leaves, best first; pins and what was shown count at any score.

        ``pinned`` tells why each pin is there, for those that are not on the role's own list.
        """
        found = {name: one for name, one in self.candidates.items() if wish.leaves(name)}
        added = [name for name in (*pinned, *sorted(wish.within or ())) if name not in found]
        for name in added:
            if wish.leaves(name) and self.rankable(name):
                found[name] = self.candidate(name)
        for name, why in pinned.items():
            if name in found:
                kept = found[name].why if self.scores.of(name).own else why
                found[name] = replace(found[name], pinned=True, why=kept)
        return sorted(found.values(), key=lambda one: one.key) if pinned or added else [*found.values()]


@dataclass(frozen=True, eq=False)
class _Same:
    """A catalog known by its identity: comparing all it holds would take longer than ranking it."""

    catalog: Catalog

    def __hash__(self) -> int:
        return id(self.catalog)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.catalog is self.catalog


def field_of(catalog: Catalog, ground: Ground) -> Field:
    """Gather the candidates for a role; the same ones are kept for the next question.

    Raises:
        UserError: the two shares do not fit into one list.
    """
    return _field(_Same(catalog), ground)


@lru_cache(maxsize=256)
def _field(same: _Same, ground: Ground) -> Field:
    found = limits(same.catalog, ground)
    return Field(Scores(same.catalog, ground, found.guards), found)
