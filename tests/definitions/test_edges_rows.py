"""What rows leave empty, who counts, and which day and scale an answer has: edges of tables as people write them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from metrics.calendar.period_words import parse_period
from metrics.engine import Ask
from metrics.opening import open_company
from metrics.values import Status
from tests.as_text import AS_OF, DEALS, ask, company, figure, shown, write

PEOPLE = """employees: employee_id hired_on terminated_on employment_type
    0+10* e# 2020-01-01 - regular
    10+10* e# 2020-01-01 - contractor
    20+5* e# 2020-01-01 2024-06-30 regular
    """
JOBS = "job_history: employee_id effective_from\n25* e# 2020-01-01\n"
NPS = "surveys: survey_id survey_type opened_on\ns nps 2025-01-02\n"
EMPTY = {
    "employees.employment_type": ("employee_turnover_rate.of_start", "20.00", """
        employees: hired_on terminated_on employment_type
        8* 2020-01-01 - -
        2* 2020-01-01 2025-01-20 -"""),
    "accounts.is_internal": ("cac", "100.00", """
        accounts: account_id first_paid_on is_internal
        a 2025-01-02 -
        b 2025-01-03 false
        c 2025-01-04 -
        d 2025-01-05 true
        cost_entries: incurred_on pnl_line amount_base
        2025-01-09 sales 300"""),
    "requisitions.is_evergreen": ("time_to_fill", "10.00", """
        requisitions: opened_on accepted_on is_evergreen
        6* 2025-01-01 2025-01-11 -"""),
    "invoices.on_credit": ("dso.closing_balance", "15.50", """
        invoices: issued_on paid_on amount_base on_credit
        2025-01-01 2025-01-20 50 -
        2025-01-01 - 50 -
        2025-01-01 - 50 false"""),
    "quotas.ramp_pct": ("quota_attainment", "50.00", f"""
        quotas: employee_id period_start period_end quota_base ramp_pct
        r 2025-01-01 2025-02-01 100 -
        {DEALS}
        1 r 2025-01-01 2025-01-31 won 50"""),
    "job_history.fte": ("revenue_per_employee", "400.00", """
        revenue_entries: recognised_on amount_base
        2025-01-31 4000
        job_history: employee_id effective_from fte
        10* e# 2020-01-01 -"""),
    "product_events.quantity": ("key_event_attainment", "50.00", """
        users: user_id account_id created_at
        2* u# a# 2025-01-02
        product_events: user_id event_name occurred_at quantity
        2* u0 message 2025-01-03 -
        1* u1 message 2025-01-03 -"""),
}  # fmt: skip


@pytest.mark.parametrize("column", EMPTY)
def test_what_a_row_leaves_empty_is_what_is_assumed_of_an_absent_column(column: str, tmp_path: Path) -> None:
    metric, expected, tables = EMPTY[column]
    settings = 'key_event = "message"\nkey_event_threshold = 2'
    assert figure(company(tmp_path, tables, settings=settings), metric) == expected


def test_blank_text_is_no_day_and_no_number(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "company.toml").write_text('name = "Tiny"')
    rows = "('2025-01-10', 'won', ' 7 '), ('', 'open', ''), ('2025-01-11', 'lost', ' ')"
    select = f"SELECT * FROM (VALUES {rows}) AS t(closed_on, outcome, amount_base)"
    (tmp_path / "tables" / "opportunities.sql").write_text(select)
    engine = company(tmp_path, "")
    assert (figure(engine, "win_rate"), figure(engine, "average_deal_size")) == ("50.00", "7.00")


@pytest.mark.parametrize(
    ("created", "resolved"),
    [
        ("2025-01-01T10:00:00Z", "2025-01-01T12:30:00.000+01:00"),
        ("2025-01-01T10:00:00-05:00", "2025-01-01T22:00:00+0530"),
        ("2025-01-01T10:00", "2025-01-01T11:30:00+00"),
    ],
)
def test_an_offset_written_behind_a_time_is_taken_off(created: str, resolved: str, tmp_path: Path) -> None:
    engine = company(tmp_path, f"tickets: created_at resolved_at\n{created} {resolved}")
    assert figure(engine, "resolution_time") == "1.50"


