"""Ranking: a role, its context and the rules -> one order of metrics, of which every prefix is balanced."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from metrics.balance.shares import Shares
from metrics.errors import UnknownNameError, UserError
from metrics.model import BusinessModel, Catalog, Stage
from metrics.ranking.candidates import Wish, field_of
from metrics.ranking.lack import ending, lacks
from metrics.ranking.limits import Limits
from metrics.ranking.pins import Found, settle
from metrics.ranking.places import Place, places_of

__all__ = ["Place", "Ranking", "Shares", "rank"]


@dataclass(frozen=True)
class Ranking:
    """One order of metrics for a role. ``ends`` says why it is no longer, in words."""

    role: str
    stage: Stage | None
    business_model: BusinessModel | None
    places: tuple[Place, ...]
    notes: tuple[str, ...] = ()
    ends: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The metric ids in order."""
        return tuple(place.metric for place in self.places)

    def first(self, n: int) -> Ranking:
        """Cut the order to its first ``n`` places. With one place, a note names the missing side.

        Raises:
            UserError: ``n`` is less than one, or more than can stand in one list; it says which rule fails.
        """
        if n < 1:
            raise UserError(f"{n} metrics make no list; ask for one or more.")
        if n > len(self.places):
            why = self.ends or "no more were ranked"
            raise UserError(f"{n} metrics cannot be listed, only {len(self.places)}: {why}.")
        cut = replace(self, places=self.places[:n], ends="")
        if n > 1:
            return cut
        missing = "business" if self.places[0].side == "people" else "people"
        note = f"A single metric cannot be balanced: the {missing} side is missing; ask for two or more."
        return replace(cut, notes=(*self.notes, note))


def rank(
    catalog: Catalog,
    role_id: str,
    *,
    stage: Stage | None = None,
    business_model: BusinessModel | None = None,
    pinned: Iterable[str] = (),
    without: Collection[str] = (),
    within: Collection[str] | None = None,
    shares: Shares | tuple[int, int] | None = None,
    count: int | None = None,
) -> Ranking:
    """Rank metrics for a role, so that however short the list is cut, every rule of balance holds.

    ``pinned`` metrics stand within the first ten, with the best counter-metric of each that needs one.
    ``without`` are left out. ``within`` limits the choice to metrics shown before. ``shares`` are the floors
    of people and business metrics in percent, instead of the role's. ``count`` only saves time: no more
    places than that are worked out, and they are the same ones.

    Raises:
        UnknownNameError: a role, metric, stage or business model that the catalog does not know.
        UserError: the two shares do not fit into one list.
    """
    if stage is not None and stage not in catalog.stages:
        raise UnknownNameError("stage", stage, catalog.stages)
    if business_model is not None and business_model not in catalog.business_models:
        raise UnknownNameError("business model", business_model, catalog.business_models)
    chosen = None if within is None else frozenset(within)
    wish = Wish(tuple(pinned), frozenset(without), chosen, count)
    for metric_id in (*wish.pinned, *wish.without, *(chosen or ())):
        catalog.metric(metric_id)
    field = field_of(catalog, role_id, stage, business_model, Shares(*shares) if shares else None)
    found = settle(field, wish)
    steps = found.order.steps if count is None else found.order.steps[:count]
    ends = "" if len(steps) < len(found.order.steps) else _ends(found, field.limits)
    return Ranking(role_id, stage, business_model, places_of(steps, field), found.notes, ends)


def _ends(found: Found, rules: Limits) -> str:
    n = len(found.order.steps)
    return lacks(found.candidates, rules, n + 1) or ending(found.order.refused, rules)
