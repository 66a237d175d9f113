"""What a company's stage, business model and goals do to the order of every role."""

from __future__ import annotations

from decimal import Decimal

from metrics.definition import Frozen
from metrics.model.metric import Metric
from metrics.model.words import BusinessModel, GoalType, Stage


class Adjustment(Frozen):
    """What a stage of company does to the weights: by dimension, by metric, and who may not lead."""

    stage: Stage
    dimensions: dict[str, Decimal]
    metrics: dict[str, Decimal] = {}
    not_primary: list[str] = []


class Substitution(Frozen):
    """What a business model replaces and adds, always on the same side."""

    business_model: BusinessModel
    replace: dict[str, str] = {}
    add: list[str] = []


class Goal(Frozen):
    """What a declared goal does to the weights, by dimension or by metric instead of its dimension.

    Several goals do not add up: the largest of their factors counts. ``primary`` are the metrics that tell
    whether a programme with this goal reaches it; ``not_primary`` never do.
    """

    goal: GoalType
    name: str
    dimensions: dict[str, Decimal] = {}
    metrics: dict[str, Decimal] = {}
    primary: list[str] = []
    not_primary: list[str] = []

    def factor(self, metric: Metric) -> Decimal:
        """How much more a metric weighs where this goal is declared."""
        return self.metrics.get(metric.id, self.dimensions.get(metric.dimension, Decimal(1)))

    def serves(self, metric: Metric) -> bool:
        """Whether the metric says something about this goal."""
        return self.factor(metric) > 1
