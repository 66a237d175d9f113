"""Conditions and computed columns of a measure -> SQL."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from metrics.calendar.periods import Period
from metrics.definition import (
    Column,
    ColumnName,
    Condition,
    Elapsed,
    Product,
    Test,
    Together,
    Where,
)
from metrics.engine.asking.declared import whole
from metrics.engine.portable import as_moment, as_text, days_between, morning, seconds_between, tidy
from metrics.engine.queries.paths import Reach
from metrics.engine.tables.lacking import MissingError
from metrics.engine.tables.pieces import fixed, given

Lookup = Callable[[str], sa.ColumnElement[Any]]
Day = Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]
SECONDS = {"hours": 3600, "minutes": 60}


def holds(
    where: Where,
    column: Lookup,
    settings: Mapping[str, Any],
    window: Period | None = None,
    day: Day = lambda column: column,
) -> list[sa.ColumnElement[bool]]:
    """The SQL conditions of a ``where``. ``column`` gives the SQL of a name; ``window`` serves ``in_window``.

    ``day`` gives the company's day of a timestamp, wherever days are compared.

    Raises:
        MissingError: a column or a setting is not there.
    """
    conditions: list[sa.ColumnElement[bool]] = []
    for path, condition in where.items():
        conditions += _tests(column(path), condition, column, settings, window, day)
    return conditions


def _tests(
    left: sa.ColumnElement[Any],
    condition: Condition,
    column: Lookup,
    settings: Mapping[str, Any],
    window: Period | None,
    day: Day,
) -> list[sa.ColumnElement[bool]]:
    if isinstance(condition, list):
        return [left.in_([_plain(value) for value in condition])]
    if not isinstance(condition, Test):
        return [left == _literal(condition)]
    found: list[sa.ColumnElement[bool]] = []
    if condition.present is not None:
        found.append(given(left) if condition.present else sa.not_(given(left)))
    if condition.is_not is not None:
        unwanted = condition.is_not if isinstance(condition.is_not, list) else [condition.is_not]
        found.append(sa.or_(left.is_(None), left.not_in([_plain(value) for value in unwanted])))
    if condition.setting is not None:
        if condition.setting not in settings:
            raise MissingError(f"company.toml settings.{condition.setting}")
        found.append(left == _literal(settings[condition.setting]))
    if condition.in_window is not None and window is not None:
        here = day(left)
        found.append(sa.and_(here >= morning(here, window.start), here < morning(here, window.end)))
    if condition.within_days is not None and condition.of is not None:
        apart = days_between(day(column(condition.of)), day(left))
        days = whole(condition.within_days, settings)
        found.append(sa.and_(apart >= -days, apart <= days))
    return [*found, *_comparisons(left, condition, column)]


def _comparisons(left: sa.ColumnElement[Any], test: Test, column: Lookup) -> list[sa.ColumnElement[bool]]:
    def right(value: Decimal | ColumnName) -> sa.ColumnElement[Any]:
        return column(value.column) if isinstance(value, ColumnName) else _literal(value)

    found: list[sa.ColumnElement[bool]] = []
    if test.at_least is not None:
        found.append(left >= right(test.at_least))
    if test.above is not None:
        found.append(left > right(test.above))
    if test.at_most is not None:
        found.append(left <= right(test.at_most))
    if test.below is not None:
        found.append(left < right(test.below))
    if test.on_or_before is not None:
        found.append(operator.le(*_alike(left, column(test.on_or_before.column))))
    if test.before is not None:
        found.append(operator.lt(*_alike(left, column(test.before.column))))
    if test.on_or_after is not None:
        found.append(operator.ge(*_alike(left, column(test.on_or_after.column))))
    return found


def _alike(left: sa.ColumnElement[Any], right: sa.ColumnElement[Any]) -> tuple[Any, Any]:
    """A date beside a timestamp is read as its midnight; not every database does that by itself."""
    if isinstance(left.type, sa.DateTime) or isinstance(right.type, sa.DateTime):
        return _as_moment(left), _as_moment(right)
    return left, right


def _as_moment(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return column if isinstance(column.type, sa.DateTime) else as_moment(column)


def computed(column: Column, reach: Reach) -> sa.ColumnElement[Any]:
    """The SQL of what a measure aggregates.

    Raises:
        MissingError: a column is not there.
    """
    if isinstance(column, str):
        return _something(reach.column(column))
    if isinstance(column, Product):
        result = reach.column(column.product[0])
        for name in column.product[1:]:
            result = result * reach.column(name)
        return tidy(result)
    if isinstance(column, Elapsed):
        return _elapsed(column, reach)
    assert isinstance(column, Together)
    parts = [as_text(reach.relations.day(_something(reach.column(name)))) for name in column.together]
    result = parts[0]
    for part in parts[1:]:
        result = result.concat("|").concat(part)
    return result


def _something(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A column in which blank text is nothing, for it would be counted as one value of many."""
    return sa.case((given(column), column)) if isinstance(column.type, sa.String) else column


def _elapsed(column: Elapsed, reach: Reach) -> sa.ColumnElement[Any]:
    since, until = reach.column(column.since), reach.column(column.until)
    if column.unit in {"days", "months"}:
        since, until = reach.relations.day(since), reach.relations.day(until)
    if column.unit == "days":
        return days_between(since, until)
    if column.unit == "months":
        months = (sa.extract("year", until) - sa.extract("year", since)) * 12
        begun = months + sa.extract("month", until) - sa.extract("month", since)
        return begun - sa.case((sa.extract("day", until) < sa.extract("day", since), 1), else_=0)
    return seconds_between(_as_moment(since), _as_moment(until))


AS_IT_IS = Fraction(1)


def unit_of(column: Column | None) -> Fraction:
    """What one unit of the SQL result is worth: hours and minutes are fetched as exact seconds."""
    if isinstance(column, Elapsed) and column.unit in SECONDS:
        return Fraction(1, SECONDS[column.unit])
    return AS_IT_IS


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


def _literal(value: bool | Decimal | str | int | date) -> sa.ColumnElement[Any]:
    if isinstance(value, bool):
        return sa.true() if value else sa.false()
    return fixed(_plain(value))
