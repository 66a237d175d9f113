"""Which table or column, mapped next, would open most of the metrics that cannot be computed yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics.catalog_text.needs import needed
from metrics.engine import Engine

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
    """What a metric lacks; a table that is not there hides which others it would be read with."""
    hidden = any(engine.catalog.tables.get(need) for need in needs)
    mapped = engine.company.selects
    behind = [
        table
        for table in (needed(engine.catalog, engine.catalog.metric(metric)) if hidden else ())
        if table not in mapped
    ]
    return frozenset((*needs, *behind))
