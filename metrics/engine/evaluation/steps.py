"""How each part of a value comes out of the rows of its statements, so that anybody can take it from there again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from metrics.definition import Entities
from metrics.engine.asking.leaves import Frame, Leaf
from metrics.engine.queries.cells import Found, Ran
from metrics.engine.queries.conditions import unit_of
from metrics.engine.queries.rows import Setting
from metrics.model import Metric
from metrics.values import Step


def steps(
    metric: Metric, frame: Frame, found: dict[Leaf, Found], setting: Setting, ran: Sequence[Ran]
) -> Iterator[Step]:
    """One step for each number that came out of the database."""
    used: dict[Leaf, list[str]] = {}
    for name, own in frame.leaves(metric).items():
        for leaf in own:
            if leaf in found and name not in used.setdefault(leaf, []):
                used[leaf].append(name)
    for leaf, names in used.items():
        yield _step(leaf, found[leaf], tuple(names), frame, setting, ran)


def _step(
    leaf: Leaf, found: Found, of: tuple[str, ...], frame: Frame, setting: Setting, ran: Sequence[Ran]
) -> Step:
    [query] = (ran.index(one) for one in found.queries)
    expression = leaf.expression
    if isinstance(expression, Entities):
        return Step(leaf.key, of, query, found.columns, "columns", leaf.start, leaf.end, marks=found.marks)
    days, unit = setting.days(expression, leaf.period, frame.as_of), unit_of(expression.column)
    if not found.by_day:
        return Step(
            leaf.key,
            of,
            query,
            found.columns,
            "columns",
            days.start,
            days.end,
            days.instants,
            unit=unit,
            marks=found.marks,
        )
    take: Literal["days", "standing"] = "standing" if days.instants else "days"
    return Step(leaf.key, of, query, found.columns, take, days.start, days.end, days.instants, unit=unit)
