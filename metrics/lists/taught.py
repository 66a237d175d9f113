"""Coached rules -> what a ranking is asked for: what it always holds, never shows, and the floors of its sides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from metrics.balance import Coached, Shares, clash
from metrics.balance.coached import Within, judged
from metrics.balance.shares import LOWEST
from metrics.model import Catalog, Metric
from metrics.ranking import Ranking
from metrics.scorecard import RuleResult


class Wishes(NamedTuple):
    """What coached rules ask of a ranking, as :func:`metrics.ranking.rank` takes it."""

    pinned: tuple[str, ...] = ()
    barred: frozenset[str] = frozenset()
    shares: Shares | None = None


@dataclass(frozen=True)
class Taught:
    """The coached rules that are active, for whoever they are, and who asks where.

    Those that are for others are there too, not ``applied``: so the finished answer shows that none leaked.
    """

    rules: tuple[Coached, ...] = ()
    user: str = ""
    channel: str = ""

    def of(self, role: str, within: Collection[str] | None = None) -> list[Coached]:
        """The rules that a list for a role is held to; ``within`` what was shown before, if it is limited to that."""
        found = [rule for rule in self.rules if rule.role in (None, role)]
        if within is None:
            return found
        return [
            rule.model_copy(update={"include": [name for name in rule.include if name in within]})
            for rule in found
        ]

    def applied(self, role: str, within: Collection[str] | None = None) -> list[Coached]:
        """Those of them that a list for this asker is made with."""
        return [rule for rule in self.of(role, within) if rule.applied]

    def wishes(self, catalog: Catalog, role: str) -> Wishes:
        """What they ask of the ranking of a role."""
        held = self.applied(role)
        pinned = dict.fromkeys(name for rule in held for name in rule.include)
        barred = frozenset(name for rule in held for name in rule.exclude)
        return Wishes(tuple(pinned), barred, _shares(held, catalog, role))

    def named(self, ranking: Ranking) -> Ranking:
        """The ranking with each coached rule named where it had a part."""
        held = self.applied(ranking.role)
        why = {name: rule.id for rule in held for name in rule.include}
        places = tuple(
            replace(place, rules=(*place.rules, why[place.metric])) if place.metric in why else place
            for place in ranking.places
        )
        return replace(ranking, places=places)

    def results(
        self, metrics: Sequence[Metric], role: str, within: Collection[str] | None = None
    ) -> tuple[RuleResult, ...]:
        """Each coached rule's own check of a finished list."""
        return tuple(judged(metrics, rule, Within()) for rule in self.applied(role, within))


UNTAUGHT = Taught()
"""Nothing was coached."""


def _shares(held: Sequence[Coached], catalog: Catalog, role_id: str) -> Shares | None:
    """The floors of the sides; None where nothing was coached about them.

    A role's own floor gives way to a coached one of the other side, as far as both fit into one list.
    """
    people = max((rule.people for rule in held if rule.people is not None), default=None)
    business = max((rule.business for rule in held if rule.business is not None), default=None)
    if people is None and business is None:
        return None
    role = catalog.role(role_id)
    found = Shares(
        role.people_share if people is None else people,
        role.business_share if business is None else business,
    )
    while clash(found) and business is None and found.business > LOWEST:
        found = found._replace(business=found.business - 1)
    while clash(found) and people is None and found.people > LOWEST:
        found = found._replace(people=found.people - 1)
    return None if clash(found) else found
