"""The playground's page: its files, a feed of what a person sees, and the way in for what they do."""

from __future__ import annotations

import asyncio
import json
from importlib.resources import files
from typing import Any

from aiohttp import web

from bot.playground import shapes
from bot.playground.acts import ImpossibleError
from bot.playground.deeds import DEEDS, Json
from bot.playground.guard import HEADERS, guard
from bot.playground.manifest import Manifest
from bot.playground.server import Slack

ASSETS = files("bot.playground").joinpath("assets")
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
BEAT = 15.0
"""Seconds between two signs of life on a feed."""
WORDS = ("as", "channel", "ts", "thread", "text", "tab", "view", "callback_id")
"""What is text wherever the page sends it."""
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


def add_page(slack: Slack, manifest: Manifest, key: str) -> None:
    """Put the page on the server, behind its guard."""

    async def feed(request: web.Request) -> web.StreamResponse:
        return await _feed(request, slack, manifest, _somebody(slack, request.query.get("as", "")))

    async def act(request: web.Request) -> web.Response:
        sent = await _sent(request)
        doing = DEEDS.get(request.match_info["act"])
        if doing is None:
            raise web.HTTPNotFound
        try:
            done = await doing(slack, manifest, _somebody(slack, sent.get("as", "")), sent)
        except (ImpossibleError, KeyError, StopIteration) as error:
            raise web.HTTPConflict(text="That is no longer there.") from error
        return web.json_response(done)

    async def picture(request: web.Request) -> web.Response:
        return _picture(slack, request.match_info["key"])

    slack.app.middlewares.append(guard(key))
    slack.app.router.add_get("/", _asset)
    slack.app.router.add_get("/assets/{name:[a-z_/]+\\.[a-z]+}", _asset)
    slack.app.router.add_get("/feed", feed)
    slack.app.router.add_get("/files/{key}", picture)
    slack.app.router.add_post("/do/{act}", act)


async def _sent(request: web.Request) -> Json:
    """What the page sent: an object whose words are words."""
    try:
        sent = await request.json()
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict) or not all(isinstance(sent.get(word, ""), str | None) for word in WORDS):
        raise web.HTTPBadRequest(text="The page never sends that.")
    return sent


def _somebody(slack: Slack, user: str) -> str:
    person = slack.workspace.people.get(user)
    if person is None or person.bot:
        raise web.HTTPNotFound
    return user


async def _asset(request: web.Request) -> web.Response:
    name = request.match_info.get("name", "index.html")
    found = ASSETS.joinpath(name)
    if not found.is_file():
        raise web.HTTPNotFound
    kind = TYPES.get(name.rsplit(".", 1)[-1], "text/plain")
    return web.Response(body=found.read_bytes(), content_type=kind, charset="utf-8")


def _picture(slack: Slack, key: str) -> web.Response:
    """A picture that the app uploaded; no other kind of file is shown."""
    content: bytes = (slack.workspace.files.get(key) or {}).get("content") or b""
    kind = next((kind for start, kind in PICTURES.items() if content.startswith(start)), None)
    if kind is None:
        raise web.HTTPNotFound
    return web.Response(body=content, content_type=kind)


async def _feed(request: web.Request, slack: Slack, manifest: Manifest, user: str) -> web.StreamResponse:
    """All that a person sees, then each change of it, as server-sent events."""
    changes: asyncio.Queue[Json] = asyncio.Queue()

    def watch(what: str, about: Any) -> None:
        if seen := shapes.change(slack, user, what, about):
            changes.put_nowait(seen)

    response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
    await response.prepare(request)
    changes.put_nowait({"what": "everything"} | shapes.everything(slack, manifest, user))
    slack.workspace.watchers.add(watch)
    try:
        while True:
            try:
                change = json.dumps(await asyncio.wait_for(changes.get(), BEAT))
                await response.write(f"data: {change}\n\n".encode())
            except TimeoutError:
                await response.write(b": still here\n\n")
    except ConnectionError:
        return response
    finally:
        slack.workspace.watchers.discard(watch)
