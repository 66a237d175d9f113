-- People are known by name alone. Nothing says when anybody was hired, so headcount is not measured.
SELECT sales_agent AS employee_id
FROM read_csv('../../../../shared/data/crm_maven/sales_teams.csv', header = true)
UNION
SELECT manager
FROM read_csv('../../../../shared/data/crm_maven/sales_teams.csv', header = true)
