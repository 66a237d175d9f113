-- Dates are month/day/year, with and without leading zeros; some values are padded with blanks.
-- "Terminated for Cause" is the company's decision; everything else in the source is a resignation.
SELECT
    EmpID AS employee_id,
    strptime(DateofHire, '%m/%d/%Y')::DATE AS hired_on,
    strptime(DateofTermination, '%m/%d/%Y')::DATE AS terminated_on,
    CASE trim(EmploymentStatus)
        WHEN 'Voluntarily Terminated' THEN 'voluntary'
        WHEN 'Terminated for Cause' THEN 'involuntary'
    END AS termination_type,
    trim(Sex) AS gender,
    trim(RaceDesc) AS ethnicity,
    CASE WHEN DateofTermination IS NOT NULL THEN trim(TermReason) END AS leaving_reason,
    trim(RecruitmentSource) AS recruitment_source
FROM read_csv('../../../../shared/data/hr_v14_huebner/HRDataset_v14.csv', header = true, all_varchar = true)
