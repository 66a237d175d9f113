-- The sheet of teams has no dates: it is taken to hold from before the first deal (20 October 2016) on.
SELECT
    sales_agent AS employee_id,
    DATE '2016-10-01' AS effective_from,
    NULL::DATE AS effective_to,
    regional_office AS department_id,
    manager AS manager_id,
    'sales agent' AS job_id,
    false AS is_leadership
FROM read_csv('../../../../shared/data/crm_maven/sales_teams.csv', header = true)
UNION ALL
SELECT DISTINCT
    manager,
    DATE '2016-10-01',
    NULL::DATE,
    regional_office,
    NULL,
    'sales manager',
    true
FROM read_csv('../../../../shared/data/crm_maven/sales_teams.csv', header = true)
