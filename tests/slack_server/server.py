"""The look-alike of the package, with a record of what was called and trouble on request."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from time import monotonic
from typing import Any

from aiohttp import web

from bot.playground import payloads, rights
from bot.playground.link import Delivery
from bot.playground.methods.replies import Reply, error
from bot.playground.server import Slack
from bot.playground.workspace import BOT, Message
from tests.slack_server import events
from tests.slack_server.record import Call, Posted, Trouble
from tests.slack_server.second_opinion import objections

BOT_TOKEN, APP_TOKEN, CONFIG_TOKEN = "xoxb-test", "xapp-test", "xoxe.xoxp-test"
DEAD = "X-Dead"
"""Marks an answer that never arrives: the line goes dead."""


class SlackServer(Slack):
    """Start it with ``async with``; point the app at ``api_url`` with ``BOT_TOKEN`` and ``APP_TOKEN``."""

    def __init__(self, *, scopes: set[str], subscribed: set[str], ack_limit: float = 3.0) -> None:
        super().__init__(
            events.workspace(),
            scopes=scopes,
            subscribed=subscribed,
            bot_token=BOT_TOKEN,
            app_token=APP_TOKEN,
            config_token=CONFIG_TOKEN,
            ack_limit=ack_limit,
        )
        self.workspace.watchers.add(self._second_opinion)
        self.calls: list[Call] = []
        self._trouble: dict[str, deque[Trouble]] = defaultdict(deque)
        self._quiet_until: dict[str, float] = {}
        self._changed = asyncio.Condition()

    # What people do

    async def event(self, event: dict[str, Any], *, wrapped: dict[str, Any] | None = None) -> Delivery:
        """Send an event; ``wrapped`` sends a callback again as it was. What people said is kept."""
        name = event["type"] + (f".{event['channel_type']}" if "channel_type" in event else "")
        self.used_scopes |= rights.EVENTS.get(name, set()) & self.scopes
        if "text" in event and (event["channel"], event["ts"]) not in self.workspace.messages:
            said = Message(event["channel"], event["ts"], event["text"], user=event["user"])
            self.workspace.messages[said.channel, said.ts] = said
        return await self.link.deliver("events_api", wrapped or events.callback(event))

    async def command(self, text: str, **who: str) -> Delivery:
        """Somebody types ``/metrics TEXT``."""
        self.used_scopes |= {"commands"} & self.scopes
        return await self.link.deliver("slash_commands", self.typed(text, **who))

    def typed(self, text: str, *, user: str = events.ANN, channel: str = events.SALES) -> dict[str, Any]:
        """A command as it would be sent, with a response_url that works."""
        url, trigger = self.response_url(user, channel), self.passes.trigger(user)
        return payloads.command(
            text, user=user, channel=channel, name="sales", word="/metrics", url=url, trigger=trigger
        )

    # What went on

    @property
    def messages(self) -> list[Posted]:
        """What the bot said, in order, as it stands now."""
        return [one for one in self.workspace.messages.values() if one.user == BOT]

    @property
    def status(self) -> dict[tuple[str, str], str]:
        """The status lines that are shown."""
        return self.workspace.status

    @property
    def reactions(self) -> list[tuple[str, str, str]]:
        """The bot's reactions: channel, message, emoji."""
        return [
            (one.channel, one.ts, name)
            for one in self.workspace.messages.values()
            for name, users in one.reactions.items()
            if BOT in users
        ]

    def seen(self, *, thread: str | None = None) -> list[Posted]:
        """What the bot posted, in order; in one thread if asked."""
        return [one for one in self.messages if thread is None or one.thread == thread]

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    async def until(self, done: Callable[[], object], within: float = 5.0) -> None:
        """Wait until something is true of the record."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: bool(done()))

    async def replies(self, number: int, *, thread: str | None = None, within: float = 5.0) -> list[Posted]:
        """Wait for so many messages of the bot."""
        await self.until(lambda: len(self.seen(thread=thread)) >= number, within)
        return self.seen(thread=thread)

    def _second_opinion(self, what: str, about: Any) -> None:
        """What another reader of Slack's pages would not have sent counts as a violation."""
        if what == "message" and about.user == BOT and not about.streaming:
            self.violations += objections(about.blocks)
        elif what == "modals":
            for view in self.workspace.modals[about]:
                self.violations += objections(view.body["blocks"], "modal")
        elif what == "home":
            self.violations += objections(self.workspace.homes[about].body["blocks"], "home")

    # Trouble

    def trouble(self, method: str, *what: Trouble) -> None:
        """The next calls of a method (or of ``response_url``) go wrong, one trouble each."""
        self._trouble[method] += what

    def trouble_is_over(self, method: str) -> None:
        """The calls of a method go well from now on."""
        self._trouble[method].clear()

    def _next_trouble(self, method: str, args: dict[str, Any]) -> Trouble | None:
        waiting = self._trouble[method]
        return waiting.popleft() if waiting and waiting[0].when(args) else None

    async def answer(self, method: str, args: dict[str, Any], reply: Callable[[], Reply]) -> web.Response:
        """The answer, unless trouble was asked for or the app does not keep the quiet it was told to."""
        key = f"{method} {args.get('channel')}"
        if monotonic() < self._quiet_until.get(key, 0):
            self.violations.append(f"{method} was called again before Retry-After was over")
        trouble = self._next_trouble(method, args) or Trouble()
        if trouble.error or trouble.status != 200:
            given, response = error(trouble.error), self._wrong(method, trouble)
        else:
            await asyncio.sleep(trouble.slow)
            given = reply()
            response = self.as_http(method, given)
        response.headers["X-OAuth-Scopes"] = ",".join(sorted(self.scopes))
        if trouble.drops:
            response.headers[DEAD] = "1"
        if trouble.retry_after is not None:
            response.headers["Retry-After"] = str(trouble.retry_after)
            self._quiet_until[key] = monotonic() + trouble.retry_after
        self.calls.append(Call(method, args, monotonic(), response.status, given))
        async with self._changed:
            self._changed.notify_all()
        return response

    async def _api(self, request: web.Request) -> web.Response:
        response = await super()._api(request)
        if DEAD in response.headers and request.transport is not None:
            request.transport.abort()
        return response

    def _wrong(self, method: str, trouble: Trouble) -> web.Response:
        if trouble.status >= 500:
            return web.Response(text="upstream error", status=trouble.status, content_type="text/html")
        if trouble.status == 200:
            return self.as_http(method, error(trouble.error))
        return web.json_response(error(trouble.error), status=trouble.status)
