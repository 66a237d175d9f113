-- 500 prospects were never engaged and carry no date. They were there when the file was made, so they count
-- as created on its last day; without them a share of all opportunities would leave out the emptiest hands.
-- Lost deals have close_value 0 in the source, which is not what they were worth: only won ones get a value.
SELECT
    deal.opportunity_id,
    deal.account AS account_id,
    deal.sales_agent AS owner_id,
    coalesce(deal.engage_date, DATE '2017-12-31') AS created_on,
    deal.close_date AS closed_on,
    CASE deal.deal_stage WHEN 'Won' THEN 'won' WHEN 'Lost' THEN 'lost' ELSE 'open' END AS outcome,
    CASE WHEN deal.deal_stage = 'Won' THEN deal.close_value END AS amount_base,
    listed.sales_price AS list_amount_base,
    listed.product,
    listed.series
FROM read_csv('../../../../shared/data/crm_maven/sales_pipeline.csv', header = true) AS deal
LEFT JOIN read_csv('../../../../shared/data/crm_maven/products.csv', header = true) AS listed
    ON listed.product = CASE deal.product WHEN 'GTXPro' THEN 'GTX Pro' ELSE deal.product END
