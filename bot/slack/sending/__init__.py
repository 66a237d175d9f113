"""Messages -> Slack, in simpler forms until it takes one."""
