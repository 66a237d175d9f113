"""What a value may be held against: a target of its own length of period, and never itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

import pytest

from bot.answer import Bot, answer
from bot.model import Question
from metrics.calendar.periods import Calendar, Period
from metrics.engine import Ask, Engine
from metrics.folder.company_file import TargetSetting
from metrics.lists.growing import grows
from metrics.lists.holding import holds, target_for
from metrics.load import load_catalog

CATALOG, CALENDAR = load_catalog(), Calendar()
QUARTER, YEAR = CALENDAR.quarter(2025, 4, fiscal=False), CALENDAR.year(2025, fiscal=False)
MONTH = CALENDAR.containing(date(2025, 12, 5), "month")


@pytest.mark.parametrize(
    "name",
    ["regretted_turnover_rate", "opex", "lead_volume", "customer_churn_rate", "revenue_growth_rate"],
)
def test_rates_sums_and_counts_of_a_period_grow_with_it(name: str) -> None:
    assert grows(CATALOG.metric(name), CATALOG)


@pytest.mark.parametrize(
    "name", ["win_rate", "arr", "gross_margin", "sales_velocity", "csat", "runway_months"]
)
def test_shares_stocks_and_figures_by_the_day_do_not(name: str) -> None:
    assert not grows(CATALOG.metric(name), CATALOG)


@pytest.mark.parametrize(
    ("name", "per", "period", "expected"),
    [
        ("regretted_turnover_rate", None, QUARTER, True),
        ("regretted_turnover_rate", None, YEAR, False),
        ("regretted_turnover_rate", None, MONTH, False),
        ("regretted_turnover_rate", "year", YEAR, True),
        ("regretted_turnover_rate", "year", QUARTER, False),
        ("win_rate", None, YEAR, True),
        ("net_revenue_retention", None, QUARTER.trailing(months=12), True),
        ("net_revenue_retention", None, YEAR, True),
        ("net_revenue_retention", None, QUARTER, False),
        ("stickiness", None, QUARTER, True),
    ],
)
def test_a_target_holds_for_the_length_of_period_it_was_set_for(
    name: str, per: Literal["year"] | None, period: Period, expected: bool
) -> None:
    setting = TargetSetting(value=Decimal(1), per=per)
    assert holds(setting, CATALOG.metric(name), period, CATALOG) is expected


async def test_a_year_of_turnover_is_not_judged_by_the_target_of_a_quarter(demo_bot: Bot) -> None:
    text = "top 15 metrics for the Chief Revenue Officer"
    quarter = await answer(Question(text), demo_bot)
    year = await answer(Question(f"{text} last year"), demo_bot)
    targets = [
        {row.metric.id: row.target for row in found.scorecard.rows if row.target}
        for found in (quarter, year)
        if found.scorecard
    ]
    assert "regretted_turnover_rate" in targets[0]
    assert "regretted_turnover_rate" not in targets[1]
    assert "win_rate" in targets[1]
    said = [note for note in year.notes if "set for a quarter" in note and "Regretted turnover rate" in note]
    assert len(said) == 1
    assert not [note for note in quarter.notes if "another length" in note]
    one = await answer(Question("regretted turnover rate last year against target"), demo_bot)
    assert "its target is for periods of another length" in one.body


async def test_a_target_for_a_year_is_held_against_a_year(demo_bot: Bot, demo_engine: Engine) -> None:
    wanted = {"regretted_turnover_rate": TargetSetting(value=Decimal(6), per="year")}
    file = demo_engine.company.file.model_copy(update={"targets": wanted})
    company = demo_engine.company.model_copy(update={"file": file})
    engine = demo_engine.taught(demo_engine.catalog, company)
    yearly = replace(demo_bot, open=lambda _folder: engine)
    found = await answer(Question("regretted turnover rate last year against target"), yearly)
    assert "target 6.0 %: reached" in found.body
    found = await answer(Question("regretted turnover rate last quarter against target"), yearly)
    assert "another length" in found.body


async def test_a_period_is_never_compared_with_itself(demo_bot: Bot) -> None:
    found = await answer(Question("compare win rate this quarter with last quarter"), demo_bot)
    assert "2025-Q4" in found.body
    assert "against 2025-Q3" in found.body
    assert any("both periods that were named are 2025-Q4" in note for note in found.notes)
    plain = await answer(Question("compare win rate last quarter with 2025-Q1"), demo_bot)
    assert "against 2025-Q1" in plain.body
    assert not any("both periods" in note for note in plain.notes)


async def test_no_group_is_held_against_what_the_whole_company_is_to_come_to(
    demo_bot: Bot, demo_engine: Engine
) -> None:
    wanted = {"mrr": TargetSetting(value=Decimal(1)), "win_rate": TargetSetting(value=Decimal(1))}
    file = demo_engine.company.file.model_copy(update={"targets": wanted})
    engine = demo_engine.taught(demo_engine.catalog, demo_engine.company.model_copy(update={"file": file}))
    by, kept = ("segment",), {"segment": ["SMB"]}
    asks = [Ask(name, QUARTER, *way) for name in wanted for way in ((), (by,), ((), kept))]
    found = [
        {target_for(CATALOG.metric(value.metric), value, file, CATALOG) is not None for value in table}
        for table in engine.compute(asks, date(2025, 12, 31))
    ]
    assert found == [{True}, {False}, {False}, {True}, {True}, {True}]
    bot = replace(demo_bot, open=lambda _folder: engine)
    said = await answer(Question("MRR by segment against target"), bot)
    assert said.body.count("its target is for the whole company") == 3
