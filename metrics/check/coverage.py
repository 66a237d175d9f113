"""What a company's data can compute, by area, and what would open most of the rest; as far as a reader may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.check.next_steps import Step, next_steps
from metrics.engine import Engine
from metrics.model import Side
from metrics.privacy import may_see, of_metric


@dataclass(frozen=True)
class Area:
    """The metrics of one dimension of the catalog: those that can be computed, and those that lack something."""

    name: str
    side: Side
    computable: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.computable) + len(self.lacking)


@dataclass(frozen=True)
class Coverage:
    """What can be computed. ``steps`` are what would open most of the rest, ``hidden`` how many are not shown here."""

    areas: tuple[Area, ...]
    steps: tuple[Step, ...]
    hidden: int

    def of(self, side: Side) -> tuple[Area, ...]:
        """The areas of one side, those first of which most can be computed."""
        own = [area for area in self.areas if area.side == side]
        return tuple(sorted(own, key=lambda area: (-len(area.computable), area.name)))


def coverage(engine: Engine, side: Side | None = None) -> Coverage:
    """What the data of a company can compute of the metrics that whoever the engine is seen by may see.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    asked = [metric for metric in engine.catalog.metrics.values() if side in (None, metric.side)]
    seen = [one for one in asked if may_see(engine.reader, of_metric(engine.catalog, one.id), one.id)]
    missing = engine.lacking(metric.id for metric in seen)
    places = dict.fromkeys((metric.dimension, metric.side) for metric in seen)
    areas = [
        _area(
            name,
            own,
            [metric.id for metric in seen if (metric.dimension, metric.side) == (name, own)],
            missing,
        )
        for name, own in places
    ]
    return Coverage(tuple(areas), next_steps(missing), len(asked) - len(seen))


def _area(name: str, side: Side, metrics: list[str], missing: Mapping[str, tuple[str, ...]]) -> Area:
    computable = tuple(metric for metric in metrics if metric not in missing)
    return Area(
        name.replace("_", " "), side, computable, tuple(metric for metric in metrics if metric in missing)
    )
