"""The nouns of the catalog: Metric, Table, Role, Rule, Goal, and the Catalog that holds them.

Each is what one YAML file (or one entry of it) may say; ``load`` reads the files and reports mistakes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from metrics.definition import Expression, Frozen, Whole, Window, references
from metrics.errors import UnknownNameError
from metrics.values import Value

Side = Literal["business", "people"]
Timing = Literal["leading", "lagging"]
Kind = Literal["outcome", "driver", "guardrail"]
Direction = Literal["up", "down", "band"]
Sensitivity = Literal["open", "person", "people", "restricted"]
Severity = Literal["block", "warn", "info"]
Stage = Literal["pre_pmf", "growth", "scale"]
NotIf = Literal["negative_denominator", "nonpositive_denominator", ""]
BusinessModel = Literal["saas", "ecommerce", "services", "marketplace"]
GoalType = Literal["growth", "loyalty", "satisfaction", "efficiency", "engagement", "people"]
Trait = Literal["product_led", "ai"]
RuleStatus = Literal["active", "needs_judgement"]
RuleScope = Literal["prefix", "answer", "question"]
QuestionKind = Literal[
    "programme", "pilot", "kpi", "driver", "pricing", "automation", "product_performance", "compensation"
]
"""Kinds of questions that have rules of their own: what a programme aims at, how a pilot went, what makes a
metric a KPI, what drives what, a change of price, an automation, how a product does, what pay hangs on."""


class Counters(Frozen):
    """The metrics that keep another one honest.

    ``required``: one of them must stand before it in the same list. ``companions``: shown beside it.
    """

    required: list[str] = []
    companions: list[str] = []


class Variant(Frozen):
    """Another published way to compute the same metric, or a figure of its own that stands beside it.

    What is given takes the place of what the metric has; ``denominator:`` with nothing behind it takes it away.
    """

    id: str
    name: str
    formula: str
    numerator: Expression | None = None
    denominator: Expression | None = None
    scale: Decimal = Decimal(1)
    n: Expression | None = None
    unit: str = ""
    window: Window = "period"
    least_denominator: Decimal | None = None
    not_if: NotIf = ""
    caveat: str = ""
    sources: list[str] = []


class Metric(Frozen):
    """One metric: what it means, how it is computed and how far to trust it.

    ``formula`` is for people; ``scale x numerator / denominator`` is what is computed. ``n`` counts what
    the value rests on, where the denominator does not. ``window`` is the stretch a scorecard looks at by
    default. ``looks_ahead``: a scorecard asks it of the running period, not of the last one.
    ``method`` names the way it is computed where ``variants`` offer others (``method_name`` in words):
    ``win_rate.of_all`` asks for one. ``beside`` lists variants that are shown together with the value: its
    median, or the share of rows that it leaves out. ``settles_days`` after the end of a period its cohort may
    still change; until then a value is flagged ``unsettled``.
    ``least_denominator`` stands in for a smaller denominator, with status ``capped``. ``not_if`` says when
    there is no value although the denominator is not zero, and ``status_if_not`` what to call that.
    """

    id: str
    name: str
    synonyms: list[str] = []
    phrasings: list[str] = []
    side: Side
    dimension: str
    unit: str
    direction: Direction
    timing: Timing
    kind: Kind
    formula: str
    numerator: Expression
    denominator: Expression | None = None
    scale: Decimal = Decimal(1)
    n: Expression | None = None
    window: Window = "period"
    looks_ahead: bool = False
    least_denominator: Decimal | None = None
    not_if: NotIf = ""
    status_if_not: Literal["undefined_zero_denominator", "not_burning", "not_applicable"] = (
        "undefined_zero_denominator"
    )
    counters: Counters = Counters()
    caveat: str = ""
    sources: list[str]
    tags: list[str] = []
    tier: Literal["core", "extended"] = "core"
    method: str = "default"
    method_name: str = ""
    variants: list[Variant] = []
    beside: list[str] = []
    settles_days: Whole = 0

    def varied(self, variant: Variant) -> Metric:
        """The metric computed the other way. Its id stays, and the way it had is one of its variants."""
        given = variant.model_fields_set - {"id", "name"}
        changes = {name: getattr(variant, name) for name in given}
        others = [other for other in self.variants if other.id != variant.id]
        names = {"method": variant.id, "method_name": variant.name, "variants": [*others, self._usual]}
        return self.model_copy(update={**changes, **names})

    @property
    def _usual(self) -> Variant:
        """The way it is computed, as a variant of what it may be changed into."""
        fields = {name: getattr(self, name) for name in Variant.model_fields if name not in {"id", "name"}}
        return Variant(id=self.method, name=self.method_name, **fields)

    @cached_property
    def version(self) -> str:
        """Eight hex digits of the definition: it changes when what is computed changes."""
        parts = self.model_dump_json(
            include={"numerator", "denominator", "scale", "n", "window", "least_denominator", "not_if"}
        )
        return hashlib.sha256(parts.encode()).hexdigest()[:8]


class TableColumn(Frozen):
    """One column of a canonical table.

    ``references`` names a table and column (``accounts.account_id``). Where a company has no such column,
    ``worked_out`` lists the columns it is the sum of (``-name``: less that one), if those are there, and
    ``when_absent`` is what is assumed for every row; a column without either is simply missing. ``setting``
    names what a company has to declare for a derived column to be there.
    """

    name: str
    type: Literal["text", "date", "timestamp", "decimal", "integer", "boolean"]
    meaning: str = ""
    key: bool = False
    nullable: bool = False
    references: str | None = None
    worked_out: list[str] = []
    when_absent: bool | Decimal | str | None = None
    setting: str = ""
    values: list[str] = []
    sensitivity: Sensitivity = "open"


class Spell(Frozen):
    """How rows of a history table follow each other: one in force at a time for each ``per``.

    A row ends at ``until``, at the next row's ``since``, or when the path ``ends_with`` does, whichever
    comes first.
    """

    per: str
    since: str
    until: str | None = None
    ends_with: str | None = None


class Table(Frozen):
    """One canonical table: what a row is, and its columns.

    ``happened`` names the columns whose newest day tells how fresh the data is (never a plan or due date).
    ``planned``: its rows are known beforehand (quotas, the calendar), so that no as-of day cuts them off.
    ``leave_out`` is a condition on rows that count in no metric. ``derived`` tables are computed from
    canonical ones by the engine, out of the columns that it ``reads``; a company never maps them.
    """

    name: str
    tier: int = 1
    grain: str
    happened: list[str] = []
    planned: bool = False
    spell: Spell | None = None
    leave_out: dict[str, bool] = {}
    derived: list[str] = []
    reads: list[str] = []
    columns: list[TableColumn]

    def column(self, name: str) -> TableColumn:
        """The column of that name.

        Raises:
            UnknownNameError: the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownNameError(f"column of {self.name}", name, [c.name for c in self.columns])


