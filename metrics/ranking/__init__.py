"""Ranking: a role, its context and the rules -> one order of metrics, of which every prefix is balanced."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from metrics.balance.facts import CLOSED, Gates
from metrics.balance.shares import Shares
from metrics.errors import UnknownNameError, UserError
from metrics.model import BusinessModel, Catalog, GoalType, Stage, Trait
from metrics.ranking.candidates import Wish, field_of
from metrics.ranking.lack import ending, lacks
from metrics.ranking.limits import Ground, Limits
from metrics.ranking.pins import Found, settle
from metrics.ranking.places import Place, places_of
from metrics.ranking.remarks import Remark, remarks

__all__ = ["CLOSED", "Gates", "Place", "Ranking", "Shares", "rank"]


@dataclass(frozen=True)
class Ranking:
    """One order of metrics for a role. ``ends`` says why it is no longer, in words.

    ``remarks`` say how goals and gates changed it; ``first`` turns those about the list into notes.
    """

    role: str
    stage: Stage | None
    business_model: BusinessModel | None
    places: tuple[Place, ...]
    notes: tuple[str, ...] = ()
    ends: str = ""
    remarks: tuple[Remark, ...] = ()

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
        places = self.places[:n]
        listed = {place.metric for place in places}
        said = [remark.words for remark in self.remarks if remark.concerns(listed)]
        cut = replace(self, places=places, ends="", notes=(*self.notes, *said), remarks=())
        if n > 1:
            return cut
        missing = "business" if self.places[0].side == "people" else "people"
        note = f"A single metric cannot be balanced: the {missing} side is missing; ask for two or more."
        return replace(cut, notes=(*cut.notes, note))


def rank(
    catalog: Catalog,
    role_id: str,
    *,
    stage: Stage | None = None,
    business_model: BusinessModel | None = None,
    pinned: Iterable[str] = (),
    without: Collection[str] = (),
    barred: Collection[str] = (),
    within: Collection[str] | None = None,
    shares: Shares | tuple[int, int] | None = None,
    goals: Iterable[GoalType] = (),
    traits: Collection[Trait] = (),
    gates: Gates = CLOSED,
    count: int | None = None,
) -> Ranking:
    """Rank metrics for a role, so that however short the list is cut, every rule of balance holds.

    ``pinned`` metrics stand within the first ten, with the best counter-metric of each that needs one.
    ``without`` are left out, unless a pin needs them; ``barred`` are never shown. ``within`` limits the choice
    to metrics shown before. ``shares`` are the floors of people and business metrics in percent, instead of
    the role's. ``goals`` are the declared ones, ``traits`` what kind of company it is, and ``gates`` say where
    its values change the order: ``metrics.lists.gates`` finds them. ``count`` only saves time: no more places than
    that are worked out, and they are the same ones.

    Raises:
        UnknownNameError: a role, metric, stage, goal or business model that the catalog does not know.
        UserError: the two shares do not fit into one list.
    """
    ground = Ground(
        role=role_id,
        stage=stage,
        business_model=business_model,
        shares=Shares(*shares) if shares else None,
        goals=tuple(dict.fromkeys(goals)),
        traits=frozenset(traits),
        gates=gates,
    )
    chosen = None if within is None else frozenset(within)
    wish = Wish(tuple(pinned), frozenset(without), frozenset(barred), chosen, count)
    _known(catalog, ground, wish)
    field = field_of(catalog, ground)
    found = settle(field, wish)
    steps = found.order.steps if count is None else found.order.steps[:count]
    more = len(steps) < len(found.order.steps) or len(steps) == count
    ends = "" if more else _ends(found, field.limits)
    places = places_of(steps, field, wish.barred)
    return Ranking(role_id, stage, business_model, places, found.notes, ends, tuple(remarks(field)))


def _known(catalog: Catalog, ground: Ground, wish: Wish) -> None:
    for kind, name, known in (
        ("stage", ground.stage, catalog.stages),
        ("business model", ground.business_model, catalog.business_models),
        *(("goal", goal, catalog.goals) for goal in ground.goals),
    ):
        if name is not None and name not in known:
            raise UnknownNameError(kind, name, known)
    for metric_id in (*wish.pinned, *wish.without, *wish.barred, *(wish.within or ())):
        catalog.metric(metric_id)


def _ends(found: Found, rules: Limits) -> str:
    n = len(found.order.steps)
    return lacks(found.candidates, rules, n + 1) or ending(found.order.refused, rules)
