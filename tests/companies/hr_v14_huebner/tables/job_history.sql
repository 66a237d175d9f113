-- The source holds each person's present or last job alone; it is taken to hold from the day of hire.
-- Managers are found by name: 8 rows lack the manager's id, and two managers have two ids. Four managers are
-- no employees of the file and keep their name; the board is nobody's manager.
WITH people AS (
    SELECT
        EmpID AS employee_id,
        split_part(trim(split_part(Employee_Name, ',', 2)), ' ', 1) AS first_name,
        trim(split_part(Employee_Name, ',', 1)) AS last_name
    FROM read_csv('../../../../shared/data/hr_v14_huebner/HRDataset_v14.csv', header = true, all_varchar = true)
)
SELECT
    record.EmpID AS employee_id,
    strptime(record.DateofHire, '%m/%d/%Y')::DATE AS effective_from,
    NULL::DATE AS effective_to,
    trim(record.Department) AS department_id,
    CASE
        WHEN record.ManagerName <> 'Board of Directors' THEN coalesce(manager.employee_id, record.ManagerName)
    END AS manager_id,
    trim(record.Position) AS job_id,
    'hire' AS change_reason
FROM read_csv('../../../../shared/data/hr_v14_huebner/HRDataset_v14.csv', header = true, all_varchar = true) AS record
LEFT JOIN people AS manager
    ON manager.first_name = split_part(record.ManagerName, ' ', 1)
    AND manager.last_name = split_part(record.ManagerName, ' ', -1)
