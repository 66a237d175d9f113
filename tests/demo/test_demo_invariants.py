"""What must hold of the demo company's data: each sentence is a query that finds no row."""

from __future__ import annotations

import duckdb
import pytest

from metrics.demo.schema import tables

REFERENCES = {
    "employee_id": ("employees", "employee_id"),
    "owner_id": ("employees", "employee_id"),
    "assignee_id": ("employees", "employee_id"),
    "manager_id": ("employees", "employee_id"),
    "successor_id": ("employees", "employee_id"),
    "hired_employee_id": ("employees", "employee_id"),
    "account_id": ("accounts", "account_id"),
    "parent_account_id": ("accounts", "account_id"),
    "campaign_id": ("campaigns", "campaign_id"),
    "lead_id": ("leads", "lead_id"),
    "opportunity_id": ("opportunities", "opportunity_id"),
    "order_id": ("orders", "order_id"),
    "user_id": ("users", "user_id"),
    "survey_id": ("surveys", "survey_id"),
    "req_id": ("requisitions", "req_id"),
    "initiative_id": ("initiatives", "initiative_id"),
}
SESSIONS_ELSEWHERE = {"web_sessions", "coaching_sessions"}

STRETCHES = [
    ("employees", "hired_on", "terminated_on"),
    ("job_history", "effective_from", "effective_to"),
    ("opportunities", "created_on", "closed_on"),
    ("opportunities", "created_on", "qualified_on"),
    ("opportunities", "qualified_on", "closed_on"),
    ("opportunity_stage_history", "entered_at", "exited_at"),
    ("requisitions", "opened_on", "accepted_on"),
    ("requisitions", "opened_on", "closed_on"),
    ("applications", "applied_on", "offer_extended_on"),
    ("applications", "offer_extended_on", "offer_accepted_on"),
    ("applications", "offer_extended_on", "offer_declined_on"),
    ("absences", "start_on", "end_on"),
    ("campaigns", "started_on", "ended_on"),
    ("experiments", "started_on", "ended_on"),
    ("surveys", "opened_on", "closed_on"),
    ("invoices", "issued_on", "paid_on"),
    ("tickets", "created_at", "first_response_at"),
    ("tickets", "first_response_at", "resolved_at"),
    ("leads", "created_at", "mql_at"),
    ("leads", "mql_at", "sql_at"),
    ("leads", "mql_at", "sales_rejected_at"),
    ("leads", "sql_at", "opportunity_created_at"),
    ("leads", "opportunity_created_at", "customer_at"),
    ("leads", "created_at", "first_human_response_at"),
    ("requests", "requested_at", "matched_at"),
    ("deployments", "first_commit_at", "deployed_at"),
    ("deployments", "deployed_at", "detected_at"),
    ("deployments", "detected_at", "restored_at"),
    ("pilots", "started_on", "ended_on"),
    ("pilots", "started_on", "first_value_on"),
    ("account_references", "agreed_on", "withdrawn_on"),
    ("initiative_usage", "eligible_from", "last_used_on"),
    ("quotas", "period_start", "period_end"),
    ("forecasts", "period_start", "period_end"),
]

PLANS = {
    "quotas": {"period_start", "period_end"},
    "forecasts": {"period_start", "period_end"},
    "opportunities": {"expected_close_on"},
    "initiatives": {"planned_for"},
    "invoices": {"due_on"},
    "job_history": {"effective_to"},
    "calendar": {"day", "month_start"},
}
"""The only columns that may lie after the last day."""

RUNNING = """
    SELECT *, sum(amount_base) OVER w AS base, sum(amount) OVER w AS own,
        coalesce(sum(amount_base) OVER (PARTITION BY account_id ORDER BY effective_on, movement_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before,
        count(*) FILTER (movement_type = 'churn') OVER w AS churns
    FROM mrr_movements
    WINDOW w AS (PARTITION BY account_id ORDER BY effective_on, movement_id)
"""
MONTHLY = "date_trunc('month', {}) "

