"""Section F, cases 34 to 36 and 39 to 41: surveys, what is shown, web definitions."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from metrics.display import shown
from tests.as_text import ANSWERS, WAVES, ask, company, figure

# Five questions, ten people; the first six are favourable on all, the others on two.
ITEMS = "\n".join(
    [f"6* S p# q{item} 5" for item in range(5)]
    + [f"4* S r# q{item} {4 if item < 2 else 3}" for item in range(5)]
    + ["S p0 q9 -"]
)


def test_engagement_is_the_mean_over_items_and_the_stricter_reading_has_a_name(tmp_path: Path) -> None:
    engine = company(tmp_path, f"{WAVES}{ANSWERS}\n{ITEMS}")
    assert figure(engine, "engagement_index") == "76.00"
    assert figure(engine, "engagement_index.all_items") == "60.00"
    assert figure(engine, "engagement_index.all_answers") == "76.00"


def test_a_survey_without_scale_audience_or_questions_is_read_as_usual_and_says_so(tmp_path: Path) -> None:
    tables = f"{WAVES}survey_responses: survey_id respondent_key score\n6* C p# 5\n4* C r# 3"
    value = ask(company(tmp_path, tables), "csat")
    assert str(value.value) == "60"
    assert len(value.citation.assumptions) >= 2


def test_participation_counts_people_once_and_knows_the_audience_by_the_survey(tmp_path: Path) -> None:
    tables = f"""{WAVES}
        survey_invites: survey_id respondent_key
        16* S p#
        4* S p#
        20* N c#
        survey_responses: survey_id respondent_key question_id score
        12* S p# q1 -
        6* S p# q2 5
        2* S uninvited# q1 5
        5* N c# q1 9
        5* N c# q2 9"""
    engine = company(tmp_path, tables)
    assert figure(engine, "employee_survey_participation") == "75.00"
    assert figure(engine, "customer_survey_response_rate") == "25.00"


@pytest.mark.parametrize(
    ("answers", "expected", "words"),
    [
        ("2* N a# q 9\nN d q 6\n3* N p# q 7", "16.67", "17 points"),
        ("2* N a# q 0\n2* N b# q 6\n2* N c# q 10\n2* N d# q 7", "-25.00", "-25 points"),
    ],
)
def test_promoters_less_detractors_are_rounded_once(
    tmp_path: Path, answers: str, expected: str, words: str
) -> None:
    value = ask(company(tmp_path, f"{WAVES}{ANSWERS}\n{answers}"), "nps")
    assert value.value is not None
    assert f"{value.value:.2f}" == expected
    assert shown(value.value, "points", "USD") == words


def test_a_half_is_rounded_up_and_never_to_even() -> None:
    assert shown(Decimal("1.125"), "ratio", "USD") == "1.13"
    assert shown(Decimal("43.3333"), "points", "USD") == "43 points"


def test_a_change_of_a_rate_is_in_points() -> None:
    assert shown(Decimal(5), "pp", "USD", signed=True) == "+5.0 pp"


def test_not_engaged_and_a_single_page_are_two_kinds_of_bounce(tmp_path: Path) -> None:
    tables = """web_sessions: session_id visitor_id started_at engaged_seconds page_views
        80* a# v 2025-01-05 30 3
        9* b# v 2025-01-05 60 1
        11* c# w 2025-01-05 2 1"""
    engine = company(tmp_path, tables)
    assert figure(engine, "bounce_rate") == "11.00"
    assert figure(engine, "engagement_rate") == "89.00"
    assert figure(engine, "bounce_rate.single_page") == "20.00"


def test_sessions_and_visitors_are_two_bases(tmp_path: Path) -> None:
    tables = """web_sessions: session_id visitor_id started_at
        5* s# v 2025-01-05
        5* t# w 2025-01-05
        orders: session_id ordered_at gross_amount_base refund_base
        s1 2025-01-05 110 10"""
    engine = company(tmp_path, tables)
    assert (figure(engine, "web_conversion_rate"), figure(engine, "web_conversion_rate.visitors")) == (
        "10.00",
        "50.00",
    )
    assert (figure(engine, "revenue_per_visitor"), figure(engine, "revenue_per_visitor.visitors")) == (
        "10.00",
        "50.00",
    )
    assert figure(engine, "average_order_value.gross") == "110.00"
