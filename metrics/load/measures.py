"""Whether the expressions of a metric fit the tables they are taken from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from metrics.definition import (
    OPERATIONS,
    Across,
    ColumnName,
    Elapsed,
    Entities,
    Gap,
    Input,
    Least,
    Measure,
    Product,
    Test,
    Times,
    Together,
    Where,
)
from metrics.load.columns import (
    DAYS,
    NUMBERS,
    NoSuchColumnError,
    Problem,
    Tables,
    resolve,
    table_named,
    tried,
)
from metrics.load.mistakes import nearest, one_of
from metrics.model import Metric, TableColumn

Loc = tuple[str | int, ...]
EXPRESSIONS = ("numerator", "denominator", "n")


def check_expressions(tables: Tables, metric: Metric) -> Iterator[Problem]:
    """What does not fit in the numerator, denominator and n of a metric and of its variants."""
    for loc, expression in computed(metric):
        yield from _expression(tables, expression, loc)


def computed(metric: Metric) -> Iterator[tuple[Loc, Any]]:
    """Everything that a metric or one of its variants computes, with the way to it."""
    for part in EXPRESSIONS:
        yield (part,), getattr(metric, part)
    for position, variant in enumerate(metric.variants):
        for part in EXPRESSIONS:
            yield ("variants", position, part), getattr(variant, part)


def expressions(expression: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    """The expression and everything it is made of, with the way to each."""
    yield loc, expression
    if key := OPERATIONS.get(type(expression)):
        for position, part in enumerate(getattr(expression, key)):
            yield from expressions(part, (*loc, key, position))
    elif isinstance(expression, Across):
        yield from expressions(expression.of, (*loc, "of"))
    elif isinstance(expression, Entities):
        for name, part in expression.inputs.items():
            yield from expressions(part, (*loc, "inputs", name))


def _expression(tables: Tables, expression: Any, start: Loc) -> Iterator[Problem]:
    for loc, part in expressions(expression, start):
        if isinstance(part, Measure):
            yield from _measure(tables, part, loc)
        elif isinstance(part, Entities):
            yield from _entities(part, loc)
        elif isinstance(part, Across):
            for _, inner in expressions(part.of):
                if isinstance(inner, Measure):
                    yield from tried((*loc, "across"), _grouped, tables, inner.table, part)


def _grouped(tables: Tables, table: str, part: Across) -> None:
    column = resolve(tables, table, part.across)
    if column.names_somebody and part.take in {"lowest", "highest"}:
        raise NoSuchColumnError(
            f"{column.name} names a person, and the {part.take} across it is one person's"
        )


def _measure(tables: Tables, measure: Measure, loc: Loc) -> Iterator[Problem]:
    try:
        table_named(tables, measure.table)
    except NoSuchColumnError as error:
        yield (*loc, "table"), str(error)
        return
    for key in ("date", "until"):
        named = getattr(measure, key) or []
        for path in [named] if isinstance(named, str) else named:
            yield from tried((*loc, key), _typed, tables, measure.table, path, DAYS)
    yield from _aggregated(tables, measure, (*loc, "column"))
    if isinstance(measure, Input):
        yield from tried((*loc, "key"), resolve, tables, measure.table, measure.key)
    yield from _where(tables, measure.table, measure.where, (*loc, "where"))
    for position, where in enumerate(measure.any_of):
        yield from _where(tables, measure.table, where, (*loc, "any_of", position))


def _aggregated(tables: Tables, measure: Measure, loc: Loc) -> Iterator[Problem]:
    column = measure.column
    wanted: tuple[str, ...] = NUMBERS
    if isinstance(column, str):
        columns, wanted = [column], NUMBERS if measure.aggregate != "distinct" else ()
    elif isinstance(column, Elapsed):
        columns, wanted = [column.since, column.until], DAYS
    elif isinstance(column, Product):
        columns = column.product
    elif isinstance(column, Together):
        columns, wanted = column.together, ()
    else:
        return
    for path in columns:
        yield from tried(loc, _typed, tables, measure.table, path, wanted)


def _typed(tables: Tables, table: str, path: str, wanted: tuple[str, ...]) -> None:
    column = resolve(tables, table, path)
    if wanted and column.type not in wanted:
        raise NoSuchColumnError(f"{table}.{path} is {column.type}; here it takes {' or '.join(wanted)}")


def _where(tables: Tables, table: str, where: Where, loc: Loc) -> Iterator[Problem]:
    for path, condition in where.items():
        here = (*loc, path)
        try:
            column = resolve(tables, table, path)
        except NoSuchColumnError as error:
            yield here, str(error)
            continue
        tests = condition if isinstance(condition, Test) else Test(is_not=condition)
        if column.names_somebody and _names_one(tests):
            yield here, f"{column.name} names a person, and a metric is about nobody by name"
            continue
        given = tests.is_not if isinstance(tests.is_not, list) else [tests.is_not]
        for value in given:
            if value is not None and (problem := _unfit(column, value)):
                yield here, problem
        for other in _others(tests):
            yield from tried(here, resolve, tables, table, other)


def _names_one(test: Test) -> bool:
    """Whether it lets single values through, or keeps them out: with the others they give the one away."""
    compared = (test.at_least, test.above, test.at_most, test.below)
    return test.is_not is not None or any(isinstance(value, Decimal) for value in compared)


def _others(test: Test) -> Iterator[str]:
    """The other columns of the row that a condition compares with."""
    for name in ("at_least", "above", "at_most", "below", "on_or_before", "before", "on_or_after"):
        value = getattr(test, name)
        if isinstance(value, ColumnName):
            yield value.column
    if test.of:
        yield test.of


def _unfit(column: TableColumn, value: object) -> str:
    """Why a value can never stand in the column, or nothing."""
    if column.values and not column.others and str(value) not in column.values:
        return f"{column.name} is never {value!r}{one_of(str(value), column.values)}"
    fits = {"boolean": bool, "decimal": Decimal, "integer": Decimal}.get(column.type, str)
    return "" if isinstance(value, fits) else f"{column.name} is {column.type}, never {value!r}"


def _entities(entities: Entities, loc: Loc) -> Iterator[Problem]:
    """Conditions and totals of entities speak of their inputs only."""
    of = entities.of
    named: list[tuple[Loc, str]] = [((*loc, "where", name), name) for name in entities.where]
    for name, condition in entities.where.items():
        if isinstance(condition, Test):
            named += [((*loc, "where", name), other) for other in _others(condition)]
    if isinstance(of, str):
        named.append(((*loc, "of"), of))
    elif isinstance(of, Least | Gap | Times):
        named += [((*loc, "of"), name) for names in of.model_dump().values() for name in names]
    for place, name in named:
        if name not in entities.inputs:
            yield place, f"unknown input {name!r}{nearest(name, entities.inputs)}"
