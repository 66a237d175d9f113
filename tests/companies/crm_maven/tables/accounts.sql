-- One sector is misspelt throughout the source.
SELECT
    account AS account_id,
    subsidiary_of AS parent_account_id,
    CASE sector WHEN 'technolgy' THEN 'technology' ELSE sector END AS segment
FROM read_csv('../../../../shared/data/crm_maven/accounts.csv', header = true)
