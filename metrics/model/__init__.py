"""The nouns of the catalog: Metric, Table, Role, Rule, Goal, and the Catalog that holds them.

Each is what one YAML file (or one entry of it) may say; ``load`` reads the files and reports mistakes.
"""

from metrics.model.catalog import Catalog
from metrics.model.circumstances import Adjustment, Goal, Substitution
from metrics.model.metric import Counters, Metric, Variant
from metrics.model.role import RankedMetric, Role
from metrics.model.rule import Rule, RuleExample
from metrics.model.source import Source
from metrics.model.table import Dimension, Spell, Table, TableColumn
from metrics.model.words import (
    BusinessModel,
    Direction,
    GoalType,
    Kind,
    Line,
    NotIf,
    QuestionKind,
    RuleScope,
    RuleStatus,
    Sensitivity,
    Severity,
    Side,
    Stage,
    Timing,
    Trait,
)

__all__ = [
    "Adjustment",
    "BusinessModel",
    "Catalog",
    "Counters",
    "Dimension",
    "Direction",
    "Goal",
    "GoalType",
    "Kind",
    "Line",
    "Metric",
    "NotIf",
    "QuestionKind",
    "RankedMetric",
    "Role",
    "Rule",
    "RuleExample",
    "RuleScope",
    "RuleStatus",
    "Sensitivity",
    "Severity",
    "Side",
    "Source",
    "Spell",
    "Stage",
    "Substitution",
    "Table",
    "TableColumn",
    "Timing",
    "Trait",
    "Variant",
]
