"""The edge: terminal, Slack, the language model and the bot's own memory."""
