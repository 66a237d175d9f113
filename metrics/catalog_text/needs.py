"""Which columns a metric cannot do without, and which others would do in place of some of them."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.catalog_text.reads import passes
from metrics.definition import (
    Across,
    Entities,
    Expression,
    FirstOf,
    Measure,
    MetricValue,
    column_paths,
    parts,
)
from metrics.load.measures import expressions
from metrics.model import Catalog, Metric


def needs_text(catalog: Catalog, metric: Metric) -> str:
    """What a metric cannot do without, table by table, and what would do in place of some of it."""
    others = (
        f"or {' and '.join(_columns(more))} in place of {' and '.join(_columns(place))}"
        for more, place in instead(catalog, metric)
    )
    return "; ".join([*_columns(needed(catalog, metric)), *others])


def _columns(tables: dict[str, list[str]]) -> list[str]:
    return [f"{table}: {', '.join(names)}" for table, names in tables.items()]


Steps = list[tuple[str, str]]


def needed(catalog: Catalog, metric: Metric) -> dict[str, list[str]]:
    """Canonical table -> the columns of it without which the metric cannot be computed.

    Where there are alternatives, the shortest stands for them, else the first. Columns that are assumed where they are
    absent are not in it, nor are those of a table that is only reached to read such a column.
    """
    return _by_table(_settled(catalog, metric)[0])


def instead(catalog: Catalog, metric: Metric) -> list[tuple[dict[str, list[str]], dict[str, list[str]]]]:
    """What would do as well, and in whose place: columns by their tables, and those of :func:`needed`."""
    return [(_by_table(others), _by_table(place)) for others, place in _settled(catalog, metric)[1]]


def _settled(catalog: Catalog, metric: Metric) -> tuple[Steps, list[tuple[Steps, Steps]]]:
    """The columns that are needed; and of each choice among them the other columns, with those they stand in for."""
    wanted = [
        alternatives
        for expression in (metric.numerator, metric.denominator, metric.n)
        for alternatives in _cannot_miss(catalog, expression)
    ]
    found: dict[tuple[str, str], None] = {}
    others: list[tuple[Steps, Steps]] = []
    for alternatives in sorted(wanted, key=len):
        lacking = [[step for step in dict.fromkeys(steps) if step not in found] for steps in alternatives]
        best = min(lacking, key=len)
        for steps in alternatives if best else []:
            more = [step for step in dict.fromkeys(steps) if step not in (*best, *found)]
            place = [step for step in best if step not in steps]
            if more and place and (more, place) not in others:
                others.append((more, place))
        found |= dict.fromkeys(best)
    return list(found), others


def _by_table(steps: Steps) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, column in steps:
        found.setdefault(table, []).append(column)
    return found


def _cannot_miss(catalog: Catalog, expression: Expression | None) -> Iterator[list[Steps]]:
    """What has to be there, each as alternatives of which one is enough."""
    match expression:
        case None:
            return
        case Measure():
            for paths in column_paths(expression):
                yield [list(_canonical_steps(catalog, expression.table, path)) for path in paths]
        case FirstOf():
            options = [list(_cannot_miss(catalog, option)) for option in expression.first_of]
            if all(options):
                yield [[step for paths in option for step in paths[0]] for option in options]
        case _:
            for part in _below(catalog, expression):
                yield from _cannot_miss(catalog, part)
    if isinstance(expression, Across):
        for _, inner in expressions(expression.of):
            if isinstance(inner, Measure):
                yield [list(_canonical_steps(catalog, inner.table, expression.across))]


def _below(catalog: Catalog, expression: Expression) -> list[Expression]:
    """What an expression is made of, inputs of entities and parts of other metrics among it."""
    if isinstance(expression, Entities):
        return list(expression.inputs.values())
    if isinstance(expression, MetricValue):
        return catalog.metric(expression.metric).parts
    return parts(expression)


def _canonical_steps(catalog: Catalog, start: str, path: str) -> Iterator[tuple[str, str]]:
    """The canonical columns that a path cannot do without."""
    steps = list(passes(start, path))
    if len(steps) > 1 and _is_assumed(catalog, *steps[-1]):
        steps = steps[:1]
    for position, (table, name) in enumerate(steps):
        given = catalog.tables[table]
        if position and not (given.spell or given.derived):
            yield table, next(column.name for column in given.columns if column.key)
        assumed = _is_assumed(catalog, table, name)
        if given.derived:
            own = given.column(name).reads if _has(catalog, table, name) else []
            read = [_split(path) for path in (*given.reads, *given.reads_any[:1], *own)]
            yield from read
            sources = [] if assumed or any(column == name for _, column in read) else given.derived
            yield from ((source, name) for source in sources if _has(catalog, source, name))
            continue
        if given.spell:
            yield from ((table, given.spell.per), (table, given.spell.since))
        if not name.startswith("in_force") and not assumed:
            yield table, name


def _is_assumed(catalog: Catalog, table: str, name: str) -> bool:
    columns = {column.name: column for column in catalog.tables[table].columns}
    return name in columns and columns[name].when_absent is not None


def _has(catalog: Catalog, table: str, name: str) -> bool:
    return any(column.name == name for column in catalog.tables[table].columns)


def _split(path: str) -> tuple[str, str]:
    table, _, column = path.partition(".")
    return table, column
