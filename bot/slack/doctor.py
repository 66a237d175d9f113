"""What is missing to run in a workspace: each thing looked at, each with its remedy."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.exported import INSTALL, by_hand, compared
from bot.slack.finding import Finding, either_way
from bot.slack.manifest import WHOLE, manifest
from bot.slack.sending.meanings import code_of
from bot.slack.serve import REMEDIES

SKEW = 60.0
"""Seconds that the clock may be off; Slack's signatures end at five minutes."""


@dataclass(frozen=True)
class Tokens:
    """What the environment gives; empty where it does not. ``config`` may read the app's manifest."""

    bot: str
    app: str
    signing: str
    config: str = ""


async def look_at_slack(tokens: Tokens, api_url: str, *, http: bool) -> AsyncIterator[Finding]:
    """Tokens, scopes, events, socket and clock, one after the other."""
    prefixes = [("SLACK_BOT_TOKEN", tokens.bot, "xoxb-")]
    if not http:
        prefixes.append(("SLACK_APP_TOKEN", tokens.app, "xapp-"))
    for name, value, prefix in prefixes:
        yield _prefix(name, value, prefix)
    if http:
        says = "set" if tokens.signing else "not set"
        yield either_way("SLACK_SIGNING_SECRET", bool(tokens.signing), says, REMEDIES["SLACK_SIGNING_SECRET"])
    if tokens.bot:
        client = AsyncWebClient(token=tokens.bot, base_url=f"{api_url.rstrip('/')}/")
        async for finding in _workspace(client, tokens.config, http=http):
            yield finding
        if tokens.app and not http:
            yield await _socket(client, tokens.app)
    else:
        yield by_hand()


async def tried(what: str, call: Callable[[], Awaitable[str]], remedy: str) -> Finding:
    """Something that works or does not; what it says when it works, one word of what went wrong when not."""
    try:
        return Finding(what, "well", await call())
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is a finding
        return Finding(what, "missing", type(error).__name__, remedy)


def _prefix(name: str, value: str, prefix: str) -> Finding:
    remedy = f"{REMEDIES[name]}, and set {name}"
    if not value:
        return Finding(name, "missing", "not set", remedy)
    right = value.startswith(prefix)
    return either_way(
        name, right, f"begins with {prefix}" if right else f"does not begin with {prefix}", remedy
    )


async def _workspace(client: AsyncWebClient, config: str, *, http: bool) -> AsyncIterator[Finding]:
    try:
        who = await client.auth_test()
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is a finding
        yield _unanswered(error)
        return
    yield Finding("bot token", "well", f"{who.get('user')} in {who.get('team')}")
    yield _scopes(_header(who.headers, "x-oauth-scopes"))
    yield _clock(_header(who.headers, "date"))
    for finding in await compared(client, config, str(who.get("bot_id")), http=http):
        yield finding


def _unanswered(error: Exception) -> Finding:
    """What kept Slack from saying whose token it is: the token, the network, or something else that answers."""
    if isinstance(error, SlackApiError) and (code := code_of(error)):
        return Finding("bot token", "missing", f"Slack says {code}", REMEDIES["SLACK_BOT_TOKEN"])
    unreached = isinstance(error, (aiohttp.ClientError, TimeoutError))
    says = f"not reached ({type(error).__name__})" if unreached else "what answers there is not Slack"
    return Finding("Slack", "missing", says, "check the network, a proxy, and SLACK_API_URL")


def _scopes(granted: str | None) -> Finding:
    if granted is None:
        remedy = f"compare OAuth & Permissions of your app with the manifest, or {INSTALL}"
        return Finding("scopes", "unknown", "Slack did not say which the token has", remedy)
    have = {one.strip() for one in granted.split(",") if one.strip()}
    lacking = sorted(set(manifest()["oauth_config"]["scopes"]["bot"]) - have)
    if lacking:
        return Finding("scopes", "missing", f"lacking {', '.join(lacking)}", INSTALL)
    whole = set(WHOLE.values()) <= have
    more = "; whole channels can be read" if whole else "; follow-ups in channels need a mention"
    return Finding("scopes", "well", f"all {len(have)} there{more}")


def _clock(date: str | None) -> Finding:
    remedy = "let the machine's clock follow a time server: Slack refuses signatures older than five minutes"
    try:
        there = parsedate_to_datetime(date or "")
    except ValueError:
        return Finding("clock", "unknown", "Slack did not say what time it is", remedy)
    off = abs(time.time() - there.timestamp())
    return either_way("clock", off <= SKEW, f"{off:.0f} s off", remedy)


async def _socket(client: AsyncWebClient, app_token: str) -> Finding:
    async def connect() -> str:
        link = await client.apps_connections_open(app_token=app_token)
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
            session.ws_connect(str(link["url"])) as socket,
        ):
            hello: Any = await socket.receive_json(timeout=10)
        return f"connected ({hello.get('type')})"

    remedy = f"{REMEDIES['SLACK_APP_TOKEN']}; turn Socket Mode on; let wss://*.slack.com through"
    return await tried("socket", connect, remedy)


def _header(headers: Any, name: str) -> str | None:
    return next((str(value) for key, value in dict(headers or {}).items() if str(key).lower() == name), None)
