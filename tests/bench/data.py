"""The made-up company of the benchmark: N opportunities and whatever goes with them, in one DuckDB file.

Every figure comes from a hash of its row number, so that a file is the same wherever it is made.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

AS_OF = date(2025, 12, 31)
"""The last day of the data; the first is 2022-01-01."""
DAYS = 1461
VERSION = 2
"""Raised when the data changes, so that kept files are made again."""

TABLES = {
    "accounts": """
        SELECT printf('A%08d', i) AS account_id,
            ['enterprise', 'mid', 'small'][1 + r('segment', 3)] AS segment,
            ['partner', 'outbound', 'web'][1 + r('channel', 3)] AS channel,
            day(i * 1461 // $accounts) AS first_paid_on,
            FALSE AS is_internal
        FROM rows($accounts)""",
    "opportunities": """
        SELECT printf('O%09d', i) AS opportunity_id,
            printf('A%08d', r('account', $accounts)) AS account_id,
            printf('E%07d', r('owner', $sellers)) AS owner_id,
            ['new', 'expansion', 'renewal'][1 + r('type', 3)] AS opp_type,
            created AS created_on,
            CASE WHEN ends <= DATE '2025-12-31' THEN ends END AS closed_on,
            CASE WHEN ends > DATE '2025-12-31' THEN 'open' WHEN r('won', 100) < 28 THEN 'won' ELSE 'lost' END
                AS outcome,
            CAST(2000 + r('amount', 3600000) / 100.0 AS DECIMAL(18, 2)) AS amount_base,
            created + CAST(20 + r('expected', 140) AS INTEGER) AS expected_close_on
        FROM (SELECT i, day(i * 1461 // $opportunities) AS created,
            created + CAST(5 + r('cycle', 170) AS INTEGER) AS ends FROM rows($opportunities))""",
    "mrr_movements": """
        SELECT printf('M%09d', row_number() OVER (ORDER BY effective_on, i, kind)) AS movement_id,
            printf('A%08d', i) AS account_id, printf('S%08d', i) AS subscription_id, effective_on,
            ['new', 'expansion', 'contraction', 'churn'][1 + kind] AS movement_type,
            CAST(base * [10, 3, -2, -11][1 + kind] / 10 AS DECIMAL(18, 2)) AS amount_base
        FROM (SELECT i, kind, 100 + r('mrr', 4900) AS base, r('churns', 10) AS churns,
            day(i * 1461 // $accounts) + CAST(kind * (60 + r('gap', 240)) AS INTEGER) AS effective_on
            FROM rows($accounts), (SELECT unnest(range(4)) AS kind))
        WHERE effective_on <= DATE '2025-12-31' AND (kind < 3 OR churns < 4)
        ORDER BY effective_on""",
    "revenue_entries": """
        SELECT printf('R%09d', i) AS entry_id, printf('A%08d', r('account', $accounts)) AS account_id,
            day(i * 1461 // $entries) AS recognised_on, 'product' AS revenue_type,
            CAST(50 + r('amount', 500000) / 100.0 AS DECIMAL(18, 2)) AS amount_base
        FROM rows($entries)""",
    "cost_entries": """
        SELECT printf('C%09d', i) AS cost_id, day(i * 1461 // $costs) AS incurred_on,
            ['cogs', 'sales', 'marketing', 'rnd', 'gna'][1 + r('line', 5)] AS pnl_line,
            CAST(100 + r('amount', 1000000) / 100.0 AS DECIMAL(18, 2)) AS amount_base
        FROM rows($costs)""",
    "employees": """
        SELECT printf('E%07d', i) AS employee_id, hired AS hired_on,
            CASE WHEN leaves <= DATE '2025-12-31' THEN leaves END AS terminated_on,
            CASE WHEN leaves <= DATE '2025-12-31' THEN ['voluntary', 'involuntary'][1 + r('how', 2)] END
                AS termination_type,
            CASE WHEN leaves <= DATE '2025-12-31' THEN r('regret', 3) = 0 END AS is_regretted,
            CASE WHEN r('type', 20) = 0 THEN 'contractor' ELSE 'regular' END AS employment_type
        FROM (SELECT i, DATE '2018-01-01' + CAST(r('hired', 2800) AS INTEGER) AS hired,
            hired + CAST(200 + r('stays', 6000) AS INTEGER) AS leaves FROM rows($employees))""",
    "job_history": """
        SELECT employee_id, CASE WHEN spell = 0 THEN hired_on ELSE hired_on + 300 END AS effective_from,
            CAST(NULL AS DATE) AS effective_to,
            ['sales', 'success', 'engineering', 'finance'][1 + (hash(employee_id, spell) % 4)::INTEGER]
                AS department_id
        FROM employees, (SELECT unnest(range(2)) AS spell)
        WHERE spell = 0 OR (hash(employee_id, 'moves') % 2 = 0
            AND hired_on + 300 < coalesce(terminated_on, DATE '2025-12-31'))""",
    "coaching_sessions": """
        SELECT printf('H%09d', i) AS session_id, printf('E%07d', r('manager', $employees)) AS manager_id,
            printf('E%07d', r('employee', $employees)) AS employee_id,
            ['coaching', 'one_on_one', 'review'][1 + r('type', 3)] AS session_type,
            day(i * 1461 // $sessions) AS held_on
        FROM rows($sessions)""",
    "quotas": """
        SELECT printf('Q%08d', row_number() OVER ()) AS quota_id, employee_id, month AS period_start,
            CAST(month + INTERVAL 1 MONTH AS DATE) AS period_end,
            CAST(500000 + hash(employee_id, month) % 400000 AS DECIMAL(18, 2)) AS quota_base,
            CASE WHEN month < hired_on + 100 THEN 0.50 ELSE 1.00 END::DECIMAL(12, 2) AS ramp_pct
        FROM sellers, months WHERE month >= hired_on AND (terminated_on IS NULL OR month < terminated_on)""",
    "forecasts": """
        SELECT printf('F%08d', row_number() OVER ()) AS forecast_id, employee_id AS owner_id,
            period_start - 2 AS submitted_on, period_start, period_end, category,
            CAST(quota_base * ramp_pct * (60 + hash(quota_id, category) % 70) / 100 AS DECIMAL(18, 2))
                AS amount_base
        FROM quotas, (SELECT unnest(['commit', 'best_case']) AS category)""",
    "surveys": """
        SELECT printf('engagement-%s', month) AS survey_id, 'engagement' AS survey_type,
            'employee' AS audience, month + 5 AS opened_on, month + 19 AS closed_on
        FROM months WHERE month < DATE '2026-01-01'""",
    "survey_responses": """
        SELECT survey_id, printf('P%07d', i) AS respondent_key, printf('q%02d', question) AS question_id,
            CAST(opened_on + CAST(hash(survey_id, i) % 14 AS INTEGER) AS TIMESTAMP) AS responded_at,
            CAST(1 + hash(survey_id, i, question) % 5 AS DECIMAL(12, 2)) AS score,
            1 AS scale_min, 5 AS scale_max
        FROM surveys, rows($respondents), (SELECT unnest(range(10)) AS question)""",
    "product_events": """
        SELECT printf('V%09d', i) AS event_id, printf('U%08d', r('user', $accounts)) AS user_id,
            printf('A%08d', r('user', $accounts)) AS account_id,
            ['opened', 'shared', 'exported'][1 + r('event', 3)] AS event_name,
            CAST(day(i * 1461 // $events) AS TIMESTAMP) + INTERVAL (r('second', 86400)) SECOND AS occurred_at
        FROM rows($events)""",
}


def sizes(opportunities: int) -> dict[str, int]:
    """How many rows go with that many opportunities."""
    return {
        "opportunities": opportunities,
        "accounts": max(500, opportunities // 10),
        "entries": opportunities // 5,
        "costs": opportunities // 50,
        "employees": max(200, opportunities // 500),
        "sellers": max(20, opportunities // 5000),
        "sessions": opportunities // 20,
        "respondents": max(50, opportunities // 4000),
        "events": opportunities // 5,
    }


def made(folder: Path, opportunities: int) -> Path:
    """The company folder with that many opportunities; it is made where it is not there yet."""
    home = folder / f"company-{opportunities}-v{VERSION}"
    file = home / "bench.duckdb"
    if not file.exists():
        (home / "tables").mkdir(parents=True, exist_ok=True)
        half = home / "half-made.duckdb"
        half.unlink(missing_ok=True)
        _fill(half, sizes(opportunities))
        for table in TABLES:
            (home / "tables" / f"{table}.sql").write_text(f"SELECT * FROM {table}\n", encoding="utf-8")
        (home / "company.toml").write_text(
            'name = "Benchmark"\nurl = "duckdb:///bench.duckdb"\n', encoding="utf-8"
        )
        half.rename(file)
    return home


def _fill(file: Path, given: dict[str, int]) -> None:
    with duckdb.connect(str(file)) as database:
        database.execute("CREATE TEMP MACRO rows(many) AS TABLE SELECT range AS i FROM range(many)")
        database.execute("CREATE TEMP MACRO day(n) AS DATE '2022-01-01' + CAST(n AS INTEGER)")
        for table, sql in TABLES.items():
            text = sql.replace("r('", "pick(i, '")
            database.execute(
                "CREATE OR REPLACE TEMP MACRO pick(i, salt, many) AS CAST(hash(i, salt) % many AS BIGINT)"
            )
            if table == "quotas":
                database.execute(
                    "CREATE TEMP TABLE months AS SELECT CAST(DATE '2022-01-01' + INTERVAL (n) MONTH AS DATE)"
                    " AS month FROM range(51) AS t(n)"
                )
                database.execute(
                    "CREATE TEMP VIEW sellers AS SELECT * FROM employees WHERE employee_id <"
                    f" printf('E%07d', {given['sellers']})"
                )
            for name, value in sorted(given.items(), key=lambda item: -len(item[0])):
                text = text.replace(f"${name}", str(value))
            database.execute(f"CREATE TABLE {table} AS {text}")
