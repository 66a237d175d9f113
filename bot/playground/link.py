"""Socket Mode: tickets, hello, envelopes, acknowledgements with their times, retries, reconnects."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from typing import Any

from aiohttp import WSMsgType, web

EVENT_RETRIES = 3


@dataclass
class Delivery:
    """One thing Slack sent, with all its attempts. ``acked_after`` is in seconds since the last attempt."""

    payload: dict[str, Any]
    attempts: int = 0
    acked_after: float | None = None
    response: dict[str, Any] | None = None


@dataclass
class Link:
    """All WebSocket connections of the app. ``lose_acks``: how many of the next acks get lost."""

    violations: list[str]
    ack_limit: float = 3.0
    lose_acks: int = 0
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    deliveries: list[Delivery] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    _sent_on: dict[str, web.WebSocketResponse] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=lambda: count(1))
    _turns: count[int] = field(default_factory=count)

    def ticket(self) -> str:
        """A ticket for one connection."""
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return ticket

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """One connection, from hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            self.violations.append("connected with a ticket that was used or never given")
            return web.Response(status=403)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(
            {"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0APP"}}
        )
        self.sockets.append(socket)
        self.connected.set()
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                self._acked(json.loads(frame.data), socket)
        self.sockets.remove(socket)
        if not self.sockets:
            self.connected.clear()
        return socket

    async def deliver(self, kind: str, payload: dict[str, Any]) -> Delivery:
        """Send it and wait for the acknowledgement; events are sent again when there is none in time."""
        delivery = Delivery(payload)
        self.deliveries.append(delivery)
        tries = 1 + (EVENT_RETRIES if kind == "events_api" else 0)
        while delivery.attempts < tries and delivery.acked_after is None:
            await self._attempt(kind, delivery)
        return delivery

    async def ask_to_reconnect(self) -> None:
        """Tell the app to come back on a new connection, as Slack does every few hours."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def hang_up(self) -> None:
        """Close all connections without a word."""
        for socket in list(self.sockets):
            await socket.close()

    async def reconnected(self, before: web.WebSocketResponse) -> None:
        """Wait until there is another connection than this one."""
        while self.sockets in ([], [before]):
            self.connected.clear()
            await asyncio.wait_for(self.connected.wait(), timeout=30)

    async def _attempt(self, kind: str, delivery: Delivery) -> None:
        await asyncio.wait_for(self.connected.wait(), timeout=30)
        envelope = f"envelope-{next(self._numbers)}"
        acked: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = acked
        sent = {
            "envelope_id": envelope,
            "type": kind,
            "payload": delivery.payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            sent |= {
                "retry_attempt": delivery.attempts,
                "retry_reason": "timeout" if delivery.attempts else "",
            }
        delivery.attempts += 1
        start = monotonic()
        socket = self._sent_on[envelope] = self.sockets[next(self._turns) % len(self.sockets)]
        await socket.send_json(sent)
        try:
            delivery.response = await asyncio.wait_for(acked, self.ack_limit)
            delivery.acked_after = monotonic() - start
        except TimeoutError:
            pass
        if kind == "events_api" and delivery.response:
            self.violations.append("an event was acknowledged with a payload")

    def _acked(self, response: dict[str, Any], socket: web.WebSocketResponse) -> None:
        envelope = response.get("envelope_id", "")
        acked, sent_on = self._waiting.pop(envelope, None), self._sent_on.pop(envelope, None)
        if sent_on is not socket and sent_on in self.sockets:
            self.violations.append(f"acknowledged on another connection than it came on: {response}")
        if acked is None:
            self.violations.append(f"acknowledged what was never sent, or twice: {response}")
        elif self.lose_acks:
            self.lose_acks -= 1
        elif not acked.done():
            acked.set_result(response.get("payload") or {})