def test_a_database_without_types_takes_the_same_for_granted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE", f"sqlite:///{tmp_path / 'web.sqlite'}")
    with closing(sqlite3.connect(tmp_path / "web.sqlite")) as database:
        database.execute("CREATE TABLE s (at TEXT, pages INTEGER, seconds REAL, events INTEGER)")
        rows = [("2025-01-10 10:00:00", 1, 5.0, events) for events in (None, 1)]
        database.executemany("INSERT INTO s VALUES (?, ?, ?, ?)", rows)
        database.commit()
    sessions = "SELECT at AS started_at, pages AS page_views, seconds AS engaged_seconds"
    (tmp_path / "tables").mkdir()
    for events, expected in ((", events AS key_events", "50.00"), ("", "100.00")):
        (tmp_path / "tables" / "web_sessions.sql").write_text(f"{sessions}{events} FROM s")
        assert figure(company(tmp_path, "", head='url = "env:WAREHOUSE"'), "bounce_rate") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-01-31", "50.00"),
        (" ", "100.00"),  # nothing stands there
        ("31/01/2025", "not_measured"),
        ("2025-02-30", "not_measured"),
    ],
)
def test_a_database_without_types_leaves_no_row_out_that_another_refuses_to_read(
    written: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE", f"sqlite:///{tmp_path / 'deals.sqlite'}")
    with closing(sqlite3.connect(tmp_path / "deals.sqlite")) as database:
        database.execute("CREATE TABLE deals (closed_on TEXT, outcome TEXT)")
        rows = [("2025-01-05", "won"), (written, "lost")]
        database.executemany("INSERT INTO deals VALUES (?, ?)", rows)
        database.commit()
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "opportunities.sql").write_text("SELECT * FROM deals")
    sqlite = company(tmp_path, "", head='url = "env:WAREHOUSE"')
    day = "-" if written == " " else written
    duckdb = company(tmp_path / "other", f"opportunities: closed_on outcome\n2025-01-05 won\n{day} lost")
    assert figure(sqlite, "win_rate") == figure(duckdb, "win_rate") == expected
    assert sqlite.unreadable.keys() == duckdb.unreadable.keys()
    assert ("opportunities" in sqlite.unreadable) is (expected == "not_measured")


@pytest.mark.parametrize(
    ("metric", "expected", "more"),
    [
        ("revenue_per_employee", "1000.00", "revenue_entries: recognised_on amount_base\n2025-01-31 10000"),
        ("coaching_coverage", "50.00", """coaching_sessions: session_type held_on employee_id
            5+10* coaching 2025-01-17 e#"""),
        ("absence_rate", "8.70", """absences: employee_id start_on absence_type working_days
            20* e# 2025-01-07 sickness 2"""),
        ("compa_ratio", "100.00", """compensation: employee_id effective_from annual_salary_base band_mid
            0+10* e# 2020-01-01 100 100
            10+10* e# 2020-01-01 500 100"""),
    ],
)  # fmt: skip
def test_contractors_count_in_no_rate(metric: str, expected: str, more: str, tmp_path: Path) -> None:
    assert figure(company(tmp_path, PEOPLE + JOBS + more), metric) == expected


def test_answers_on_another_scale_are_not_taken_for_a_promoter_score(tmp_path: Path) -> None:
    five = "survey_responses: survey_id respondent_key score scale_max\n9* s p# 5 5\n"
    assert ask(company(tmp_path / "five", NPS + five), "nps").status is Status.UNDEFINED
    ten = f"{five}5* s q# 9 10\n5* s r# 8 -\n"
    assert figure(company(tmp_path / "ten", NPS + ten), "nps") == "50.00"


def test_a_survey_needs_some_day_to_count_in(tmp_path: Path) -> None:
    waves = "surveys: survey_id survey_type\ns nps\n"
    answers = "survey_responses: survey_id respondent_key score"
    nowhere = ask(company(tmp_path / "nowhere", f"{waves}{answers}\n9* s p# 9"), "nps")
    assert (nowhere.status, nowhere.needs) == (Status.NOT_MEASURED, ("surveys.closed_on",))
    dated = company(tmp_path / "dated", f"{waves}{answers} responded_at\n9* s p# 9 2025-01-31T23:00:00")
    assert figure(dated, "nps") == "100.00"


