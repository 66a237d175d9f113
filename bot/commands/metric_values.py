"""Asks -> values as `counterpoise metric` gives them: guarded tables, the largest groups, comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metrics.build import AsOf
from metrics.engine import Ask, Engine
from metrics.engine.compare import EARLIER, Comparison, earlier, with_earlier, with_target
from metrics.engine.contribution import Contributions, UnsplitError, contributions, explained
from metrics.engine.top import top
from metrics.errors import UnknownNameError, UserError
from metrics.privacy import of_metric
from metrics.privacy.suppress import THRESHOLDS
from metrics.scorecard import Target
from metrics.values import Value


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
    targets = engine.company.file.targets
    found = []
    for ask, table in zip(asks, now, strict=True):
        metric = engine.catalog.metric(ask.metric)
        target = Target(**targets[metric.id].model_dump()) if metric.id in targets else None
        found += with_target(table, target, metric.direction)
    return found


def reasons(
    asks: Sequence[Ask], engine: Engine, when: AsOf, against: str
) -> tuple[list[Contributions], list[str]]:
    """Why each metric changed, in its newest period; or a sentence why that cannot be said."""
    found, notes = [], []
    for ask in {ask.metric: ask for ask in asks}.values():
        before = earlier(ask, against).period
        try:
            if _is_guarded(ask, engine):
                notes.append(f"{ask.metric} is about people: its change is explained without --where only.")
            elif ask.by:
                found.append(contributions(engine, ask, before, when.day, today=when.today))
            elif one := explained(engine, ask, before, when.day, today=when.today):
                found.append(one)
            else:
                notes.append(f"No dimension splits the change of {ask.metric} exactly.")
        except UnsplitError as error:
            notes.append(str(error))
    return found, notes


def _computed(asks: Sequence[Ask], engine: Engine, when: AsOf, largest: int | None) -> list[list[Value]]:
    """The values of each ask. A group of people is a cell of its table, and hidden where the table hides it.

    A table is guarded as a whole: with filters at will a hidden group could be had by subtraction.

    Raises:
        UserError: a value about people is asked for by more than one filter.
    """
    whole = [_table_of(ask, engine) for ask in asks]
    if largest and asks[0].by:
        return top(engine, asks, largest, when.day, today=when.today)
    tables = engine.compute(whole, when.day, today=when.today)
    return [
        _cells(ask, values) if _is_guarded(ask, engine) else values
        for ask, values in zip(asks, tables, strict=True)
    ]


def _cells(ask: Ask, values: list[Value]) -> list[Value]:
    """The one cell of a table that a filter asks for; the whole table is one value where nothing is measured."""
    [(name, [wanted])] = ask.filters.items()
    groups = [value.group[name] for value in values if name in value.group]
    if groups and wanted not in groups:
        raise UnknownNameError(name, wanted, groups, remedy=f"There are {', '.join(groups)}.")
    return [value for value in values if value.group.get(name, wanted) == wanted]


def _table_of(ask: Ask, engine: Engine) -> Ask:
    if not _is_guarded(ask, engine):
        return ask
    if ask.by or len(ask.filters) > 1 or any(len(values) > 1 for values in ask.filters.values()):
        raise UserError(
            f"{ask.metric} is about people, so it takes one --where with one value: use --by for the whole table."
        )
    return replace(ask, by=tuple(ask.filters), filters={})


def _is_guarded(ask: Ask, engine: Engine) -> bool:
    return bool(ask.filters) and of_metric(engine.catalog, ask.metric) in THRESHOLDS
