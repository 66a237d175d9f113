"""Messages in a thread: posted, or changed where an earlier answer stands, each marked with what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.layout.pages import Message
from bot.slack.sending.growing import STOPPED_SAID, Begin, Growing, Note
from bot.slack.sending.meanings import code_of, told_what_it_means
from bot.slack.sending.outlets import Outlet
from bot.slack.sending.pace import Pace
from bot.slack.sending.uploads import uploaded

GONE = {"message_not_found", "cant_update_message", "edit_window_closed", "streaming_state_conflict"}
"""Slack's codes for a message that cannot be changed any more."""
MARK = "counterpoise_answer"
"""The kind of metadata that our answers carry: which question they answer, and which part of it they are."""


@dataclass
class InThread:
    """Messages in a thread, seen by whoever sees the channel.

    Those that stand there already (``standing``) are changed in place, further ones posted, left-over ones deleted.
    Each carries the ticket's id, so that a later process finds it; ``note`` is told which messages there are.
    What is ``growing`` while the answer is made becomes its first message: there is one writer.
    """

    client: AsyncWebClient
    pace: Pace
    channel: str
    thread: str
    ticket: str
    standing: tuple[str, ...] = ()
    note: Note | None = None
    growing: Growing | None = None
    sent: list[str] = field(default_factory=list)

    async def send(self, message: Message) -> None:
        """Send the next part."""
        if self.growing is not None and (begun := await self.growing.close()):
            self.standing = (begun,)
        self.growing = None
        await self.pace.post(self.channel, lambda: self._put(message))
        if self.note is not None:
            await self.note([*self.sent, *self.standing[len(self.sent) :]])

    async def finish(self) -> None:
        """Take away what an earlier, longer answer left."""
        for ts in self.standing[len(self.sent) :]:
            try:
                await self.client.chat_delete(channel=self.channel, ts=ts)
            except SlackApiError as error:
                if code_of(error) != "message_not_found":
                    raise
        if self.note is not None:
            await self.note(self.sent)

    async def _put(self, message: Message) -> None:
        part = len(self.sent)
        content: dict[str, Any] = {
            "channel": self.channel,
            "text": message.text,
            "blocks": [dict(block) for block in message.blocks],
            "metadata": mark(self.ticket, part),
        }
        with told_what_it_means():
            self.sent.append(await self._changed(content, part) or await self._posted(content))

    async def _changed(self, content: dict[str, Any], part: int) -> str | None:
        """The part's message, if there was one to change."""
        if part >= len(self.standing):
            return None
        try:
            await self.client.chat_update(ts=self.standing[part], **content)
        except SlackApiError as error:
            if code_of(error) in GONE:
                return None
            raise
        return self.standing[part]

    async def _posted(self, content: dict[str, Any]) -> str:
        content = content | {"blocks": content["blocks"] or None}
        posted = await self.client.chat_postMessage(
            thread_ts=self.thread or None, unfurl_links=False, unfurl_media=False, **content
        )
        return str(posted["ts"])


def mark(ticket: str, part: int) -> dict[str, Any]:
    """The metadata of a part of the answer to a ticket."""
    return {"event_type": MARK, "event_payload": {"ticket": ticket, "part": part}}


def in_thread(
    client: AsyncWebClient,
    pace: Pace,
    *,
    channel: str,
    thread: str,
    ticket: str = "",
    standing: Sequence[str] = (),
    note: Note | None = None,
    begin: Begin | None = None,
    live: bool = False,
    recipient: Mapping[str, str] | None = None,
) -> Outlet:
    """Messages in a thread; in the channel itself where ``thread`` is empty.

    ``live``: the first may grow; ``recipient`` says for whom, where it stands in a channel.
    """
    there = InThread(client, pace, channel, thread, ticket, tuple(standing), note)
    drawing = partial(uploaded, client)
    if not live or standing:
        return Outlet(there.send, finish=there.finish, draw=drawing)
    growing = there.growing = Growing(
        client, pace, channel, thread, mark(ticket, 0), note, begin, recipient or {}
    )

    async def stop() -> bool:
        return bool(await growing.close(f"_{STOPPED_SAID}_"))

    return Outlet(there.send, finish=there.finish, draw=drawing, show=growing.show, stop=stop)