NEVER = {
    # the ledger of recurring revenue
    "an account's recurring revenue is negative": f"SELECT * FROM ({RUNNING}) WHERE base < 0 OR own < 0",
    "a churn leaves something": f"""
        SELECT * FROM ({RUNNING}) WHERE movement_type = 'churn' AND (base <> 0 OR own <> 0)""",
    "a reactivation starts above zero or without a churn": f"""
        SELECT * FROM ({RUNNING}) WHERE movement_type = 'reactivation' AND (before <> 0 OR churns = 0)""",
    "an account is new twice, or never, or not at first": f"""
        SELECT account_id FROM ({RUNNING}) GROUP BY account_id
        HAVING count(*) FILTER (movement_type = 'new') <> 1
            OR min(effective_on) <> min(effective_on) FILTER (movement_type = 'new')""",
    "something happens to an account at zero": f"""
        SELECT * FROM ({RUNNING}) WHERE before = 0 AND movement_type NOT IN ('new', 'reactivation')""",
    "a movement has the wrong sign": """
        SELECT * FROM mrr_movements WHERE (movement_type IN ('new', 'expansion', 'reactivation') AND amount_base <= 0)
            OR (movement_type IN ('contraction', 'churn') AND amount_base >= 0)""",
    "a revaluation changes the amount in its own currency": """
        SELECT * FROM mrr_movements WHERE movement_type = 'fx' AND (amount <> 0 OR currency = 'USD')""",
    "an amount in dollars differs from its base": """
        SELECT * FROM mrr_movements WHERE currency = 'USD' AND amount <> amount_base""",
    "an amount in pounds is not converted at the rate of its day": """
        SELECT * FROM mrr_movements m JOIN fx_rates r ON rate_day = effective_on AND from_ccy = 'GBP'
            AND to_ccy = 'USD'
        WHERE currency = 'GBP' AND movement_type IN ('new', 'expansion', 'reactivation')
            AND abs(amount * rate - amount_base) > 0.02""",
    "an account's first payment is not its first movement": """
        SELECT a.account_id FROM accounts a LEFT JOIN mrr_movements m
            ON m.account_id = a.account_id AND movement_type = 'new'
        WHERE a.first_paid_on IS DISTINCT FROM m.effective_on""",
    # what is sold is what is booked
    "a won deal moves no recurring revenue of its size that day": """
        SELECT * FROM opportunities o WHERE outcome = 'won' AND opp_type <> 'renewal'
            AND closed_on >= DATE '2023-01-01'
            AND NOT EXISTS (FROM mrr_movements m WHERE m.account_id = o.account_id AND effective_on = closed_on
                AND movement_type = opp_type AND amount_base * 12 = o.amount_base)""",
    "a new customer or an expansion comes without a won deal": """
        SELECT * FROM mrr_movements m WHERE movement_type IN ('new', 'expansion')
            AND effective_on >= DATE '2023-01-01'
            AND NOT EXISTS (FROM opportunities o WHERE m.account_id = o.account_id AND effective_on = closed_on
                AND movement_type = opp_type AND outcome = 'won')""",
    "a deal to expand or renew is with somebody who had not bought yet": """
        SELECT * FROM opportunities JOIN accounts USING (account_id)
        WHERE opp_type <> 'new' AND (first_paid_on IS NULL OR first_paid_on > created_on)""",
    # deals and their owners
    "an open deal is closed, or a closed one is not": """
        SELECT * FROM opportunities WHERE (outcome = 'open') <> (closed_on IS NULL)""",
    "the owner of a deal was not employed when it was closed": """
        SELECT * FROM opportunities JOIN employees ON employee_id = owner_id
        WHERE coalesce(closed_on, DATE '2025-12-31') NOT BETWEEN hired_on
            AND coalesce(terminated_on, DATE '2025-12-31')""",
    "the owner of a deal did not sell or keep customers": """
        SELECT * FROM opportunities o JOIN job_history j ON employee_id = owner_id
            AND coalesce(closed_on, DATE '2025-12-31') >= effective_from
            AND coalesce(closed_on, DATE '2025-12-31') < coalesce(effective_to, DATE '2100-01-01')
        WHERE job_family <> CASE opp_type WHEN 'renewal' THEN 'csm' ELSE 'quota_carrier' END""",
    "a deal costs more than its list price, or nothing": """
        SELECT * FROM opportunities WHERE amount_base > list_amount_base OR amount_base <= 0""",
    "a deal overlaps itself in two stages, or goes back": """
        SELECT * FROM (SELECT *, lag(exited_at) OVER w AS left_at, lag(stage_order) OVER w AS last_order
            FROM opportunity_stage_history WINDOW w AS (PARTITION BY opportunity_id ORDER BY entered_at))
        WHERE left_at <> entered_at OR stage_order <= last_order""",
    "a deal has no stage, or its last stage does not end with it": """
        SELECT opportunity_id FROM opportunities LEFT JOIN opportunity_stage_history s USING (opportunity_id)
        GROUP BY opportunity_id, closed_on HAVING count(stage) = 0 OR min(CAST(entered_at AS DATE)) <> min(created_on)
            OR CAST(arg_max(coalesce(exited_at, TIMESTAMP '2100-01-01'), entered_at) AS DATE)
                <> coalesce(closed_on, DATE '2100-01-01')""",
    "a lead leads to two deals, or to one of another account or day": """
        SELECT lead_id FROM opportunities o JOIN leads l USING (lead_id) GROUP BY lead_id
        HAVING count(*) > 1 OR bool_or(l.account_id <> o.account_id)
            OR bool_or(CAST(opportunity_created_at AS DATE) <> created_on)
            OR bool_or(CAST(customer_at AS DATE) IS DISTINCT FROM CASE outcome WHEN 'won' THEN closed_on END)""",
    "a lead became an opportunity that does not exist": """
        SELECT * FROM leads WHERE opportunity_created_at IS NOT NULL AND lead_id NOT IN
            (SELECT lead_id FROM opportunities WHERE lead_id IS NOT NULL)""",
    "a lead comes from a campaign that was not running": """
        SELECT * FROM leads JOIN campaigns USING (campaign_id)
        WHERE CAST(created_at AS DATE) NOT BETWEEN started_on AND coalesce(ended_on, DATE '2025-12-31')""",
    "sales both accepts and rejects a lead": "FROM leads WHERE sql_at IS NOT NULL AND sales_rejected_at IS NOT NULL",
    # quotas and forecasts
    "a quota is for somebody who is no employed seller when it starts": """
        SELECT * FROM quotas q JOIN employees e USING (employee_id) LEFT JOIN job_history j
            ON j.employee_id = q.employee_id AND effective_from <= least(period_start, DATE '2025-12-31')
            AND least(period_start, DATE '2025-12-31') < coalesce(effective_to, DATE '2100-01-01')
        WHERE job_family IS DISTINCT FROM 'quota_carrier' OR hired_on > period_start
            OR terminated_on < period_start""",
    "a rep has two quotas for one month": """
        SELECT employee_id FROM quotas GROUP BY employee_id, period_start HAVING count(*) > 1""",
    "a quota is not positive, or ramped out of 0 to 1": """
        SELECT * FROM quotas WHERE quota_base <= 0 OR ramp_pct <= 0 OR ramp_pct > 1""",
    "a quota's share falls back": """
        SELECT * FROM (SELECT ramp_pct, lag(ramp_pct) OVER (PARTITION BY employee_id ORDER BY period_start) AS before
            FROM quotas) WHERE ramp_pct < before""",
    "a forecast is made by somebody not employed, or after its period": """
        SELECT * FROM forecasts JOIN employees ON employee_id = owner_id
        WHERE submitted_on NOT BETWEEN hired_on AND coalesce(terminated_on, DATE '2025-12-31')
            OR submitted_on >= period_end""",
    # credits
    "the actioned credits of a conversion do not add up to it": """
        SELECT conversion_id FROM revenue_credits LEFT JOIN (
            SELECT opportunity_id AS conversion_id, amount_base AS revenue FROM opportunities WHERE outcome = 'won'
            UNION ALL SELECT order_id, net_amount_base FROM orders) USING (conversion_id)
        WHERE credit_type = 'actioned' GROUP BY conversion_id, revenue HAVING sum(amount_base) IS DISTINCT
            FROM revenue""",
    "a won deal has no credit": """
        SELECT * FROM opportunities WHERE outcome = 'won' AND closed_on >= DATE '2023-01-01'
            AND opportunity_id NOT IN (SELECT conversion_id FROM revenue_credits)""",
    "a touched credit has no touch": """
        SELECT * FROM revenue_credits c WHERE credit_type = 'touched' AND conversion_id LIKE 'O0%' AND NOT EXISTS
            (FROM touches t WHERE t.opportunity_id = c.conversion_id AND t.channel = c.channel)""",
    # revenue, invoices, cash
    "revenue is not its list amount less its discount": """
        SELECT * FROM revenue_entries WHERE gross_list_amount - discount_amount <> amount_base
            OR discount_amount < 0""",
    "recurring revenue of a month is far from its average ledger": f"""
        SELECT * FROM (
            SELECT {MONTHLY.format("recognised_on")} AS month, sum(amount_base) AS earned FROM revenue_entries
            WHERE revenue_type = 'recurring' GROUP BY month)
        JOIN (SELECT {MONTHLY.format("day")} AS month, avg(mrr) AS mrr FROM (
            SELECT day, (SELECT sum(amount_base) FROM mrr_movements WHERE effective_on <= day) AS mrr
            FROM calendar WHERE day BETWEEN DATE '2023-01-01' AND DATE '2025-12-31') GROUP BY month) USING (month)
        WHERE abs(earned - mrr) > 10""",
    "customers are billed other than what was earned by the end of some month": """
        WITH earned AS (SELECT account_id, month, sum(sum(amount_base))
            OVER (PARTITION BY account_id ORDER BY month) AS earned
            FROM (SELECT account_id, date_trunc('month', recognised_on) AS month, amount_base FROM revenue_entries
                WHERE account_id NOT IN (SELECT account_id FROM orders)) GROUP BY account_id, month)
        SELECT * FROM (SELECT account_id, sum(amount_base) AS billed FROM invoices GROUP BY account_id) i
        WHERE account_id NOT IN (SELECT account_id FROM orders)
            AND NOT EXISTS (FROM earned e WHERE e.account_id = i.account_id AND earned = billed)""",
    "the shop earns other than its orders": """
        SELECT * FROM (SELECT sum(amount_base) AS earned FROM revenue_entries WHERE revenue_type = 'product'),
            (SELECT sum(net_amount_base) AS sold FROM orders WHERE commission_base IS NULL) WHERE earned <> sold""",
    "an order's net is not its gross less discount and refund": """
        SELECT * FROM orders WHERE gross_amount_base - discount_base - refund_base <> net_amount_base
            OR least(discount_base, refund_base, net_amount_base) < 0""",
    "a cost is not positive": "FROM cost_entries WHERE amount_base <= 0",
    "the cash balance is not the running sum": """
        SELECT * FROM (SELECT *, sum(amount_base) OVER (ORDER BY flow_on, flow_id) AS running FROM cash_flows)
        WHERE balance_after_base <> running""",
    "a day's last cash movement has no balance, or another one has": """
        SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY flow_on ORDER BY flow_id DESC) AS place
            FROM cash_flows)
        WHERE (balance_after_base IS NULL) <> (place > 1)""",
    "the cash runs out": "FROM cash_flows WHERE balance_after_base < 0",
    "training costs in the books are not those of the trainings": """
        SELECT * FROM (SELECT sum(amount_base) AS booked FROM cost_entries WHERE nature = 'training'),
            (SELECT sum(cost_base) AS paid FROM trainings) WHERE booked <> paid""",
    # people
    "two employment spells of a person overlap": """
        SELECT * FROM employees a JOIN employees b USING (person_key) WHERE a.employee_id < b.employee_id
            AND coalesce(a.terminated_on, DATE '2100-01-01') >= b.hired_on""",
    "somebody left without a reason, or has one without leaving": """
        SELECT * FROM employees WHERE (terminated_on IS NULL) <> (termination_type IS NULL)""",
    "job rows overlap or leave a gap": """
        SELECT * FROM (SELECT *, lead(effective_from) OVER (PARTITION BY employee_id ORDER BY effective_from) AS next
            FROM job_history) WHERE next IS NOT NULL AND effective_to IS DISTINCT FROM next""",
    "jobs do not begin with hiring or end with leaving": """
        SELECT employee_id FROM employees JOIN job_history USING (employee_id)
        GROUP BY employee_id, hired_on, terminated_on HAVING min(effective_from) <> hired_on
            OR arg_max(coalesce(effective_to, DATE '2100-01-01'), effective_from)
                <> coalesce(terminated_on + 1, DATE '2100-01-01')""",
    "an employee has no job or no pay": """
        SELECT * FROM employees WHERE employee_id NOT IN (SELECT employee_id FROM job_history)
            OR employee_id NOT IN (SELECT employee_id FROM compensation)""",
    "pay changes before hiring or after leaving": """
        SELECT * FROM compensation JOIN employees USING (employee_id)
        WHERE effective_from NOT BETWEEN hired_on AND coalesce(terminated_on, DATE '2025-12-31')""",
    "a band is out of order": """
        SELECT * FROM compensation c ASOF JOIN job_history j
            ON c.employee_id = j.employee_id AND c.effective_from >= j.effective_from
        WHERE NOT (band_min < band_mid AND band_mid < band_max)
            OR annual_salary_base NOT BETWEEN band_min * fte AND band_max * fte""",
    "a manager is not employed, leads nobody's job or is their own": """
        SELECT * FROM job_history j JOIN employees m ON m.employee_id = j.manager_id
        WHERE m.hired_on > j.effective_from OR m.terminated_on < coalesce(j.effective_to, DATE '2025-12-31')
            OR j.manager_id = j.employee_id""",
    "somebody but the head of the company has no manager": """
        SELECT * FROM job_history WHERE manager_id IS NULL AND job_family <> 'executive'""",
    "a requisition is filled by nobody, but for those who start next year": """
        SELECT * FROM requisitions WHERE (accepted_on IS NULL) <> (filled_by IS NULL)
            OR (hired_employee_id IS NOT NULL AND accepted_on IS NULL)
            OR (hired_employee_id IS NULL AND accepted_on < DATE '2025-11-15')""",
    "a filled requisition has no accepted offer, or two": """
        SELECT req_id FROM requisitions LEFT JOIN applications USING (req_id) GROUP BY req_id, accepted_on
        HAVING count(offer_accepted_on) <> CASE WHEN accepted_on IS NULL THEN 0 ELSE 1 END
            OR max(offer_accepted_on) IS DISTINCT FROM accepted_on""",
    "somebody is hired from outside before the offer was accepted": """
        SELECT * FROM requisitions JOIN employees ON employee_id = hired_employee_id
        WHERE filled_by = 'external' AND hired_on <= accepted_on""",
    "absences of somebody overlap": """
        SELECT * FROM absences a JOIN absences b USING (employee_id) WHERE a.absence_id < b.absence_id
            AND a.start_on <= b.end_on AND b.start_on <= a.end_on""",
    "an absence takes more working days than there are, or half a day too few": """
        SELECT * FROM (SELECT *, (SELECT count(*) FROM calendar WHERE is_business_day
            AND day BETWEEN start_on AND end_on)
            AS days FROM absences) WHERE working_days > days OR working_days < days - 0.5""",
    "somebody works on a day away": """
        SELECT * FROM time_entries t JOIN absences a ON t.employee_id = a.employee_id
            AND work_day BETWEEN start_on AND end_on""",
    "somebody learns before joining or after leaving": """
        SELECT * FROM trainings JOIN employees USING (employee_id)
        WHERE completed_on NOT BETWEEN hired_on AND coalesce(terminated_on, DATE '2025-12-31')""",
    "work is recorded on a free day or by somebody not employed": """
        SELECT * FROM time_entries JOIN calendar ON day = work_day JOIN employees USING (employee_id)
        WHERE NOT is_business_day OR work_day NOT BETWEEN hired_on AND coalesce(terminated_on, DATE '2025-12-31')""",
    "more is billable or overtime than was worked": """
        SELECT * FROM time_entries WHERE billable_hours > hours_worked OR overtime_hours > hours_worked
            OR least(hours_worked, hours_scheduled, overtime_hours, after_hours_minutes, billable_hours) < 0""",
    "somebody is coached by another than the manager of that time": """
        SELECT * FROM coaching_sessions c WHERE NOT EXISTS
            (FROM job_history j WHERE j.employee_id = c.employee_id AND j.manager_id = c.manager_id)""",
    "a session is held without one of the two": """
        SELECT * FROM coaching_sessions c JOIN employees e ON e.employee_id IN (c.employee_id, c.manager_id)
        WHERE held_on NOT BETWEEN hired_on AND coalesce(terminated_on, DATE '2025-12-31')""",
    "somebody is reviewed twice in a cycle, or before joining": """
        SELECT r.employee_id FROM reviews r JOIN employees USING (employee_id) GROUP BY r.employee_id, cycle
        HAVING count(*) > 1 OR min(due_on) < min(hired_on)""",
    "a review that was never done has a rating": """
        SELECT * FROM reviews WHERE (completed_on IS NULL) <> (rating IS NULL) OR rating NOT BETWEEN 1
            AND rating_max""",
    "a successor is not employed, or the role has one and none": """
        SELECT role_id FROM succession LEFT JOIN employees ON employee_id = successor_id GROUP BY role_id, as_of
        HAVING bool_or(as_of NOT BETWEEN hired_on AND coalesce(terminated_on, DATE '2025-12-31'))
            OR (bool_or(successor_id IS NULL) AND count(*) > 1)""",
    # surveys
    "somebody answers uninvited": """
        SELECT * FROM survey_responses ANTI JOIN survey_invites USING (survey_id, respondent_key)""",
    "a score is off its scale": "FROM survey_responses WHERE score NOT BETWEEN scale_min AND scale_max",
    "an answer comes outside its wave": """
        SELECT * FROM survey_responses JOIN surveys USING (survey_id)
        WHERE CAST(responded_at AS DATE) NOT BETWEEN opened_on AND closed_on""",
    "a key leads to a person": """
        SELECT * FROM survey_invites WHERE respondent_key IN (SELECT employee_id FROM employees)
            OR respondent_key IN (SELECT person_key FROM employees) OR manager_key IN (SELECT employee_id
                FROM employees)""",
    "a customer survey names a manager": """
        SELECT * FROM survey_invites JOIN surveys USING (survey_id) WHERE audience = 'customer'
            AND manager_key IS NOT NULL""",
    # product, support, web
    "a user does something before signing up": """
        SELECT * FROM product_events JOIN users USING (user_id) WHERE occurred_at < created_at""",
    "an event is of another account than its user": """
        SELECT * FROM product_events e JOIN users u USING (user_id) WHERE e.account_id IS DISTINCT
            FROM u.account_id""",
    "an internal account is sold to, or an internal user is somebody else's": """
        SELECT account_id FROM accounts WHERE is_internal AND (first_paid_on IS NOT NULL
            OR account_id IN (SELECT account_id FROM opportunities))
        UNION ALL SELECT user_id FROM users u JOIN accounts a USING (account_id)
            WHERE u.is_internal <> a.is_internal""",
    "a ticket is handled by somebody not in support that day": """
        SELECT * FROM tickets JOIN job_history ON employee_id = assignee_id
            AND CAST(created_at AS DATE) >= effective_from
            AND CAST(created_at AS DATE) < coalesce(effective_to, DATE '2100-01-01')
        WHERE job_family <> 'support_agent'""",
    "a ticket is resolved by somebody who has left": """
        SELECT * FROM tickets JOIN employees ON employee_id = assignee_id
            WHERE CAST(resolved_at AS DATE) > terminated_on""",
    "a ticket comes from somebody who does not pay": """
        SELECT * FROM tickets JOIN accounts USING (account_id) WHERE first_paid_on IS NULL
            OR CAST(created_at AS DATE) < first_paid_on""",
    "a session has other page views than it says": """
        SELECT session_id FROM web_sessions s JOIN page_views v USING (session_id) GROUP BY session_id
        HAVING count(*) <> min(s.page_views) OR arg_min(page, viewed_at) <> min(landing_page)
            OR arg_max(page, viewed_at) <> min(exit_page) OR arg_min(v.load_ms, viewed_at) <> min(s.load_ms)
            OR min(viewed_at) <> min(started_at)""",
    "a session without a page view": "FROM web_sessions ANTI JOIN page_views USING (session_id)",
    "an order of the shop has no cart, or its cart another visitor": """
        SELECT order_id FROM orders o JOIN web_sessions s USING (session_id) LEFT JOIN carts c USING (order_id)
        WHERE c.visitor_id IS DISTINCT FROM s.visitor_id OR c.created_at > ordered_at OR s.key_events = 0""",
    "a cart is ordered twice": """
        SELECT order_id FROM carts WHERE order_id IS NOT NULL GROUP BY order_id HAVING count(*) > 1""",
    "an order of the marketplace has no request": """
        SELECT * FROM orders WHERE commission_base IS NOT NULL AND order_id NOT IN
            (SELECT order_id FROM requests WHERE order_id IS NOT NULL)""",
    "a request is bought before it is matched, or by somebody else": """
        SELECT * FROM requests r JOIN orders o USING (order_id)
        WHERE matched_at IS NULL OR ordered_at < matched_at OR r.account_id <> o.account_id""",
    "an experiment has no control, or more conversions than visitors": """
        SELECT experiment_id FROM experiments GROUP BY experiment_id
        HAVING count(*) FILTER (is_control) <> 1 OR bool_or(conversions > visitors) OR count(*) < 2""",
    "a deployment that worked was detected, or a failed one never restored": """
        SELECT * FROM deployments WHERE failed <> (detected_at IS NOT NULL) OR failed <> (restored_at IS NOT NULL)""",
    "more clicks than impressions": "FROM campaigns WHERE clicks > impressions",
    "a reference is given before paying": """
        SELECT * FROM account_references JOIN accounts USING (account_id) WHERE agreed_on < first_paid_on""",
}


