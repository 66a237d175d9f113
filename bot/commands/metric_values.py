"""Asks -> values as `counterpoise metric` gives them: guarded tables, the largest groups, comparisons."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.engine import Ask, Engine
from metrics.engine.changes.compare import EARLIER, Comparison, earlier, with_earlier, with_target
from metrics.engine.changes.contribution import Contributions, UnsplitError, contributions
from metrics.engine.changes.telling import most_telling
from metrics.engine.top import top
from metrics.lists.holding import target_for
from metrics.lists.wanted import AsOf
from metrics.privacy import OffLatticeError, Reader
from metrics.values import Value

OPERATOR = Reader(persons=True)
"""Whoever runs the command can read the tables as well: groups may carry names."""


def compared(
    asks: Sequence[Ask], engine: Engine, when: AsOf, *, largest: int | None, against: str | None
) -> list[Comparison]:
    """The values of all asks in order, each with what it is held against.

    Raises:
        UserError: a value about people is asked for in a way that would show what is hidden.
        CompanyError: the warehouse refuses a query.
    """
    before = [earlier(ask, against) for ask in asks] if against and against in EARLIER else []
    tables = _computed([*asks, *before], engine, when, largest)
    now, then = tables[: len(asks)], tables[len(asks) :]
    if before:
        return [one for pair in zip(now, then, strict=True) for one in with_earlier(*pair)]
    if against is None:
        return [Comparison(value) for table in now for value in table]
    found = []
    for ask, table in zip(asks, now, strict=True):
        metric = engine.catalog.metric(ask.metric)
        for value in table:
            target = target_for(metric, value, engine.company.file, engine.catalog)
            found += with_target([value], target, metric.direction)
    return found


def reasons(
    asks: Sequence[Ask], engine: Engine, when: AsOf, against: str
) -> tuple[list[Contributions], list[str]]:
    """Why each metric changed, in its newest period; or a sentence why that cannot be said."""
    found, notes = [], []
    for ask in {ask.metric: ask for ask in asks}.values():
        before = earlier(ask, against)
        try:
            if ask.by:
                found.append(contributions(engine, ask, before, when.day, today=when.today, reader=OPERATOR))
            elif one := most_telling(engine, ask, before, when.day, today=when.today):
                found.append(one)
            else:
                notes.append(f"No dimension splits the change of {ask.metric} exactly.")
        except (UnsplitError, OffLatticeError) as error:
            notes.append(str(error))
    return found, notes


def _computed(asks: Sequence[Ask], engine: Engine, when: AsOf, largest: int | None) -> list[list[Value]]:
    """The values of each ask, as whoever runs the command may see them."""
    if largest and asks[0].by:
        return top(engine, asks, largest, when.day, today=when.today, reader=OPERATOR)
    return engine.compute(asks, when.day, today=when.today, reader=OPERATOR)
