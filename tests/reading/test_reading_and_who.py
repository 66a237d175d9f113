"""Whoever asks for a figure and who it was gets the figure, and is told in one clause that nobody is named."""

from __future__ import annotations

import pytest

from bot.model import Request
from bot.reading import read
from bot.reading.and_who import NO_NAME, NOBODY
from tests.reading.labelled import AS_OF, CALENDAR, GROUPS, catalog


def asked(text: str, last: Request | None = None) -> Request:
    return read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, last=last, groups=lambda: GROUPS)


@pytest.mark.parametrize(
    ("text", "metric", "said"),
    [
        ("turnover last quarter, and tell me who", "employee_turnover_rate", NOBODY),
        ("tell me turnover last quarter and who they were", "employee_turnover_rate", NOBODY),
        ("attrition last quarter and who left", "employee_turnover_rate", NOBODY),
        ("regretted turnover in Q3 - who?", "regretted_turnover_rate", NOBODY),
        ("quota attainment last quarter and tell me who missed it", "quota_attainment", NO_NAME),
        ("customer churn rate last quarter, and tell me who", "customer_churn_rate", NO_NAME),
    ],
)
def test_the_figure_is_given_and_nobody_named(text: str, metric: str, said: str) -> None:
    found = asked(text)
    assert (found.kind, found.metrics) == ("value", (metric,))
    assert found.period is not None
    assert found.assumed[-1] == said


def test_a_word_that_may_mean_money_too_means_people_where_names_are_asked_for() -> None:
    found = asked("turnover last quarter, and tell me who")
    assert found.alternatives
    assert any("Employee turnover rate; ask for" in one for one in found.assumed)
    assert asked("turnover last quarter").kind == "clarification"


@pytest.mark.parametrize("text", ["and tell me who", "who?", "tell me who they were"])
def test_the_wish_for_names_alone_is_refused_behind_a_figure(text: str) -> None:
    last = Request("value", metrics=("employee_turnover_rate",))
    found = asked(text, last)
    assert (found.kind, found.alternatives) == ("refusal", ("employee_turnover_rate",))


@pytest.mark.parametrize(
    "text",
    [
        "tell me who left last quarter",
        "turnover last quarter, names please",
        "names of the people who resigned in Q3",
    ],
)
def test_who_asks_for_names_first_is_refused_as_before(text: str) -> None:
    assert asked(text).kind == "refusal"


def test_who_owns_something_is_no_wish_for_names() -> None:
    assert asked("top 10 metrics for our CRO who owns sales, pipeline and quota").kind == "recommendation"