def rows(demo_tables: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return demo_tables.execute(f"SELECT * FROM ({query}) LIMIT 3").fetchall()


@pytest.mark.parametrize("what", NEVER)
def test_it_never_happens_that(demo_tables: duckdb.DuckDBPyConnection, what: str) -> None:
    query = NEVER[what]
    assert rows(demo_tables, query if "SELECT" in query else f"SELECT * {query}") == [], what


@pytest.mark.parametrize("table", tables())
def test_keys_are_unique_and_complete(demo_tables: duckdb.DuckDBPyConnection, table: str) -> None:
    keys = ", ".join(
        c.name for c in tables()[table] if c.key or (table, c.name) == ("succession", "successor_id")
    )
    assert keys, table
    assert rows(demo_tables, f"SELECT {keys} FROM {table} GROUP BY {keys} HAVING count(*) > 1") == []


@pytest.mark.parametrize("table", tables())
def test_references_resolve(demo_tables: duckdb.DuckDBPyConnection, table: str) -> None:
    wanted = {c.name: REFERENCES[c.name] for c in tables()[table] if c.name in REFERENCES}
    if any(c.name == "session_id" for c in tables()[table]) and table not in SESSIONS_ELSEWHERE:
        wanted["session_id"] = ("web_sessions", "session_id")
    for column, (other, key) in wanted.items():
        lost = f"SELECT {column} FROM {table} WHERE {column} NOT IN (SELECT {key} FROM {other})"
        assert rows(demo_tables, lost) == [], column


@pytest.mark.parametrize(("table", "start", "end"), STRETCHES)
def test_nothing_ends_before_it_starts(
    demo_tables: duckdb.DuckDBPyConnection, table: str, start: str, end: str
) -> None:
    assert rows(demo_tables, f"SELECT * FROM {table} WHERE {end} < {start}") == []


@pytest.mark.parametrize("table", tables())
def test_nothing_happens_after_the_last_day(demo_tables: duckdb.DuckDBPyConnection, table: str) -> None:
    for column in tables()[table]:
        if column.kind in {"date", "timestamp"} and column.name not in PLANS.get(table, set()):
            late = f"SELECT {column.name} FROM {table} WHERE {column.name} >= DATE '2026-01-01'"
            assert rows(demo_tables, late) == [], column.name


@pytest.mark.parametrize("table", tables())
def test_every_table_has_rows_and_every_column_a_value(
    demo_tables: duckdb.DuckDBPyConnection, table: str
) -> None:
    counts = ", ".join(f"count({column.name})" for column in tables()[table])
    found = demo_tables.execute(f"SELECT {counts} FROM {table}").fetchone()
    assert found is not None
    assert min(found) > 0, dict(zip([c.name for c in tables()[table]], found, strict=True))
