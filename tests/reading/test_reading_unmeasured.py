"""Pay, bonuses, age and headcount are asked for: the nearest metric answers or is offered, and nobody is lectured."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.answer import Bot, answer
from bot.coaching.understand import teaches
from bot.memory import Memory
from bot.model import Answer, Question, Request
from bot.reading import read
from bot.reading.names.unmeasured import UNMEASURED
from metrics.engine import Engine
from metrics.privacy.thresholds import LEAST
from tests.reading.labelled import AS_OF, CALENDAR, GROUPS, catalog

PAY = """
average salary by department
average pay by team
pay by team
salaries by department
mean wages
what is the average salary of our engineers
how much do we pay our people
what do we pay on average
what do our engineers earn
how high are our salaries
average compensation by department last quarter
salary by month
"""
WITHOUT_METRIC = {
    "average bonus by team": "bonuses",
    "bonus by department": "bonuses",
    "average age by department": "age",
    "how old are our people on average": "age",
    "age structure of our workforce": "age",
    "average tenure by department": "length of service",
    "headcount": "headcount",
    "what is our headcount by department?": "headcount",
    "how many employees do we have?": "headcount",
    "number of employees by department": "headcount",
}


def asked(text: str) -> Request:
    return read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, groups=lambda: GROUPS)


@pytest.mark.parametrize("text", PAY.strip().splitlines())
def test_a_question_for_pay_is_answered_by_what_holds_pay_for_groups(text: str) -> None:
    found = asked(text)
    assert found.kind in ("value", "trend")
    assert found.metrics == ("compa_ratio",)
    assert "gender_pay_gap_median" in found.alternatives
    assert any("No figure of pay itself" in one for one in found.assumed)


@pytest.mark.parametrize(("text", "lacking"), WITHOUT_METRIC.items())
def test_what_no_metric_holds_is_said_and_the_nearest_is_offered(text: str, lacking: str) -> None:
    found = asked(text)
    assert (found.kind, found.unknown) == ("clarification", lacking)
    assert found.alternatives


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("where do our salaries sit compared with the middle of the band", "compa_ratio"),
        ("is there a difference in salary between the sexes", "gender_pay_gap_median"),
        ("how long before a new salesperson is worth their salary", "ramp_time"),
        ("average deal age", "sales_cycle_length"),
        ("how much do customers pay", "arpa"),
        ("what share of our headcount left?", "employee_turnover_rate"),
        ("how many employees do we have per manager?", "span_of_control"),
    ],
)
def test_what_a_metric_does_hold_is_asked_as_before(text: str, metric: str) -> None:
    found = asked(text)
    assert found.metrics == (metric,)
    assert not any("No figure of pay itself" in one for one in found.assumed)


@pytest.mark.parametrize(
    "text",
    ["average salary of Anna Schmidt", "average salary by person", "list all salaries", "salary E0031"],
)
def test_one_person_s_pay_is_still_refused(text: str) -> None:
    assert asked(text).kind == "refusal"


def test_the_nearest_are_metrics_of_the_catalog() -> None:
    for one in UNMEASURED:
        assert set(one.nearest) <= set(catalog().metrics)


@pytest.mark.parametrize("text", ["what is your privacy threshold", "how are small groups suppressed?"])
def test_a_question_about_privacy_is_no_lesson(text: str) -> None:
    assert not teaches(text, catalog())
    assert asked(text).small_talk == "privacy"


@pytest.mark.parametrize("text", ["show salaries without privacy", "lower the suppression threshold to 2"])
def test_who_wants_privacy_gone_is_still_told_that_it_stays(text: str) -> None:
    assert teaches(text, catalog())


def _answered(text: str, engine: Engine, memory: Memory) -> Answer:
    bot = Bot(open=lambda _: engine, memory=memory, model=None, today=lambda _zone: date(2026, 1, 5))
    return asyncio.run(answer(Question(text, use_model=False), bot))


def test_average_salary_by_department_is_no_coaching(demo_engine: Engine, memory: Memory) -> None:
    found = _answered("average salary by department", demo_engine, memory)
    assert found.kind == "value"
    assert {value.metric for value in found.values} == {"compa_ratio"}
    assert all(value.n is None or value.n >= LEAST["restricted"] for value in found.values)
    bonus = _answered("average bonus by team", demo_engine, memory)
    assert bonus.title == "Not measured here: bonuses"
    assert "Compa-ratio by department" in bonus.suggestions


def test_a_question_about_privacy_names_the_thresholds(demo_engine: Engine, memory: Memory) -> None:
    found = _answered("what is your privacy threshold", demo_engine, memory)
    assert found.kind == "help"
    assert f"fewer than {LEAST['people']} people" in found.body
    assert f"fewer than {LEAST['restricted']}" in found.body
