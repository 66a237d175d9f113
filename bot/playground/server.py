"""The server itself: the Web API, response addresses, uploads and the socket, on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

from bot.playground import methods, payloads, rights
from bot.playground.installed import Installed
from bot.playground.link import Delivery, Link
from bot.playground.methods.chat import check
from bot.playground.methods.replies import TS, Args, Reply, error, message_json
from bot.playground.workspace import BOT, BOT_ID, Message, Workspace

RESPONSE_URL = "response_url"
AS_JSON = ("blocks", "prompts", "view", "chunks", "metadata", "files", "loading_messages", "attachments")
"""Arguments that come as JSON text in a form."""


class Slack(Installed):
    """A workspace with one app in it, served. Start it with ``async with``; point the app at ``api_url``."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        scopes: set[str],
        subscribed: set[str],
        bot_token: str,
        app_token: str,
        config_token: str = "",
        ack_limit: float = 3.0,
        port: int = 0,
    ) -> None:
        super().__init__(workspace, scopes, subscribed)
        self.link = Link(self.violations, ack_limit)
        self.api_url = ""
        self._token, self._port = bot_token, port
        self._other_tokens = {"apps.connections.open": app_token, "apps.manifest.export": config_token}
        self._echoes: set[asyncio.Task[Any]] = set()
        self._said: set[tuple[str, str]] = set()
        self.app = web.Application()
        self.app.router.add_route("*", "/api/{method}", self._api)
        self.app.router.add_post("/commands/{key}", self._respond)
        self.app.router.add_post("/upload/{key}", self._upload)
        self.app.router.add_get("/link", self.link.connect)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on loopback.

        Raises:
            OSError: the port is taken.
        """
        self._runner = web.AppRunner(self.app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        host, port = self._runner.addresses[0][:2]
        self.origin = f"http://{host}:{port}"
        self.api_url = f"{self.origin}/api/"
        self.workspace.watchers.add(self._echo)

    async def stop(self) -> None:
        """Hang up and listen no more."""
        self.workspace.watchers.discard(self._echo)
        await self.link.hang_up()
        await self._runner.cleanup()

    async def quiet(self) -> None:
        """Wait until the app has acknowledged what it was told of its own messages."""
        await asyncio.gather(*self._echoes)

    # What goes to the app

    async def heard(self, event: dict[str, Any], name: str) -> Delivery | None:
        """Send an event, if the app subscribed to it and has the scope for it."""
        wanted = rights.EVENTS.get(name, set())
        if name not in self.subscribed or not wanted <= self.scopes:
            return None
        self.used_scopes |= wanted
        number = self.workspace.new_id("")
        return await self.link.deliver("events_api", payloads.callback(event, number))

    async def interact(self, payload: dict[str, Any]) -> bool:
        """Send an interaction. Whether it was acknowledged in time."""
        return (await self.link.deliver("interactive", payload)).acked_after is not None

    def response_url(self, user: str, channel: str, thread: str | None = None, ts: str | None = None) -> str:
        """An address where the app may answer an interaction."""
        return f"{self.origin}/commands/{self.passes.address(user, channel, thread, ts)}"

    def _echo(self, what: str, about: Any) -> None:
        """Tell the app of its own new message, as Slack does where it subscribed to a channel's messages."""
        if what != "message" or about.user != BOT or about.only_for or about.streaming:
            return
        key = about.channel, about.ts
        if key in self._said or not self.link.sockets:
            return
        self._said.add(key)
        kind = self.workspace.channels[about.channel].kind
        event = message_json(about) | {"channel": about.channel, "channel_type": kind, "event_ts": about.ts}
        task = asyncio.create_task(self.heard(event | {"bot_id": BOT_ID}, f"message.{rights.FAMILY[kind]}"))
        self._echoes.add(task)
        task.add_done_callback(self._echoes.discard)

    # What comes from it

    async def answer(self, method: str, args: Args, reply: Callable[[], Reply]) -> web.Response:  # noqa: ARG002 - tests look at them
        """The HTTP answer to one call; tests put trouble in here."""
        return self.as_http(method, reply())

    @staticmethod
    def as_http(method: str, reply: Reply) -> web.Response:
        """A reply as Slack sends it: JSON, or a word from a response address."""
        if method != RESPONSE_URL:
            return web.json_response(reply)
        if reply["ok"]:
            return web.Response(text="ok")
        return web.Response(text=reply["error"], status=404 if reply["error"].endswith("_url") else 400)

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        args = await arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or args.pop("token", "")
        if token != self._other_tokens.get(method, self._token):
            return await self.answer(method, args, lambda: error("invalid_auth"))
        if method == "apps.connections.open":
            address = f"{self.origin.replace('http', 'ws', 1)}/link?ticket={self.link.ticket()}"
            return await self.answer(method, args, lambda: {"ok": True, "url": address})
        return await self.answer(method, args, lambda: methods.call(self, method, args))

    async def _respond(self, request: web.Request) -> web.Response:
        key, args = request.match_info["key"], await request.json()
        return await self.answer(RESPONSE_URL, args, lambda: self.respond(key, args))

    def respond(self, key: str, args: Args) -> Reply:
        """Take what was sent to a response address: a new message, another one for the old, or none."""
        address = self.passes.look_up(key)
        if isinstance(address, str):
            return error(address)
        place = address.channel, address.ts or ""
        known = self.workspace.messages.get(place)
        if args.get("delete_original"):
            if known is None:
                return error("message_not_found")
            address.uses += 1
            self.workspace.remove(*place)
            return {"ok": True}
        if refused := check(self, args):
            return refused
        address.uses += 1
        replaced = known if args.get("replace_original") else None
        private = args.get("response_type", "ephemeral") == "ephemeral"
        thread = args.get("thread_ts")
        self.workspace.put(
            Message(
                channel=address.channel,
                ts=replaced.ts if replaced else self.workspace.new_ts(),
                text=args.get("text") or "",
                blocks=args.get("blocks") or [],
                thread=replaced.thread if replaced else thread if TS.fullmatch(str(thread)) else None,
                only_for=replaced.only_for if replaced else address.user if private else None,
            )
        )
        return {"ok": True}

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.workspace.files.get(request.match_info["key"])
        content = await request.read()
        if file is None or len(content) != file["size"]:
            return web.Response(text="error", status=400)
        file["content"] = content
        return web.Response(text="OK")


async def arguments(request: web.Request) -> Args:
    """The arguments of a call, however the SDK sends them."""
    if request.content_type == "application/json":
        return dict(await request.json())
    sent = {**request.query, **await request.post()}
    return {
        key: json.loads(value) if key in AS_JSON else value
        for key, value in sent.items()
        if isinstance(value, str)
    }
