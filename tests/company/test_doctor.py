"""`counterpoise doctor` says what is missing, each with its remedy."""

from __future__ import annotations

import json
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.cli import main
from bot.slack.doctor import Tokens, _clock, _scopes, look_at_slack
from bot.slack.exported import by_hand
from bot.slack.finding import Finding
from bot.slack.manifest import WHOLE, manifest
from tests.slack_server import SlackServer, Trouble
from tests.slack_server.running import slack_server
from tests.slack_server.server import APP_TOKEN, BOT_TOKEN, CONFIG_TOKEN

ALL = Tokens(BOT_TOKEN, APP_TOKEN, "secret", CONFIG_TOKEN)
EVENTS = manifest()["settings"]["event_subscriptions"]["bot_events"]


async def looked(
    slack: SlackServer, tokens: Tokens | None = None, *, http: bool = False
) -> dict[str, Finding]:
    tokens = tokens or Tokens(BOT_TOKEN, APP_TOKEN, "")
    return {one.what: one async for one in look_at_slack(tokens, slack.api_url, http=http)}


async def test_everything_in_place_is_well() -> None:
    async with slack_server() as slack:
        found = await looked(slack)
    assert {one.state for what, one in found.items() if what != "events"} == {"well"}
    assert found["socket"].says == "connected (hello)"


async def test_without_a_token_for_it_each_event_is_named_and_where_to_look_for_it() -> None:
    async with slack_server() as slack:
        event = (await looked(slack))["events"]
    assert event.state == "unknown"
    assert all(name in event.remedy for name in [*EVENTS, "Subscribe to bot events", "SLACK_CONFIG_TOKEN"])


@pytest.mark.parametrize("view", [False, True])
@pytest.mark.parametrize("http", [False, True])
async def test_an_app_made_from_the_manifest_is_well_in_every_part(view: bool, http: bool) -> None:
    async with slack_server() as slack:
        url = "https://bot.example.com" if http else ""
        slack.manifest = manifest(url, whole_channels=True, assistant_view=view)
        found = await looked(slack, ALL, http=http)
    assert {one.state for one in found.values()} == {"well"}
    parts = {"events", "scopes of the manifest", "commands", "shortcuts", "agent pane", "interactivity"}
    assert parts | {"Home tab and messages", "Socket Mode"} <= set(found)


def spoilt(part: str) -> dict[str, Any]:
    made = manifest()
    match part:
        case "events":
            made["settings"]["event_subscriptions"]["bot_events"].remove("message.im")
        case "scopes of the manifest":
            made["oauth_config"]["scopes"]["bot"].remove("im:history")
        case "commands":
            made["features"]["slash_commands"] = []
        case "shortcuts":
            made["features"]["shortcuts"][0]["callback_id"] = "another"
        case "Home tab and messages":
            made["features"]["app_home"] |= {
                "home_tab_enabled": False,
                "messages_tab_read_only_enabled": True,
            }
        case "agent pane":
            del made["features"]["agent_view"]
        case "interactivity":
            made["settings"]["interactivity"]["is_enabled"] = False
        case "Socket Mode":
            made["settings"]["socket_mode_enabled"] = False
    return made


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("events", "lacking message.im"),
        ("scopes of the manifest", "lacking im:history"),
        ("commands", "lacking /metrics"),
        ("shortcuts", "lacking explain_message"),
        ("Home tab and messages", "home_tab_enabled, messages_tab_read_only_enabled set otherwise"),
        ("agent pane", "off"),
        ("interactivity", "off, so buttons and forms do nothing"),
        ("Socket Mode", "off"),
    ],
)
async def test_what_the_apps_manifest_lacks_is_named_with_its_remedy(part: str, says: str) -> None:
    async with slack_server() as slack:
        slack.manifest = spoilt(part)
        found = await looked(slack, ALL)
    assert (found[part].state, found[part].says) == ("missing", says)
    assert "doctor --manifest" in found[part].remedy
    assert [what for what, one in found.items() if one.state != "well"] == [part]


async def test_an_app_for_http_without_addresses_is_told_to_give_them() -> None:
    async with slack_server() as slack:
        found = await looked(slack, ALL, http=True)
    assert found["addresses"].says == "none for events, interactivity, /metrics"
    assert {found[one].state for one in ("addresses", "Socket Mode")} == {"missing"}
    assert "--url https://HOST" in found["addresses"].remedy


async def test_a_token_that_has_run_out_is_a_finding_and_is_not_shown() -> None:
    async with slack_server() as slack:
        slack.trouble("apps.manifest.export", Trouble("token_expired"))
        expired = await looked(slack, ALL)
        wrong = await looked(slack, Tokens(BOT_TOKEN, APP_TOKEN, "", "xoxe.xoxp-other"))
    assert "token_expired" in expired["SLACK_CONFIG_TOKEN"].says
    assert "invalid_auth" in wrong["SLACK_CONFIG_TOKEN"].says
    assert all("xoxp-other" not in one.says + one.remedy for one in wrong.values())


GARBAGE = {
    "a page": web.Response(text="<html>Sign in</html>", content_type="text/html"),
    "a word of a proxy": web.Response(text="upstream connect error", status=503),
    "JSON that breaks off": web.Response(text='{"ok": tr', content_type="application/json"),
    "no text": web.Response(body=b'{"ok": true, "user": "\xff"}', content_type="application/json"),
    "a list": web.json_response([]),
    "a number": web.json_response(3),
    "nothing": web.json_response(None),
    "no more than ok": web.json_response({"ok": True}),
    "other fields": web.json_response(
        {"ok": True, "bot": [1], "manifest": {"features": {"shortcuts": [None]}}}
    ),
    "the token": web.json_response({"ok": False, "error": f"not {CONFIG_TOKEN}"}),
}


