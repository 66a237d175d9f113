"""Which table or column, mapped next, would open most of the metrics that cannot be computed yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics.engine import Engine

STEPS = 3


@dataclass(frozen=True)
class Step:
    """A table or column (or setting), and the metrics that can be computed once it is there too."""

    what: str
    opens: tuple[str, ...]


def next_steps(missing: Mapping[str, Sequence[str]]) -> tuple[Step, ...]:
    """The best thing to add, then the best one after that: each opens most of what is left, nothing else added."""
    left = {metric: frozenset(needs) for metric, needs in missing.items()}
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
    }
    return next_steps(near)
