"""What can be asked of a company: which metrics, by which dimensions, with which filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from metrics.engine.asking.framing import Framing
from metrics.engine.asking.needs import figures, lacks_path, missing
from metrics.engine.asking.sense import makes_sense
from metrics.engine.filters import filter_name, filter_values, refuse_guarded
from metrics.engine.queries.rows import Setting
from metrics.engine.suppression.population import HEADCOUNT
from metrics.errors import UserError
from metrics.folder.ways import paths_to
from metrics.privacy import of_dimension


@dataclass(frozen=True)
class Askable:
    """What the company has, seen from a question. One caller at a time where the database is asked."""

    setting: Setting
    framing: Framing
    _tells: dict[tuple[str, str, int], bool] = field(default_factory=dict)
    _reaches: dict[tuple[str, str, int], bool] = field(default_factory=dict)

    def reaches(self, metric_id: str, dimension: str) -> bool:
        """Whether every table behind a metric knows a dimension, and it says something of the metric."""
        key = metric_id, dimension, self.setting.relations.times
        if key not in self._reaches:
            catalog = self.framing.catalog
            found = catalog.dimensions[dimension]
            known = all(table in found.paths for table in self.framing.parted(metric_id))
            self._reaches[key] = known and makes_sense(
                catalog.metric(metric_id), found, self.framing.some_frame(metric_id)
            )
        return self._reaches[key]

    def tells(self, metric_id: str, dimension: str) -> bool:
        """Whether a metric can be sliced by a dimension with what this company has."""
        key = metric_id, dimension, self.setting.relations.times
        if key not in self._tells:
            paths = self.framing.catalog.dimensions[dimension].paths
            self._tells[key] = self.reaches(metric_id, dimension) and not any(
                lacks_path(self.setting.relations, table, paths[table])
                for table in self.framing.parted(metric_id)
            )
        return self._tells[key]

    def counts_heads(self, dimension: str) -> bool:
        """Whether the company's employees can be counted by a dimension."""
        path = self.framing.catalog.dimensions[dimension].paths.get(HEADCOUNT.table)
        return path is not None and not lacks_path(self.setting.relations, HEADCOUNT.table, path)

    def undeclared(self, metric_id: str, name: str) -> str:
        """The column of that name beside the canonical ones by which a metric could be split; empty without one."""
        catalog, behind = self.framing.catalog, self.framing.parted(metric_id)
        for table in self.setting.relations.warehouse.company.selects:
            known = {column.name for column in catalog.tables[table].columns}
            if name in self.setting.relations.warehouse.columns(table).keys() - known and (
                set(behind) <= paths_to(catalog, table, name).keys()
            ):
                return f"{table}.{name}"
        return ""

    def missing(self, metric_id: str) -> tuple[str, ...]:
        """What the company lacks for a metric: tables that cannot be read among it, and figures from outside."""
        leaves = self.framing.some_leaves(metric_id)
        found = (missing(leaf.expression, self.setting.relations, self.setting.settings) for leaf in leaves)
        metric, frame = self.framing.catalog.metric(metric_id), self.framing.some_frame(metric_id)
        figured = (
            f"company.toml external.{name}" for name in figures(metric, frame) if name not in frame.external
        )
        return tuple(dict.fromkeys([*(name for names in found for name in names), *figured]))

    def resolved(self, metric_id: str, written: str, values: Sequence[str]) -> tuple[str, list[str]]:
        """A filter as people write it, as the data has it: a dimension or column, and its values.

        Raises:
            UnknownNameError: no dimension or column of that name, with the nearest right one.
            UserError: the metric cannot be filtered so, or the data has no such value.
        """
        catalog = self.framing.catalog
        name = filter_name(catalog, metric_id, self.framing.parted(metric_id), written)
        if name in catalog.dimensions and not self.reaches(metric_id, name):
            raise UserError(
                f"{metric_id} cannot be filtered by {written}: the two sides of that rate are not alike in it; "
                f"`counterpoise catalog {metric_id}` tells its formula."
            )
        refuse_guarded(catalog, metric_id, [name])
        guarded = name in catalog.dimensions and of_dimension(catalog, name) != "open"
        frame = self.framing.some_frame(metric_id)
        leaves = [one for one in self.framing.some_leaves(metric_id) if not frame.is_for_all(one.expression)]
        return name, filter_values(self.setting, leaves, name, values, guarded)
