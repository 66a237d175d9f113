"""Answer -> messages within Slack's limits; pure functions."""
