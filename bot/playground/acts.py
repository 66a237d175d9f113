"""What people do in the workspace, and the envelopes that Slack sends for it, in Slack's order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.playground import payloads, rights
from bot.playground.methods.replies import message_json
from bot.playground.methods.views import view_json
from bot.playground.server import Slack
from bot.playground.workspace import BOT, Channel, Message

Json = dict[str, Any]


class ImpossibleError(Exception):
    """Nobody could have done that: the message, button or channel is not there for them."""


def channel_for(slack: Slack, user: str, channel: str) -> Channel:
    """A channel that a person is in.

    Raises:
        ImpossibleError: they are not.
    """
    found = slack.workspace.channels.get(channel)
    if found is None or user not in found.members:
        raise ImpossibleError(f"{user} is in no channel {channel}")
    return found


def message_for(slack: Slack, user: str, channel: str, ts: str) -> Message:
    """A message that a person sees.

    Raises:
        ImpossibleError: they see none there.
    """
    message = slack.workspace.messages.get((channel, ts))
    if message is None or not slack.workspace.sees(user, message):
        raise ImpossibleError(f"{user} sees no message {ts} in {channel}")
    return message


async def say(slack: Slack, user: str, channel: str, text: str, thread: str | None = None) -> Message:
    """Post a message: first comes its message event, then its app_mention, where the bot hears of them."""
    place = channel_for(slack, user, channel)
    said = Message(place.id, slack.workspace.new_ts(), text, thread=thread, user=user)
    slack.workspace.put(said)
    event = _event(place, said)
    if BOT in place.members:
        await slack.heard(event, f"message.{rights.FAMILY[place.kind]}")
        if f"<@{BOT}" in text and place.kind != "im":
            await slack.heard(payloads.mention(event), "app_mention")
    return said


async def edit(slack: Slack, user: str, channel: str, ts: str, text: str) -> None:
    """Change one's own message."""
    place, before = channel_for(slack, user, channel), message_for(slack, user, channel, ts)
    if before.user != user:
        raise ImpossibleError(f"{ts} is not {user}'s message")
    slack.workspace.put(replace(before, text=text, edited=True))
    news = payloads.edited(_event(place, before), text, slack.workspace.new_ts())
    await slack.heard(news, f"message.{rights.FAMILY[place.kind]}")


async def delete(slack: Slack, user: str, channel: str, ts: str) -> None:
    """Delete one's own message."""
    place, before = channel_for(slack, user, channel), message_for(slack, user, channel, ts)
    if before.user != user:
        raise ImpossibleError(f"{ts} is not {user}'s message")
    slack.workspace.remove(channel, ts)
    news = payloads.deleted(_event(place, before), slack.workspace.new_ts())
    await slack.heard(news, f"message.{rights.FAMILY[place.kind]}")


def _event(place: Channel, said: Message) -> Json:
    return payloads.message(
        said.text, user=said.user, channel=place.id, ts=said.ts, thread=said.thread, kind=place.kind
    )


async def command(slack: Slack, user: str, channel: str, word: str, text: str) -> bool:
    """Type a slash command. Whether the app acknowledged it in time."""
    place = channel_for(slack, user, channel)
    payload = payloads.command(
        text,
        user=user,
        channel=channel,
        name=place.name or "directmessage",
        word=word,
        url=slack.response_url(user, channel),
        trigger=slack.passes.trigger(user),
    )
    slack.used_scopes |= {"commands"} & slack.scopes
    delivery = await slack.link.deliver("slash_commands", payload)
    if delivery.response:
        slack.respond(payload["response_url"].rsplit("/", 1)[-1], delivery.response)
    return delivery.acked_after is not None


async def shortcut(slack: Slack, user: str, callback_id: str) -> bool:
    """Run a global shortcut. Whether the app acknowledged it in time."""
    person = slack.workspace.people[user]
    return await slack.interact(
        payloads.interaction(
            "shortcut",
            person,
            callback_id=callback_id,
            trigger_id=slack.passes.trigger(user),
            action_ts=slack.workspace.new_ts(),
        )
    )


async def message_shortcut(slack: Slack, user: str, channel: str, ts: str, callback_id: str) -> bool:
    """Run a shortcut on a message. Whether the app acknowledged it in time."""
    place, message = channel_for(slack, user, channel), message_for(slack, user, channel, ts)
    payload = payloads.interaction(
        "message_action",
        slack.workspace.people[user],
        callback_id=callback_id,
        trigger_id=slack.passes.trigger(user),
        response_url=slack.response_url(user, channel, ts=ts),
        message_ts=ts,
        message=message_json(message),
        channel={"id": channel, "name": place.name or "directmessage"},
        action_ts=slack.workspace.new_ts(),
    )
    return await slack.interact(payload)


async def open_home(slack: Slack, user: str, tab: str) -> None:
    """Open the bot's own page, at its ``home`` or its ``messages``."""
    view = slack.workspace.homes.get(user)
    event = payloads.home_opened(
        tab,
        user=user,
        channel=slack.workspace.direct(user).id,
        ts=slack.workspace.new_ts(),
        view=view_json(view) if view and tab == "home" else None,
    )
    await slack.heard(event, "app_home_opened")


async def look_at(slack: Slack, user: str, channel: str) -> None:
    """Look at another channel."""
    channel_for(slack, user, channel)
    event = payloads.context_changed(user, channel, slack.workspace.new_ts())
    await slack.heard(event, "app_context_changed")


async def stop(slack: Slack, user: str, channel: str, thread: str) -> None:
    """Press Stop while the bot works in a thread."""
    channel_for(slack, user, channel)
    growing = [
        message.ts for message in slack.workspace.messages.values()
        if message.streaming and (message.channel, message.thread) == (channel, thread)
    ]  # fmt: skip
    event = payloads.stopped(user, channel, thread, growing, slack.workspace.new_ts())
    await slack.heard(event, "agent_session_stopped")
