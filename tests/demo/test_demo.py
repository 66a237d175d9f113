"""The demo company: built whole or not at all, the same every time, at believable levels, with its three stories."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from metrics.demo import STAMP, ensure, version
from metrics.demo.clock import FIRST, day
from metrics.demo.schema import tables
from metrics.demo.stories import COACHING_DOUBLES, DISCOUNTS_GROW, SELLERS_LEAVE, STORIES
from metrics.errors import CompanyError
from tests.yaml_file import read_yaml

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "metrics" / "catalog"
REPLACE = """
import json, sys
from pathlib import Path
from metrics.demo import ensure
ensure(Path(sys.argv[1]), lambda *told: print(json.dumps(told), file=sys.stderr))  # DuckDB draws on stdout
"""


@pytest.fixture(scope="module")
def folder(demo_folder: Path) -> Path:
    return demo_folder


@dataclass(frozen=True)
class Replaced:
    """A folder of an older version that `ensure` replaced, and the progress it told."""

    folder: Path
    told: list[tuple[str, int, int]]


@pytest.fixture(scope="module")
def replaced(tmp_path_factory: pytest.TempPathFactory) -> Replaced:
    """Built by a process of its own."""
    old = tmp_path_factory.mktemp("replaced") / "company"
    old.mkdir()
    (old / STAMP).write_text("an older one")
    (old / "left.over").write_text("gone afterwards")
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", REPLACE, str(old)], check=True, cwd=ROOT, capture_output=True, text=True
    )
    return Replaced(old, [tuple(json.loads(line)) for line in ran.stderr.splitlines()])


@pytest.fixture(scope="module")
def company(demo_tables: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    return demo_tables


def number(company: duckdb.DuckDBPyConnection, query: str) -> float:
    found = company.execute(query).fetchone()
    assert found is not None
    return float(found[0])


def within(stretch: tuple[int, int], column: str) -> str:
    """SQL: a day lies in a stretch of days since 1970."""
    start, end = (f"DATE '1970-01-01' + {days}" for days in stretch)
    return f"({column} >= {start} AND {column} < {end})"


def differing(one: Path, other: Path) -> list[str]:
    """The tables that do not hold the same rows in the same order."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{one}' AS one (READ_ONLY); ATTACH '{other}' AS other (READ_ONLY)")
        rows = "FROM one.{0} AS mine POSITIONAL JOIN other.{0} AS theirs"
        unlike = f"{rows} WHERE mine IS DISTINCT FROM theirs LIMIT 1"
        return [name for name in tables() if connection.execute(unlike.format(name)).fetchall()]


# the folder


def test_every_run_makes_the_same_tables_even_in_another_process(folder: Path, replaced: Replaced) -> None:
    assert differing(folder / "demo.duckdb", replaced.folder / "demo.duckdb") == []


