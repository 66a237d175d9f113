-- An account pays from its first subscription on that is no trial. The flag churn_flag is not used: 110
-- accounts carry it, 352 have a churn event, and neither agrees with the subscriptions.
SELECT
    account.account_id,
    account.plan_tier AS segment,
    account.referral_source AS channel,
    paid.first_paid_on,
    account.industry
FROM read_csv('../../../../shared/data/ravenstack_saas/ravenstack_accounts.csv', header = true) AS account
LEFT JOIN (
    SELECT account_id, min(start_date) AS first_paid_on
    FROM read_csv('../../../../shared/data/ravenstack_saas/ravenstack_subscriptions.csv', header = true)
    WHERE NOT is_trial
    GROUP BY account_id
) AS paid USING (account_id)
