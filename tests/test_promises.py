"""The four promises as properties over roles and lengths: balanced, computed, cited, kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Bot, answer
from bot.memory import open_memory
from bot.model import Question
from metrics.balance import check
from metrics.balance.context import Context
from metrics.calendar.periods import Calendar
from metrics.engine import Engine
from metrics.lists.build import build
from metrics.lists.wanted import Wanted
from metrics.load import load_catalog
from metrics.model import BusinessModel, Side, Stage
from metrics.ranking import Ranking, rank
from metrics.scorecard import Row, Scorecard
from metrics.values import Status
from tests.tiny import tiny

CATALOG = load_catalog()
ROLES = st.sampled_from(sorted(CATALOG.roles))
STAGES: st.SearchStrategy[Stage] = st.sampled_from(["pre_pmf", "growth", "scale"])
MODELS: st.SearchStrategy[BusinessModel] = st.sampled_from(["saas", "ecommerce", "services", "marketplace"])
COUNTS = st.integers(2, 30)
AS_OF = date(2025, 12, 31)
Q4 = Calendar().quarter(2025, 4, fiscal=False)
WITH_NUMBER = {Status.OK, Status.CAPPED, Status.IMMATURE_COHORT}
SAMPLE = ("chief_revenue_officer", "chro", "cfo", "support_leader")
"""Roles whose lists are computed: they touch most tables between them."""
DEALS = """
opportunity_id created_at closed_on outcome amount_base expected_close_on
D1 2025-07-01 2025-08-01 won 100 2025-08-01
D2 2025-10-01 - open 200 2026-02-01
"""


@cache
def ranking(role: str, stage: Stage, model: BusinessModel) -> Ranking:
    return rank(CATALOG, role, stage=stage, business_model=model, count=30)


@pytest.fixture(scope="session")
def scorecards(demo_engine: Engine) -> dict[str, Scorecard]:
    return {role: build(demo_engine, Wanted(role, 15, Q4, AS_OF)) for role in SAMPLE}


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scorecard]:
    """The same lists of a company that has a few deals and nothing else; none of them was closed in the quarter."""
    engine = tiny(tmp_path_factory.mktemp("bare"), {"opportunities": DEALS})
    return {role: build(engine, Wanted(role, 15, Q4, AS_OF)) for role in SAMPLE}


def rows(scorecards: dict[str, Scorecard]) -> list[Row]:
    return list({row.metric.id: row for card in scorecards.values() for row in card.rows}.values())


# Balanced


@settings(deadline=None, max_examples=150)
@given(ROLES, STAGES, MODELS, COUNTS)
def test_every_list_of_two_or_more_is_balanced(
    role: str, stage: Stage, model: BusinessModel, count: int
) -> None:
    listed = ranking(role, stage, model).first(count)
    sides = [place.side for place in listed.places]
    definition = CATALOG.role(role)
    shares: dict[Side, int] = {"business": definition.business_share, "people": definition.people_share}
    for side, share in shares.items():
        assert sides.count(side) >= (ceil(Fraction(share * count, 100)) if count >= 5 else 1)
    context = Context(stage=stage, business_model=model)
    results = check(CATALOG, listed.ids, role=role, context=context)
    assert [result.note for result in results if result.severity == "block" and not result.passed] == []


def test_a_metric_without_data_keeps_its_place(
    scorecards: dict[str, Scorecard], bare: dict[str, Scorecard]
) -> None:
    assert {row.value.status for row in rows(bare)} >= {Status.NOT_MEASURED, Status.UNDEFINED}
    for role, card in (*scorecards.items(), *bare.items()):
        assert tuple(row.metric.id for row in card.rows) == ranking(role, "growth", "saas").ids[:15]


# Computed


def test_every_value_is_its_numerator_through_its_denominator(scorecards: dict[str, Scorecard]) -> None:
    for row in rows(scorecards):
        receipt, value = row.value.citation, row.value.value
        if value is None or receipt.numerator is None:
            continue
        below = Fraction(receipt.denominator) if receipt.denominator is not None else Fraction(1)
        expected = Fraction(row.metric.scale) * Fraction(receipt.numerator) / below
        assert abs(Fraction(value) - expected) < Fraction(1, 10**9), row.metric.id


def test_a_value_is_a_number_or_a_status_that_says_why_there_is_none(
    scorecards: dict[str, Scorecard], bare: dict[str, Scorecard]
) -> None:
    for row in (*rows(scorecards), *rows(bare)):
        value = row.value
        assert isinstance(value.value, Decimal | None)
        assert (value.value is not None) <= (value.status in WITH_NUMBER)
        assert (value.status is Status.NOT_MEASURED) == bool(value.needs)
        if value.value is None:
            assert row.change is None


def test_a_change_is_the_value_minus_the_one_before(scorecards: dict[str, Scorecard]) -> None:
    for row in rows(scorecards):
        if row.change is not None:
            assert row.value.value is not None
            assert row.previous is not None
            assert row.previous.value is not None
            assert row.change == row.value.value - row.previous.value


# Cited


def test_every_value_carries_a_receipt_whose_statements_run_again(
    scorecards: dict[str, Scorecard], demo_engine: Engine
) -> None:
    with demo_engine.warehouse.engine.connect() as connection:
        for row in rows(scorecards):
            receipt = row.value.citation
            assert (receipt.metric, receipt.version) == (
                row.metric.id,
                demo_engine.catalog.version(row.metric),
            )
            assert receipt.tables
            if row.value.value is None:
                continue
            assert receipt.sql
            for sql, parameters in zip(receipt.sql, receipt.parameters, strict=True):
                assert connection.exec_driver_sql(sql, tuple(parameters.values())).fetchall() is not None
                assert sql.count("$") >= len(parameters)


def test_no_receipt_says_less_than_it_must(scorecards: dict[str, Scorecard]) -> None:
    for row in rows(scorecards):
        receipt = row.value.citation
        assert receipt.formula == row.metric.formula
        assert receipt.period == row.value.period
        assert receipt.as_of <= AS_OF
        if row.value.value is not None:
            assert receipt.numerator is not None
            assert row.value.n == receipt.n


# Kept


@settings(deadline=None, max_examples=25)
@given(ROLES, STAGES, MODELS)
def test_a_ranking_is_the_same_whenever_it_is_asked_for(
    role: str, stage: Stage, model: BusinessModel
) -> None:
    again = rank(load_catalog(), role, stage=stage, business_model=model, count=15)
    assert again.ids == ranking(role, stage, model).ids[:15]


async def test_a_list_is_the_same_in_every_thread_after_a_restart_and_for_everyone(demo_bot: Bot) -> None:
    lists = []
    for user, thread in (("ann", "1"), ("ann", "1"), ("ann", "2"), ("ben", "")):
        found = await answer(Question("top 5 metrics for a CHRO", user=user, thread=thread), demo_bot)
        assert found.scorecard
        lists.append([row.metric.id for row in found.scorecard.rows])
    restarted = Bot(demo_bot.open, open_memory(str(demo_bot.memory.engine.url)), None, demo_bot.today)
    found = await answer(Question("top 5 metrics for a CHRO", user="cleo", thread="1"), restarted)
    assert found.scorecard
    lists.append([row.metric.id for row in found.scorecard.rows])
    assert all(one == lists[0] for one in lists)
