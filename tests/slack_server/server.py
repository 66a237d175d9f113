"""The server itself: HTTP routes, the record of what was called and posted, trouble on request."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from time import monotonic
from typing import Any, Self

from aiohttp import web

from tests.slack_server import events, methods
from tests.slack_server.link import Delivery, Link
from tests.slack_server.record import Call, Posted, Trouble, arguments
from tests.slack_server.workspace import Workspace

BOT_TOKEN, APP_TOKEN = "xoxb-test", "xapp-test"
RESPONSE_URL = "response_url"


class SlackServer:
    """Start it with ``async with``; point the app at ``api_url`` with ``BOT_TOKEN`` and ``APP_TOKEN``."""

    def __init__(self, *, scopes: set[str], subscribed: set[str], ack_limit: float = 3.0) -> None:
        self.scopes, self.subscribed = scopes, subscribed
        self.violations: list[str] = []
        self.calls: list[Call] = []
        self.messages: list[Posted] = []
        self.reactions: list[tuple[str, str, str]] = []
        self.status: dict[tuple[str, str], str] = {}
        self.lacking: set[str] = set()
        self.used_scopes: set[str] = set()
        self.workspace = Workspace()
        self._threads: set[tuple[str, str]] = set()
        self.link = Link(self.violations, ack_limit)
        self.api_url = ""
        self._trouble: dict[str, deque[Trouble]] = defaultdict(deque)
        self._quiet_until: dict[str, float] = {}
        self._commands: dict[str, dict[str, Any]] = {}
        self._uses: dict[str, int] = defaultdict(int)
        self._echoes: set[asyncio.Task[Any]] = set()
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/commands/{key}", self._respond)
        app.router.add_get("/link", self.link.connect)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._origin = f"{host}:{port}"
        self.api_url = f"http://{self._origin}/api/"
        return self

    async def quiet(self) -> None:
        """Wait until the app has acknowledged what it was told of its own messages."""
        await asyncio.gather(*self._echoes)

    async def __aexit__(self, *_: object) -> None:
        await self.link.hang_up()
        await self._runner.cleanup()

    # What people do

    async def event(self, event: dict[str, Any], *, wrapped: dict[str, Any] | None = None) -> Delivery:
        """Send an event; ``wrapped`` sends a callback again as it was."""
        if thread := event.get("thread_ts"):
            self._threads.add((event["channel"], thread))
        name = event["type"] + (f".{event['channel_type']}" if "channel_type" in event else "")
        self.used_scopes |= methods.EVENT_SCOPES.get(name, set()) & self.scopes
        return await self.link.deliver("events_api", wrapped or events.callback(event))

    async def command(self, text: str, **who: str) -> Delivery:
        """Somebody types ``/metrics TEXT``."""
        self.used_scopes |= {"commands"} & self.scopes
        return await self.link.deliver("slash_commands", self.typed(text, **who))

    def typed(self, text: str, **who: str) -> dict[str, Any]:
        """A command as it would be sent, with a response_url that works."""
        key = f"key-{len(self._commands)}"
        self._commands[key] = events.command(text, f"http://{self._origin}/commands/{key}", **who)
        return self._commands[key]

    # What went on

    def seen(self, *, thread: str | None = None) -> list[Posted]:
        """What the bot posted, in order; in one thread if asked."""
        return [one for one in self.messages if thread is None or one.thread == thread]

    def threads(self, channel: str) -> set[str]:
        """The threads of a channel that somebody opened."""
        return {thread for one, thread in self._threads if one == channel}

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

    # Trouble

    def trouble(self, method: str, *what: Trouble) -> None:
        """The next calls of a method (or of ``response_url``) go wrong, one trouble each."""
        self._trouble[method] += what

    def _next_trouble(self, method: str, args: dict[str, Any]) -> Trouble | None:
        waiting = self._trouble[method]
        return waiting.popleft() if waiting and waiting[0].when(args) else None

    # Routes

    def post(self, args: dict[str, Any]) -> str:
        """Keep a message of the bot, and tell the app of it where it subscribed to that."""
        ts = events.new_ts()
        thread = args.get("thread_ts")
        self.messages.append(
            Posted(
                args["channel"],
                ts,
                args.get("text", ""),
                args.get("blocks") or [],
                thread,
                metadata=args.get("metadata"),
            )
        )
        self._threads |= {(args["channel"], thread)} if thread else set()
        self.status.pop((args["channel"], str(thread)), None)
        if args["channel"].startswith("D") and "message.im" in self.subscribed and self.link.sockets:
            echo = events.message(args.get("text", ""), user=events.BOT, thread=thread, ts=ts)
            task = asyncio.create_task(self.event(echo | {"bot_id": events.BOT_ID}))
            self._echoes.add(task)
            task.add_done_callback(self._echoes.discard)
        return ts

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        args = await arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or args.pop("token", "")
        if token != (APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN):
            return await self._answer(method, args, methods.error("invalid_auth"))
        if method == "apps.connections.open":
            url = f"ws://{self._origin}/link?ticket={self.link.ticket()}"
            return await self._answer(method, args, {"ok": True, "url": url})
        return await self._guarded(method, args, lambda: methods.call(self, method, args))

    async def _respond(self, request: web.Request) -> web.Response:
        command = self._commands[request.match_info["key"]]
        args = await request.json()
        return await self._guarded(RESPONSE_URL, args, lambda: self._ephemeral(command, args))

    def _ephemeral(self, command: dict[str, Any], args: dict[str, Any]) -> dict[str, Any]:
        if self._uses[command["trigger_id"]] >= 5:
            return methods.error("used_url")
        if refused := methods.check(self, args):
            return refused
        self._uses[command["trigger_id"]] += 1
        private = command["user_id"] if args.get("response_type", "ephemeral") == "ephemeral" else None
        posted = (command["channel_id"], events.new_ts(), args.get("text", ""), args.get("blocks") or [])
        self.messages.append(Posted(*posted, only_for=private))
        return {"ok": True}

    async def _guarded(
        self, method: str, args: dict[str, Any], answer: Callable[[], dict[str, Any]]
    ) -> web.Response:
        """The answer, unless trouble was asked for or the app does not keep the quiet it was told to."""
        if monotonic() < self._quiet_until.get(f"{method} {args.get('channel')}", 0):
            self.violations.append(f"{method} was called again before Retry-After was over")
        trouble = self._next_trouble(method, args)
        if trouble is None or not (trouble.error or trouble.status != 200):
            await asyncio.sleep(trouble.slow if trouble else 0)
            return await self._answer(method, args, answer())
        headers = {}
        if trouble.retry_after is not None:
            headers["Retry-After"] = str(trouble.retry_after)
            self._quiet_until[f"{method} {args.get('channel')}"] = monotonic() + trouble.retry_after
        return await self._answer(method, args, methods.error(trouble.error), trouble.status, headers)

    async def _answer(
        self,
        method: str,
        args: dict[str, Any],
        reply: dict[str, Any],
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> web.Response:
        self.calls.append(Call(method, args, monotonic(), status, reply))
        async with self._changed:
            self._changed.notify_all()
        if method == RESPONSE_URL and reply.get("ok"):
            return web.Response(text="ok")
        if method == RESPONSE_URL and status == 200:
            status = 404 if reply["error"] == "used_url" else 400
            return web.Response(text=reply["error"], status=status)
        if status >= 500:
            return web.Response(text="upstream error", status=status, content_type="text/html")
        return web.json_response(reply, status=status, headers=headers)
