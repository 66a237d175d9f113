"""What stands in the workspace now: people, channels, messages, views. Watchers are told of each change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from secrets import token_hex
from time import monotonic, time
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["channel", "group", "im", "mpim"]

TEAM, APP, BOT, BOT_ID = "T0TEAM", "A0APP", "U0BOT", "B0BOT"


@dataclass(frozen=True)
class Person:
    """A member of the workspace, a guest in it, or one who is ``gone``; ``team`` is another's in a shared channel."""

    id: str
    name: str
    title: str = ""
    admin: bool = False
    guest: bool = False
    bot: bool = False
    team: str = TEAM
    time_zone: str = "Europe/London"
    gone: bool = False


@dataclass(frozen=True)
class Channel:
    """A channel, a private one (``group``), a direct message or one of several people (``mpim``)."""

    id: str
    name: str
    kind: Kind
    members: tuple[str, ...]
    topic: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Message:
    """A message as people see it now: all of a channel, or only ``only_for``."""

    channel: str
    ts: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread: str | None = None
    only_for: str | None = None
    user: str = BOT
    subtype: str | None = None
    edited: bool = False
    streaming: bool = False
    metadata: Json | None = None
    files: tuple[Json, ...] = ()
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at: float = field(default_factory=monotonic)

    def __contains__(self, words: str) -> bool:
        return words in self.text or words in json.dumps(self.blocks, ensure_ascii=False)

    @property
    def root(self) -> str:
        """The thread it stands in, or would start."""
        return self.thread or self.ts


@dataclass(frozen=True)
class View:
    """A modal or a home page, as the app last set it. ``root`` and ``previous`` place it in its stack."""

    id: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str | None = None


@dataclass
class Workspace:
    """Everything in one workspace. Change it through its methods, so that watchers hear of it."""

    people: dict[str, Person]
    channels: dict[str, Channel]
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    name: str = "Acme"
    messages: dict[tuple[str, str], Message] = field(default_factory=dict)
    status: dict[tuple[str, str], str] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    prompts: dict[str, Json] = field(default_factory=dict)
    sessions: dict[tuple[str, str], str] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    watchers: set[Callable[[str, Any], None]] = field(default_factory=set)
    _last: int = 0

    def tell(self, what: str, about: Any) -> None:
        """Tell the watchers that something of a kind is new or different."""
        for watcher in list(self.watchers):
            watcher(what, about)

    def new_ts(self) -> str:
        """A timestamp later than every other one."""
        self._last = max(int(time() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        """An id in Slack's way of writing them, that no other run had: the bot remembers those it has seen."""
        return f"{prefix}0{token_hex(5).upper()}"

    def direct(self, person: str) -> Channel:
        """The direct messages between a person and the bot."""
        for channel in self.channels.values():
            if channel.kind == "im" and set(channel.members) == {person, BOT}:
                return channel
        opened = Channel(self.new_id("D"), "", "im", (person, BOT))
        self.channels[opened.id] = opened
        self.tell("channel", opened)
        return opened

    def put(self, message: Message) -> Message:
        """Add a message or change it; a visible one of the bot's ends the thread's status line."""
        new = (message.channel, message.ts) not in self.messages
        self.messages[message.channel, message.ts] = message
        if new and message.user == BOT:
            self.set_status(message.channel, str(message.thread), "")
        self.tell("message", message)
        return message

    def remove(self, channel: str, ts: str) -> None:
        """Delete a message."""
        self.tell("gone", self.messages.pop((channel, ts)))

    def react(self, message: Message, name: str, users: tuple[str, ...]) -> None:
        """Set who reacted with an emoji."""
        reactions = {**message.reactions, name: users}
        self.put(replace(message, reactions={key: who for key, who in reactions.items() if who}))

    def set_status(self, channel: str, thread: str, status: str) -> None:
        """Set or clear what the bot says it is doing in a thread."""
        before = self.status.pop((channel, thread), "")
        if status:
            self.status[channel, thread] = status
        if status != before:
            self.tell("status", (channel, thread, status))

    def thread(self, channel: str, root: str) -> Iterator[Message]:
        """The messages of a thread that everybody in the channel sees, the root first."""
        for message in list(self.messages.values()):
            if message.channel == channel and message.root == root and message.only_for is None:
                yield message

    def sees(self, person: str, message: Message) -> bool:
        """Whether a person sees a message."""
        return message.only_for in (None, person) and person in self.channels[message.channel].members
