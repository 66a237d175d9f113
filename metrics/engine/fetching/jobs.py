"""Leaves -> jobs: everything that has to be asked of the database, as few statements as the data allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from metrics.definition import Entities
from metrics.engine.asking.leaves import Wanted
from metrics.engine.fetching.bundle import Bundle, Planned, width_of
from metrics.engine.fetching.sizes import Sizes
from metrics.engine.fetching.together import below_one_another
from metrics.engine.queries import daily, direct, entities, rollup
from metrics.engine.tables.lacking import MissingError
from metrics.engine.tables.relations import Past

MANY = 100_000
"""From this many rows on the newest day is that of a table's rows, not of the entities that were kept."""


@dataclass(frozen=True)
class RollUp:
    """A day rollup to be made, and the leaves that it answers."""

    planned: daily.Planned
    wanted: Sequence[Wanted]
    since: date

    @property
    def statement(self) -> sa.Select[Any]:
        """What runs for it."""
        return self.planned.statement

    @property
    def leaves(self) -> list[Wanted]:
        """The leaves that it answers."""
        return list(self.wanted)


@dataclass(frozen=True)
class Jobs:
    """What is to be asked, and what cannot be because the company lacks a column of the groups or filters."""

    found: Sequence[RollUp | Bundle]
    missing: Mapping[Wanted, tuple[str, ...]]


def jobs(sizes: Sizes, lacking: Sequence[Wanted]) -> Jobs:
    """What to ask of the database for these leaves, of the tables as they are or as they were on a day."""
    groups: dict[date | None, list[Wanted]] = {}
    came: dict[date, frozenset[str]] = {}
    for wanted in lacking:
        later, day = sizes.later.tables(wanted), wanted.as_of
        groups.setdefault(day if later else None, []).append(wanted)
        came[day] = came.get(day, later) | later
    parts = [
        _jobs(sizes if day is None else sizes.on(Past(day, came[day])), group)
        for day, group in groups.items()
    ]
    missing = {wanted: what for part in parts for wanted, what in part.missing.items()}
    return Jobs([job for part in parts for job in part.found], missing)


def _jobs(sizes: Sizes, lacking: Sequence[Wanted]) -> Jobs:
    groups: dict[tuple[Any, ...], list[Wanted]] = {}
    for wanted in lacking:
        groups.setdefault(_group(sizes, wanted), []).append(wanted)
    found: list[RollUp | Bundle] = []
    plans: list[Planned] = []
    missing: dict[Wanted, tuple[str, ...]] = {}
    for (kind, *_), group in groups.items():
        try:
            if kind == "rollup":
                found.append(_roll_up(sizes, group))
            else:
                plans += _direct(sizes, group) if kind == "direct" else _entities(sizes, group)
        except MissingError as error:
            missing |= dict.fromkeys(group, error.what)
    return Jobs([*found, *_bundles(sizes, plans)], missing)


def _roll_up(sizes: Sizes, group: list[Wanted]) -> RollUp:
    since = min(rollup.since(sizes.setting, wanted) for wanted in group)
    return RollUp(daily.plan(sizes.setting, [wanted.leaf for wanted in group], since), group, since)


def _group(sizes: Sizes, wanted: Wanted) -> tuple[Any, ...]:
    """Which leaves are asked for together."""
    leaf = wanted.leaf
    if isinstance(leaf.expression, Entities):
        return ("entities", *entities.source_of(sizes.setting, wanted))
    alone = (leaf,) if sizes.is_alone(leaf) else ()
    return ("rollup" if sizes.rolls_up(wanted) else "direct", *rollup.source_of(leaf), *alone)


def _direct(sizes: Sizes, group: list[Wanted]) -> list[Planned]:
    shapes = direct.arranged(sizes.setting, group)
    return [direct.plan(sizes.setting, shape, alike) for shape, alike in shapes]


def _entities(sizes: Sizes, group: list[Wanted]) -> list[Planned]:
    leaf = group[0].leaf
    rows = max(map(sizes.rows, leaf.tables))
    chunks = entities.chunks(sizes.setting, group, sizes.held(entities.entities_of(leaf)))
    return [entities.plan(sizes.setting, chunk, apart=rows >= MANY) for chunk in chunks]


def _bundles(sizes: Sizes, plans: list[Planned]) -> list[Bundle]:
    """Plans that share what is costly to make or to read in one statement; every other by itself.

    Of several groupings only one is in it, the first: groups of others would not fit into its columns.
    """
    bundles: dict[Any, list[Planned]] = {}
    by: dict[Any, tuple[str, ...]] = {}
    for plan in plans:
        leaf = next(iter(plan.places)).leaf
        shared, own = sizes.shared(leaf), leaf.slice.by
        together = shared is not None and (not own or by.setdefault(shared, own) == own)
        bundles.setdefault(shared if together else id(plan), []).append(plan)
    found = []
    for bundle in bundles.values():
        if len(bundle) == 1:
            found.append(Bundle(bundle[0].statement, bundle))
        else:
            widths = [width_of(plan) for plan in bundle]
            statement, places = below_one_another([plan.statement for plan in bundle], widths)
            found.append(Bundle(statement, bundle, places))
    return found
