"""One query for each metric and month: what a dashboard does, each tile by itself. Plain SQL, not made slow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import duckdb

from metrics.calendar.periods import add_months
from tests.bench.scorecard import METRICS, MIDDLE, STARTS, Values, exact, name_of, ratio

BALANCE = """SELECT account_id, sum(CASE WHEN effective_on < DATE '{opening}' THEN amount_base ELSE 0 END) AS o,
    sum(amount_base) AS c FROM mrr_movements WHERE effective_on < DATE '{end}' GROUP BY account_id"""
QUERIES = {
    "net_revenue_retention": (
        "SELECT sum(c), sum(o) FROM (" + BALANCE.replace("{opening}", "{year_before_end}") + ") WHERE o > 0",
        100,
    ),
    "customer_churn_rate": (
        "SELECT count(*) FILTER (c <= 0), count(*) FROM ("
        + BALANCE.replace("{opening}", "{start}")
        + ") WHERE o > 0",
        100,
    ),
    "pct_reps_at_quota": (
        """SELECT count(*) FILTER (coalesce(won, 0) >= quota_base * ramp_pct), count(*) FROM quotas LEFT JOIN (
            SELECT owner_id, sum(amount_base) AS won FROM opportunities WHERE outcome = 'won'
            AND closed_on >= DATE '{start}' AND closed_on < DATE '{end}' GROUP BY 1) ON owner_id = employee_id
            WHERE period_start = DATE '{start}' AND ramp_pct >= 1 AND quota_base > 0""",
        100,
    ),
    "win_rate": (
        """SELECT count(*) FILTER (outcome = 'won'), count(*) FROM opportunities
            WHERE outcome IN ('won', 'lost') AND closed_on >= DATE '{start}' AND closed_on < DATE '{end}'""",
        100,
    ),
    "average_deal_size": (
        """SELECT sum(amount_base), count(*) FROM opportunities
            WHERE outcome = 'won' AND closed_on >= DATE '{start}' AND closed_on < DATE '{end}'""",
        1,
    ),
    "sales_cycle_length": (
        """SELECT sum(closed_on - created_on), count(*) FROM opportunities
            WHERE outcome = 'won' AND closed_on >= DATE '{start}' AND closed_on < DATE '{end}'""",
        1,
    ),
    "pipeline_coverage": (
        """SELECT (SELECT sum(amount_base) FROM opportunities
                WHERE expected_close_on >= DATE '{start}' AND expected_close_on < DATE '{end}'
                AND created_on < DATE '{morning}' AND (closed_on IS NULL OR closed_on >= DATE '{morning}')),
            (SELECT sum(quota_base * ramp_pct) FROM quotas WHERE period_start = DATE '{start}')
            - (SELECT sum(amount_base) FROM opportunities
                WHERE outcome = 'won' AND closed_on >= DATE '{start}' AND closed_on < DATE '{morning}')""",
        1,
    ),
    "regretted_turnover_rate": (
        """SELECT 2 * count(*) FILTER (is_regretted AND terminated_on >= DATE '{start}'
                AND terminated_on < DATE '{end}'),
            count(*) FILTER (hired_on < DATE '{start}' AND (terminated_on IS NULL OR terminated_on >= DATE '{start}'))
            + count(*) FILTER (hired_on < DATE '{end}' AND (terminated_on IS NULL OR terminated_on >= DATE '{end}'))
            FROM employees WHERE employment_type IN ('regular', 'fixed_term')""",
        100,
    ),
    "coaching_coverage": (
        """SELECT count(coached.employee_id), count(*)
            FROM employees LEFT JOIN (
                SELECT DISTINCT employee_id FROM coaching_sessions
                WHERE session_type IN ('coaching', 'one_on_one')
                AND held_on >= DATE '{start}' AND held_on < DATE '{end}') AS coached USING (employee_id)
            WHERE hired_on < DATE '{end}' AND (terminated_on IS NULL OR terminated_on >= DATE '{end}')
                AND employment_type IN ('regular', 'fixed_term')""",
        100,
    ),
    "revenue_growth_rate": (
        """SELECT coalesce(sum(amount_base) FILTER (recognised_on >= DATE '{start}'), 0)
                - sum(amount_base) FILTER (recognised_on < DATE '{start}'),
            sum(amount_base) FILTER (recognised_on < DATE '{start}') FROM revenue_entries
            WHERE recognised_on >= DATE '{month_before}' AND recognised_on < DATE '{end}'""",
        100,
    ),
    "gross_margin": (
        """SELECT (SELECT sum(amount_base) FROM revenue_entries
                WHERE recognised_on >= DATE '{start}' AND recognised_on < DATE '{end}'),
            (SELECT sum(amount_base) FROM cost_entries WHERE pnl_line = 'cogs'
                AND incurred_on >= DATE '{start}' AND incurred_on < DATE '{end}')""",
        100,
    ),
    "cac_payback_months": (
        """SELECT (SELECT sum(amount_base) FROM cost_entries WHERE pnl_line IN ('sales', 'marketing')
                AND incurred_on >= DATE '{start}' AND incurred_on < DATE '{end}'),
            (SELECT count(*) FROM accounts WHERE first_paid_on >= DATE '{start}' AND first_paid_on < DATE '{end}'),
            sum(amount_base), count(DISTINCT account_id) FROM mrr_movements WHERE movement_type = 'new'
            AND effective_on >= DATE '{start}' AND effective_on < DATE '{end}'""",
        100,
    ),
    "engagement_index": (
        """SELECT sum(agreed), sum(answers), question_id FROM (
            SELECT question_id, count(*) AS answers, count(*) FILTER (score >= scale_max - 1) AS agreed
            FROM survey_responses JOIN surveys USING (survey_id) WHERE survey_type = 'engagement'
            AND closed_on >= DATE '{start}' AND closed_on < DATE '{end}' GROUP BY 1) GROUP BY 3""",
        100,
    ),
    "ramp_time": (
        """SELECT quantile_cont(CAST((year(first) - year(hired_on)) * 12 + month(first) - month(hired_on)
                - (day(first) < day(hired_on))::INTEGER AS DECIMAL(28, 8)), 0.5), 1
            FROM (SELECT employee_id, hired_on, min(period_start) AS first FROM (
                SELECT employee_id, hired_on, period_start, quota_base * ramp_pct AS quota, sum(amount_base) AS won
                FROM employees JOIN quotas USING (employee_id) JOIN opportunities
                ON owner_id = employee_id AND outcome = 'won' AND closed_on >= period_start
                AND closed_on < period_end WHERE hired_on >= DATE '{two_years_before_end}'
                AND hired_on < DATE '{year_before_end}' GROUP BY ALL)
            WHERE won >= quota AND quota > 0 GROUP BY 1, 2)""",
        1,
    ),
    "forecast_accuracy": (
        """SELECT sum(coalesce(won, 0)) - sum(abs(coalesce(won, 0) - amount_base)), sum(coalesce(won, 0))
            FROM forecasts LEFT JOIN (SELECT owner_id, sum(amount_base) AS won FROM opportunities
                WHERE outcome = 'won' AND closed_on >= DATE '{start}' AND closed_on < DATE '{end}' GROUP BY 1)
            AS deals USING (owner_id) WHERE period_start = DATE '{start}' AND category = 'commit'""",
        100,
    ),
}


def run(database: duckdb.DuckDBPyConnection) -> Values:
    """All values, with 180 queries."""
    return dict(_each(database))


def _each(database: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Fraction | None]]:
    margins: dict[date, Fraction | None] = {}
    for metric in sorted(METRICS, key=lambda metric: metric == "cac_payback_months"):
        sql, scale = QUERIES[metric]
        for month in STARTS:
            rows = database.execute(sql.format(**_days(month))).fetchall()
            value = _value(metric, rows, scale, margins.get(month))
            if metric == "gross_margin":
                margins[month] = value
            yield name_of(metric, month), value


def _value(
    metric: str, rows: list[tuple[object, ...]], scale: int, margin: Fraction | None
) -> Fraction | None:
    if metric == "engagement_index":
        shares = [exact(agreed) / exact(answers) for agreed, answers, _ in rows]
        return scale * sum(shares, Fraction(0)) / len(shares) if shares else None
    if metric == "gross_margin":
        revenue, costs = rows[0]
        return ratio(exact(revenue) - exact(costs), revenue, scale)
    if metric == "cac_payback_months":
        costs, customers, amount, accounts = rows[0]
        cac, each = ratio(costs, customers), ratio(amount, accounts)
        return None if cac is None or each is None or margin is None else scale * cac / (each * margin)
    if metric == "ramp_time":
        return None if rows[0][0] is None else exact(rows[0][0])
    return ratio(rows[0][0], rows[0][1], scale)


def _days(month: date) -> dict[str, date]:
    end = add_months(month, 1)
    return {
        "start": month,
        "end": end,
        "morning": month + timedelta(days=MIDDLE),
        "month_before": add_months(month, -1),
        "year_before_end": add_months(end, -12),
        "two_years_before_end": add_months(end, -24),
    }
