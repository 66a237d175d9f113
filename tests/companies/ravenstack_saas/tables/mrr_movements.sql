-- Each subscription moves an account's MRR up on its first day and down on its last. What that is called
-- depends on the account's other paid subscriptions: the first is new, one more an expansion, one fewer a
-- contraction, none left churn, one again a reactivation. Trials are worth 0 and never make a customer.
WITH changes AS (
    SELECT subscription_id, account_id, start_date AS effective_on, mrr_amount AS amount, 1 AS step, is_trial
    FROM read_csv('../../../../shared/data/ravenstack_saas/ravenstack_subscriptions.csv', header = true)
    UNION ALL
    SELECT subscription_id, account_id, end_date, -mrr_amount, -1, is_trial
    FROM read_csv('../../../../shared/data/ravenstack_saas/ravenstack_subscriptions.csv', header = true)
    WHERE end_date IS NOT NULL
),
counted AS (
    SELECT
        *,
        sum(CASE WHEN is_trial THEN 0 ELSE step END) OVER so_far AS paid_now,
        sum(CASE WHEN is_trial OR step < 0 THEN 0 ELSE 1 END) OVER so_far AS paid_ever
    FROM changes
    WINDOW so_far AS (PARTITION BY account_id ORDER BY effective_on, step DESC, subscription_id)
)
SELECT
    subscription_id || CASE WHEN step > 0 THEN '-start' ELSE '-end' END AS movement_id,
    account_id,
    subscription_id,
    effective_on,
    CASE
        WHEN is_trial AND step > 0 THEN 'expansion'
        WHEN is_trial THEN 'contraction'
        WHEN step < 0 AND paid_now = 0 THEN 'churn'
        WHEN step < 0 THEN 'contraction'
        WHEN paid_ever = 1 THEN 'new'
        WHEN paid_now = 1 THEN 'reactivation'
        ELSE 'expansion'
    END AS movement_type,
    amount,
    'USD' AS currency,
    amount AS amount_base
FROM counted
