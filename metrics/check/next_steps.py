"""Which table or column, mapped next, would open most of the metrics that cannot be computed yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics.catalog_text.needs import needed
from metrics.engine import Engine
from metrics.engine.tables.lacking import MissingError
from metrics.model import TableColumn

STEPS = 3


@dataclass(frozen=True)
class Step:
    """A table or column (or setting), and the metrics that can be computed once it is there too."""

    what: str
    opens: tuple[str, ...]


def next_steps(engine: Engine, missing: Mapping[str, Sequence[str]]) -> tuple[Step, ...]:
    """The best thing to add, then the best one after that: each opens most of what is left, nothing else added."""
    left = {metric: _all_needs(engine, metric, needs) for metric, needs in missing.items()}
    steps: list[Step] = []
    while len(steps) < STEPS:
        opened = Counter(next(iter(needs)) for needs in left.values() if len(needs) == 1)
        if not opened:
            break
        best = max(opened, key=lambda what: (opened[what], what))
        metrics = tuple(metric for metric, needs in left.items() if needs == {best})
        steps.append(Step(best, metrics))
        left = {metric: needs - {best} for metric, needs in left.items() if metric not in metrics}
    return tuple(steps)


def nearest_steps(engine: Engine, missing: Mapping[str, Sequence[str]]) -> tuple[Step, ...]:
    """The same of what takes only columns of mapped tables, or a word in `company.toml`."""
    mapped = engine.company.selects
    near = {
        metric: needs
        for metric, needs in missing.items()
        if all(need.partition(".")[0] in mapped or " " in need for need in needs)
        and not any(need in engine.catalog.tables for need in _all_needs(engine, metric, needs))
    }
    return next_steps(engine, near)


def _all_needs(engine: Engine, metric: str, needs: Sequence[str]) -> frozenset[str]:
    """What a metric lacks; what keeps a table from being made hides which others, and which columns, are lacking."""
    if not any(_hides(engine, metric, need) for need in needs):
        return frozenset(needs)
    behind: list[str] = []
    for table, names in needed(engine.catalog, engine.catalog.metric(metric)).items():
        if table not in engine.company.selects:
            behind.append(table)
        else:
            known = (one for one in engine.catalog.tables[table].columns if one.name in names)
            behind += [f"{table}.{one.name}" for one in known if not _is_there(engine, table, one)]
    return frozenset((*needs, *behind))


def _hides(engine: Engine, metric: str, need: str) -> bool:
    """Whether what is lacking keeps a whole table from being made: that table, or the order of a history's rows.

    So does a column that a table is derived from.
    """
    catalog = engine.catalog
    table, _, column = need.partition(".")
    if need in catalog.tables:
        return True
    if table not in catalog.tables:
        return False
    spell = catalog.tables[table].spell
    made = (catalog.tables[name] for name in engine.framing.tables(metric))
    return bool(spell and column in (spell.per, spell.since)) or any(need in one.reads for one in made)


def _is_there(engine: Engine, table: str, column: TableColumn) -> bool:
    """Whether a company has a column of a table that it maps, or something stands in for it."""
    with engine.turn:
        try:
            if engine.relations.has(table, column.name):
                return True
        except MissingError:  # it cannot be read, which is said elsewhere
            pass
        stands_in = column.when_absent is not None or column.worked_out or column.weekdays
        return bool(stands_in) or column.name in engine.warehouse.columns(table)
