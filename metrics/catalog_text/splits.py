"""The dimensions that a metric can be split by, with the tables and columns of the catalog."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.engine.asking.framing import Framing
from metrics.engine.asking.leaves import very_first
from metrics.engine.asking.sense import makes_sense
from metrics.model import Catalog, Metric


def dimensions(catalog: Catalog, metric: Metric) -> list[str]:
    """Ids of the dimensions that all tables of the metric know, and that say something of it.

    A company without the columns on the way has fewer; where a metric has alternatives, the first stands for them.
    """
    asked = f"{metric.id}.{metric.method}" if metric.method else metric.id
    return _dimensions(Framing(catalog, {}, very_first), asked)


def _dimensions(framing: Framing, asked: str) -> list[str]:
    tables, frame = set(framing.parted(asked)), framing.some_frame(asked)
    metric = framing.catalog.metric(asked)
    return [
        name
        for name, dimension in framing.catalog.dimensions.items()
        if dimension.paths.keys() >= tables and makes_sense(metric, dimension, frame)
    ]


def of_tables(catalog: Catalog) -> Mapping[str, list[str]]:
    """Canonical table -> the dimensions by which some metric that counts its rows can be split."""
    framing = Framing(catalog, {}, very_first)
    found: dict[str, set[str]] = {}
    for name in (name for metric in catalog.metrics.values() for name in (metric.id, *metric.others)):
        own = _dimensions(framing, name)
        for table in framing.parted(name):
            for mapped in catalog.tables[table].mapped:
                found.setdefault(mapped, set()).update(own)
    return {table: [name for name in catalog.dimensions if name in known] for table, known in found.items()}
