"""The bot's own memory: conversations, answers and claims. One file or one PostgreSQL database.

``opening`` turns a URL into an engine, ``schema`` keeps the tables up to date, ``records`` writes a Request
as JSON, ``store`` is what the bot asks. ``inbox`` keeps questions until they are answered, ``slack_store`` what else
Slack needs, ``retention`` lets go of it. Nothing of a company's warehouse is ever kept here but the answers
that were given.
"""

from bot.memory.opening import default_state_url, open_memory
from bot.memory.store import Memory

__all__ = ["Memory", "default_state_url", "open_memory"]
