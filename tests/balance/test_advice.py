"""Advice follows from the rules and the kinds of metrics, for any metric and any role, and claims no cause."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.cli import main
from bot.contract import answer_json
from bot.model import Answer, Question
from bot.terminal import as_text
from metrics.advice import Advice, Inquiry, advise
from metrics.advice.target import neat
from metrics.engine import Engine
from metrics.errors import UserError
from metrics.folder.company_file import TargetSetting
from metrics.load import load_catalog
from metrics.model import Catalog
from metrics.opening import open_company
from metrics.ranking import rank
from tests.balance.test_balance_values import engine_with

AS_OF = date(2025, 12, 31)
CRM = Path(__file__).parents[1] / "companies" / "crm_maven"
CRM_DAY = date(2017, 12, 31)
BLOCK = "block"


@cache
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def crm() -> Engine:
    return open_company(CRM)


def advised(engine: Engine, topic: Any, *metrics: str, as_of: date = AS_OF, **known: Any) -> Advice:
    return advise(engine, Inquiry(topic, metrics=metrics, **known), as_of)


def rules(advice: Advice) -> set[str]:
    told = {reason.rule for reason in advice.reasons}
    return (told | {use.rule for one in advice.listings for use in one.uses}) - {""}


def broken(advice: Advice) -> list[str]:
    return [f"{one.rule}: {one.note}" for one in advice.rules if one.severity == BLOCK and not one.passed]


async def ask(bot: Bot, text: str, **more: Any) -> Answer:
    return await answer(Question(text, as_of=AS_OF.isoformat(), **more), bot)


# Every metric, every role


def test_a_metric_is_judged_by_the_rules_and_the_list_to_steer_by_holds_both_sides(crm: Engine) -> None:
    for metric in list(catalog().metrics)[::2]:
        found = advised(crm, "primary", metric, as_of=CRM_DAY)
        assert broken(found) == [], metric
        assert {catalog().metric(one).side for one in found.steer[:2]} == {"business", "people"}, metric


@pytest.mark.parametrize("topic", ["reward", "promise", "guards", "kpi", "drives", "record"])
def test_advice_of_any_kind_keeps_every_block_rule(demo_engine: Engine, crm: Engine, topic: Any) -> None:
    cases = [(crm, CRM_DAY, one) for one in list(catalog().metrics)[::7]]
    cases += [(demo_engine, AS_OF, one) for one in list(catalog().metrics)[::35]]
    for engine, day, metric in cases:
        found = advised(engine, topic, metric, as_of=day, percent=10)
        assert broken(found) == [], metric
        assert found.headline.endswith("."), metric
        assert found.reasons, metric


@pytest.mark.parametrize("role", list(load_catalog().roles))
def test_every_role_has_tiers_and_something_in_common_with_another(crm: Engine, role: str) -> None:
    assert broken(advised(crm, "tiers", role=role, as_of=CRM_DAY)) == []
    other = advised(crm, "shared", role=role, other_role="ceo" if role != "ceo" else "cfo", as_of=CRM_DAY)
    assert [one.heading.split()[0] for one in other.listings] == ["Both", "Only", "Only"]
    for listing in advised(
        crm, "change", role=role, business_model="ecommerce", stage="scale", as_of=CRM_DAY
    ).listings:
        assert listing.heading in {"First five then", "New", "Gone", "Moved", "Moved most"}


def test_a_vanity_metric_is_never_advised_to_steer_by(crm: Engine) -> None:
    for metric in catalog().metrics:
        for topic in ("primary", "reward", "kpi"):
            if "vanity" in catalog().metric(metric).tags:
                found = advised(crm, topic, metric, as_of=CRM_DAY)
                assert found.verdict == "no"
                assert metric not in found.steer
                assert "R20" in rules(found)


# A metric to steer by, to judge by, to be promised


def test_bounce_rate_is_no_primary_and_stays_a_diagnostic(demo_engine: Engine) -> None:
    found = advised(demo_engine, "primary", "bounce_rate", role="conversion_lead")
    assert found.verdict == "no"
    assert found.steer[0] == "revenue_per_visitor"
    assert found.listings[-1].uses[0].metric == "bounce_rate"


def test_revenue_may_not_lead_before_product_market_fit_and_use_may(demo_engine: Engine) -> None:
    before = advised(demo_engine, "primary", "mrr", role="founder", stage="pre_pmf")
    assert (before.verdict, "R19" in rules(before)) == ("no", True)
    assert "second_use_rate" in before.steer
    assert (
        advised(demo_engine, "primary", "second_use_rate", role="founder", stage="pre_pmf").verdict == "yes"
    )
    assert advised(demo_engine, "primary", "mrr", role="founder", stage="growth").verdict != "no"


def test_calls_that_agents_keep_are_not_what_they_are_measured_by(demo_engine: Engine) -> None:
    found = advised(demo_engine, "reward", "escalation_rate")
    assert found.verdict == "no"
    assert {"R11", "R38", "R37"} <= rules(found)
    assert found.steer.index("csat") < found.steer.index("escalation_rate")


def test_pay_without_a_check_of_the_records_is_said_to_break_a_rule(crm: Engine) -> None:
    found = advised(crm, "reward", "quota_attainment", as_of=CRM_DAY, matter="compensation")
    assert [one.rule for one in found.rules if not one.passed] == ["R38"]


def test_a_metric_about_single_persons_has_no_value_anywhere(demo_engine: Engine) -> None:
    for topic in ("primary", "reward", "guards", "promise", "record"):
        found = advised(demo_engine, topic, "bradford_factor")
        assert "bradford_factor" not in {row.metric.id for row in found.rows}


def test_more_leads_are_no_good_news_by_themselves_and_the_promise_is_reckoned(demo_engine: Engine) -> None:
    found = advised(demo_engine, "promise", "lead_volume", percent=30)
    assert {"R12", "R27"} <= rules(found)
    now = next(row.value.value for row in found.rows if row.metric.id == "lead_volume")
    assert now is not None
    assert f"{now:,.0f} would be {(now * Decimal('1.3')).quantize(Decimal(1)):,}" in found.notes[0]


@pytest.mark.parametrize(
    ("metric", "percent", "verdict"),
    [("customer_churn_rate", 10, "no"), ("customer_churn_rate", -10, "guarded"), ("win_rate", -5, "no")],
)
def test_a_promise_of_the_wrong_direction_is_bad_news(
    demo_engine: Engine, metric: str, percent: int, verdict: str
) -> None:
    assert advised(demo_engine, "promise", metric, percent=percent).verdict == verdict


# Programmes, pilots and the like


def test_a_loyalty_programme_is_judged_by_keeping_customers(demo_engine: Engine) -> None:
    found = advised(demo_engine, "programme", goal="loyalty", unknown="new customers")
    assert {"loyalty_retention_lift", "customer_retention_rate"} <= set(found.steer)
    assert {one.rule: one.passed for one in found.rules}["R14"]
    assert found.headline.startswith("Not by new customers")


def test_a_programme_without_a_goal_is_asked_for_one(demo_engine: Engine) -> None:
    found = advised(demo_engine, "programme")
    assert (found.verdict, "R15" in rules(found)) == ("open", True)


@pytest.mark.parametrize(
    ("matter", "rule", "held"),
    [
        ("pilot", "R28", {"time_to_value", "expansion_velocity", "engagement_depth"}),
        ("automation", "R43", {"cac", "customer_lifetime_value", "automation_error_rate"}),
        ("pricing", "R40", {"customer_retention_rate"}),
        ("product_performance", "R42", {"engagement_depth"}),
    ],
)
def test_what_is_measured_holds_what_its_rule_asks_for(
    demo_engine: Engine, matter: Any, rule: str, held: set[str]
) -> None:
    found = advised(demo_engine, "measure", matter=matter)
    assert held <= set(found.steer)
    assert {one.rule: one.passed for one in found.rules}[rule]
    assert rule in rules(found)


# Lists


def test_revops_owns_levers_and_shares_in_results(demo_engine: Engine) -> None:
    own, shared, people = advised(demo_engine, "tiers", role="revops_lead").listings
    assert {"adoption_rate", "time_saved"} <= {use.metric for use in own.uses}
    assert {"mrr", "customer_churn_rate"} <= {use.metric for use in shared.uses}
    assert all(catalog().metric(use.metric).side == "people" for use in people.uses)


def test_the_one_metric_of_a_stage_is_of_use_and_names_the_missing_side(demo_engine: Engine) -> None:
    found = advised(demo_engine, "single", role="founder", stage="pre_pmf")
    assert found.steer == ("second_use_rate",)
    assert any("people side is missing" in reason.words for reason in found.reasons)


def test_what_is_shared_stands_on_both_lists_and_the_rest_on_one(demo_engine: Engine) -> None:
    both, one, other = advised(demo_engine, "shared", role="cfo", other_role="chief_revenue_officer").listings
    ids = [{use.metric for use in listing.uses} for listing in (both, one, other)]
    assert "net_revenue_retention" in ids[0]
    assert sum(map(len, ids)) == len(set().union(*ids))


def test_another_business_model_replaces_what_it_has_no_use_for(demo_engine: Engine) -> None:
    found = advised(demo_engine, "change", role="cfo", business_model="marketplace")
    gone = next(one for one in found.listings if one.heading == "Gone")
    assert "net_revenue_retention" in {use.metric for use in gone.uses}
    same = advised(demo_engine, "change", role="cfo", stage="growth")
    assert same.headline.startswith("Nothing: ")


# Causes


def test_no_cause_is_claimed_and_the_evidence_is_called_a_candidate(demo_engine: Engine) -> None:
    found = advised(demo_engine, "drives", "nps", "customer_retention_rate")
    assert found.verdict == "open"
    assert "R22" in rules(found)
    assert {one.rule: one.passed for one in found.rules}["R22"]
    assert "key_event_attainment" in found.steer
    assert any("candidate" in use.why for one in found.listings for use in one.uses)


# KPI and OKR


def test_a_target_is_derived_from_history_and_marked_as_a_proposal(demo_engine: Engine) -> None:
    found = advised(demo_engine, "kpi", "average_deal_size").kpi
    assert found is not None
    assert found.proposed
    assert found.target is not None
    assert found.due == date(2026, 3, 31)
    values = [value.value for value in found.history if value.value is not None]
    steps = sorted(later - earlier for earlier, later in pairwise(values))
    middle = steps[len(steps) // 2]
    assert found.target == neat(values[-1] + middle if middle > 0 else max(values[-4:]))


def test_the_company_s_own_target_is_no_proposal_until_it_is_reached(demo_engine: Engine) -> None:
    own = advised(demo_engine, "kpi", "csat").kpi
    assert own is not None
    assert (own.target, own.proposed, own.due) == (Decimal(88), False, date(2026, 3, 31))
    easy = engine_with(
        demo_engine, targets={"win_rate": TargetSetting(value=Decimal(1), due=date(2026, 3, 31))}
    )
    beaten = advised(easy, "kpi", "win_rate").kpi
    assert beaten is not None
    assert beaten.proposed
    assert "reached already" in beaten.how


def test_a_kpi_has_a_day_and_every_okr_points_at_it(demo_engine: Engine) -> None:
    found = advised(demo_engine, "kpi", "win_rate")
    assert {one.rule: one.passed for one in found.rules}["R27"]
    assert found.kpi is not None
    assert set(found.kpi.levers) <= set(found.steer)


def test_without_data_a_metric_stays_a_metric_and_what_it_needs_is_named(crm: Engine) -> None:
    found = advised(crm, "kpi", "enps", as_of=CRM_DAY)
    assert found.kpi is not None
    assert (found.kpi.target, found.kpi.low) == (None, None)
    assert "stays a metric" in found.headline
    assert any("R21" in note for note in found.notes)


def test_a_band_is_proposed_for_what_ought_to_stay_in_one(demo_engine: Engine) -> None:
    found = advised(demo_engine, "kpi", "escalation_rate").kpi
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.high


def test_a_pay_gap_of_the_past_is_no_target_for_the_future(demo_engine: Engine) -> None:
    found = advised(demo_engine, "kpi", "gender_pay_gap_median").kpi
    assert found is not None
    assert (found.target, found.low, found.high) == (None, None, None)


def test_a_target_has_three_digits() -> None:
    assert [str(neat(Decimal(one))) for one in ("33.3456", "0.012345", "108.4", "0")] == [
        "33.3",
        "0.0123",
        "108",
        "0",
    ]


# Guards and gaps


def test_what_guards_a_metric_is_what_the_catalog_says(crm: Engine) -> None:
    for metric in list(catalog().metrics.values())[::4]:
        found = advised(crm, "guards", metric.id, as_of=CRM_DAY)
        guards = {use.metric for use in found.listings[0].uses}
        assert {*metric.counters.required, *metric.counters.companions} <= guards


def test_what_has_to_be_recorded_is_what_the_company_lacks(crm: Engine, demo_engine: Engine) -> None:
    lacking = crm.missing("regretted_turnover_rate")
    assert lacking
    found = advised(crm, "record", "regretted_turnover_rate", as_of=CRM_DAY)
    assert all(column in found.headline for column in lacking)
    assert advised(demo_engine, "record", "regretted_turnover_rate").headline.startswith("Nothing more")


# As it is answered

QUESTIONS = (
    "Is bounce rate a good primary metric for our conversion programme?",
    "We measure call-centre agents by calls they don't escalate. Good idea?",
    "Marketing promised 30 % more leads, should I be happy?",
    "Our loyalty programme brought few new customers, is it failing?",
    "How do I measure a pilot?",
    "Which metrics should RevOps own, and which are only impacted?",
    "We're pre product-market fit: which one metric?",
    "Does NPS drive retention?",
    "Turn win rate into a KPI for next quarter and an OKR",
    "what guards win rate?",
    "what would I have to record to see regretted turnover?",
    "which metrics do a CFO and a CRO share?",
    "what changes if we were marketplace?",
    "what changes if we were at scale?",
    "should I pay reps by calls made?",
    "Is flumph rate a good metric?",
)


@pytest.mark.parametrize("text", QUESTIONS)
async def test_every_example_is_answered_with_its_rules_and_receipts(demo_bot: Bot, text: str) -> None:
    found = await ask(demo_bot, text)
    assert found.kind == "advice"
    assert found.advice is not None
    assert not [one for one in found.rules if one.severity == BLOCK and not one.passed]
    assert any(re.search(r"\(R\d\d\)", line) for line in found.body.splitlines())
    contract = answer_json(found, catalog(), as_text(found))
    assert contract["advice"]["verdict"] in ("yes", "no", "guarded", "open")
    assert contract["request"]["topic"] == found.advice.topic
    for mark in re.findall(r"\[(\d+)\]", found.body):
        value = found.values[int(mark) - 1]
        assert value.value is not None
        assert value.citation.sql


@pytest.mark.parametrize("text", QUESTIONS)
async def test_a_company_that_records_little_gets_the_same_advice_with_what_is_missing(
    crm: Engine, demo_bot: Bot, text: str
) -> None:
    bot = Bot(lambda _folder: crm, demo_bot.memory, None, lambda _zone: date(2018, 1, 15))
    found = await answer(Question(text), bot)
    assert found.kind == "advice"
    assert not [one for one in found.rules if one.severity == BLOCK and not one.passed]


async def test_a_metric_that_does_not_exist_gets_no_verdict_and_near_ones_where_there_are(
    demo_bot: Bot,
) -> None:
    found = await ask(demo_bot, "Is flumph rate a good metric?")
    assert found.advice is not None
    assert found.advice.verdict == "open"
    assert "'flumph rate'" in found.body
    near = await ask(demo_bot, "should I pay reps by calls made?")
    assert any(note.startswith("Nearest that I know") for note in near.notes)


def test_a_team_too_small_for_a_history_gets_no_target_of_its_own(demo_engine: Engine) -> None:
    small = engine_with(demo_engine, organisations={"revops_lead": ["RevOps"]})
    found = advised(small, "kpi", "enps", role="revops_lead")
    assert found.kpi is not None
    assert found.kpi.target is None
    row = next(row for row in found.rows if row.metric.id == "enps")
    assert "rolled_up" in row.value.flags
    shown = [*(one.value for one in found.rows if one.metric.side == "people"), *found.kpi.history]
    assert min(value.n for value in shown if value.n is not None) >= 5


async def test_why_a_metric_is_on_the_list_names_the_rules_that_had_a_part(demo_bot: Bot) -> None:
    there = await ask(demo_bot, "why is ramp time on the list?")
    assert "place" in there.body
    assert "(R10)" in there.body
    barred = await ask(demo_bot, "why not bounce rate?")
    assert "(R20)" in barred.body
    twin = await ask(demo_bot, "why is customer retention rate not on the list?")
    assert "(R33)" in twin.body
    absent = await ask(demo_bot, "why not customer lifetime value?")
    assert "No rule keeps it out" in absent.body


async def test_a_list_says_which_rules_had_a_part_and_where_one_is_explained(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "top 15 metrics for a CFO")
    assert found.scorecard is not None
    told = next(note for note in found.notes if note.startswith("Rules that had a part"))
    assert {rule for row in found.scorecard.rows for rule in row.rules} == set(
        re.findall(r"R\d\d(?= at)", told)
    )
    assert re.search(r"“What is R\d\d\?” explains (?:it|one)", told)


async def test_a_list_whose_order_a_value_moved_says_which_value_and_rule(
    demo_bot: Bot, demo_engine: Engine
) -> None:
    leaking = engine_with(
        demo_engine, targets={"product_activation_rate": TargetSetting(value=Decimal("99.9"))}
    )
    bot = Bot(lambda _folder: leaking, demo_bot.memory, None, lambda _zone: date(2026, 1, 15))
    found = await ask(bot, "top 15 metrics for a CMO")
    assert any("misses its target" in note and "(R24)" in note for note in found.notes)
    assert "R24" in {rule for row in found.scorecard.rows for rule in row.rules} if found.scorecard else False
    why = await ask(bot, "why is CAC on the list of the CMO?")
    assert "misses its target" in why.body
    calm = await ask(demo_bot, "top 15 metrics for a CMO")
    assert not any("(R24)" in note for note in calm.notes)


def test_a_role_is_ranked_for_every_number_from_one_to_the_length_of_its_order(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for role in catalog().roles:
        order = rank(catalog(), role, stage="growth", business_model="saas")
        for n in range(1, len(order.places) + 1):
            assert len(order.first(n).places) == n
        with pytest.raises(UserError, match="cannot be listed"):
            order.first(len(order.places) + 1)
    length = len(rank(catalog(), "cfo", stage="growth", business_model="saas").places)
    for n in (1, length):
        assert main(["rank", "cfo", "--count", str(n), "--json"]) == 0
        printed = json.loads(capsys.readouterr().out)
        assert len(printed["metrics"]) == n
        assert any("people side is missing" in note for note in printed["notes"]) == (n == 1)
    assert main(["rank", "cfo", "--count", str(length + 1)]) == 2


def test_the_command_line_explains_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "R10"]) == 0
    assert "Counter-metric first (R10)" in capsys.readouterr().out
