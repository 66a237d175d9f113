"""Words and the periods they name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.calendar.period_words import find_period, parse_period
from metrics.calendar.periods import Calendar, Period
from metrics.errors import PeriodError

AS_OF = date(2025, 11, 14)
CALENDAR = Calendar()
FEBRUARY = Calendar(fiscal_year_start=2)

NAMED = {
    "from 1 October to 7 November 2025": ("2025-10-01", "2025-11-07"),
    "between March 3 and April 15": ("2025-03-03", "2025-04-15"),
    "20 December to 5 January 2025": ("2024-12-20", "2025-01-05"),
    "1-15 October": ("2025-10-01", "2025-10-15"),
    "from 20 to 28 December": ("2024-12-20", "2024-12-28"),
    "2025-Q4": ("2025-10-01", "2025-12-31"),
    "2025-11": ("2025-11-01", "2025-11-30"),
    "2025": ("2025-01-01", "2025-12-31"),
    "2025-W07": ("2025-02-10", "2025-02-16"),
    "2025-10-01..2025-12-31": ("2025-10-01", "2025-12-31"),
    "2025-10-01 to 2025-10-09": ("2025-10-01", "2025-10-09"),
    "2025-11-03": ("2025-11-03", "2025-11-03"),
    "last quarter": ("2025-07-01", "2025-09-30"),
    "this quarter": ("2025-10-01", "2025-12-31"),
    "next quarter": ("2026-01-01", "2026-03-31"),
    "Last Month": ("2025-10-01", "2025-10-31"),
    "last week": ("2025-11-03", "2025-11-09"),
    "last year": ("2024-01-01", "2024-12-31"),
    "this  year": ("2025-01-01", "2025-12-31"),
    "yesterday": ("2025-11-13", "2025-11-13"),
    "ytd": ("2025-01-01", "2025-11-14"),
    "year to date": ("2025-01-01", "2025-11-14"),
    "qtd": ("2025-10-01", "2025-11-14"),
    "MTD": ("2025-11-01", "2025-11-14"),
    "since March": ("2025-03-01", "2025-11-14"),
    "since december": ("2024-12-01", "2025-11-14"),
    "since 2025-06-15": ("2025-06-15", "2025-11-14"),
    "since last quarter": ("2025-07-01", "2025-11-14"),
    "the last 90 days": ("2025-08-17", "2025-11-14"),
    "last three months": ("2025-08-01", "2025-10-31"),
    "past 12 months": ("2024-11-01", "2025-10-31"),
    "last 2 quarters": ("2025-04-01", "2025-09-30"),
    "Q2": ("2025-04-01", "2025-06-30"),
    "Q4": ("2025-10-01", "2025-12-31"),
    "Q2 2025": ("2025-04-01", "2025-06-30"),
    "q3 of 2024": ("2024-07-01", "2024-09-30"),
    "Q1 '24": ("2024-01-01", "2024-03-31"),
    "March 2025": ("2025-03-01", "2025-03-31"),
    "Sept 2024": ("2024-09-01", "2024-09-30"),
    "december": ("2024-12-01", "2024-12-31"),
    "H1 2025": ("2025-01-01", "2025-06-30"),
}

FISCAL = {
    "FY2025": ("2024-02-01", "2025-01-31"),
    "FY2025-Q4": ("2024-11-01", "2025-01-31"),
    "Q4 FY25": ("2024-11-01", "2025-01-31"),
    "this fiscal year": ("2025-02-01", "2026-01-31"),
    "last fiscal year": ("2024-02-01", "2025-01-31"),
    "this fiscal quarter": ("2025-11-01", "2026-01-31"),
    "last fiscal quarter": ("2025-08-01", "2025-10-31"),
    "next fiscal quarter": ("2026-02-01", "2026-04-30"),
    "last quarter": ("2025-07-01", "2025-09-30"),
}

NO_PERIODS = [
    "",
    "soon",
    "2025-Q5",
    "2025-13",
    "2025-W60",
    "2025-02-30",
    "2025-12-31..2025-10-01",
    "Q2 or so",
    "42",
]

INSIDE = {
    "what was our win rate last quarter?": "last quarter",
    "win rate since March, by region": "since March",
    "show churn in March please": "in March",
    "show churn in October 2024": "October 2024",
    "how did FY2025-Q4 go": "FY2025-Q4",
    "last quarter's win rate": "last quarter",
    "WIN RATE Q2 VS Q1": "Q2",
    "churn over the last 90 days by segment": "the last 90 days",
    "compare 2024 with 2025": "2024",
    "revenue 2025-10-01..2025-12-31?": "2025-10-01..2025-12-31",
}

NOT_INSIDE = [
    "may I see the win rate?",
    "teams that sent 2000 messages",
    "top 15 metrics for a CRO",
    "what happened on 11/2025",
    "we spent $2025 on it",
    "revenue in 2025-13",
    "march on with the metrics",
]


def days(period: Period) -> tuple[str, str]:
    return period.start.isoformat(), period.last_day.isoformat()


@pytest.mark.parametrize(("words", "expected"), NAMED.items(), ids=NAMED)
def test_words_name_their_days(words: str, expected: tuple[str, str]) -> None:
    assert days(parse_period(words, as_of=AS_OF, calendar=CALENDAR)) == expected


@pytest.mark.parametrize(("words", "expected"), FISCAL.items(), ids=FISCAL)
def test_fiscal_words_follow_the_fiscal_calendar(words: str, expected: tuple[str, str]) -> None:
    assert days(parse_period(words, as_of=AS_OF, calendar=FEBRUARY)) == expected


@pytest.mark.parametrize("words", NO_PERIODS)
def test_words_that_are_no_period_are_refused_with_what_is_understood(words: str) -> None:
    with pytest.raises(PeriodError, match=r"is no period; write 2025-Q4.*last 90 days\.$"):
        parse_period(words, as_of=AS_OF, calendar=CALENDAR)


@pytest.mark.parametrize(("question", "expected"), INSIDE.items())
def test_a_period_is_found_inside_a_question(question: str, expected: str) -> None:
    found = find_period(question, as_of=AS_OF, calendar=CALENDAR)
    assert found is not None
    assert found[1] == expected


@pytest.mark.parametrize("question", NOT_INSIDE)
def test_what_only_looks_like_a_period_is_left_alone(question: str) -> None:
    assert find_period(question, as_of=AS_OF, calendar=CALENDAR) is None


def test_on_its_last_day_a_quarter_is_the_last_complete_one() -> None:
    period = parse_period("last quarter", as_of=date(2025, 12, 31), calendar=CALENDAR)
    assert period.label == "2025-Q4"


@given(
    st.dates(min_value=date(1990, 1, 2), max_value=date(2045, 1, 1)),
    st.sampled_from([*NAMED, *FISCAL]),
    st.integers(min_value=1, max_value=12),
)
def test_a_label_reads_back_as_its_period(as_of: date, words: str, first_month: int) -> None:
    calendar = Calendar(first_month)
    try:
        period = parse_period(words, as_of=as_of, calendar=calendar)
    except PeriodError:
        assert words.startswith("since ")  # a day that is still to come
        return
    assert parse_period(period.label, as_of=as_of, calendar=calendar) == period


@given(st.dates(min_value=date(1990, 1, 2), max_value=date(2045, 1, 1)))
def test_last_this_and_next_follow_each_other(as_of: date) -> None:
    for unit in ("week", "month", "quarter", "year", "fiscal quarter", "fiscal year"):
        last, this, after = (
            parse_period(f"{which} {unit}", as_of=as_of, calendar=FEBRUARY)
            for which in ("last", "this", "next")
        )
        assert this.start <= as_of < this.end == after.start
        assert last.end in (this.start, as_of + timedelta(days=1))


@given(st.dates(min_value=date(1990, 1, 2), max_value=date(2045, 1, 1)), st.integers(1, 12))
def test_a_fiscal_year_is_the_same_one_however_it_is_said(as_of: date, first_month: int) -> None:
    calendar = Calendar(first_month)
    for which in ("last", "this", "next"):
        said = [f"{which} fiscal year", f"{which} FY", f"{which} fiscal"]
        [_] = {parse_period(words, as_of=as_of, calendar=calendar) for words in said}


@pytest.mark.parametrize("unit", ["day", "week", "month"])
@pytest.mark.parametrize("which", ["last", "this", "next"])
def test_a_fiscal_year_has_the_months_and_weeks_of_any_other(which: str, unit: str) -> None:
    fiscal, plain = (
        parse_period(f"{which} {words}", as_of=AS_OF, calendar=FEBRUARY) for words in (f"fiscal {unit}", unit)
    )
    assert fiscal == plain


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    find_period(text, as_of=AS_OF, calendar=CALENDAR)
