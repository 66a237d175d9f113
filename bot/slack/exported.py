"""The manifest that Slack has of the app, against the one that it should have: what the two differ in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.finding import Finding, either_way
from bot.slack.manifest import manifest
from bot.slack.sending.meanings import code_of

INSTALL = "paste `counterpoise doctor --manifest` into your app's manifest and install it again"
AT = INSTALL.replace("--manifest", "--manifest --url https://HOST")
"""The same over HTTP."""
TOKEN = "SLACK_CONFIG_TOKEN"  # noqa: S105 - its name
ANOTHER = (
    "make an App Configuration Token (xoxe.xoxp-) of this workspace at api.slack.com/apps, which works for twelve "
    f"hours, and set {TOKEN}"
)


async def compared(client: AsyncWebClient, token: str, bot_id: str, *, http: bool) -> list[Finding]:
    """Each part of the manifest that the bot needs. ``token`` is the app configuration token; ``bot_id`` the bot's.

    Without a token only a person can look, who is told where and for what.
    """
    if not token:
        return [by_hand()]
    try:
        app_id = (await client.bots_info(bot=bot_id))["bot"]["app_id"]
        configuring = AsyncWebClient(token=token, base_url=client.base_url)
        there = (await configuring.apps_manifest_export(app_id=app_id))["manifest"]
        return list(differences(there, http=http))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is a finding
        code = code_of(error) if isinstance(error, SlackApiError) else ""
    if code:
        says = f"Slack says {code}, so the app's manifest was not looked at"
        return [Finding(TOKEN, "missing", says, f"{ANOTHER}, or unset it")]
    says = "what Slack answered cannot be read, so the app's manifest was not looked at"
    return [Finding(TOKEN, "unknown", says, f"try again in a minute, or unset {TOKEN}")]


def by_hand() -> Finding:
    """What to look at where no token may: Slack tells no token of the bot which events are on."""
    events = ", ".join(manifest()["settings"]["event_subscriptions"]["bot_events"])
    remedy = (
        f"see at api.slack.com/apps, Event Subscriptions, Subscribe to bot events, that these are on: {events}; "
        f"or let doctor look: {ANOTHER}"
    )
    return Finding("events", "unknown", "Slack tells no token of the bot which are on", remedy)


def differences(there: Mapping[str, Any], *, http: bool) -> Iterator[Finding]:
    """What the manifest of an app lacks, part by part. More than is needed is no fault."""
    older = "assistant_view" in _in(there, "features")
    ours = manifest("https://HOST" if http else "", assistant_view=older)
    lists: tuple[tuple[str, tuple[str, ...], str], ...] = (
        ("events", ("settings", "event_subscriptions", "bot_events"), ""),
        ("scopes of the manifest", ("oauth_config", "scopes", "bot"), ""),
        ("commands", ("features", "slash_commands"), "command"),
        ("shortcuts", ("features", "shortcuts"), "callback_id"),
    )
    for what, path, name in lists:
        yield _all_there(what, _names(_in(ours, *path), name), _names(_in(there, *path), name))
    yield _switches(
        "Home tab and messages", _in(ours, "features", "app_home"), _in(there, "features", "app_home")
    )
    pane = "assistant_view" if older else "agent_view"
    shown = bool(_in(there, "features", pane))
    yield either_way("agent pane", shown, "on" if shown else "off", INSTALL)
    on = bool(_in(there, "settings", "interactivity", "is_enabled"))
    yield either_way("interactivity", on, "on" if on else "off, so buttons and forms do nothing", INSTALL)
    socket = bool(_in(there, "settings", "socket_mode_enabled"))
    yield either_way("Socket Mode", socket is not http, "on" if socket else "off", AT if http else INSTALL)
    if http:
        yield _addresses(there)


def _in(manifest: Mapping[str, Any], *path: str) -> Any:
    """What stands at a place; empty where nothing does."""
    found: Any = manifest
    for name in path:
        found = (found or {}).get(name) if isinstance(found, Mapping) else None
    return found or {}


def _names(entries: Any, name: str) -> set[str]:
    """What a list names: its entries, or the field of each that is called so."""
    return {str(entry.get(name) if name else entry) for entry in entries}


def _all_there(what: str, wanted: set[str], there: set[str]) -> Finding:
    lacking = sorted(wanted - there)
    says = f"lacking {', '.join(lacking)}" if lacking else f"all {len(wanted)} there"
    return either_way(what, not lacking, says, INSTALL)


def _switches(what: str, wanted: Mapping[str, Any], there: Mapping[str, Any]) -> Finding:
    wrong = sorted(name for name, value in wanted.items() if bool(there.get(name)) is not value)
    return either_way(what, not wrong, f"{', '.join(wrong)} set otherwise" if wrong else "as needed", INSTALL)


def _addresses(there: Mapping[str, Any]) -> Finding:
    """Whether Slack knows where to send everything over HTTP."""
    known = {
        "events": _in(there, "settings", "event_subscriptions", "request_url"),
        "interactivity": _in(there, "settings", "interactivity", "request_url"),
        **{one["command"]: one.get("url") for one in _in(there, "features", "slash_commands")},
    }
    lacking = [what for what, address in known.items() if not address]
    return either_way("addresses", not lacking, f"none for {', '.join(lacking)}" if lacking else "given", AT)
