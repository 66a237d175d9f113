"""Catalog: everything an expert edits, by id, and how a name finds its entry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from metrics.definition import references
from metrics.errors import UnknownNameError
from metrics.model.circumstances import Adjustment, Goal, Substitution
from metrics.model.metric import Metric
from metrics.model.role import Role
from metrics.model.rule import Rule
from metrics.model.source import Source
from metrics.model.table import Dimension, Table
from metrics.values import Value


@dataclass(frozen=True)
class Catalog:
    """Everything an expert edits, loaded and checked. Mappings are by id, in file order."""

    metrics: Mapping[str, Metric]
    tables: Mapping[str, Table]
    dimensions: Mapping[str, Dimension]
    roles: Mapping[str, Role]
    rules: Mapping[str, Rule]
    sources: Mapping[str, Source]
    stages: Mapping[str, Adjustment]
    business_models: Mapping[str, Substitution]
    complements: tuple[frozenset[str], ...] = ()
    origin: Mapping[str, str] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)

    def metric(self, metric_id: str) -> Metric:
        """The metric of that id, or one of its variants (``win_rate.of_all``).

        Raises:
            UnknownNameError: with the nearest right id.
        """
        base, _, variant = metric_id.partition(".")
        try:
            metric = self.metrics[base]
            return self._variant(metric, variant) if variant else metric
        except KeyError:
            raise UnknownNameError(
                "metric", metric_id, self.metrics, remedy="`counterpoise catalog` lists all metrics."
            ) from None

    def computed(self, value: Value) -> Metric:
        """The metric of a value by the method that its receipt names; by the usual one where nobody knows that."""
        metric = self.metric(value.metric)
        return metric.varied.get(value.citation.method, metric)

    def version(self, metric: Metric) -> str:
        """The version of a metric's definition, the metrics it is made of included."""
        made_of = [
            self.version(self.metric(reference.metric))
            for part in metric.parts
            for reference in references(part)
        ]
        return (
            hashlib.sha256("".join([metric.version, *made_of]).encode()).hexdigest()[:8]
            if made_of
            else metric.version
        )

    def _variant(self, metric: Metric, variant_id: str) -> Metric:
        if variant_id == metric.method:
            return metric
        if variant_id in metric.varied:
            return metric.varied[variant_id]
        known = [metric.method, *(variant.id for variant in metric.variants)]
        raise UnknownNameError(
            f"variant of {metric.id}", variant_id, known, remedy=f"Known: {', '.join(known)}."
        )

    def role(self, role_id: str) -> Role:
        """The role of that id.

        Raises:
            UnknownNameError: with the nearest right id.
        """
        try:
            return self.roles[role_id]
        except KeyError:
            raise UnknownNameError(
                "role", role_id, self.roles, remedy="`counterpoise catalog` lists all roles."
            ) from None
