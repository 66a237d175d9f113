"""`counterpoise check` names what nobody reads: other columns than the canonical ones, and unknown values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from metrics.calendar.periods import Calendar
from metrics.check.value_words import likely
from metrics.definition import Measure, Test
from metrics.engine import Ask, Engine
from metrics.load import load_catalog
from metrics.load.columns import resolve
from metrics.load.measures import computed, expressions
from metrics.model import Catalog, TableColumn
from metrics.notes.overlooked import unsplit
from tests.command import DEALS, Ran, company, counterpoise

pytestmark = pytest.mark.slow

STAFF = """
SELECT * FROM (VALUES
    ('e1', 'p1', DATE '2024-01-05', DATE '2025-02-10', 'quit'),
    ('e2', 'p2', DATE '2024-01-05', NULL, NULL)
) AS staff (employee_id, person_key, hired_on, left_on, reason)
"""


def check(folder: Path, *more: str) -> Ran:
    return counterpoise("check", "--company", str(folder), *more)


def remarks(folder: Path) -> dict[str, list[str]]:
    """The remarks of each table; none of them is a problem."""
    ran = check(folder, "--json")
    assert (ran.code, ran.err, ran.json["ok"]) == (0, "", True)
    return {table["name"]: table["remarks"] for table in ran.json["tables"]}


# Columns


def test_a_column_in_which_nothing_stands_is_of_no_wrong_type(tmp_path: Path) -> None:
    """DuckDB takes a column of VALUES that is NULL in each row for a number."""
    staff = (
        "SELECT * FROM (VALUES ('e1', DATE '2024-01-05', NULL)) AS s (employee_id, hired_on, terminated_on)"
    )
    assert remarks(company(tmp_path, employees=staff)) == {"employees": []}


def test_a_day_is_no_other_day_because_both_are_days(tmp_path: Path) -> None:
    accounts = "SELECT 'a1' AS account_id, DATE '2025-01-05' AS created_on"
    revenue = "SELECT DATE '2025-01-01' AS month, 5 AS amount_base"
    assert remarks(company(tmp_path, accounts=accounts, revenue_entries=revenue)) == {
        "accounts": ["created_on is not read"],
        "revenue_entries": ["month is not read; did you mean recognised_on?"],
    }


def test_a_misspelt_column_is_named_with_the_nearest_right_one_and_is_no_failure(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=DEALS, employees=STAFF)
    assert remarks(folder) == {
        "employees": ["left_on is not read; did you mean terminated_on?", "reason is not read"],
        "opportunities": [],
    }
    told = check(folder).out
    assert "  employees: left_on is not read; did you mean terminated_on?" in told.splitlines()
    assert "All is well" not in told
    assert told.endswith("Nothing is broken; look at the remarks above.\n")


def test_a_right_name_that_the_table_gives_already_is_not_offered(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=f"SELECT *, outcome AS outcomes FROM ({DEALS}) AS d")
    assert remarks(folder)["opportunities"] == ["outcomes is not read"]


def test_a_column_of_the_companys_own_dimension_is_read(tmp_path: Path) -> None:
    folder = company(
        tmp_path,
        '[dimensions.mood]\ncolumn = "opportunities.mood"',
        opportunities=f"SELECT *, 'good' AS mood, 1 AS noise FROM ({DEALS}) AS d",
    )
    assert remarks(folder)["opportunities"] == ["noise is not read"]


def test_of_many_unread_columns_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    extra = ", ".join(f"{n} AS zq{n}" for n in range(8))
    folder = company(tmp_path, opportunities=f"SELECT *, {extra} FROM ({DEALS}) AS d")
    assert remarks(folder)["opportunities"] == ["zq0, zq1, zq2, zq3, zq4 and 3 more are not read"]


def test_the_name_of_a_column_cannot_steer_the_terminal(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=f'SELECT *, 1 AS "\x1b[31mzq{"x" * 60}" FROM ({DEALS}) AS d')
    [said] = remarks(folder)["opportunities"]
    assert said.startswith("\\x1b[31mzqxxx")
    assert said.endswith("xxx... is not read")


def test_a_dimension_whose_column_is_not_there_is_said_with_the_nearest(tmp_path: Path) -> None:
    toml = '[dimensions.mood]\ncolumn = "opportunities.mod"'
    folder = company(tmp_path, toml, opportunities=f"SELECT *, 'good' AS mood FROM ({DEALS}) AS d")
    assert remarks(folder)["opportunities"] == [
        "mod is not there, which dimensions.mood in company.toml names; did you mean mood?",
        "mood is not read",
    ]


def test_how_a_column_of_its_own_splits_values_is_said_once_and_is_right(tmp_path: Path) -> None:
    select = f"SELECT *, 'good' AS mood, 'x' AS other, 1 AS noise FROM ({DEALS}) AS d"
    folder = company(tmp_path, opportunities=select)
    split = ("metric", "win_rate", "--by", "mood", "--period", "2025-Q1", "--company", str(folder))
    told = " ".join(check(folder).out.split())
    how = 'write [dimensions.mood] with column = "opportunities.mood" into company.toml.'
    assert f"Values can be split by a column of your own: {how}" in told
    assert counterpoise(*split).err == f"opportunities.mood splits nothing yet: {how}\n"
    company(folder, '[dimensions.mood]\ncolumn = "opportunities.mood"', opportunities=select)
    assert counterpoise(*split, "--json").json["values"][0]["group"] == {"mood": "good"}


def test_no_name_is_offered_that_a_shipped_dimension_has(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=f"SELECT *, 'x' AS landing_page FROM ({DEALS}) AS d")
    assert "[dimensions." not in check(folder).out
    split = counterpoise("metric", "win_rate", "--by", "landing_page", "--company", str(folder))
    assert "[dimensions.own_landing_page]" in split.err


def test_what_a_word_was_taken_for_is_said_where_it_splits_nothing(tmp_path: Path) -> None:
    orders = "SELECT 'o1' AS order_id, DATE '2025-01-05' AS ordered_at, 5 AS net_amount_base"
    folder = company(tmp_path, orders=orders)
    said = counterpoise("metric", "average_order_value", "--by", "territory", "--company", str(folder)).err
    assert said.startswith("average_order_value cannot be split by territory (taken for department): ")


# Values

QUIT = (
    'values.employees.termination_type = { "quit" = "?" } (one of voluntary, involuntary or other for each ?)'
)
LOUD = f"SELECT * REPLACE (upper(outcome) AS outcome) FROM ({DEALS}) AS d"
WON = "outcome should be won, lost, disqualified or open; it holds 'WON', 'LOST', which no metric knows"
LINE = 'values.opportunities.outcome = { "WON" = "won", "LOST" = "lost" }'
NOTED = f"opportunities.{WON}; `counterpoise check` prints the line of company.toml that maps them."


def test_values_that_no_metric_knows_are_named_with_those_that_are_known(tmp_path: Path) -> None:
    assert remarks(company(tmp_path, opportunities=LOUD))["opportunities"] == [
        f"{WON}; to map them, begin company.toml with: {LINE}"
    ]


def test_the_line_that_check_prints_maps_them(tmp_path: Path) -> None:
    spelt = "CASE outcome WHEN 'won' THEN 'Closed Won' WHEN 'lost' THEN 'Closed - Lost' ELSE ' Open' END"
    select = f"SELECT * REPLACE ({spelt} AS outcome) FROM ({DEALS}) AS d"
    folder = company(tmp_path, opportunities=select)
    [said] = remarks(folder)["opportunities"]
    line = said.partition("company.toml with: ")[2]
    assert (
        line
        == 'values.opportunities.outcome = { "Closed Won" = "won", " Open" = "open", "Closed - Lost" = "lost" }'
    )
    toml = (folder / "company.toml").read_text()
    (folder / "company.toml").write_text(f'{line}\n{toml}\n[settings]\nfeature = "x"\n')
    assert remarks(folder)["opportunities"] == []
    ran = counterpoise("metric", "win_rate", "--period", "2025-Q1", "--company", str(folder), "--json").json
    assert ran["values"][0]["value"].startswith("66.66")
    assert any("read as values in company.toml say" in one for one in _assumed(ran))


def _assumed(ran: dict[str, Any]) -> list[str]:
    return [remark for citation in ran["citations"].values() for remark in citation["assumptions"]]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'values.opportunities.outcome = { "Closed" = "?" }',
            "It is one of won, lost, disqualified, open; mend",
        ),
        ('values.opportunities.outcome = { "Closed" = "wun" }', "Did you mean 'won'?"),
        (
            'values.opportunities.amount_base = { "1" = "2" }',
            "Unknown column of opportunities with a list of values",
        ),
        ('values.deals.outcome = { "Closed" = "won" }', "Unknown canonical table 'deals'"),
        ('values.opportunities.outcome = "won"', "company.toml: values.opportunities.outcome"),
    ],
)
def test_a_line_that_maps_to_nothing_known_is_refused_in_a_sentence(
    tmp_path: Path, line: str, said: str
) -> None:
    folder = company(tmp_path)
    (folder / "company.toml").write_text(f"{line}\n{(folder / 'company.toml').read_text()}")
    assert said in check(folder).sentence


@pytest.mark.parametrize(
    ("value", "known", "meant"),
    [
        ("Closed Won", ["won", "lost", "open"], "won"),
        ("closed_won", ["won", "lost", "open"], "won"),
        ("Not won", ["won", "lost", "open"], ""),
        ("Voluntary", ["voluntary", "involuntary", "other"], "voluntary"),
        ("In-voluntary", ["voluntary", "involuntary", "other"], "involuntary"),
        ("INVOLUNTARY ", ["voluntary", "involuntary", "other"], "involuntary"),
        ("Unvoluntary", ["voluntary", "other"], ""),
        ("canceled", ["active", "cancelled"], "cancelled"),
        ("unpaid", ["paid", "open"], ""),
        ("won or lost", ["won", "lost"], ""),
        ("Verloren", ["won", "lost"], ""),
    ],
)
def test_what_a_value_stands_for_is_offered_only_where_it_is_clear(
    value: str, known: list[str], meant: str
) -> None:
    assert likely(value, known) == meant


def test_a_value_that_is_undefined_for_it_says_so(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=LOUD)
    asked = counterpoise("metric", "win_rate", "--period", "2025-Q1", "--company", str(folder), "--json").json
    assert asked["values"][0]["status"] == "undefined_zero_denominator"
    said = f"Win rate may be undefined for this reason: {NOTED}"
    assert asked["notes"][0] == said
    told = counterpoise("ask", "win rate in 2025-Q1", "--company", str(folder), "--json").json
    assert said in told["notes"]


def test_a_value_that_is_zero_for_it_says_so(tmp_path: Path) -> None:
    folder = company(tmp_path, opportunities=LOUD)
    asked = counterpoise(
        "metric", "win_rate.of_all", "--period", "2025", "--company", str(folder), "--json"
    ).json
    assert asked["values"][0]["value"] == "0"
    assert asked["notes"][0].endswith(f"may be 0 for this reason: {NOTED}")


def test_a_value_that_leaves_rows_out_for_it_says_so(tmp_path: Path) -> None:
    """Some deals say WON: the win rate is wrong, and nothing else would show it."""
    select = f"""
    SELECT * FROM ({DEALS}) AS d UNION ALL
    SELECT * REPLACE ('Closed Won' AS outcome, opportunity_id || 'x' AS opportunity_id) FROM ({DEALS}) AS d
    UNION ALL
    SELECT * REPLACE ('Abandoned' AS outcome, opportunity_id || 'y' AS opportunity_id) FROM ({DEALS}) AS d
    """
    folder = company(tmp_path, opportunities=select)
    asked = counterpoise("metric", "win_rate", "--period", "2025", "--company", str(folder), "--json").json
    assert Decimal(asked["values"][0]["value"]) > 0
    said = (
        "Win rate leaves rows out in which opportunities.outcome says 'Closed Won'; "
        "`counterpoise check` prints the line of company.toml that maps them."
    )
    assert said in asked["notes"]
    assert said in counterpoise("ask", "win rate in 2025", "--company", str(folder), "--json").json["notes"]
    with (folder / "company.toml").open("r+", encoding="utf-8") as file:
        written = file.read()
        file.seek(0)
        file.write(f'values.opportunities.outcome = {{ "Closed Won" = "won" }}\n{written}')
    told = counterpoise("metric", "win_rate", "--period", "2025", "--company", str(folder), "--json").json
    assert not any("leaves rows out" in note for note in told["notes"])


def test_a_split_that_nothing_knows_a_group_of_says_so(demo_engine: Engine) -> None:
    """Answers of customers and of employees lie in one table, where only those of customers have a segment."""
    quarter = Calendar().quarter(2025, 4, fiscal=False)
    asks = [Ask(metric, quarter, by=("segment",)) for metric in ("enps", "nps")]
    values = [one for table in demo_engine.compute(asks, quarter.last_day) for one in table]
    said = "No row behind Employee net promoter score says its customer segment: it is not split by that."
    assert unsplit(demo_engine, values) == (said,)


def test_a_value_of_which_no_row_is_found_for_it_says_so(tmp_path: Path) -> None:
    surveys = "SELECT 's1' AS survey_id, 'Engagement' AS survey_type, DATE '2025-03-01' AS closed_on"
    answers = "SELECT 's1' AS survey_id, 'p' || n AS respondent_key, 4 AS score FROM range(9) AS t(n)"
    folder = company(tmp_path, surveys=surveys, survey_responses=answers)
    asked = counterpoise(
        "metric", "engagement_index", "--period", "2025-Q1", "--company", str(folder), "--json"
    ).json
    assert asked["values"][0]["status"] == "insufficient_data"
    assert "may be without data for this reason: surveys.survey_type should be" in asked["notes"][0]


def test_a_value_that_is_undefined_for_another_reason_has_no_such_note(tmp_path: Path) -> None:
    asked = counterpoise(
        "metric", "win_rate", "--period", "2019", "--company", str(company(tmp_path)), "--json"
    )
    assert asked.json["values"][0]["status"] == "undefined_zero_denominator"
    assert not any("may be undefined" in note for note in asked.json["notes"])


def test_of_many_unknown_values_a_few_are_named_clean_and_short(tmp_path: Path) -> None:
    select = """
    SELECT 'o' || n AS opportunity_id, chr(27) || '[31m' || n || repeat('x', 80) AS outcome FROM range(9) AS t(n)
    """
    [said] = remarks(company(tmp_path, opportunities=select))["opportunities"]
    assert "\x1b" not in said
    assert " and 4 more, which no metric knows" in said
    assert len(said) < 400


FEW = "and others of too few people to be named"


def leavers(gone: int, sent: int) -> str:
    """So many people who left in a way that no metric knows, and so many in another."""
    return f"""
    SELECT 'e' || n AS employee_id, DATE '2024-01-05' AS hired_on, DATE '2025-01-05' AS terminated_on,
           CASE WHEN n < {gone} THEN 'quit' ELSE 'sent' END AS termination_type
    FROM range({gone + sent}) AS t(n)
    """


@pytest.mark.parametrize(
    ("gone", "sent", "said"),
    [
        (5, 0, f"it holds 'quit', which no metric knows; to map them, begin company.toml with: {QUIT}"),
        (
            5,
            4,
            f"it holds 'quit', {FEW}, which no metric knows; to map them, begin company.toml with: {QUIT}",
        ),
        (4, 4, "it holds values that no metric knows, of too few people to be named"),
    ],
)
def test_a_value_about_fewer_than_five_people_is_never_named(
    tmp_path: Path, gone: int, sent: int, said: str
) -> None:
    folder = company(tmp_path, employees=leavers(gone, sent))
    assert remarks(folder)["employees"] == [
        f"termination_type should be voluntary, involuntary or other; {said}"
    ]


def test_rows_of_one_person_are_one_person(tmp_path: Path) -> None:
    select = """
    SELECT 'a' || n AS absence_id, 'e1' AS employee_id, 'secret' AS absence_type, DATE '2025-01-05' AS start_on
    FROM range(20) AS t(n)
    """
    [said] = remarks(company(tmp_path, absences=select))["absences"]
    assert "secret" not in said


@pytest.mark.parametrize(
    ("family", "remarked"), [("'AE'", True), ("'quota_carrier'", False), ("NULL", False)]
)
def test_where_others_may_stand_too_it_matters_only_that_none_is_known(
    tmp_path: Path, family: str, remarked: bool
) -> None:
    select = f"""
    SELECT employee_id, DATE '2024-01-05' AS effective_from, CAST(job AS TEXT) AS job_family
    FROM (VALUES ('e1', {family}), ('e2', 'other')) AS t(employee_id, job)
    """
    if family == "NULL":
        select = select.replace("'other'", "NULL")
    found = remarks(company(tmp_path, job_history=select))["job_history"]
    said = "job_family holds no value that metrics look for: quota_carrier or support_agent"
    assert found == ([said] if remarked else [])


# The catalog


def compared(catalog: Catalog) -> Iterator[tuple[TableColumn, str]]:
    """Every text that a condition of a metric compares with, and the column it stands in."""
    for metric in catalog.metrics.values():
        for _, whole in computed(metric):
            for _, part in expressions(whole):
                for where in (part.where, *part.any_of) if isinstance(part, Measure) else ():
                    for path, condition in where.items():
                        given = condition.is_not if isinstance(condition, Test) else condition
                        column = resolve(catalog.tables, part.table, path)
                        for value in given if isinstance(given, list) else [given]:
                            if isinstance(value, str):
                                yield column, value


def test_every_value_that_a_condition_compares_with_is_declared() -> None:
    found = list(compared(load_catalog()))
    assert len(found) > 50
    assert {(column.name, value) for column, value in found if value not in column.values} == set()


def test_the_demo_company_holds_declared_values_only_and_no_other_columns(demo_folder: Path) -> None:
    tables = check(demo_folder, "--json").json["tables"]
    assert len(tables) >= 40
    assert {table["name"]: table["remarks"] for table in tables if table["remarks"]} == {}


def test_catalog_tables_prints_the_values() -> None:
    told = " ".join(counterpoise("catalog", "tables").out.split())
    assert "won | lost | disqualified | open" in told
    assert "quota_carrier | support_agent | others" in told


@pytest.mark.parametrize(("won", "lost"), [("true", "false"), ("11", "12")])
def test_words_that_are_no_text_are_known_or_not_all_the_same(tmp_path: Path, won: str, lost: str) -> None:
    """A CRM says that a deal is won as true, or names a stage by a number: neither is won, and nothing is said."""
    deals = f"""SELECT * FROM (VALUES ('o1', DATE '2025-01-05', DATE '2025-02-01', {won}),
        ('o2', DATE '2025-01-05', DATE '2025-02-01', {lost})) AS d (opportunity_id, created_on, closed_on, outcome)"""
    folder = company(tmp_path, opportunities=deals)
    [said] = remarks(folder)["opportunities"]
    assert f"it holds '{min(won, lost)}', '{max(won, lost)}', which no metric knows" in said
    own = f'values.opportunities.outcome = {{ "{won}" = "won", "{lost}" = "lost" }}\n'
    (folder / "company.toml").write_text(own + (folder / "company.toml").read_text())
    assert remarks(folder)["opportunities"] == []
    rate = counterpoise("metric", "win_rate", "--period", "2025-Q1", "--company", str(folder), "--json").json
    assert "50" in str(rate["values"][0]["value"])
