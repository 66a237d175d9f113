"""What the server keeps: calls, messages as people see them; and the trouble it was asked to make."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from aiohttp import web


@dataclass(frozen=True)
class Call:
    """One call of the Web API or of a response_url."""

    method: str
    args: dict[str, Any]
    at: float
    status: int
    reply: dict[str, Any]


@dataclass(frozen=True)
class Posted:
    """A message people see: all of a channel, or only ``only_for``."""

    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    thread: str | None = None
    only_for: str | None = None
    at: float = field(default_factory=monotonic)
    metadata: dict[str, Any] | None = None
    edits: int = 0

    def __contains__(self, words: str) -> bool:
        return words in self.text or words in json.dumps(self.blocks, ensure_ascii=False)


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with a call: an error or a status instead of an answer, or just slowness."""

    error: str = ""
    status: int = 200
    retry_after: int | None = None
    slow: float = 0
    when: Callable[[dict[str, Any]], bool] = lambda _: True


async def arguments(request: web.Request) -> dict[str, Any]:
    """The arguments of a call, however the SDK sends them."""
    if request.content_type == "application/json":
        return dict(await request.json())
    sent = {**request.query, **await request.post()}
    return {
        key: json.loads(value) if key in ("blocks", "prompts", "metadata", "view") else value
        for key, value in sent.items()
        if isinstance(value, str)
    }
