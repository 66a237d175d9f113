-- 36 tickets were closed before what the source calls their first response: those responses are left out.
-- Nothing says who handled a ticket, how often the customer wrote again or whether it was opened again.
SELECT
    ticket_id,
    account_id,
    submitted_at::TIMESTAMP AS created_at,
    CASE
        WHEN first_response_time_minutes <= 60 * resolution_time_hours
            THEN submitted_at::TIMESTAMP + to_minutes(first_response_time_minutes)
    END AS first_response_at,
    closed_at AS resolved_at,
    escalation_flag AS escalated,
    priority
FROM read_csv('../../../../shared/data/ravenstack_saas/ravenstack_support_tickets.csv', header = true)
