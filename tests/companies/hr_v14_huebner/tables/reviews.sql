-- The last review of each person. Its words are followed: in two rows the number beside them says otherwise.
SELECT
    EmpID AS review_id,
    EmpID AS employee_id,
    strptime(LastPerformanceReview_Date, '%m/%d/%Y')::DATE AS completed_on,
    CASE trim(PerformanceScore)
        WHEN 'Exceeds' THEN 4
        WHEN 'Fully Meets' THEN 3
        WHEN 'Needs Improvement' THEN 2
        WHEN 'PIP' THEN 1
    END AS rating,
    4 AS rating_max,
    trim(PerformanceScore) = 'Exceeds' AS is_top_performer
FROM read_csv('../../../../shared/data/hr_v14_huebner/HRDataset_v14.csv', header = true, all_varchar = true)
