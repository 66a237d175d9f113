-- One yearly salary for each person and no day: it is taken to hold from the day of hire. An hour is a
-- 2,080th of a full-time year. There are no pay bands.
SELECT
    EmpID AS employee_id,
    strptime(DateofHire, '%m/%d/%Y')::DATE AS effective_from,
    CAST(CAST(Salary AS DECIMAL(18, 6)) / 2080 AS DECIMAL(18, 6)) AS hourly_rate_base,
    CAST(Salary AS DECIMAL(18, 2)) AS annual_salary_base
FROM read_csv('../../../../shared/data/hr_v14_huebner/HRDataset_v14.csv', header = true, all_varchar = true)
