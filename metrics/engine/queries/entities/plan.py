"""Leaves of entities -> queries: which are taken together, and the sums that their records hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from metrics.definition import Entities, Input, Test
from metrics.engine.asking.leaves import Wanted
from metrics.engine.queries.entities.records import Ends, newest_of, records
from metrics.engine.queries.entities.sorting import sorted_into_periods, spans_apart, whole_of
from metrics.engine.queries.entities.sources import Source, days_of, rows_of
from metrics.engine.queries.entities.stretches import Stretch, rows_looked_at, stretch_of
from metrics.engine.queries.entities.totals import Planned, entities_of, totals
from metrics.engine.queries.rows import Setting

WIDE = 14
"""How many sums a record of a big table may hold in any case: half a year by month, and the same a year before.

The database keeps them all in memory, for every entity. Two queries of half as many take two thirds of that, and less
than a tenth more time.
"""
SUMS = 45_000_000
"""How many sums may be held at once, each of sixteen bytes in DuckDB: of three million records fifteen."""


def source_of(setting: Setting, wanted: Wanted) -> tuple[Any, ...]:
    """Which leaves are taken together: the same contents of the same entities over the same slice.

    Those of a slice also of the same period, and sorted into its groups on the same morning.
    """
    leaf, entities = wanted.leaf, entities_of(wanted.leaf)
    contents = frozenset(_content(item) for item in entities.inputs.values())
    days = None if leaf.slice.whole else (leaf.start, leaf.end, _morning(setting, wanted))
    return (entities.per, contents, leaf.slice, days)


def chunks(setting: Setting, group: list[Wanted], held: int) -> list[list[Wanted]]:
    """The leaves of a source in as many queries as memory asks for: neighbouring periods share sums.

    ``held`` is how many records of entities the database may hold at once.
    """
    wide = max(WIDE, SUMS // max(held, 1))
    found: list[list[Wanted]] = []
    sums: set[tuple[Any, Stretch]] = set()
    for wanted in sorted(group, key=lambda one: (one.leaf.end, one.leaf.start)):
        inputs = entities_of(wanted.leaf).inputs.values()
        more = {(_content(item), stretch_of(setting, item, wanted)) for item in inputs}
        if not found or len(sums | more) > wide:
            found.append([])
            sums = set()
        found[-1].append(wanted)
        sums |= more
    return found


def plan(setting: Setting, group: Sequence[Wanted], *, apart: bool = False) -> Planned:
    """One query for all leaves that share their contents.

    The newest day is that of the entities that were kept; told ``apart``, that of all entities.

    Raises:
        MissingError: the company lacks something that they need.
    """
    spans = spans_apart(setting, group)
    whole = whole_of(spans)
    sources: dict[Any, Source] = {}
    named: dict[Wanted, dict[str, str]] = {}
    for wanted in group:
        named[wanted] = {}
        for name, item in entities_of(wanted.leaf).inputs.items():
            source = sources.setdefault(rows_looked_at(item), Source(len(sources)))
            named[wanted][name] = source.column(item, whole or stretch_of(setting, item, wanted))
    every_group = setting.shows_groups(group[0].leaf.slice)  # also those in which no entity is in all sources
    in_all = not every_group and all(_in_all(entities_of(wanted.leaf), sources) for wanted in group)
    if whole is not None:
        return sorted_into_periods(setting, named, list(sources.values()), spans, whole[1], in_all=in_all)
    ends = {wanted: _ends(setting, wanted, sources) for wanted in group}
    all_ends = list(dict.fromkeys(ends.values()))
    where, width = group[0].leaf.slice, len(group[0].leaf.slice.by)
    morning = None if where.whole else _morning(setting, group[0])
    rows = [rows_of(setting, source, where, morning) for source in sources.values()]
    kept = records(list(sources.values()), rows, width, [] if apart else all_ends, in_all=in_all)
    newest = None
    if apart:
        newest = newest_of(
            [days_of(setting, one, where, morning) for one in sources.values()], width, all_ends
        )
    return totals(named, kept, newest, {wanted: all_ends.index(end) for wanted, end in ends.items()})


def _in_all(entities: Entities, sources: Collection[Any]) -> bool:
    """Whether entities only count if something of theirs is in every source: what is nowhere adds up to nothing."""
    above = {name for name, test in entities.where.items() if isinstance(test, Test) and _is_positive(test)}
    return {rows_looked_at(item) for name, item in entities.inputs.items() if name in above} == set(sources)


def _is_positive(test: Test) -> bool:
    """Whether a test fails for nothing."""
    more, least = test.above, test.at_least
    return (isinstance(more, Decimal) and more >= 0) or (isinstance(least, Decimal) and least > 0)


def _content(item: Input) -> tuple[str, bool]:
    return (item.content, item.at is not None)


def _ends(setting: Setting, wanted: Wanted, sources: dict[Any, Source]) -> Ends:
    ends: dict[Any, date] = {}
    for item in entities_of(wanted.leaf).inputs.values():
        end = stretch_of(setting, item, wanted)[1]
        ends[rows_looked_at(item)] = max(end, ends.get(rows_looked_at(item), end))
    return tuple(ends.get(rows) for rows in sources)


def _morning(setting: Setting, wanted: Wanted) -> date:
    """The morning on which entities are sorted into groups: that on which a cohort begins to be followed, else the end.

    A cohort of a year ago is one of that day's departments, as whoever is compared with it; and where the end is still
    to come, nobody is yet where they will be.
    """
    leaf, tomorrow = wanted.leaf, wanted.as_of + timedelta(days=1)
    followed = [item for item in entities_of(leaf).inputs.values() if item.at == "start"]
    mornings = [setting.days(item, leaf.period, wanted.as_of).instants[0] for item in followed]
    return min(mornings, default=min(leaf.end, tomorrow))
