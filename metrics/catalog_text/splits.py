"""The dimensions that a metric can be split by, with the tables and columns of the catalog."""

from __future__ import annotations

from metrics.engine.framing import Framing
from metrics.engine.leaves import very_first
from metrics.engine.sense import makes_sense
from metrics.model import Catalog, Metric


def dimensions(catalog: Catalog, metric: Metric) -> list[str]:
    """Ids of the dimensions that all tables of the metric know, and that say something of it.

    A company without the columns on the way has fewer; where a metric has alternatives, the first stands for them.
    """
    framing = Framing(catalog, {}, very_first)
    asked = f"{metric.id}.{metric.method}" if metric.method else metric.id
    tables, frame = framing.parted(asked), framing.some_frame(asked)
    return [
        name
        for name, dimension in catalog.dimensions.items()
        if dimension.paths.keys() >= set(tables) and makes_sense(metric, dimension, frame)
    ]
