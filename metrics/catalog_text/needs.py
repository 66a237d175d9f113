"""Which tables and columns a metric reads, which of them it cannot do without, and which metrics read a table."""

from __future__ import annotations

from collections.abc import Iterator

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


def columns(catalog: Catalog, metric: Metric) -> dict[str, list[str]]:
    """Table -> the columns of it that the metric reads, itself or through metrics it is computed from."""
    found: dict[str, list[str]] = {}
    for expression in (metric.numerator, metric.denominator, metric.n):
        for table, column in _read(catalog, expression):
            if column not in found.setdefault(table, []):
                found[table].append(column)
    return found


def canonical(catalog: Catalog, metric: Metric) -> list[str]:
    """The tables a company must map for the metric: derived ones are computed from those."""
    found: dict[str, None] = {}
    for table in columns(catalog, metric):
        found |= dict.fromkeys(catalog.tables[table].derived or [table])
    return list(found)


def readers(catalog: Catalog) -> dict[str, list[str]]:
    """Canonical table -> the ids of the metrics that need it, and of those methods that alone do."""
    found: dict[str, list[str]] = {name: [] for name, table in catalog.tables.items() if not table.derived}
    for metric in catalog.metrics.values():
        own = canonical(catalog, metric)
        for table in own:
            found[table].append(metric.id)
        for name, other in other_methods(catalog, metric):
            for table in canonical(catalog, other):
                if table not in own:
                    found[table].append(name)
    return found


def other_methods(catalog: Catalog, metric: Metric) -> Iterator[tuple[str, Metric]]:
    """The methods of a metric beside its usual one, as they are asked for."""
    for variant in metric.variants:
        name = f"{metric.id}.{variant.id}"
        yield name, catalog.metric(name)


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
        metric = catalog.metric(expression.metric)
        return [part for part in (metric.numerator, metric.denominator) if part is not None]
    return parts(expression)


def _canonical_steps(catalog: Catalog, start: str, path: str) -> Iterator[tuple[str, str]]:
    """The canonical columns that a path cannot do without."""
    steps = list(_steps(start, path))
    if len(steps) > 1 and _is_assumed(catalog, *steps[-1]):
        steps = steps[:1]
    for position, (table, name) in enumerate(steps):
        given = catalog.tables[table]
        if position and not given.spell:
            yield table, next(column.name for column in given.columns if column.key)
        assumed = _is_assumed(catalog, table, name)
        if given.derived:
            own = given.column(name).reads if _has(catalog, table, name) else []
            yield from (_split(path) for path in (*given.reads, *given.reads_any[:1], *own))
            sources = [] if assumed else given.derived
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


def _read(catalog: Catalog, expression: Expression | None) -> Iterator[tuple[str, str]]:
    for _, part in expressions(expression):
        if isinstance(part, Measure):
            for alternatives in column_paths(part):
                for path in alternatives:
                    yield from _steps(part.table, path)
        elif isinstance(part, Across):
            for _, inner in expressions(part.of):
                if isinstance(inner, Measure):
                    yield from _steps(inner.table, part.across)
        elif isinstance(part, MetricValue):
            metric = catalog.metric(part.metric)
            for below in (metric.numerator, metric.denominator):
                yield from _read(catalog, below)


def _steps(table: str, path: str) -> Iterator[tuple[str, str]]:
    """The columns that a path such as ``lead_id>leads.created_at`` passes through."""
    first, *hops = path.split(">")
    yield table, first
    for hop in hops:
        name, _, column = hop.partition(".")
        yield name, column
