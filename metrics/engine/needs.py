"""What a measure needs of a company's tables, and which of it is missing."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.definition import (
    Column,
    ColumnName,
    Elapsed,
    Entities,
    Input,
    Measure,
    Product,
    Test,
    Together,
    Where,
)
from metrics.engine.relations import MissingError, Relations


def paths(measure: Measure) -> Iterator[list[str]]:
    """The column paths a measure needs, each as alternatives of which one is enough."""
    for days in (measure.date, measure.until):
        if days is not None:
            yield [days] if isinstance(days, str) else days
    for where in [measure.where, *measure.any_of]:
        for name in _conditions(where):
            yield [name]
    for name in _computed(measure.column):
        yield [name]
    if isinstance(measure, Input):
        yield [measure.key]


def missing(expression: Measure | Entities, relations: Relations, settings: object) -> tuple[str, ...]:
    """What the company lacks for a leaf: tables, columns and settings, in the order they are met."""
    measures = list(expression.inputs.values()) if isinstance(expression, Entities) else [expression]
    found: dict[str, None] = {}
    for measure in measures:
        for alternatives in paths(measure):
            lacks = [_lacks(relations, measure.table, path) for path in alternatives]
            if all(lacks):
                found |= dict.fromkeys(lacks[0])
        for name in _settings(measure):
            if name not in settings:  # type: ignore[operator]  # a mapping by name
                found[f"company.toml settings.{name}"] = None
    return tuple(found)


def _lacks(relations: Relations, table: str, path: str) -> tuple[str, ...]:
    *hops, last = path.split(">")
    here, wanted = table, [*hops, last]
    for step in wanted:
        here, _, name = step.rpartition(".") if "." in step else (here, "", step)
        try:
            relations.column(here, name)
        except MissingError as error:
            assumed = here != table and relations.assumption(here, name) is not None
            return () if assumed else error.what
    return ()


def _conditions(where: Where) -> Iterator[str]:
    for path, condition in where.items():
        yield path
        if isinstance(condition, Test):
            for value in condition.__dict__.values():
                if isinstance(value, ColumnName):
                    yield value.column
            if condition.of is not None:
                yield condition.of


def _computed(column: Column | None) -> list[str]:
    match column:
        case None:
            return []
        case str():
            return [column]
        case Elapsed():
            return [column.since, column.until]
        case Product():
            return column.product
        case Together():
            return column.together


def _settings(measure: Measure) -> Iterator[str]:
    for where in [measure.where, *measure.any_of]:
        for condition in where.values():
            if isinstance(condition, Test) and condition.setting is not None:
                yield condition.setting