@pytest.mark.parametrize("period", ["2025-03", "2025-Q1"])
def test_use_before_the_last_thirty_days_is_no_adoption(period: str, tmp_path: Path) -> None:
    engine = company(tmp_path, """initiative_usage: employee_id eligible_from last_used_on
        0+15* e# 2025-01-01 2025-03-02
        15+4* e# 2025-01-01 2025-03-01
        19+1* e# 2025-01-01 -""")  # fmt: skip
    assert figure(engine, "adoption_rate", period) == "75.00"


def test_who_has_left_is_eligible_no_more(tmp_path: Path) -> None:
    usage = """initiative_usage: employee_id eligible_from last_used_on
        0+15* e# 2025-01-01 2025-03-20
        15+5* e# 2025-01-01 -"""
    people = """employees: employee_id hired_on terminated_on
        0+15* e# 2020-01-01 -
        15+5* e# 2020-01-01 2025-03-10"""
    alone, known = company(tmp_path / "alone", usage), company(tmp_path / "known", f"{usage}\n{people}")
    assert figure(alone, "adoption_rate", "2025-03") == "75.00"
    assert ask(alone, "adoption_rate", "2025-03").citation.assumptions == (
        "who has left counts as eligible still",
    )
    assert figure(known, "adoption_rate", "2025-03") == "100.00"


def test_credited_revenue_is_split_by_the_channel_that_is_credited(tmp_path: Path) -> None:
    engine = company(tmp_path, """accounts: account_id channel
        a events
        revenue_credits: account_id credited_on channel credit_type amount_base
        a 2025-01-10 sales actioned 10000
        a 2025-01-10 marketing actioned 2000
        a 2025-01-10 marketing touched 12000""")  # fmt: skip
    month = parse_period("2025-01", as_of=AS_OF, calendar=engine.company.calendar)
    [values] = engine.compute([Ask("actioned_revenue", month, by=("channel",))], AS_OF)
    assert {value.group["channel"]: value.value for value in values} == {"marketing": 2000, "sales": 10000}


def test_a_balance_may_be_averaged_over_its_two_ends_and_a_burn_over_its_own_period(tmp_path: Path) -> None:
    engine = company(tmp_path, """invoices: issued_on paid_on amount_base
        2024-06-01 2025-12-31 40000
        2025-03-01 2025-03-01 440000
        2025-12-31 - 60000
        cash_flows: flow_on flow_type amount_base balance_after_base
        2025-04-01 operating -20000 -
        2025-04-30 operating 5000 150000""")  # fmt: skip
    assert figure(engine, "dso.two_point", "2025") == "36.50"
    assert (
        figure(engine, "runway_months.of_period", "2025-04"),
        figure(engine, "runway_months", "2025-04"),
    ) == (
        "10.00",
        "10.00",
    )


def test_a_blank_account_is_no_active_account(tmp_path: Path) -> None:
    folder = write(
        tmp_path, "product_events: account_id event_name occurred_at\nA go 2025-01-02\nB go 2025-01-02"
    )
    events = folder / "tables" / "product_events.sql"
    events.write_text(events.read_text().replace("'B'", "' '"))
    value = ask(open_company(folder), "engagement_depth")
    assert (str(value.value), str(value.citation.denominator)) == ("1", "1")


@pytest.mark.parametrize(
    ("metric", "tables", "expected"),
    [
        (  # no agreed value is not a deal given away
            "discount_rate",
            "opportunities: closed_on outcome list_amount_base amount_base\n2025-01-05 won 9 6\n2025-01-06 won 9 -",
            "33.33",
        ),
        (
            "click_through_rate",
            "campaigns: started_on clicks impressions\n2025-01-05 5 100\n2025-01-06 50 -\n2025-01-07 - 900",
            "5.00",
        ),
        (
            "automation_error_rate",
            "task_timings: period_start errors_after runs\n2025-01-01 5 100\n2025-01-01 - 900\n2025-01-01 50 -",
            "5.00",
        ),
        (
            "automation_error_rate.before",
            "task_timings: period_start errors_before runs\n2025-01-01 9 100\n2025-01-01 - 900",
            "9.00",
        ),
    ],
)
def test_a_row_of_which_half_of_a_ratio_is_not_known_is_in_neither_half(
    tmp_path: Path, metric: str, tables: str, expected: str
) -> None:
    assert figure(company(tmp_path, tables), metric) == expected