def test_two_tables_that_differ_in_one_row_or_its_place_are_told_apart(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "demo.duckdb"
    shutil.copy(folder / "demo.duckdb", other)
    with duckdb.connect(str(other)) as connection:
        connection.execute("UPDATE campaigns SET clicks = clicks + 1 WHERE rowid = 0")
        connection.execute("CREATE TABLE moved AS FROM quotas ORDER BY rowid DESC")
        connection.execute("DROP TABLE quotas; ALTER TABLE moved RENAME TO quotas")
    assert differing(folder / "demo.duckdb", other) == ["quotas", "campaigns"]


def test_a_folder_of_this_version_is_left_alone(folder: Path) -> None:
    told: list[str] = []
    before = (folder / "demo.duckdb").stat().st_mtime_ns
    assert ensure(folder, lambda what, _done, _of: told.append(what)) == folder
    assert told == []
    assert (folder / "demo.duckdb").stat().st_mtime_ns == before


def test_finding_a_folder_imports_neither_numpy_nor_duckdb(folder: Path) -> None:
    code = (
        f"import sys; from pathlib import Path; from metrics.demo import ensure; ensure(Path({str(folder)!r}));"
        "assert not {'numpy', 'pandas', 'duckdb'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)  # noqa: S603


def test_a_folder_of_another_version_is_replaced_and_progress_is_told(replaced: Replaced) -> None:
    assert (replaced.folder / STAMP).read_text().strip() == version()
    assert not (replaced.folder / "left.over").exists()
    assert [done for _, done, _ in replaced.told] == list(range(replaced.told[-1][2] + 1))
    assert [path.name for path in replaced.folder.parent.iterdir()] == ["company"]


def test_a_folder_that_is_not_ours_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    with pytest.raises(CompanyError, match="not a demo company"):
        ensure(tmp_path)
    assert (tmp_path / "precious.txt").read_text() == "mine"


def test_a_build_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    old = tmp_path / "company"
    old.mkdir()
    (old / STAMP).write_text("an older one")

    def stop(what: str, _done: int, _of: int) -> None:
        raise KeyboardInterrupt(what)

    with pytest.raises(KeyboardInterrupt):
        ensure(old, stop)
    assert [path.name for path in tmp_path.iterdir()] == ["company"]
    assert (old / STAMP).read_text() == "an older one"


def test_every_table_has_one_select_of_its_columns(folder: Path, company: duckdb.DuckDBPyConnection) -> None:
    written = {path.stem: path.read_text() for path in (folder / "tables").glob("*.sql")}
    assert written.keys() == tables().keys()
    for name, select in written.items():
        assert [column[0] for column in company.execute(select).description or []] == [
            c.name for c in tables()[name]
        ]


def test_no_column_is_a_float_and_money_has_cents(company: duckdb.DuckDBPyConnection) -> None:
    types = company.execute("SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal").fetchall()
    allowed = {
        "VARCHAR",
        "DATE",
        "TIMESTAMP",
        "BOOLEAN",
        "INTEGER",
        "DECIMAL(18,2)",
        "DECIMAL(12,2)",
        "DECIMAL(12,6)",
    }
    assert {kind for (kind,) in types} <= allowed
    money = "SELECT data_type FROM duckdb_columns() WHERE column_name LIKE '%amount_base'"
    assert set(company.execute(money).fetchall()) == {("DECIMAL(18,2)",)}


def test_company_toml_says_what_the_company_is(folder: Path) -> None:
    said: dict[str, Any] = tomllib.loads((folder / "company.toml").read_text(), parse_float=Decimal)
    assert said["url"] == "duckdb:///demo.duckdb"
    assert (said["currency"], said["timezone"], said["fiscal_year_start"]) == ("USD", "UTC", 1)
    assert (said["stage"], said["business_model"]) == ("growth", "saas")
    assert len(said["targets"]) >= 12
    assert said["external"]["market_size"]["source"] == "made up for the demo company"


def test_organisations_and_settings_name_what_exists(
    folder: Path, company: duckdb.DuckDBPyConnection
) -> None:
    said = tomllib.loads((folder / "company.toml").read_text())
    departments = {
        name for (name,) in company.execute("SELECT DISTINCT department_id FROM job_history").fetchall()
    }
    for names in said["organisations"].values():
        assert set(names) <= departments
    events = {
        name for (name,) in company.execute("SELECT DISTINCT event_name FROM product_events").fetchall()
    }
    assert {
        said["settings"][key] for key in ("activation_event", "value_event", "key_event", "feature")
    } <= events


def test_the_tables_are_those_of_the_catalog() -> None:
    files = sorted((CATALOG / "tables").glob("*.yaml"))
    declared = [table for path in files for table in read_yaml(path)["tables"]]
    wanted = {t["name"]: [c["name"] for c in t["columns"]] for t in declared if not t.get("derived")}
    assert {name: [c.name for c in columns] for name, columns in tables().items()} == wanted


def test_targets_are_of_metrics_that_the_catalog_knows(folder: Path) -> None:
    files = sorted((CATALOG / "metrics").glob("*.yaml"))
    known = {metric["id"] for path in files for metric in read_yaml(path)["metrics"]}
    said = tomllib.loads((folder / "company.toml").read_text())
    assert said["targets"].keys() <= known
    assert {metric for story in STORIES for metric in story.metrics} <= known


# its levels, in 2025

AVERAGE_HEADS = """(SELECT avg(heads) FROM (SELECT m, (SELECT count(*) FROM employees WHERE hired_on < m
    AND (terminated_on IS NULL OR terminated_on >= m) AND employment_type IN ('regular', 'fixed_term')) AS heads
    FROM (SELECT DISTINCT month_start AS m FROM calendar WHERE day BETWEEN DATE '2025-01-01'
        AND DATE '2026-01-01')))"""
ENDS = """(SELECT account_id, segment, coalesce(sum(amount_base)
    FILTER (effective_on < DATE '{0}-01-01'), 0) AS opening,
    sum(amount_base) FILTER (effective_on < DATE '{0}-01-01' + INTERVAL 1 YEAR) AS closing
    FROM mrr_movements JOIN accounts USING (account_id) GROUP BY account_id, segment)"""
REVENUE = "(SELECT sum(amount_base) FROM revenue_entries WHERE year(recognised_on) = 2025)"
COGS = "(SELECT sum(amount_base) FROM cost_entries WHERE year(incurred_on) = 2025 AND pnl_line = 'cogs')"
NEW = "FROM mrr_movements WHERE movement_type = 'new' AND year(effective_on) = 2025"

LEVELS = {
    "headcount": (270, 310, "SELECT count(*) FROM employees WHERE terminated_on IS NULL"),
    "quota carriers": (
        40,
        48,
        "SELECT count(DISTINCT employee_id) FROM quotas WHERE period_start = DATE '2026-01-01'",
    ),
    "paying accounts": (500, 700, f"SELECT count(*) FROM {ENDS.format(2025)} WHERE closing > 0"),
    "opportunities": (5_500, 7_600, "SELECT count(*) FROM opportunities"),
    "leads": (24_000, 26_000, "SELECT count(*) FROM leads"),
    "product events": (350_000, 500_000, "SELECT count(*) FROM product_events"),
    "tickets": (20_000, 28_000, "SELECT count(*) FROM tickets"),
    "win rate": (
        22,
        31,
        """SELECT 100 * count(*) FILTER (outcome = 'won') / count(*) FROM opportunities
            WHERE outcome IN ('won', 'lost') AND year(closed_on) >= 2023""",
    ),
    "net revenue retention": (
        102,
        109,
        f"SELECT 100 * sum(closing) / sum(opening) FROM {ENDS.format(2025)} WHERE opening > 0",
    ),
    "gross revenue retention": (
        87,
        93,
        f"SELECT 100 * sum(least(closing, opening)) / sum(opening) FROM {ENDS.format(2025)} WHERE opening > 0",
    ),
    "gross margin": (72, 78, f"SELECT 100 * ({REVENUE} - {COGS}) / {REVENUE}"),
    "CAC payback in months": (
        12,
        20,
        f"""SELECT (SELECT sum(amount_base) FROM cost_entries WHERE year(incurred_on) = 2025
            AND pnl_line IN ('sales', 'marketing')) / (sum(amount_base) * ({REVENUE} - {COGS}) / {REVENUE}) {NEW}""",
    ),
    "runway in months": (
        18,
        48,
        """SELECT (SELECT arg_max(balance_after_base, flow_id) FROM cash_flows) / (-sum(amount_base) / 3)
            FROM cash_flows
            WHERE flow_type <> 'financing' AND flow_on >= DATE '2025-10-01'""",
    ),
    "turnover": (
        12,
        18,
        f"""SELECT 100 * count(*) / {AVERAGE_HEADS} FROM employees
            WHERE year(terminated_on) = 2025 AND employment_type IN ('regular', 'fixed_term')""",
    ),
    "quota attainment": (
        80,
        92,
        """SELECT 100 * (SELECT sum(amount_base) FROM opportunities WHERE outcome = 'won' AND year(closed_on) = 2025
            AND opp_type <> 'renewal') / sum(quota_base * ramp_pct) FROM quotas WHERE year(period_start) = 2025""",
    ),
    "reps at quota in a quarter": (
        55,
        68,
        """SELECT 100 * count(*) FILTER (won >= quota) / count(*)
            FROM (SELECT sum(quota_base) AS quota, (SELECT coalesce(
            sum(amount_base), 0) FROM opportunities WHERE owner_id = employee_id AND outcome = 'won'
            AND closed_on >= min(period_start) AND closed_on < max(period_end)) AS won FROM quotas
            WHERE year(period_start) = 2025 GROUP BY employee_id, quarter(period_start)
            HAVING min(ramp_pct) = 1)""",
    ),
    "pipeline coverage of the next quarter": (
        3,
        5,
        """SELECT sum(amount_base) / (SELECT sum(quota_base * ramp_pct) FROM quotas WHERE year(period_start) = 2026)
            FROM opportunities WHERE outcome = 'open' AND expected_close_on >= DATE '2026-01-01'
            AND expected_close_on < DATE '2026-04-01'""",
    ),
    "eNPS": (
        10,
        30,
        """SELECT 100 * (count(*) FILTER (score >= 9) - count(*) FILTER (score <= 6)) / count(*) FROM survey_responses
            JOIN surveys USING (survey_id) WHERE survey_type = 'enps' AND year(closed_on) = 2025""",
    ),
    "engagement": (
        66,
        74,
        """SELECT 100 * count(*) FILTER (score >= 4) / count(score) FROM survey_responses
            JOIN surveys USING (survey_id)
            WHERE survey_type = 'engagement' AND year(closed_on) = 2025""",
    ),
    "NPS": (
        20,
        40,
        """SELECT 100 * (count(*) FILTER (score >= 9) - count(*) FILTER (score <= 6)) / count(*) FROM survey_responses
            JOIN surveys USING (survey_id) WHERE survey_type = 'nps' AND year(closed_on) = 2025""",
    ),
    "CSAT": (
        82,
        89,
        """SELECT 100 * count(*) FILTER (score >= 4) / count(*) FROM survey_responses JOIN surveys USING (survey_id)
            WHERE survey_type = 'csat' AND year(closed_on) = 2025""",
    ),
}


@pytest.mark.parametrize("what", LEVELS)
def test_levels_are_believable(company: duckdb.DuckDBPyConnection, what: str) -> None:
    low, high, query = LEVELS[what]
    assert low <= number(company, query) <= high


# its stories

DEPARTMENT = """JOIN job_history j ON j.employee_id = {0} AND {1} >= j.effective_from
    AND {1} < coalesce(j.effective_to, DATE '2100-01-01') AND j.department_id = '{2}'"""


def win_rate(company: duckdb.DuckDBPyConnection, join: str, stretch: tuple[int, int]) -> float:
    return number(
        company,
        f"""SELECT 100 * count(*) FILTER (outcome = 'won') / count(*) FROM opportunities o {join}
            WHERE outcome IN ('won', 'lost') AND opp_type <> 'renewal' AND {within(stretch, "closed_on")}""",
    )


def regretted(company: duckdb.DuckDBPyConnection, department: str, stretch: tuple[int, int]) -> float:
    job = DEPARTMENT.format("e.employee_id", "e.terminated_on", department)
    return number(
        company,
        f"""SELECT count(*) FROM employees e {job} AND j.job_family = 'quota_carrier'
            WHERE is_regretted AND {within(stretch, "e.terminated_on")}""",
    )


def test_sellers_whom_one_misses_leave_sales_emea(company: duckdb.DuckDBPyConnection) -> None:
    story = SELLERS_LEAVE
    before = (FIRST, story.caused[0])
    assert regretted(company, story.where, story.caused) >= 6
    assert regretted(company, story.where, before) <= 2
    assert all(regretted(company, name, story.caused) <= 3 for name in ("Sales Americas", "Sales APAC"))


def test_the_win_rate_there_falls_two_quarters_later_and_only_there(
    company: duckdb.DuckDBPyConnection,
) -> None:
    story = SELLERS_LEAVE
    owner = DEPARTMENT.format("owner_id", "closed_on", "{}")
    there, elsewhere = owner.format(story.where), owner.format("Sales Americas")
    year_before = (day(2024, 7, 1), day(2025, 1, 1))
    for quarter in [(day(2025, 7, 1), day(2025, 10, 1)), (day(2025, 10, 1), day(2026, 1, 1))]:
        assert win_rate(company, there, quarter) <= 0.85 * win_rate(company, there, year_before)
    assert win_rate(company, there, story.follows) <= 0.8 * win_rate(company, there, year_before)
    assert win_rate(company, there, story.follows) <= 0.7 * win_rate(company, there, story.caused)
    assert win_rate(company, elsewhere, story.follows) >= win_rate(company, elsewhere, year_before)


def test_meanwhile_revenue_grows(company: duckdb.DuckDBPyConnection) -> None:
    for start in ("2025-07-01", "2025-10-01"):
        growth = number(
            company,
            f"""SELECT 100 * (sum(amount_base) FILTER (recognised_on >= DATE '{start}')
                / sum(amount_base) FILTER (recognised_on < DATE '{start}') - 1) FROM revenue_entries
                WHERE (recognised_on >= DATE '{start}' AND recognised_on < DATE '{start}' + INTERVAL 3 MONTH)
                OR (recognised_on >= DATE '{start}' - INTERVAL 1 YEAR
                    AND recognised_on < DATE '{start}' + INTERVAL 3 MONTH - INTERVAL 1 YEAR)""",
        )
        assert growth > 25


def test_engagement_there_falls_before_they_leave(company: duckdb.DuckDBPyConnection) -> None:
    def favourable(year: int, quarter: int) -> float:
        return number(
            company,
            f"""SELECT 100 * count(*) FILTER (score >= 4) / count(score) FROM survey_responses
                JOIN survey_invites USING (survey_id, respondent_key) JOIN surveys USING (survey_id)
                WHERE survey_type = 'engagement' AND segment = '{SELLERS_LEAVE.where}'
                AND year(closed_on) = {year} AND quarter(closed_on) = {quarter}""",
        )

    assert favourable(2024, 4) <= favourable(2024, 3) - 8
    assert favourable(2025, 4) >= favourable(2025, 1) + 8


def coaching(company: duckdb.DuckDBPyConnection, department: str, stretch: tuple[int, int]) -> float:
    """Hours of coaching held in a stretch, for each seller employed in the middle of it."""
    middle = f"(DATE '1970-01-01' + {sum(stretch) // 2})"
    held = DEPARTMENT.format("c.employee_id", "held_on", department)
    there = DEPARTMENT.format("e.employee_id", middle, department)
    return number(
        company,
        f"""SELECT sum(minutes) / 60 / (SELECT count(*) FROM employees e {there} AND j.job_family = 'quota_carrier'
            WHERE coalesce(terminated_on, DATE '2100-01-01') >= {middle}) FROM coaching_sessions c {held}
            WHERE j.job_family = 'quota_carrier' AND session_type = 'coaching' AND {within(stretch, "held_on")}""",
    )


def test_coaching_in_sales_americas_doubles(company: duckdb.DuckDBPyConnection) -> None:
    where, elsewhere = COACHING_DOUBLES.where, "Sales APAC"
    before, after = (day(2024, 1, 1), day(2024, 7, 1)), (day(2024, 7, 1), day(2025, 1, 1))
    a_year_on = (day(2025, 7, 1), day(2026, 1, 1))
    assert coaching(company, where, after) >= 1.7 * coaching(company, where, before)
    assert coaching(company, where, a_year_on) >= 1.7 * coaching(company, where, before)
    assert coaching(company, elsewhere, after) <= 1.3 * coaching(company, elsewhere, before)


MONTHS_WON = """(SELECT q.*, hired_on, quota_base * ramp_pct <= (SELECT coalesce(sum(amount_base), 0)
    FROM opportunities
    WHERE owner_id = q.employee_id AND outcome = 'won' AND closed_on >= period_start AND closed_on < period_end)
    AS attained FROM quotas q JOIN employees e USING (employee_id) WHERE period_start < DATE '2026-01-01')"""


def test_new_reps_there_ramp_sooner_afterwards(company: duckdb.DuckDBPyConnection) -> None:
    def ramp(stretch: tuple[int, int]) -> tuple[float, float]:
        job = DEPARTMENT.format("r.employee_id", "r.hired_on", COACHING_DOUBLES.where)
        found = f"""(SELECT r.employee_id, hired_on, min(period_start) FILTER (attained) AS first FROM {MONTHS_WON} r
            {job} AND j.job_family = 'quota_carrier' WHERE {within(stretch, "hired_on")} GROUP BY ALL)"""
        return (
            number(company, f"SELECT median(first - hired_on) / 30.4 FROM {found}"),
            number(company, f"SELECT count(first) FROM {found}"),
        )

    before, those_before = ramp((FIRST, day(2024, 5, 1)))
    after, those_after = ramp((COACHING_DOUBLES.caused[0], day(2025, 7, 1)))
    assert min(those_before, those_after) >= 5
    assert after <= before - 2


def test_more_reps_there_reach_their_quota_afterwards(company: duckdb.DuckDBPyConnection) -> None:
    def at_quota(stretch: tuple[int, int]) -> float:
        job = DEPARTMENT.format("q.employee_id", "q.period_start", COACHING_DOUBLES.where)
        return number(
            company,
            f"""SELECT 100 * count(*) FILTER (won >= quota) / count(*) FROM (SELECT sum(quota_base) AS quota, (SELECT
                coalesce(sum(amount_base), 0) FROM opportunities WHERE owner_id = q.employee_id AND outcome = 'won'
                AND closed_on >= min(period_start) AND closed_on < max(period_end)) AS won FROM quotas q {job}
                WHERE {within(stretch, "period_start")}
                GROUP BY q.employee_id, date_trunc('quarter', period_start) HAVING min(ramp_pct) = 1)""",
        )

    assert at_quota(COACHING_DOUBLES.follows) >= at_quota((FIRST, COACHING_DOUBLES.caused[0])) + 12


def discount(company: duckdb.DuckDBPyConnection, segment: str, year: int) -> float:
    return number(
        company,
        f"""SELECT 100 * (1 - sum(amount_base) / sum(list_amount_base)) FROM opportunities JOIN accounts
            USING (account_id) WHERE outcome = 'won' AND opp_type <> 'renewal' AND segment = '{segment}'
            AND year(closed_on) = {year}""",
    )


def test_discounts_on_small_deals_grow_in_2025_and_win_more(company: duckdb.DuckDBPyConnection) -> None:
    where = DISCOUNTS_GROW.where
    assert discount(company, where, 2025) >= discount(company, where, 2024) + 10
    assert abs(discount(company, "Mid-Market", 2025) - discount(company, "Mid-Market", 2024)) <= 3
    segment = f"JOIN accounts a ON a.account_id = o.account_id AND segment = '{where}'"
    assert (
        win_rate(company, segment, DISCOUNTS_GROW.caused)
        >= win_rate(company, segment, (FIRST, day(2025, 1, 1))) + 4
    )


def test_small_customers_stay_less_afterwards(company: duckdb.DuckDBPyConnection) -> None:
    def retained(segment: str, year: int) -> float:
        return number(
            company,
            f"""SELECT 100 * sum(least(closing, opening)) / sum(opening) FROM {ENDS.format(year)}
                WHERE opening > 0 AND segment = '{segment}'""",
        )

    assert retained(DISCOUNTS_GROW.where, 2025) <= retained(DISCOUNTS_GROW.where, 2024) - 8
    assert retained("Mid-Market", 2025) >= retained("Mid-Market", 2024) - 4


def test_the_contribution_margin_falls_afterwards(company: duckdb.DuckDBPyConnection) -> None:
    def ratio(stretch: tuple[int, int]) -> float:
        return number(
            company,
            f"""SELECT 100 * (1 - (SELECT sum(amount_base) FROM cost_entries
                WHERE (pnl_line = 'cogs' OR nature = 'ad_spend') AND {within(stretch, "incurred_on")})
                / sum(gross_list_amount - discount_amount)) FROM revenue_entries
                    WHERE {within(stretch, "recognised_on")}""",
        )

    before = (day(2024, 7, 1), DISCOUNTS_GROW.caused[0])
    assert ratio(DISCOUNTS_GROW.follows) <= ratio(before) - 2


def test_every_story_says_what_where_when_and_which_metrics() -> None:
    for story in STORIES:
        assert story.caused[0] < story.follows[0] < story.follows[1] <= day(2026, 1, 1)
        assert min(map(len, (story.title, story.where, story.cause, story.effect))) > 2
        assert len(story.metrics) >= 4
