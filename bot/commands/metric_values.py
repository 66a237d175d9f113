"""Asks -> values as `counterpoise metric` gives them: guarded tables, the largest groups, comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.contract import Versus
from metrics.build import AsOf
from metrics.engine import Ask, Engine
from metrics.errors import UnknownNameError, UserError
from metrics.periods import Period
from metrics.privacy import of_metric
from metrics.privacy.suppress import THRESHOLDS
from metrics.scorecard import Target
from metrics.values import Status, Value

EARLIER = {"previous": Period.previous, "last-year": Period.year_before}
Compared = tuple[Value, Versus | None]


def compared(
    asks: Sequence[Ask], engine: Engine, when: AsOf, *, top: int | None, against: str | None
) -> list[Compared]:
    """The values of all asks in order, each with what it is compared with.

    Raises:
        UserError: a value about people is asked for in a way that would show what is hidden.
        CompanyError: the warehouse refuses a query.
    """
    tables = [_largest(values, top) for values in _computed(asks, engine, when)]
    if against in EARLIER:
        earlier = [replace(ask, period=EARLIER[against](ask.period)) for ask in asks]
        found = _computed(earlier, engine, when)
        return [
            (value, _before(value, before))
            for values, before in zip(tables, found, strict=True)
            for value in values
        ]
    targets = engine.company.file.targets if against == "target" else {}
    return [
        (value, Target(**targets[value.metric].model_dump()) if value.metric in targets else None)
        for values in tables
        for value in values
    ]


def _computed(asks: Sequence[Ask], engine: Engine, when: AsOf) -> list[list[Value]]:
    """The values of each ask. A group of people is a cell of its table, and hidden where the table hides it.

    A table is guarded as a whole: with filters at will a hidden group could be had by subtraction.

    Raises:
        UserError: a value about people is asked for by more than one filter.
    """
    tables = engine.compute([_table_of(ask, engine) for ask in asks], when.day, today=when.today)
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


def _largest(values: list[Value], top: int | None) -> list[Value]:
    if not top:
        return values
    return sorted(values, key=lambda value: (value.value is None, -(value.value or 0)))[:top]


def _before(value: Value, earlier: Sequence[Value]) -> Value | None:
    """The same group earlier; nothing beside a hidden value, which it might lead back to."""
    if value.status is Status.SUPPRESSED:
        return None
    return next((other for other in earlier if other.group == value.group), None)
