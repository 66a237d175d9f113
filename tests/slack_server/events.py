"""What Slack sends: the payloads of messages, mentions, commands and news, with Slack's own ids."""

from __future__ import annotations

from itertools import count
from typing import Any

TEAM, APP, BOT, BOT_ID = "T0TEAM", "A0APP", "U0BOT", "B0BOT"
ANN, BEN = "U0ANN", "U0BEN"
GUEST, STRANGER, ROBOT = "U0GUEST", "U0STRANGER", "U0ROBOT"
SALES, DM = "C0SALES", "D0ANN"
PRIVATE, GROUP, SHARED = "G0BOARD", "M0GROUP", "C0SHARED"
KINDS = {"D": "im", "C": "channel", "G": "group", "M": "mpim"}

_numbers = count(1)


def new_ts() -> str:
    """A timestamp that no other message has."""
    return f"1700000000.{next(_numbers):06d}"


def callback(event: dict[str, Any]) -> dict[str, Any]:
    """An event in the wrapper that Slack puts around every one."""
    return {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{next(_numbers):08d}",
        "event_time": 1700000000,
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "enterprise_id": None}],
    }


def message(
    text: str, *, user: str = ANN, channel: str = DM, thread: str | None = None, **more: Any
) -> dict[str, Any]:
    """A message event; in a direct message unless ``channel`` says otherwise."""
    ts = more.pop("ts", None) or new_ts()
    kind = KINDS[channel[0]]
    event = {"type": "message", "user": user, "text": text, "ts": ts, "event_ts": ts}
    event |= {"channel": channel, "channel_type": kind, "team": TEAM}
    return event | ({"thread_ts": thread} if thread else {}) | more


def mention(
    text: str, *, user: str = ANN, channel: str = SALES, thread: str | None = None, **more: Any
) -> dict[str, Any]:
    """An app_mention event; the text has to hold the mention itself."""
    event = message(text, user=user, channel=channel, thread=thread, **more)
    del event["channel_type"]
    return event | {"type": "app_mention"}


def edited(original: dict[str, Any], text: str) -> dict[str, Any]:
    """The news that somebody edited a message."""
    ts = new_ts()
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": original["channel"],
        "channel_type": original.get("channel_type", "channel"),
        "ts": ts,
        "event_ts": ts,
        "message": {**original, "text": text, "edited": {"user": original["user"], "ts": ts}},
        "previous_message": original,
    }


def deleted(original: dict[str, Any]) -> dict[str, Any]:
    """The news that somebody deleted a message."""
    ts = new_ts()
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": original["channel"],
        "channel_type": original.get("channel_type", "channel"),
        "ts": ts,
        "event_ts": ts,
        "deleted_ts": original["ts"],
        "previous_message": original,
    }


def command(text: str, response_url: str, *, user: str = ANN, channel: str = SALES) -> dict[str, Any]:
    """A slash command."""
    return {
        "token": "verification",
        "team_id": TEAM,
        "team_domain": "acme",
        "channel_id": channel,
        "channel_name": "sales",
        "user_id": user,
        "user_name": user.lower(),
        "command": "/metrics",
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": f"{next(_numbers)}.{TEAM}.trigger",
    }


def home_opened(tab: str, *, user: str = ANN) -> dict[str, Any]:
    """Somebody opened the bot's page."""
    return {"type": "app_home_opened", "user": user, "channel": DM, "tab": tab, "event_ts": new_ts()}