class Dimension(Frozen):
    """Something values can be grouped or filtered by, and the way to it from each table.

    Without ``rates`` it says what happened, not to whom or what it could have: it parts counts and sums only.
    """

    id: str
    name: str
    synonyms: list[str] = []
    sensitivity: Sensitivity = "open"
    rates: bool = True
    paths: dict[str, str]


class RankedMetric(Frozen):
    """A metric's place in a role's own list. ``weight`` is 1 to 100, and judgement."""

    metric: str
    weight: int = Field(ge=1, le=100)
    why: str


class Role(Frozen):
    """What a role looks at, in order, and the floors of its balance in whole percent."""

    id: str
    name: str
    synonyms: list[str] = []
    scope: str
    executive: bool
    people_share: int = Field(default=30, ge=20, le=50)
    business_share: int = Field(default=30, ge=20, le=50)
    ranked: list[RankedMetric] = Field(min_length=2)
    diagnostics: list[str] = []


class RuleExample(Frozen):
    """A list of metrics that the rule passes or fails; it runs as a test."""

    metrics: list[str] = []
    passes: bool
    note: str = ""
    context: dict[str, Any] = {}


class Rule(Frozen):
    """A rule of balance as data: one of a closed list of kinds, with its parameters.

    ``scope``: a ``prefix`` rule holds for every beginning of a list, an ``answer`` rule for the finished
    answer, a ``question`` rule for answers to the kinds of ``questions`` it names. Lists shorter than
    ``from_length`` are not judged. ``companion_line``: it is enough that what the rule asks for is shown
    beside the metric. ``instead`` is what the bot does where a rule ``needs_judgement`` that only people have.
    """

    id: str
    title: str
    severity: Severity
    why: str
    source: list[str]
    kind: str
    parameters: dict[str, Any] = {}
    status: RuleStatus = "active"
    instead: str = ""
    scope: RuleScope = "answer"
    questions: list[QuestionKind] = []
    from_length: int = Field(default=0, ge=0)
    companion_line: bool = False
    examples: list[RuleExample] = []


class Source(Frozen):
    """Where a fact comes from. Grade A: regulator or standard; B: vendor documentation; C: secondary."""

    id: str
    what: str
    url: str
    grade: str


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
        variant = next((v for v in metric.variants if v.id == value.citation.method), None)
        return metric.varied(variant) if variant else metric

    def version(self, metric: Metric) -> str:
        """The version of a metric's definition, the metrics it is made of included."""
        made_of = [
            self.version(self.metric(reference.metric))
            for part in (metric.numerator, metric.denominator)
            if part is not None
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
        for variant in metric.variants:
            if variant.id == variant_id:
                return metric.varied(variant)
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
