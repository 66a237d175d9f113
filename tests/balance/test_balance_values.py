"""Rules that look at values work on real ones: gates, survey honesty, quality of records, goals, populations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from metrics.balance import Gates
from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.folder.company_file import CompanyFile, GoalSetting, TargetSetting
from metrics.lists.aims import changes, in_force
from metrics.lists.build import build
from metrics.lists.gates import gates_of
from metrics.lists.wanted import Wanted, default_period
from metrics.load import load_catalog
from metrics.model import Catalog
from metrics.opening import open_company
from metrics.privacy import INSIDE, Reader
from metrics.scorecard import Scorecard
from metrics.values import Citation, Status, Value
from tests.command import company

CATALOG = load_catalog()
DAY = date(2025, 12, 31)
ROLES = sorted(CATALOG.roles)


def engine_with(engine: Engine, catalog: Catalog | None = None, **settings: Any) -> Engine:
    """The demo company with other goals, targets or rules."""
    file = engine.company.file.model_copy(update=settings)
    return Engine(
        catalog or engine.catalog, engine.company.model_copy(update={"file": file}), engine.warehouse
    )


def card(engine: Engine, role: str, count: int = 15, **more: Any) -> Scorecard:
    return build(engine, Wanted(role, count, default_period(engine, DAY), DAY, **more))


def target(value: str) -> TargetSetting:
    return TargetSetting(value=Decimal(value))


@pytest.mark.parametrize("role", ROLES)
def test_the_finished_scorecard_of_every_role_keeps_every_block_rule(demo_engine: Engine, role: str) -> None:
    found = card(demo_engine, role)
    assert [rule for rule in found.rules if not rule.passed and rule.severity == "block"] == []
    judged = {rule.rule for rule in found.rules}
    assert {"R01", "R02", "R03", "R10", "R15", "R16", "R21", "R30", "R34", "R36", "R41"} <= judged


# Gates: R19 and R24


@dataclass
class Answers:
    """An engine that answers with the values it is given, newest period first."""

    values: dict[str, list[Decimal | None]]
    file: CompanyFile
    status: Status = Status.OK
    catalog: Catalog = CATALOG

    @property
    def company(self) -> Answers:
        return self

    calendar = Calendar()

    def compute(
        self, asks: Sequence[Ask], _as_of: date, *, today: date | None = None, reader: Reader | None = None
    ) -> list[list[Value]]:
        assert today is None
        assert reader is INSIDE
        found = {name: iter(values) for name, values in self.values.items()}
        return [[self._value(ask, next(found[ask.metric]))] for ask in asks]

    def _value(self, ask: Ask, number: Decimal | None) -> Value:
        receipt = Citation(
            metric=ask.metric, version="", formula="", numerator=None, denominator=None, period=ask.period,
            filters={}, n=None, as_of=DAY, data_through=None, tables=(), sql=(), parameters=(),
        )  # fmt: skip
        status = Status.NOT_MEASURED if number is None else self.status
        shown = number if status is Status.OK else None
        return Value(ask.metric, ask.period, status, receipt, shown)


def gates(targets: dict[str, str], status: Status = Status.OK, **values: list[str | None]) -> Gates:
    file = CompanyFile(name="Test", targets={name: target(wanted) for name, wanted in targets.items()})
    given = {
        name: [None if one is None else Decimal(one) for one in [*numbers, *[numbers[-1]] * 3]]
        for name, numbers in values.items()
    }
    return gates_of(Answers(given, file, status), DAY)  # type: ignore[arg-type]


def test_a_company_without_targets_has_no_gates_and_is_asked_nothing() -> None:
    assert gates({}) == Gates()


def test_a_missed_target_of_activation_leaks_and_a_reached_one_does_not() -> None:
    assert gates({"product_activation_rate": "60"}, product_activation_rate=["41"]).leaks == (
        "product_activation_rate",
    )
    assert gates({"product_activation_rate": "60"}, product_activation_rate=["60"]).leaks == ()
    assert gates({"customer_churn_rate": "3"}, customer_churn_rate=["3.1"]).leaks == ("customer_churn_rate",)


def test_use_of_the_product_has_to_hold_for_two_periods_to_open_the_gate() -> None:
    assert gates({"second_use_rate": "30"}, second_use_rate=["35", "31"]).engaged
    assert not gates({"second_use_rate": "30"}, second_use_rate=["35", "29"]).engaged
    both = {"second_use_rate": "30", "stickiness": "20"}
    assert not gates(both, second_use_rate=["35", "31"], stickiness=["25", "19"]).engaged


@pytest.mark.parametrize("status", [Status.SUPPRESSED, Status.IMMATURE_COHORT, Status.INSUFFICIENT])
def test_values_that_are_missing_or_withheld_open_no_gate(status: Status) -> None:
    wanted = {"product_activation_rate": "60", "second_use_rate": "30"}
    assert gates(wanted, product_activation_rate=[None], second_use_rate=[None]) == Gates()
    assert gates(wanted, status, product_activation_rate=["10"], second_use_rate=["90"]) == Gates()
    assert not gates({"second_use_rate": "30"}, second_use_rate=["35", None]).engaged


def test_a_metric_that_wants_a_band_and_is_off_a_single_figure_neither_leaks_nor_opens_a_gate() -> None:
    name = "product_activation_rate"
    banded = {**CATALOG.metrics, name: CATALOG.metric(name).model_copy(update={"direction": "band"})}
    file = CompanyFile(name="Test", targets={name: target("60")})
    given: dict[str, list[Decimal | None]] = {name: [Decimal(41)] * 4}
    answers = Answers(given, file, catalog=replace(CATALOG, metrics=banded))
    assert gates_of(answers, DAY) == Gates()  # type: ignore[arg-type]


def test_while_the_demo_company_leaks_acquisition_stands_behind_activation(demo_engine: Engine) -> None:
    whole = card(demo_engine, "cmo")
    leaking = card(engine_with(demo_engine, targets={"product_activation_rate": target("99.9")}), "cmo")
    ids = [row.metric.id for row in leaking.rows]
    acquisition = CATALOG.rules["R24"].parameters["acquisition"]
    first = min(ids.index(name) for name in acquisition if name in ids)
    assert min(ids.index(name) for name in ("product_activation_rate", "time_to_value")) < first
    assert any(
        "Product activation rate misses its target" in note and "R24" in note for note in leaking.notes
    )
    assert next(rule for rule in leaking.rules if rule.rule == "R24").passed
    assert whole.rows[0].metric.id in acquisition
    assert not any("R24" in note for note in whole.notes)


def test_a_gate_of_use_lets_revenue_lead_before_product_market_fit(demo_engine: Engine) -> None:
    held = engine_with(demo_engine, targets={"stickiness": target("0.01")})
    barred = CATALOG.stages["pre_pmf"].not_primary
    before, after = (card(one, "ceo", 5, stage="pre_pmf") for one in (demo_engine, held))
    assert next(row.metric.id for row in before.rows if row.primary) not in barred
    assert any("may lead (R19)" in note for note in after.notes)
    assert next(rule for rule in after.rules if rule.rule == "R19").passed


def test_a_company_without_the_data_keeps_its_order_whatever_it_wants(tmp_path: Path) -> None:
    engine = open_company(company(tmp_path))
    wanting = engine_with(
        engine, targets={"product_activation_rate": target("99"), "stickiness": target("1")}
    )
    assert gates_of(wanting, DAY) == Gates()


# Surveys, records, weights: R25, R39, R18


def test_survey_figures_show_their_response_rate_and_low_numbers_low_confidence(demo_engine: Engine) -> None:
    found = card(demo_engine, "cs_leader")
    row = next(row for row in found.rows if row.metric.id == "engagement_index")
    assert row.response is not None
    assert row.response.metric == "employee_survey_participation"
    assert row.response.citation.filters == row.value.citation.filters
    assert any(row.metric.name in note and "response rate" in note for note in found.notes)
    few = [row for row in found.rows if "low_confidence" in row.value.flags]
    assert all(row.value.n is not None and row.value.n < 30 for row in few)
    assert bool(few) == any("Low confidence" in note for note in found.notes)
    assert next(rule for rule in found.rules if rule.rule == "R25").passed


def test_figures_from_incomplete_records_are_called_unreliable(demo_engine: Engine) -> None:
    strict = CATALOG.rules["R39"].model_copy(
        update={"parameters": {**CATALOG.rules["R39"].parameters, "least": Decimal("99.99")}}
    )
    catalog = replace(demo_engine.catalog, rules={**demo_engine.catalog.rules, "R39": strict})
    found = card(engine_with(demo_engine, catalog), "vp_sales")
    unreliable = {row.metric.id for row in found.rows if "unreliable" in row.value.flags}
    assert {"win_rate", "sales_cycle_length"} <= unreliable
    assert "engagement_index" not in unreliable
    assert any("Unreliable" in note and "R39" in note for note in found.notes)
    assert next(rule for rule in found.rules if rule.rule == "R39").passed


def test_work_that_carries_different_weights_is_weighed(demo_engine: Engine) -> None:
    found = card(demo_engine, "revops_lead")
    assert "implementation_rate" in [row.metric.id for row in found.rows]
    judged = [rule for rule in found.rules if rule.rule == "R18"]
    assert all(rule.passed for rule in judged)


# Goals: R15 and R16


def test_declared_goals_weigh_and_are_named_and_none_is_assumed(demo_engine: Engine) -> None:
    plain = card(demo_engine, "ceo")
    found = card(engine_with(demo_engine, goals=[GoalSetting(goal="people")]), "ceo")
    assert any("No goal is declared" in note for note in plain.notes)
    assert any("declared goals: people" in note for note in found.notes)
    people = [[row.rank for row in one.rows if row.metric.side == "people"] for one in (plain, found)]
    assert sum(people[1]) < sum(people[0])


def test_goals_are_written_as_words_or_with_days() -> None:
    given = {
        "name": "T",
        "goals": ["growth", {"goal": "people", "since": "2025-01-01", "until": "2025-06-30"}],
    }
    goals = CompanyFile.model_validate(given).goals
    assert in_force(goals, date(2025, 6, 30)) == ("growth", "people")
    assert in_force(goals, date(2025, 7, 1)) == ("growth",)


def test_changes_of_the_first_goal_are_counted_over_two_quarters() -> None:
    first = GoalSetting(goal="growth", until=date(2025, 8, 31))
    second = GoalSetting(goal="efficiency", since=date(2025, 9, 1), until=date(2025, 10, 31))
    third = GoalSetting(goal="growth", since=date(2025, 11, 1))
    assert changes([first, second, third], DAY) == 2
    assert changes([first, second, third], date(2025, 10, 15)) == 1
    assert changes([first, second, third], date(2026, 6, 30)) == 0
    assert changes([], DAY) == 0


def test_a_goal_that_changes_too_often_is_said(demo_engine: Engine) -> None:
    goals = [
        GoalSetting(goal="growth", until=date(2025, 8, 31)),
        GoalSetting(goal="efficiency", since=date(2025, 9, 1), until=date(2025, 10, 31)),
        GoalSetting(goal="people", since=date(2025, 11, 1)),
    ]
    failed = [rule for rule in card(engine_with(demo_engine, goals=goals), "ceo").rules if not rule.passed]
    assert [(rule.rule, rule.severity) for rule in failed] == [("R16", "warn")]


# What is declared: R13 and R29


def test_qualified_leads_without_an_agreement_are_said_to_have_none(demo_engine: Engine) -> None:
    agreed = engine_with(demo_engine, agreed={"qualified_lead": ["sales", "marketing"]})
    without = engine_with(demo_engine, agreed={})
    failed = [[rule.rule for rule in card(one, "cmo").rules if not rule.passed] for one in (agreed, without)]
    assert failed == [[], ["R13"]]


def test_a_product_led_company_sees_depth_of_use_beside_its_pipeline(demo_engine: Engine) -> None:
    found = card(engine_with(demo_engine, traits=["product_led"]), "vp_sales")
    row = next(row for row in found.rows if row.metric.id == "pipeline_coverage")
    assert "engagement_depth" in row.guarded_by
    assert next(rule for rule in found.rules if rule.rule == "R29").passed
