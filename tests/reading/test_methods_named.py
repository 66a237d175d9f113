"""Methods as people name them: taught, and asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answer import Bot
from bot.coaching.heard import Choice, Understood
from bot.coaching.rules import Method
from bot.coaching.teacher import Teacher
from bot.coaching.understand import understand
from bot.commands.metric_values import compared
from metrics.calendar.periods import Calendar
from metrics.engine import Ask
from metrics.lists.wanted import AsOf
from metrics.load import load_catalog
from tests.coach import ask
from tests.tiny import tiny

TEACHER = Teacher(load_catalog())
WAYS = [
    (metric.id, way, how)
    for metric in TEACHER.catalog.metrics.values()
    if metric.variants
    for way, how in metric.methods.items()
]


@pytest.mark.parametrize(
    ("lesson", "metric", "way"),
    [
        ("use starting headcount for turnover", "employee_turnover_rate", "of_start"),
        ("for us turnover is measured on headcount at the start", "employee_turnover_rate", "of_start"),
        ("we count win rate of all opportunities", "win_rate", "of_all"),
        ("we use win_rate.of_all", "win_rate", "of_all"),
        ("use win_rate.of_all_closed for win rate", "win_rate", "of_all_closed"),
        ("win rate should be computed of all opportunities", "win_rate", "of_all"),
        ("we compute HCROI without minus one", "human_capital_roi", "without_minus_one"),
        ("from now on use the closing balance for DSO", "dso", "closing_balance"),
        ("use the single-page definition of bounce rate", "bounce_rate", "single_page"),
        ("use visitors not sessions for conversion rate", "web_conversion_rate", "visitors"),
        ("use first-year attrition for new-hire turnover", "new_hire_turnover_rate", "within_365_days"),
        ("from now on use EBIT for EBITDA margin", "ebitda_margin", "operating_profit"),
        ("we compute stickiness by WAU/MAU", "stickiness", "wau_mau"),
        ("for us time to fill means to the first day of work, mean", "time_to_fill", "to_start"),
    ],
)  # fmt: skip
def test_a_method_is_taught_in_the_words_that_people_have_for_it(lesson: str, metric: str, way: str) -> None:
    heard = understand(lesson, TEACHER)
    assert isinstance(heard, Understood)
    assert heard.rule == Method(metric=metric, variant=way)


@pytest.mark.parametrize("form", ["use {how} for {name}", "we compute {name} {how}", "use {id} for {name}"])
def test_every_method_is_taught_by_its_name_and_by_its_id(form: str) -> None:
    for metric, way, how in WAYS:
        name = TEACHER.catalog.metrics[metric].name
        lesson = form.format(how=how, name=name, id=f"{metric}.{way}")
        heard = understand(lesson, TEACHER)
        assert isinstance(heard, Understood), lesson
        assert heard.rule == Method(metric=metric, variant=way), lesson


def test_words_that_fit_two_methods_leave_the_choice() -> None:
    assert isinstance(understand("use average headcount for turnover", TEACHER), Choice)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("we count win rate of all opportunities", "coaching"),
        ("win rate is computed of all opportunities", "coaching"),
        ("is win rate computed of all opportunities?", "definition"),
        ("how is win rate computed?", "definition"),
        ("we measure win rate by segment", "value"),
    ],
)
async def test_a_statement_teaches_and_a_question_asks(demo_bot: Bot, text: str, kind: str) -> None:
    assert (await ask(demo_bot, text)).kind == kind


async def test_a_question_that_names_a_method_gets_its_number(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "what is the median sales cycle?")
    [value] = found.values
    assert value.citation.method == "median"
    assert "won deals, median" in found.body
    usual = await ask(demo_bot, "what is the sales cycle length?", thread="t2")
    assert [one.citation.method for one in usual.values] in ([], ["won_mean"])


async def test_it_is_kept_for_the_next_question_in_the_thread(demo_bot: Bot) -> None:
    await ask(demo_bot, "win rate by value last quarter")
    found = await ask(demo_bot, "and by month?")
    assert {value.citation.method for value in found.values} == {"by_value"}
    other = await ask(demo_bot, "win rate by segment last quarter", thread="t3")
    assert {value.citation.method for value in other.values} == {"of_closed"}


async def test_a_definition_names_the_method_and_the_others(demo_bot: Bot) -> None:
    told = (await ask(demo_bot, "how is bounce rate defined?")).body
    assert "`bounce_rate.not_engaged`" in told
    assert "`bounce_rate.single_page`" in told


def test_a_target_is_held_against_the_usual_method_alone(tmp_path: Path) -> None:
    deals = "opportunity_id created_on closed_on outcome amount_base\n1 2025-10-01 2025-11-01 won 10"
    engine = tiny(tmp_path, {"opportunities": deals}, "[targets]\nwin_rate = {value = 50}\n")
    quarter = Calendar().quarter(2025, 4, fiscal=False)
    day, asks = date(2025, 12, 31), [Ask("win_rate", quarter), Ask("win_rate.by_value", quarter)]
    found = compared(asks, engine, AsOf(day, day, ""), largest=None, against="target")
    assert [one.verdict for one in found] == ["met", None]


def test_no_method_is_described_by_a_caveat_of_another() -> None:
    catalog, wrong = TEACHER.catalog, []
    theirs = {
        "win_rate": "Closed deals only: open",
        "web_conversion_rate": "Sessions, not visitors",
        "average_order_value": "After discounts",
        "dso": "The average balance",
        "opex": "Cost of goods sold and",
        "net_mrr_churn_rate": "Reactivation offsets churn here",
        "offer_acceptance_rate": "are in neither part",
        "time_to_fill": "Stops at the accepted offer",
        "rule_of_40": "With the EBITDA margin;",
        "overtime_rate": "Of all hours worked;",
        "human_capital_roi": "0.50 is half",
        "representation_rate": "are in neither part",
    }
    own = {
        ("time_to_fill", "median"),
        ("average_order_value", "median"),
        ("representation_rate", "in_leadership"),
    }
    for name, said in theirs.items():
        metric = catalog.metrics[name]
        assert said in metric.caveat
        ways = [one.id for one in metric.variants if (name, one.id) not in own]
        wrong += [f"{name}.{way}" for way in ways if said in catalog.metric(f"{name}.{way}").caveat]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what is EBITDA?", "EBITDA = revenue - all cost but depreciation"),
        (
            "how is DSO by exhaustion computed?",
            "by the method “by exhaustion (count-back)” (`dso.countback`)",
        ),
        (
            "how is win rate by value defined?",
            "by the method “of closed deals, by value” (`win_rate.by_value`)",
        ),
        ("how is win rate defined?", "by the method “of closed deals, won or lost” (`win_rate.of_closed`)"),
    ],
)
async def test_a_method_that_is_named_is_what_is_defined(text: str, said: str, demo_bot: Bot) -> None:
    assert said in " ".join((await ask(demo_bot, text)).body.split())


TITLED = [
    (metric.id, one.id, one.title)
    for metric in TEACHER.catalog.metrics.values()
    for one in metric.variants
    if one.title
]


@pytest.mark.parametrize(("metric", "way", "title"), TITLED, ids=[title for _, _, title in TITLED])
async def test_a_figure_of_its_own_is_asked_for_by_its_name_and_goes_by_it(
    metric: str, way: str, title: str, demo_bot: Bot
) -> None:
    told = await ask(demo_bot, f"{title} last quarter")
    assert {(value.metric, value.citation.method) for value in told.values} == {(metric, way)}
    assert told.title.startswith(f"{title}: ")
