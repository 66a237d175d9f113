"""What Slack sends, with the ids of the tests' small workspace: two people, a channel, direct messages."""

from __future__ import annotations

from itertools import count
from typing import Any

from bot.playground import payloads
from bot.playground.workspace import APP, BOT, BOT_ID, TEAM, Channel, Person, Workspace

__all__ = ["APP", "BOT", "BOT_ID", "TEAM", "Channel"]

ANN, BEN = "U0ANN", "U0BEN"
GUEST, STRANGER, ROBOT = "U0GUEST", "U0STRANGER", "U0ROBOT"
SALES, DM = "C0SALES", "D0ANN"
PRIVATE, GROUP, SHARED, BENS = "G0BOARD", "C0GROUP", "C0SHARED", "D0BEN"

_numbers = count(1)


def workspace() -> Workspace:
    """The workspace of the tests."""
    people = (
        Person(ANN, "ann", admin=True),
        Person(BEN, "ben"),
        Person(GUEST, "gus", guest=True),
        Person(STRANGER, "sid", team="T0OTHER"),
        Person(ROBOT, "robot", bot=True),
        Person(BOT, "counterpoise", bot=True),
    )
    channels = (
        Channel(SALES, "sales", "channel", (ANN, BEN, BOT)),
        Channel(PRIVATE, "board", "group", (ANN, BEN, BOT)),
        Channel(GROUP, "mpdm-ann--ben-1", "mpim", (ANN, BEN, BOT)),
        Channel(SHARED, "with-partner", "channel", (ANN, BEN, STRANGER, BOT), shared=True),
        Channel(DM, "", "im", (ANN, BOT)),
        Channel(BENS, "", "im", (BEN, BOT)),
    )
    return Workspace({one.id: one for one in people}, {one.id: one for one in channels})


def new_ts() -> str:
    """A timestamp that no other message has."""
    return f"1700000000.{next(_numbers):06d}"


def callback(event: dict[str, Any]) -> dict[str, Any]:
    """An event in the wrapper that Slack puts around every one."""
    return payloads.callback(event, f"{next(_numbers):08d}")


def message(
    text: str, *, user: str = ANN, channel: str = DM, thread: str | None = None, **more: Any
) -> dict[str, Any]:
    """A message event; in a direct message unless ``channel`` says otherwise."""
    ts = more.pop("ts", None) or new_ts()
    more = ({"kind": "mpim"} if channel == GROUP else {}) | more
    return payloads.message(text, user=user, channel=channel, ts=ts, thread=thread, **more)


def mention(
    text: str, *, user: str = ANN, channel: str = SALES, thread: str | None = None, **more: Any
) -> dict[str, Any]:
    """An app_mention event; the text has to hold the mention itself."""
    return payloads.mention(message(text, user=user, channel=channel, thread=thread, **more))


def edited(original: dict[str, Any], text: str) -> dict[str, Any]:
    """The news that somebody edited a message."""
    return payloads.edited(original, text, new_ts())


def deleted(original: dict[str, Any]) -> dict[str, Any]:
    """The news that somebody deleted a message."""
    return payloads.deleted(original, new_ts())


def home_opened(tab: str, *, user: str = ANN) -> dict[str, Any]:
    """Somebody opened the bot's page."""
    return payloads.home_opened(tab, user=user, channel=DM, ts=new_ts())
