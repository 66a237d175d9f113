"""What a question asks for and cannot have is said: a period that is none, a group, a split, another company."""

from __future__ import annotations

from datetime import date

import pytest

from bot.model import Request
from bot.reading import read
from bot.reading.people.masking import masked
from bot.replies.rule import asked_for
from metrics.calendar.periods import Calendar
from metrics.load import load_catalog

CATALOG = load_catalog()
GROUPS = {"segment": ("Enterprise", "SMB"), "department": ("Sales EMEA", "Support")}


def ask(text: str) -> Request:
    return read(text, catalog=CATALOG, calendar=Calendar(), as_of=date(2025, 11, 14), groups=lambda: GROUPS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("win rate in Q7", "There is no Q7: a year has four quarters."),
        ("win rate in 2025-Q5", "There is no 2025-Q5: a year has four quarters."),
        ("csat in week 60", "There is no week 60:"),
        ("csat on 30 february", "There is no 30 february: that month has 29 days."),
        ("employee turnover by reason for leaving", "group by that is called 'reason for leaving'"),
        ("churn by contract in 2025-Q3", "group by that is called 'contract'"),
        ("win rate of the Falcon team", "Nothing was narrowed down by 'Falcon'."),
        ("top 5 for CDO", "The list of the Conversion-rate-optimisation lead is the nearest."),
    ],
)
def test_what_is_not_had_is_said(text: str, said: str) -> None:
    assert said in " ".join(ask(text).assumed)


@pytest.mark.parametrize(
    "text", ["win rate in Q4", "csat in week 12", "win rate in 2025-Q2", "csat on 29 february"]
)
def test_a_period_that_there_is_gets_no_such_remark(text: str) -> None:
    assert "There is no" not in " ".join(ask(text).assumed)


@pytest.mark.parametrize("text", ["what is our forecast accuracy, drop the rest", "drop the balance"])
def test_words_that_cannot_be_a_group_are_not_named(text: str) -> None:
    assert "narrowed" not in " ".join(ask(text).assumed)


def test_a_lesson_about_balance_is_a_lesson_and_no_list_of_one_side() -> None:
    lesson = (
        "as far as you can learn from this, it's important to have a balance of business and people issues"
    )
    assert ask(lesson).kind == "coaching"


def test_whoever_leads_something_else_gets_no_list() -> None:
    assert ask("top 5 for the president of the united states").kind == "help"
    assert ask("top 5 for the president of our company").role == "ceo"


@pytest.mark.parametrize(
    "text",
    ["salary of maria lopez", "IS JOHN SMITH GOING TO QUIT", "john smith win rate", "what does priya make"],
)
def test_a_person_without_capitals_is_refused_and_masked(text: str) -> None:
    assert ask(text).kind == "refusal"
    sent = masked(text, CATALOG).lower()
    assert not any(name in sent for name in ("maria", "lopez", "john", "smith", "priya"))


def test_who_greets_is_not_asked_about() -> None:
    assert ask("thanks anna, win rate last quarter").kind == "value"


def test_a_rule_that_there_is_not_is_still_asked_for() -> None:
    assert asked_for("What is R99?", CATALOG) == ("R99",)
    assert asked_for("What is R07?", CATALOG) == ("R07",)


def test_what_a_metric_is_asked_for_with_is_no_split_that_is_unknown() -> None:
    for phrase in (one for metric in CATALOG.metrics.values() for one in metric.phrasings if " by " in one):
        assert "nothing to group by" not in " ".join(ask(phrase).assumed)


@pytest.mark.parametrize(
    "text", ["average order value of cohort 1997-02 in 1997-Q4", "win rate of cohorts in 1998"]
)
def test_a_year_is_a_time_where_groups_are_called_by_months_of_it(text: str) -> None:
    months = {"segment": ("1997-01", "1997-02", "1998-01", "1998-02")}
    asked = read(text, catalog=CATALOG, calendar=Calendar(), as_of=date(2025, 11, 14), groups=lambda: months)
    assert "may be" not in " ".join(asked.assumed)
    assert asked.period is not None
