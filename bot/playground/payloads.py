"""What Slack sends: the payloads of events, commands and interactions. Pure functions of what happened."""

from __future__ import annotations

from typing import Any

from bot.playground.workspace import APP, BOT, TEAM, Channel, Person

Json = dict[str, Any]
TOKEN = "verification"  # noqa: S105 - the field is in every payload, and means nothing any more
FAMILIES = {"C": "channel", "G": "group", "D": "im"}


def callback(event: Json, number: str) -> Json:
    """An event in the wrapper that Slack puts around every one."""
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "event_time": int(float(event.get("event_ts", 0))),
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "enterprise_id": None}],
    }


def message(
    text: str,
    *,
    user: str,
    channel: str,
    ts: str,
    thread: str | None = None,
    kind: str | None = None,
    **more: Any,
) -> Json:
    """A message event. Without ``kind``, the channel's id says which kind of channel it is."""
    event: Json = {"type": "message", "user": user, "text": text, "ts": ts, "event_ts": ts}
    event |= {"channel": channel, "channel_type": kind or FAMILIES[channel[0]], "team": TEAM}
    return event | ({"thread_ts": thread} if thread else {}) | more


def mention(said: Json) -> Json:
    """The second event of a message that mentions the bot."""
    return {key: value for key, value in said.items() if key != "channel_type"} | {"type": "app_mention"}


def edited(original: Json, text: str, ts: str) -> Json:
    """The news that somebody edited a message."""
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


def deleted(original: Json, ts: str) -> Json:
    """The news that somebody deleted a message."""
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


def command(text: str, *, user: str, channel: str, name: str, word: str, url: str, trigger: str) -> Json:
    """A slash command; ``name`` is the channel's."""
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "team_domain": "acme",
        "channel_id": channel,
        "channel_name": name,
        "user_id": user,
        "user_name": user.lower(),
        "command": word,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": trigger,
    }


def home_opened(tab: str, *, user: str, channel: str, ts: str, view: Json | None = None) -> Json:
    """Somebody opened the bot's page."""
    event = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "event_ts": ts}
    return event | ({"view": view} if view else {})


def context_changed(user: str, channel: str, ts: str) -> Json:
    """Somebody who has the agent pane open looks at another channel."""
    entity = {"type": "slack#/types/channel_id", "value": channel, "team_id": TEAM}
    return {"type": "app_context_changed", "user": user, "context": {"entities": [entity]}, "event_ts": ts}


def stopped(user: str, channel: str, thread: str, streams: list[str], ts: str) -> Json:
    """Somebody pressed Stop."""
    event: Json = {"type": "agent_session_stopped", "user": user, "channel": channel, "thread_ts": thread}
    return event | {"streaming_message_ts": streams, "event_ts": ts}


def interaction(kind: str, person: Person, **more: Any) -> Json:
    """What all interactions have in common."""
    shape: Json = {"type": kind, "token": TOKEN, "api_app_id": APP, "team": {"id": TEAM, "domain": "acme"}}
    user = {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team}
    shape |= {"user": user, "enterprise": None, "is_enterprise_install": False}
    return shape | {key: value for key, value in more.items() if value is not None}


def clicked(person: Person, action: Json, *, trigger: str, state: Json, place: Json, url: str | None) -> Json:
    """A click or a choice in a message or a view; ``place`` says which."""
    more = {"actions": [action], "trigger_id": trigger, "state": {"values": state}, "response_url": url}
    return interaction("block_actions", person, **more, **place)


def on_message(channel: Channel, shown: Json, *, ephemeral: bool) -> Json:
    """Where a click was: in this message."""
    container: Json = {"type": "message", "message_ts": shown["ts"], "channel_id": channel.id}
    container |= {"is_ephemeral": ephemeral} | (
        {"thread_ts": shown["thread_ts"]} if "thread_ts" in shown else {}
    )
    place: Json = {
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "container": container,
    }
    return place if ephemeral else place | {"message": shown}
