"""What the id of a place says by itself: whether one person alone reads there."""

from __future__ import annotations

DIRECT = "D"
"""How Slack's ids of direct messages begin."""
HOME = "home:"
"""How the places begin that are somebody's own page: they are no channel of Slack's."""


def is_direct(channel: str) -> bool:
    """Whether a place is a direct message with the bot."""
    return channel.startswith(DIRECT)


def home_of(user: str) -> str:
    """Somebody's own page."""
    return f"{HOME}{user}"


def read_alone(channel: str) -> bool:
    """Whether one person alone reads there: direct messages, and their own page."""
    return channel.startswith((DIRECT, HOME))
