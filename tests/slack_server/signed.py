"""Slack's other transport: signed HTTP posts to the app's address, with retries, in place of Socket Mode."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from time import monotonic, time
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.playground.link import EVENT_RETRIES, Delivery


@dataclass
class SignedPosts:
    """Where Slack posts to, and with which secret. ``age`` in seconds makes signatures old.

    It delivers as :class:`bot.playground.link.Link` does, so that it can stand in for it.
    """

    url: str
    secret: str
    age: float = 0
    ack_limit: float = 3.0
    deliveries: list[Delivery] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    sockets: tuple[()] = ()

    async def deliver(self, kind: str, payload: dict[str, Any]) -> Delivery:
        """Post it and take the answer as the acknowledgement; events come again, numbered, when there is none."""
        delivery = Delivery(payload)
        self.deliveries.append(delivery)
        tries = 1 + (EVENT_RETRIES if kind == "events_api" else 0)
        while delivery.attempts < tries and delivery.acked_after is None:
            await self._attempt(kind, delivery)
        return delivery

    async def hang_up(self) -> None:
        """Nothing to do: no connection is held."""

    async def _attempt(self, kind: str, delivery: Delivery) -> None:
        body, headers = encoded(kind, delivery.payload)
        headers |= signature(self.secret, body, time() - self.age)
        if delivery.attempts:
            headers |= {"X-Slack-Retry-Num": str(delivery.attempts), "X-Slack-Retry-Reason": "http_timeout"}
        delivery.attempts += 1
        start = monotonic()
        timeout = aiohttp.ClientTimeout(total=self.ack_limit)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(self.url, data=body, headers=headers) as got,
            ):
                self.statuses.append(got.status)
                text = await got.text()
        except TimeoutError:
            return
        if got.status == 200:
            delivery.acked_after = monotonic() - start
            delivery.response = json.loads(text) if text.startswith("{") else {}


def encoded(kind: str, payload: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    """A payload in the encoding that Slack uses for its kind."""
    if kind == "events_api":
        return json.dumps(payload).encode(), {"Content-Type": "application/json"}
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}


def signature(secret: str, body: bytes, at: float) -> dict[str, str]:
    """The headers with which Slack signs a body."""
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