@pytest.mark.parametrize("garbage", GARBAGE)
@pytest.mark.parametrize("method", ["auth.test", "bots.info", "apps.manifest.export"])
async def test_whatever_answers_in_place_of_slack_is_a_finding_and_shows_no_token(
    method: str, garbage: str
) -> None:
    well: dict[str, dict[str, Any]] = {
        "auth.test": {"user": "bot", "team": "acme", "bot_id": "B1"},
        "bots.info": {"bot": {"app_id": "A1"}},
    }

    async def say(request: web.Request) -> web.Response:
        asked = request.path.rpartition("/")[2]
        return copy(GARBAGE[garbage]) if asked == method else web.json_response({"ok": True, **well[asked]})

    app = web.Application()
    app.router.add_post("/api/{method}", say)
    async with TestServer(app) as there:
        tokens = Tokens(BOT_TOKEN, "", "", CONFIG_TOKEN)
        found = [one async for one in look_at_slack(tokens, str(there.make_url("/api/")), http=False)]
    assert {one.what for one in found if one.state != "well"} & {"Slack", "SLACK_CONFIG_TOKEN", "bot token"}
    assert all(one.says and CONFIG_TOKEN not in one.says + one.remedy for one in found)


async def test_a_scope_that_is_lacking_is_named_with_its_remedy() -> None:
    async with slack_server() as slack:
        slack.scopes -= {"users:read", "groups:read"}
        found = await looked(slack)
    assert found["scopes"].state == "missing"
    assert found["scopes"].says == "lacking groups:read, users:read"
    assert "--manifest" in found["scopes"].remedy


async def test_a_token_of_the_wrong_kind_is_told_by_its_beginning() -> None:
    async with slack_server() as slack:
        found = await looked(slack, Tokens("xoxp-other", "", ""))
    assert found["SLACK_BOT_TOKEN"].says == "does not begin with xoxb-"
    assert found["bot token"].says == "Slack says invalid_auth"
    assert (found["SLACK_APP_TOKEN"].state, found["SLACK_APP_TOKEN"].says) == ("missing", "not set")
    assert all("xoxp-other" not in one.says + one.remedy for one in found.values())


async def test_over_http_the_signing_secret_counts_and_the_socket_does_not() -> None:
    async with slack_server() as slack:
        found = await looked(slack, Tokens(BOT_TOKEN, "", ""), http=True)
    assert found["SLACK_SIGNING_SECRET"].state == "missing"
    assert "socket" not in found
    assert "SLACK_APP_TOKEN" not in found


async def test_a_slack_that_cannot_be_reached_is_a_finding() -> None:
    async with slack_server() as slack:
        slack.trouble("apps.connections.open", Trouble("not_allowed_token_type"))
        found = await looked(slack)
    assert found["socket"].state == "missing"


async def test_every_line_that_is_not_well_has_its_remedy() -> None:
    found = [
        _scopes(None),
        _scopes("chat:write"),
        _clock(None),
        _clock("no date"),
        _clock("Mon, 01 Jan 2024 00:00:00 GMT"),
        by_hand(),
    ]
    async with slack_server() as slack:
        for tokens in (Tokens("", "", ""), Tokens("xoxp-1", "xapp-1", ""), Tokens(BOT_TOKEN, "xapp-1", "")):
            for http in (False, True):
                found += (await looked(slack, tokens, http=http)).values()
    found += (await looked_nowhere()).values()
    assert {one.state for one in found} == {"well", "missing", "unknown"}
    assert [one.what for one in found if one.state != "well" and not one.remedy] == []


async def looked_nowhere() -> dict[str, Finding]:
    nowhere = look_at_slack(Tokens(BOT_TOKEN, APP_TOKEN, ""), "http://127.0.0.1:9/api/", http=False)
    return {one.what: one async for one in nowhere}


def test_the_command_says_all_of_it_and_fails_where_something_is_missing(
    capsys: pytest.CaptureFixture[str], demo_folder: Path
) -> None:
    assert main(["doctor", "--company", str(demo_folder), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    states = {one["what"]: one["state"] for one in said["findings"]}
    assert said["ok"] is False
    assert states["SLACK_BOT_TOKEN"] == "missing"
    assert all(one["remedy"] for one in said["findings"] if one["state"] != "well")
    assert (states["memory"], states["company"], states["model"]) == ("well", "well", "unknown")


def test_it_prints_the_manifest_for_each_way_of_running(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--manifest"]) == 0
    assert json.loads(capsys.readouterr().out) == manifest()
    assert main(["doctor", "--manifest", "--url", "https://bot.example.com/", "--whole-channels"]) == 0
    made = json.loads(capsys.readouterr().out)
    address = "https://bot.example.com/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["features"]["slash_commands"][0]["url"] == address
    assert made["settings"]["socket_mode_enabled"] is False
    assert set(WHOLE) <= set(made["settings"]["event_subscriptions"]["bot_events"])
    assert set(WHOLE.values()) <= set(made["oauth_config"]["scopes"]["bot"])
    assert not set(WHOLE.values()) & set(manifest()["oauth_config"]["scopes"]["bot"])
