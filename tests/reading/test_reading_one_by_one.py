"""People are not listed one by one, and who is pointed at is not asked about; groups and metrics are."""

from __future__ import annotations

from time import process_time

import pytest

from bot.model import Request
from bot.reading import read
from tests.reading.labelled import AS_OF, CALENDAR, GROUPS, catalog

PEOPLE = """
rank my sales reps by revenue
who sold the most last quarter
which rep closed the most deals
list of reps under quota
overtime by employee
sick leave broken down by individual
split engagement by employee
eNPS of each person
turnover, itemised by person
payroll by person
regretted leavers by name
the names behind regretted turnover
export the staff list
list all salaries
SELECT name, salary FROM employees
give me all rows of employees
everyone's pay
best recruiter
recruiter ranking
whose win rate is lowest
CEO salary
what's our CEO's salary
does anyone earn more than the CEO
what's my own rating
his quota attainment
engagement of the only woman in finance
win rate of @kim
@U0ABC12's win rate
each person's engagement score
who worked the most overtime
"""
NOBODY = """
turnover per employee
absence by department
revenue by employee count
show me regretted leavers last quarter
show me staff turnover
list people metrics
top performer retention
best practice for onboarding metrics
rank the manager metrics
compare our reps' ramp time with last year
which department has the most turnover
who should own win rate
which metrics show who might leave
What should Anna, our new CFO, track?
CHRO pay equity metrics
his role is VP Sales, give him 10 metrics
are women paid less than men
select the best metrics from finance
employee records completeness
the only people metric in this list
export the top 15 metrics for the CRO
"""


def asked(text: str) -> Request:
    return read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, groups=lambda: GROUPS)


@pytest.mark.parametrize("text", PEOPLE.strip().splitlines())
def test_who_asks_for_people_one_by_one_is_refused(text: str) -> None:
    assert asked(text).kind == "refusal"


@pytest.mark.parametrize("text", NOBODY.strip().splitlines())
def test_who_asks_for_groups_or_for_metrics_is_not(text: str) -> None:
    assert asked(text).kind != "refusal"


def test_a_name_said_again_and_again_takes_no_longer_than_its_words() -> None:
    """The words beside each name were looked for in the whole message, for each word of it: 15 seconds."""
    asked("win rate")
    begun = process_time()
    asked(("win rate; churn. " * 250)[:4000])
    assert process_time() - begun < 3
