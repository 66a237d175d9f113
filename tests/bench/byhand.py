"""The best SQL we can write by hand for exactly that scorecard on exactly that data, in DuckDB's own dialect.

It knows what no engine can know: which rows count nowhere, that quotas run by calendar month, that nobody holds
two jobs at once, and which columns are never empty. It reads only the days that the scorecard needs.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

import duckdb

from metrics.calendar.periods import add_months
from tests.bench.scorecard import MIDDLE, STARTS, Values, exact, name_of, ratio

YEAR = "BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'"
INSTANTS = [add_months(date(2024, 2, 1), index) for index in range(24)]
"""The mornings on which somebody's revenue is read: a year before each month's end, and each month's ends."""


def run(database: duckdb.DuckDBPyConnection) -> Values:
    """All values of the scorecard."""
    found: dict[str, Fraction | None] = {}
    for part in (_deals, _pipeline, _sellers, _accounts, _money, _people):
        found |= part(database)
    return found


def _deals(database: duckdb.DuckDBPyConnection) -> Values:
    """Win rate, deal size and sales cycle: closed deals by day and outcome."""
    sums: dict[tuple[date, str], list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    sql = f"""SELECT closed_on, outcome, count(*), sum(amount_base), sum(closed_on - created_on)
        FROM opportunities WHERE closed_on {YEAR} GROUP BY closed_on, outcome"""
    for day, outcome, *parts in database.execute(sql).fetchall():
        have = sums[day.replace(day=1), outcome]
        sums[day.replace(day=1), outcome] = [a + exact(b) for a, b in zip(have, parts, strict=True)]
    found: dict[str, Fraction | None] = {}
    for month in STARTS:
        (won, amount, days), (lost, *_) = sums[month, "won"], sums[month, "lost"]
        found[name_of("win_rate", month)] = ratio(won, won + lost, 100)
        found[name_of("average_deal_size", month)] = ratio(amount, won)
        found[name_of("sales_cycle_length", month)] = ratio(days, won)
    return found


def _pipeline(database: duckdb.DuckDBPyConnection) -> Values:
    """Open pipeline of each month as it was known on the fifteenth, over what was still to be won by then."""
    sql = f"""SELECT expected_close_on, sum(amount_base) FROM (
            SELECT expected_close_on, amount_base, created_on, closed_on,
                expected_close_on - (day(expected_close_on) - {MIDDLE + 1})::INTEGER AS morning
            FROM opportunities WHERE expected_close_on {YEAR})
        WHERE created_on < morning AND (closed_on IS NULL OR closed_on >= morning) GROUP BY expected_close_on"""
    pipeline = _by_month(database.execute(sql).fetchall())
    sql = f"""SELECT closed_on, sum(amount_base) FROM opportunities
        WHERE closed_on {YEAR} AND day(closed_on) <= {MIDDLE} AND outcome = 'won' GROUP BY closed_on"""
    won = _by_month(database.execute(sql).fetchall())
    sql = f"SELECT period_start, sum(quota_base * ramp_pct) FROM quotas WHERE period_start {YEAR} GROUP BY 1"
    quota = _by_month(database.execute(sql).fetchall())
    return {
        name_of("pipeline_coverage", month): ratio(pipeline[month], quota[month] - won[month])
        for month in STARTS
    }


def _sellers(database: duckdb.DuckDBPyConnection) -> Values:
    """Attainment, ramp and forecasts, all from what each seller won in each month."""
    found: dict[str, Fraction | None] = {}
    database.execute("""CREATE OR REPLACE TEMP TABLE won AS SELECT owner_id,
        make_date(m // 12, m % 12 + 1, 1) AS month, won FROM (
            SELECT owner_id, year(closed_on) * 12 + month(closed_on) - 1 AS m, sum(amount_base) AS won
            FROM opportunities WHERE outcome = 'won' GROUP BY 1, 2)""")
    sql = f"""SELECT period_start, count(*), count(*) FILTER (coalesce(won, 0) >= quota_base * ramp_pct)
        FROM quotas LEFT JOIN won ON owner_id = employee_id AND month = period_start
        WHERE period_start {YEAR} AND ramp_pct >= 1 AND quota_base > 0 GROUP BY 1"""
    for month, sellers, attained in database.execute(sql).fetchall():
        found[name_of("pct_reps_at_quota", month)] = ratio(attained, sellers, 100)
    sql = f"""SELECT period_start, sum(coalesce(won, 0)), sum(abs(coalesce(won, 0) - amount_base))
        FROM forecasts LEFT JOIN won ON won.owner_id = forecasts.owner_id AND month = period_start
        WHERE period_start {YEAR} AND category = 'commit' GROUP BY 1"""
    for month, actual, miss in database.execute(sql).fetchall():
        found[name_of("forecast_accuracy", month)] = ratio(exact(actual) - exact(miss), actual, 100)
    columns = ", ".join(
        f"quantile_cont(ramp, 0.5) FILTER (hired_on >= DATE '{add_months(month, -23)}'"
        f" AND hired_on < DATE '{add_months(month, -11)}')"
        for month in STARTS
    )
    sql = f"""SELECT {columns} FROM (
        SELECT hired_on, CAST((year(first) - year(hired_on)) * 12 + month(first) - month(hired_on)
            - (day(first) < day(hired_on))::INTEGER AS DECIMAL(28, 8)) AS ramp
        FROM (SELECT employee_id, hired_on, min(period_start) AS first
            FROM employees JOIN quotas USING (employee_id)
            JOIN won ON owner_id = employee_id AND month = period_start
            WHERE won >= quota_base * ramp_pct AND quota_base > 0 GROUP BY 1, 2))"""
    medians = database.execute(sql).fetchall()[0]
    for month, median in zip(STARTS, medians, strict=True):
        found[name_of("ramp_time", month)] = None if median is None else exact(median)
    return found


def _accounts(database: duckdb.DuckDBPyConnection) -> Values:
    """Retention and churn: each account's revenue on the mornings of 24 months, then the accounts added up."""
    balances = ", ".join(
        f"sum(CASE WHEN effective_on < DATE '{instant}' THEN amount_base ELSE 0 END) AS b{index}"
        for index, instant in enumerate(INSTANTS)
    )
    columns = []
    for index in range(12):
        opening, before, closing = f"b{index}", f"b{index + 11}", f"b{index + 12}"
        columns += [
            f"sum(CASE WHEN {opening} > 0 THEN {closing} ELSE 0 END)",
            f"sum(CASE WHEN {opening} > 0 THEN {opening} ELSE 0 END)",
            f"sum(CASE WHEN {before} > 0 AND {closing} <= 0 THEN 1 ELSE 0 END)",
            f"sum(CASE WHEN {before} > 0 THEN 1 ELSE 0 END)",
        ]
    sql = f"SELECT {', '.join(columns)} FROM (SELECT {balances} FROM mrr_movements GROUP BY account_id)"
    row = database.execute(sql).fetchall()[0]
    found: dict[str, Fraction | None] = {}
    for index, month in enumerate(STARTS):
        kept, opened, churned, had = row[4 * index : 4 * index + 4]
        found[name_of("net_revenue_retention", month)] = ratio(kept, opened, 100)
        found[name_of("customer_churn_rate", month)] = ratio(churned, had, 100)
    return found


def _money(database: duckdb.DuckDBPyConnection) -> Values:
    """Growth, margin and payback."""
    sql = (
        "SELECT recognised_on, sum(amount_base) FROM revenue_entries WHERE recognised_on >= DATE '2024-12-01'"
    )
    revenue = _by_month(database.execute(f"{sql} GROUP BY 1").fetchall())
    costs: dict[str, dict[date, Fraction]] = {}
    sql = f"SELECT incurred_on, sum(amount_base) FROM cost_entries WHERE incurred_on {YEAR}"
    for line, of in (("cogs", "= 'cogs'"), ("selling", "IN ('sales', 'marketing')")):
        costs[line] = _by_month(database.execute(f"{sql} AND pnl_line {of} GROUP BY 1").fetchall())
    sql = f"SELECT first_paid_on, count(*) FROM accounts WHERE first_paid_on {YEAR} GROUP BY 1"
    customers = _by_month(database.execute(sql).fetchall())
    sql = f"""SELECT make_date(2025, m, 1), s, n FROM (SELECT month(effective_on) AS m, sum(amount_base) AS s,
        count(DISTINCT account_id) AS n FROM mrr_movements
        WHERE movement_type = 'new' AND effective_on {YEAR} GROUP BY 1)"""
    new = {month: (exact(amount), accounts) for month, amount, accounts in database.execute(sql).fetchall()}
    found: dict[str, Fraction | None] = {}
    for month in STARTS:
        now, before = revenue[month], revenue[add_months(month, -1)]
        margin = ratio(now - costs["cogs"][month], now, 100)
        cac = ratio(costs["selling"][month], customers[month])
        each = ratio(*new[month])
        found[name_of("revenue_growth_rate", month)] = ratio(now - before, before, 100)
        found[name_of("gross_margin", month)] = margin
        payback = None if cac is None or each is None or margin is None else 100 * cac / (each * margin)
        found[name_of("cac_payback_months", month)] = payback
    return found


def _people(database: duckdb.DuckDBPyConnection) -> Values:
    """Regretted turnover, coaching and engagement."""
    found: dict[str, Fraction | None] = {}
    ends = [*STARTS, add_months(STARTS[-1], 1)]
    heads = ", ".join(
        f"count(*) FILTER (hired_on < DATE '{day}' AND (terminated_on IS NULL OR terminated_on >= DATE '{day}'))"
        for day in ends
    )
    kind = "employment_type IN ('regular', 'fixed_term')"
    headcounts = database.execute(f"SELECT {heads} FROM employees WHERE {kind}").fetchall()[0]
    sql = f"""SELECT terminated_on, count(*) FROM employees
        WHERE terminated_on {YEAR} AND is_regretted AND {kind} GROUP BY 1"""
    leavers = _by_month(database.execute(sql).fetchall())
    for index, month in enumerate(STARTS):
        average = Fraction(headcounts[index] + headcounts[index + 1], 2)
        found[name_of("regretted_turnover_rate", month)] = ratio(leavers[month], average, 100)
    sql = f"""WITH staff AS (SELECT employee_id, hired_on AS since, terminated_on AS until FROM employees WHERE {kind}),
        coached AS (SELECT DISTINCT month(held_on) AS m, employee_id FROM coaching_sessions
            WHERE held_on {YEAR} AND session_type IN ('coaching', 'one_on_one')),
        ends AS (SELECT unnest(range(1, 13)) AS m, unnest([{", ".join(f"DATE '{day}'" for day in ends[1:])}]) AS t)
        SELECT ends.m, count(coached.employee_id), count(*) FROM ends
        JOIN staff ON since < t AND (until IS NULL OR until >= t)
        LEFT JOIN coached ON coached.m = ends.m AND coached.employee_id = staff.employee_id GROUP BY 1"""
    for number, coached, employed in database.execute(sql).fetchall():
        found[name_of("coaching_coverage", STARTS[number - 1])] = ratio(coached, employed, 100)
    sql = f"""SELECT closed_on, question_id, count(*), sum(CASE WHEN score >= scale_max - 1 THEN 1 ELSE 0 END)
        FROM survey_responses JOIN surveys USING (survey_id)
        WHERE closed_on {YEAR} AND survey_type = 'engagement' GROUP BY 1, 2"""
    questions: dict[date, list[Fraction]] = defaultdict(list)
    for day, _, answers, agreed in database.execute(sql).fetchall():
        questions[day.replace(day=1)].append(Fraction(int(agreed), int(answers)))
    for month in STARTS:
        shares = questions[month]
        found[name_of("engagement_index", month)] = 100 * sum(shares, Fraction(0)) / len(shares)
    return found


def _by_month(rows: list[tuple[Any, ...]]) -> dict[date, Fraction]:
    found: dict[date, Fraction] = defaultdict(Fraction)
    for day, amount in rows:
        found[day.replace(day=1)] += exact(amount)
    return found
