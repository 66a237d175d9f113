"""What is asked of a hostile company, and all that is told of it: the values, and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice
from random import Random
from typing import Any

from metrics.engine import Ask, Engine
from metrics.engine.asking.leaves import Wanted
from metrics.engine.fetching.fetch import fetch
from metrics.engine.fetching.source import opened
from metrics.engine.queries.cells import Group
from metrics.errors import UserError
from tests.conformance.questions import facts
from tests.oracle.compare import MONTHS, QUARTER

Told = dict[str, Any]
PART = 600
"""How many asks are made at once."""


def asks(engine: Engine, seed: int, share: float) -> list[Ask]:
    """All metrics over the months and the quarter, by their other methods, and by what the seed draws.

    By one dimension and by two, for the quarter or a month. Of all that a ``share`` is asked, another one each time.
    """
    random, catalog = Random(seed), engine.catalog  # noqa: S311 - nothing here is secret
    found = [Ask(metric, period) for metric in catalog.metrics for period in (*MONTHS, QUARTER)]
    found += [
        Ask(f"{metric}.{other.id}", QUARTER)
        for metric in catalog.metrics
        for other in catalog.metric(metric).variants
    ]
    for metric in catalog.metrics:
        names = [name for name in catalog.dimensions if engine.reaches(metric, name)]
        random.shuffle(names)
        periods = [random.choice([QUARTER, *MONTHS]) for _ in range(3)]
        found += [Ask(metric, periods[0], by=(name,)) for name in names[:1]]
        found += [Ask(metric, periods[1], by=pair) for pair in [tuple(names[1:3])] if len(pair) > 1]
    return [ask for ask in found if random.random() < share and _may_be_asked(engine, ask)]


def narrowed(engine: Engine, split: Sequence[Ask], seed: int, as_of: date) -> list[Ask]:
    """The same narrowed to a group or two that there are, or nearly are, or to the rows without one."""
    random, found = Random(seed), []  # noqa: S311 - nothing here is secret
    alone = [ask for ask in split if len(ask.by) == 1]
    for ask, values in zip(alone, engine.compute(alone, as_of), strict=True):
        groups = sorted({name or "(none)" for value in values for name in value.citation.scope.group})
        kept = random.sample(groups, min(len(groups), random.choice((1, 1, 2))))
        kept += [random.choice(kept).swapcase()] if kept and random.random() < 0.2 else []
        if kept:
            found.append(Ask(ask.metric, ask.period, filters={ask.by[0]: kept}))
    return [ask for ask in found if _may_be_asked(engine, ask)]


def _may_be_asked(engine: Engine, ask: Ask) -> bool:
    try:
        engine.lattice.guard(ask, engine.framing.frame(ask, date(2024, 7, 1), None), engine.reader)
    except UserError:
        return False
    return True


def _called(ask: Ask) -> str:
    return f"{ask.metric} {ask.period} {ask.by} {dict(ask.filters)}"


def told(engine: Engine, asked: Sequence[Ask], as_of: date) -> Told:
    """Every fact of every value, by what was asked and the group."""
    found: Told = {}
    for part in parts(asked):
        try:
            tables = engine.compute(part, as_of)
        except UserError as error:
            found |= {_called(ask): str(error) for ask in part}
            continue
        for ask, values in zip(part, tables, strict=True):
            key = _called(ask)
            found[key] = (len(values),)
            for value in values:
                found[f"{key} {value.citation.scope.group}"] = facts(value)
    return found


def behind(engine: Engine, asked: Sequence[Ask], as_of: date) -> Told:
    """What the database gives for each value before anybody looks whether it may be shown."""
    found: Told = {}
    source = opened(engine.setting)
    for part in parts(asked):
        own = [(_called(ask), engine.framing.leaves(ask, engine.framing.frame(ask, as_of))) for ask in part]
        wanted = tuple(dict.fromkeys(Wanted(leaf, as_of) for _, leaves in own for leaf in leaves))
        try:
            cells = fetch(source, wanted)[as_of].cells
        except UserError as error:
            found |= {f"behind {ask}": type(error).__name__ for ask, _ in own}
            continue
        for ask, leaves in own:
            for place, leaf in enumerate(leaves):
                given = cells[leaf].cells if leaf in cells else {}
                found |= {
                    f"behind {ask} {place} {named(group)}": tuple(cell) for group, cell in given.items()
                }
    return found


def named(group: Group) -> tuple[str | None, ...]:
    """A group by what it is: some groups within a formula are amounts, and these are told with other places."""
    return tuple(None if one is None else _plain(one) for one in group)


def _plain(name: str) -> str:
    try:
        return str(Decimal(name).normalize())
    except InvalidOperation:
        return name


def parts(asked: Sequence[Ask]) -> Iterator[list[Ask]]:
    """Asks in parts, as somebody would ask a list."""
    several = iter(asked)
    while part := list(islice(several, PART)):
        yield part
