"""The rules of the catalog as the numbers and sets that a ranking must keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from metrics.balance import parameters
from metrics.balance.parameters import Excluded, Kinds, Leading, Mix, Requires, Spread
from metrics.balance.shares import Shares, refuse_clash
from metrics.errors import CatalogError
from metrics.model import Catalog, Role, Rule, Stage


@dataclass(frozen=True)
class Guard:
    """One of ``one_of`` stands before the metric; ``rule`` says so."""

    rule: str
    one_of: frozenset[str]


@dataclass
class Limits:
    """What every prefix keeps. ``names`` tells which rule asks for what, by kind."""

    shares: Shares
    mix: Mix = field(default_factory=Mix)
    leading: list[Leading] = field(default_factory=list)
    kinds: list[Kinds] = field(default_factory=list)
    caps: list[tuple[Spread, int]] = field(default_factory=list)
    not_primary: set[str] = field(default_factory=set)
    diagnostics: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    guards: dict[str, list[Guard]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def limits(catalog: Catalog, role: Role, stage: Stage | None, shares: Shares | None) -> Limits:
    """Gather what the catalog's rules ask of a role's order at a stage.

    Raises:
        UserError: the shares of the two sides do not fit into one list.
        CatalogError: the catalog has no rule for the mix of a list.
    """
    shares = shares or Shares(role.people_share, role.business_share)
    refuse_clash(shares, role.name)
    found = Limits(shares)
    for rule in catalog.rules.values():
        found.names.setdefault(rule.kind, rule.id)
        _gather(found, rule, role, catalog)
    if "mix" not in found.names:
        raise CatalogError("The catalog has no rule of kind mix, without which nothing is ranked; add R01.")
    if stage and "primary" in found.names:
        found.not_primary.update(catalog.stages[stage].not_primary)
    for metric in catalog.metrics.values() if "counters" in found.names else ():
        if metric.counters.required:
            guard = Guard(found.names["counters"], frozenset(metric.counters.required))
            found.guards.setdefault(metric.id, []).append(guard)
    return found


def _gather(found: Limits, rule: Rule, role: Role, catalog: Catalog) -> None:
    """Take one rule into account; where two rules ask for the same, the stricter one counts."""
    match parameters(rule):
        case Mix(from_length=length, below=below):
            found.mix = Mix(from_length=min(found.mix.from_length, length), below=max(found.mix.below, below))
        case Leading() as asked:
            found.leading.append(asked)
        case Kinds() as asked:
            found.kinds.append(asked)
        case Spread() as asked:
            found.caps.append((asked, asked.executive if role.executive else asked.functional))
        case Excluded(tags=tags, diagnostics=diagnostics):
            found.tags.update(tags)
            found.diagnostics.update(role.diagnostics if diagnostics else ())
        case Requires() as asked:
            found.not_primary.update(asked.never_primary)
            for metric_id in asked.of:
                beside = catalog.metric(metric_id).counters.companions if asked.companion_line else []
                if set(asked.one_of).isdisjoint(beside):
                    found.guards.setdefault(metric_id, []).append(Guard(rule.id, frozenset(asked.one_of)))


def rivals(catalog: Catalog) -> Mapping[str, frozenset[str]]:
    """The metrics that say the same as another one, for each that has such."""
    return {metric: pair - {metric} for pair in catalog.complements for metric in pair}
