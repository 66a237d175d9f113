"""An inquiry and a company -> what every answer starts from: the role, its order, the limits and the gates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from metrics.advice.model import Inquiry
from metrics.balance import Gates, parameters
from metrics.calendar.periods import Period
from metrics.engine import Engine
from metrics.lists.aims import in_force
from metrics.lists.gates import gates_of
from metrics.lists.taught import UNTAUGHT, Taught
from metrics.model import BusinessModel, Catalog, Metric, Role, Rule, Stage
from metrics.ranking import Ranking, rank
from metrics.ranking.limits import Ground, Limits, limits

LIST = 15
"""How many metrics a role's list has when two lists are compared."""


@dataclass(frozen=True)
class Brief:
    """What is asked, of which company, as of which day."""

    engine: Engine
    inquiry: Inquiry
    as_of: date
    today: date | None = None
    taught: Taught = UNTAUGHT

    @property
    def catalog(self) -> Catalog:
        """The catalog of the company."""
        return self.engine.catalog

    @property
    def period(self) -> Period:
        """The newest quarter that is over: what values are shown of."""
        return self.engine.company.calendar.last_complete("quarter", self.as_of)

    @property
    def stage(self) -> Stage:
        """The stage asked about, else the company's own."""
        return self.inquiry.stage or self.engine.company.file.stage

    @property
    def business_model(self) -> BusinessModel:
        """The business model asked about, else the company's own."""
        return self.inquiry.business_model or self.engine.company.file.business_model

    @cached_property
    def role(self) -> Role:
        """The role asked about, else the one that looks at the metric most."""
        if self.inquiry.role:
            return self.catalog.role(self.inquiry.role)
        return home(self.catalog, self._about)

    @property
    def _about(self) -> Sequence[str]:
        """The metrics that tell whose question it is: what is moved before what moves it, else what a rule asks for."""
        goal = self.catalog.goals.get(self.inquiry.goal or "")
        if self.inquiry.metrics:
            return self.inquiry.metrics[::-1]
        if goal:
            return goal.primary
        rules = (rule for rule in self.catalog.rules.values() if self.inquiry.matter in rule.questions)
        return [name for rule in rules for name in parameters(rule).metrics()]

    @cached_property
    def gates(self) -> Gates:
        """Where the company's values change an order."""
        return gates_of(self.engine, self.as_of, today=self.today)

    @cached_property
    def limits(self) -> Limits:
        """What every list for this role keeps."""
        return limits(self.catalog, self.ground)

    @property
    def ground(self) -> Ground:
        """Whom a list is for, and where the company stands."""
        return Ground(
            role=self.role.id,
            stage=self.stage,
            business_model=self.business_model,
            goals=in_force(self.engine.company.file.goals, self.as_of),
            traits=frozenset(self.engine.company.file.traits),
            gates=self.gates,
        )

    @cached_property
    def order(self) -> Ranking:
        """The whole order of the role."""
        return self.ranked()

    def ranked(
        self, *, within: Collection[str] | None = None, pinned: Sequence[str] = (), role: str | None = None
    ) -> Ranking:
        """An order of the role (or of another one), at the stage and in the business model asked about."""
        company, of = self.engine.company.file, role or self.role.id
        wishes = self.taught.wishes(self.catalog, of)
        ranking = rank(
            self.catalog,
            of,
            stage=self.stage,
            business_model=self.business_model,
            pinned=tuple(dict.fromkeys((*wishes.pinned, *pinned))),
            barred=wishes.barred,
            shares=wishes.shares,
            within=within,
            goals=in_force(company.goals, self.as_of),
            traits=company.traits,
            gates=self.gates,
        )
        return self.taught.named(ranking)

    def metric(self, metric_id: str) -> Metric:
        """A metric of the catalog."""
        return self.catalog.metric(metric_id)

    def name(self, metric_id: str) -> str:
        """What people call a metric."""
        return self.catalog.metric(metric_id).name

    def rule_of(self, kind: str) -> Rule | None:
        """The first rule of a kind, where the catalog has one."""
        return next((rule for rule in self.catalog.rules.values() if rule.kind == kind), None)

    def rule_id(self, kind: str) -> str:
        """Its id; empty where there is none."""
        rule = self.rule_of(kind)
        return rule.id if rule else ""


def home(catalog: Catalog, metrics: Sequence[str]) -> Role:
    """The role that is nearest to a metric: one that ranks it, and of those the one with most of its dimension.

    A role that keeps it as a diagnostic comes next. Without a metric it is the first executive of the catalog.
    """
    roles = list(catalog.roles.values())
    if not metrics:
        return next((role for role in roles if role.executive), roles[0])
    ranked_by_any = {one.metric for role in roles for one in role.ranked}
    metric = catalog.metric(next((one for one in metrics if one in ranked_by_any), metrics[0]))

    def nearness(role: Role) -> tuple[int, int, int, bool, int]:
        weight = next((one.weight for one in role.ranked if one.metric == metric.id), 0)
        ranked = [catalog.metric(one.metric) for one in role.ranked]
        alike = sum(one.dimension == metric.dimension for one in ranked)
        side = sum(one.side == metric.side for one in ranked)
        kept = metric.id in role.diagnostics
        return (2 if weight else int(kept), alike, side, not role.executive, weight)

    return max(roles, key=nearness)
