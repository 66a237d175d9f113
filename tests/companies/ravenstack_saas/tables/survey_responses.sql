-- 41 % of the tickets have no score. Whether those customers were asked is not known, so there are no
-- invitations and no response rate. The lowest score that occurs is 3.
SELECT
    'tickets' AS survey_id,
    ticket_id AS respondent_key,
    'satisfaction' AS question_id,
    closed_at AS responded_at,
    satisfaction_score AS score,
    1 AS scale_min,
    5 AS scale_max
FROM read_csv('../../../../shared/data/ravenstack_saas/ravenstack_support_tickets.csv', header = true)
WHERE satisfaction_score IS NOT NULL
