-- 21 usage ids stand twice, each time for two different subscriptions and days: both rows are real, so the
-- subscription is made part of the id. Three quarters of the rows are older than their subscription; they are
-- kept as the source has them. Usage names no user, so what needs users is not measured.
SELECT
    usage.usage_id || '/' || usage.subscription_id AS event_id,
    subscription.account_id,
    usage.feature_name AS event_name,
    usage.usage_date::TIMESTAMP AS occurred_at,
    usage.usage_count AS quantity
FROM read_csv('../../../../shared/data/ravenstack_saas/ravenstack_feature_usage.csv', header = true) AS usage
JOIN read_csv('../../../../shared/data/ravenstack_saas/ravenstack_subscriptions.csv', header = true) AS subscription
    USING (subscription_id)
