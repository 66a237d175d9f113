"""What the server keeps of the calls to it, and the trouble it was asked to make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.workspace import Message

Posted = Message


@dataclass(frozen=True)
class Call:
    """One call of the Web API or of a response_url."""

    method: str
    args: dict[str, Any]
    at: float
    status: int
    reply: dict[str, Any]


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with a call: an error or a status instead of an answer, or just slowness.

    ``drops``: the line goes dead before there is an answer; clients try again.
    """

    error: str = ""
    status: int = 200
    retry_after: int | None = None
    slow: float = 0
    drops: bool = False
    when: Callable[[dict[str, Any]], bool] = lambda _: True
