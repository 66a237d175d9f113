"""The streams that are open: what each holds so far, and until when it takes more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from bot.playground.workspace import Message

LIFE = 300.0
"""Seconds after which Slack ends a stream."""


@dataclass
class Stream:
    """What a stream holds so far, and since when it has been open."""

    opened: float
    plan: bool
    text: str = ""
    title: str = ""
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    blocks: list[dict[str, Any]] = field(default_factory=list)

    def shown(self) -> list[dict[str, Any]]:
        """The blocks of the message as it stands."""
        tasks = list(self.tasks.values())
        if self.plan and tasks:
            tasks = [{"type": "plan", "title": self.title or "Plan", "tasks": tasks}]
        prose = [{"type": "markdown", "text": self.text}] if self.text else []
        return [*tasks, *prose, *self.blocks]


@dataclass
class Streams:
    """All streams that are open. ``now`` is in seconds."""

    now: Callable[[], float] = monotonic
    life: float = LIFE
    open: dict[tuple[str, str], Stream] = field(default_factory=dict)

    def alive(self, message: Message) -> bool:
        """Whether a message still takes more."""
        stream = self.open.get((message.channel, message.ts))
        return stream is not None and self.now() - stream.opened <= self.life
