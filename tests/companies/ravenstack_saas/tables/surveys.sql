-- Satisfaction is asked ticket by ticket, so this one survey has no days of its own.
SELECT 'tickets' AS survey_id, 'csat' AS survey_type, 'customer' AS audience
