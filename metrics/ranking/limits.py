"""The rules of the catalog as the numbers and sets that a ranking must keep."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from metrics.balance import parameters
from metrics.balance.facts import CLOSED, Gates
from metrics.balance.parameters import (
    Excluded,
    Kinds,
    Leading,
    Leaky,
    Mix,
    Primary,
    Requires,
    Spread,
    Tiers,
)
from metrics.balance.shares import Shares, refuse_clash
from metrics.errors import CatalogError
from metrics.model import BusinessModel, Catalog, GoalType, Role, Rule, Stage, Trait


@dataclass(frozen=True)
class Ground:
    """What a ranking is made for: whom, and where the company stands."""

    role: str
    stage: Stage | None = None
    business_model: BusinessModel | None = None
    shares: Shares | None = None
    goals: tuple[GoalType, ...] = ()
    traits: frozenset[Trait] = frozenset()
    gates: Gates = CLOSED


@dataclass(frozen=True)
class Guard:
    """One of ``one_of`` stands before the metric; ``rule`` says so."""

    rule: str
    one_of: frozenset[str]


@dataclass(frozen=True)
class Floor:
    """A list holds at least ``share`` percent, and at least ``least``, of these members."""

    name: str
    members: frozenset[str]
    least: int = 0
    share: int = 0


@dataclass(frozen=True)
class Floors:
    """Floors of one rule from a length on. No metric counts for two of them.

    ``yields``: where there are fewer members to choose from than the rule asks for, all there are will do.
    ``business``: all members are business metrics, so that what is owed of them takes places of that side.
    """

    kind: Literal["leading", "kinds", "tiers"]
    rule: str
    from_length: int
    floors: tuple[Floor, ...]
    yields: bool = False
    business: bool = False


@dataclass
class Limits:
    """What every prefix keeps. ``names`` tells which rule asks for what, by kind; the first one of each."""

    shares: Shares
    mix: Mix = field(default_factory=Mix)
    floors: list[Floors] = field(default_factory=list)
    caps: list[tuple[Spread, int]] = field(default_factory=list)
    not_primary: set[str] = field(default_factory=set)
    diagnostics: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    guards: dict[str, list[Guard]] = field(default_factory=dict)
    beside: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def horizon(self) -> int:
        """The length from which all of them hold: what a ranking must leave room for."""
        return max([self.mix.shares_from, *(asked.from_length for asked in self.floors)])


def limits(catalog: Catalog, ground: Ground) -> Limits:
    """Gather what the catalog's rules ask of an order.

    Raises:
        UserError: the shares of the two sides do not fit into one list.
        CatalogError: the catalog has no rule for the mix of a list.
    """
    role = catalog.role(ground.role)
    shares = ground.shares or Shares(role.people_share, role.business_share)
    refuse_clash(shares, role.name)
    found = Limits(shares)
    for rule in catalog.rules.values():
        if rule.scope != "question":
            found.names.setdefault(rule.kind, rule.id)
            _gather(found, rule, role, catalog, ground)
    if "mix" not in found.names:
        raise CatalogError("The catalog has no rule of kind mix, without which nothing is ranked; add R01.")
    for metric in catalog.metrics.values() if "counters" in found.names else ():
        if metric.counters.required:
            guard = Guard(found.names["counters"], frozenset(metric.counters.required))
            found.guards.setdefault(metric.id, []).append(guard)
    return found


def _gather(found: Limits, rule: Rule, role: Role, catalog: Catalog, ground: Ground) -> None:
    """Take one rule into account; where two rules ask for the same, the stricter one counts."""
    match parameters(rule):
        case Mix(shares_from=length, below=below):
            found.mix = Mix(shares_from=min(found.mix.shares_from, length), below=max(found.mix.below, below))
        case Leading() | Kinds() | Tiers() as asked:
            found.floors.extend(_floors(rule, asked, role, catalog))
        case Spread() as asked:
            found.caps.append((asked, asked.executive if role.executive else asked.functional))
        case Excluded(tags=tags, diagnostics=diagnostics):
            found.tags.update(tags)
            found.diagnostics.update(role.diagnostics if diagnostics else ())
        case Primary() if ground.stage and not ground.gates.engaged:
            found.not_primary.update(catalog.stages[ground.stage].not_primary)
        case Leaky(activation=activation, acquisition=acquisition) if ground.gates.leaks:
            for metric_id in acquisition:
                found.guards.setdefault(metric_id, []).append(Guard(rule.id, frozenset(activation)))
        case Requires() as asked if not asked.traits or not ground.traits.isdisjoint(asked.traits):
            found.not_primary.update(asked.never_primary)
            _require(found, rule, asked, catalog, ground)


def _floors(rule: Rule, asked: Leading | Kinds | Tiers, role: Role, catalog: Catalog) -> Iterator[Floors]:
    metrics = catalog.metrics.values()
    match asked:
        case Leading(share=share, within_first=first):
            early = frozenset(metric.id for metric in metrics if metric.timing == "leading")
            yield Floors("leading", rule.id, rule.from_length, (Floor("leading", early, share=share),))
            if first < rule.from_length:
                yield Floors("leading", rule.id, first, (Floor("leading", early, least=1),))
        case Kinds(least=least):
            kinds = (
                Floor(kind, frozenset(metric.id for metric in metrics if metric.kind == kind), least=count)
                for kind, count in least.items()
            )
            yield Floors("kinds", rule.id, rule.from_length, tuple(kinds))
        case Tiers(tiers=tiers, least=count, of_roles=roles) if role.id in roles:
            members = [Floor(name, frozenset(names), least=count) for name, names in tiers.items()]
            one_side = all(
                catalog.metric(name).side == "business" for floor in members for name in floor.members
            )
            yield Floors("tiers", rule.id, rule.from_length, tuple(members), yields=True, business=one_side)


def _require(found: Limits, rule: Rule, asked: Requires, catalog: Catalog, ground: Ground) -> None:
    """Have what a rule asks for stand before a metric, or beside it where that is enough."""
    ahead = asked.ahead_in.get(ground.business_model, []) if ground.business_model else []
    for metric_id in asked.of:
        if ahead or not rule.companion_line:
            guard = Guard(rule.id, frozenset(ahead or asked.one_of))
            found.guards.setdefault(metric_id, []).append(guard)
        elif set(asked.one_of).isdisjoint(catalog.metric(metric_id).counters.companions):
            found.beside.setdefault(metric_id, []).append(asked.one_of[0])


def attainable(asked: Limits, able: Collection[str]) -> tuple[Limits, tuple[str, ...]]:
    """The limits without what these metrics cannot give, where a rule yields; and which rules did."""
    ids = frozenset(able)
    floors, yielded = [], []
    for one in asked.floors:
        least = [min(floor.least, len(ids & floor.members)) for floor in one.floors]
        if one.yields and least != [floor.least for floor in one.floors]:
            smaller = (replace(floor, least=n) for floor, n in zip(one.floors, least, strict=True))
            floors.append(replace(one, floors=tuple(smaller)))
            yielded.append(one.rule)
        else:
            floors.append(one)
    return (replace(asked, floors=floors), tuple(yielded)) if yielded else (asked, ())


def rivals(catalog: Catalog) -> Mapping[str, frozenset[str]]:
    """The metrics that say the same as another one, for each that has such."""
    return {metric: pair - {metric} for pair in catalog.complements for metric in pair}