@pytest.mark.parametrize("method", ["", ".median"])
def test_a_ticket_of_which_nobody_says_when_it_came_took_no_time_and_none_is_taken(
    tmp_path: Path, method: str
) -> None:
    engine = company(
        tmp_path,
        """tickets: ticket_id created_at resolved_at
        1 2025-01-06T08:00:00 2025-01-06T12:00:00
        2 2025-01-07T08:00:00 2025-01-07T10:00:00
        3 - 2025-01-08T10:00:00""",
    )
    value = ask(engine, f"resolution_time{method}")
    assert (shown(value), value.n) == ("3.00", 2)


def test_a_share_of_accounts_rests_on_accounts_and_not_on_their_events(tmp_path: Path) -> None:
    engine = company(tmp_path, """product_events: user_id account_id occurred_at event_name
        50* u# one 2025-01-10 login
        50* v# two 2025-01-11 report""", settings='feature = "report"')  # fmt: skip
    by_account, by_user = ask(engine, "feature_adoption_rate"), ask(engine, "feature_adoption_rate.users")
    assert (by_account.n, "small_sample" in by_account.flags) == (2, True)
    assert (by_user.n, "small_sample" in by_user.flags) == (100, False)
    assert ask(engine, "stickiness").n == 100


def test_a_runway_of_a_few_months_and_one_balance_is_no_small_sample_and_lacks_nothing(
    tmp_path: Path,
) -> None:
    engine = company(tmp_path, """cash_flows: flow_on flow_type amount_base balance_after_base
        2025-01-10 operating -30 -
        2025-01-31 operating -20 500
        2025-02-28 operating -30 470""")  # fmt: skip
    months = [ask(engine, "runway_months", month) for month in ("2025-01", "2025-02")]
    assert [f"{value.value:.2f}" for value in months] == ["10.00", "11.75"]
    assert {(value.n, value.flags) for value in months} == {(None, ())}


JOBS_ALONE = "job_history: employee_id effective_from manager_id\n9* e# 2020-01-01 m\n9* f# 2020-01-01 n"
ENDS = "job_history: employee_id effective_from manager_id effective_to\n9* e# 2020-01-01 m -\n9* f# 2020-01-01 n -"
LEFT = "who has left still counts in job_history, for employees.terminated_on is absent"
OPENED = "opportunities.qualified_on is absent: created_on is taken for it"


@pytest.mark.parametrize(
    ("metric", "tables", "said", "told"),
    [
        ("span_of_control", JOBS_ALONE, LEFT, True),
        ("span_of_control", f"{JOBS_ALONE}\nemployees: employee_id hired_on\n9* e# 2020-01-01", LEFT, True),
        ("span_of_control", f"{JOBS_ALONE}\nemployees: employee_id terminated_on\n9* e# -", LEFT, False),
        ("span_of_control", ENDS, LEFT, False),
        ("sales_velocity", f"{DEALS}\n5* o# R 2025-01-01 2025-01-12 won 10", OPENED, True),
        ("win_rate", f"{DEALS}\n5* o# R 2025-01-01 2025-01-12 won 10", OPENED, False),
        (
            "sales_velocity",
            f"{DEALS} qualified_on\n5* o# R 2025-01-01 2025-01-12 won 10 2025-01-02",
            OPENED,
            False,
        ),
    ],
)
def test_what_is_taken_for_a_day_that_nobody_gives_stands_in_the_receipt(
    tmp_path: Path, metric: str, tables: str, said: str, told: bool
) -> None:
    value = ask(company(tmp_path, tables), metric)
    assert value.value is not None
    assert (said in value.citation.assumptions) is told
