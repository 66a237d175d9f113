from __future__ import annotations

import asyncio
import json
import signal
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any
from urllib.request import urlopen

import aiohttp
import pytest

from bot.playground import shapes
from bot.playground.cast import CHRO, CRO, GUEST, workspace
from bot.playground.manifest import read_manifest
from bot.playground.page import ASSETS, add_page
from bot.playground.run import play
from bot.playground.server import Slack
from bot.playground.workspace import BOT, Message
from metrics.errors import UserError

pytestmark = pytest.mark.slow

KEY = "the-key"
ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def page() -> AsyncIterator[Slack]:
    """The page with no bot behind it."""
    manifest = read_manifest()
    slack = Slack(
        workspace(manifest.name),
        scopes=manifest.scopes,
        subscribed=manifest.subscribed,
        bot_token="xoxb-1",
        app_token="xapp-1",
        ack_limit=0.05,
    )
    add_page(slack, manifest, KEY)
    async with slack:
        yield slack


async def status(slack: Slack, path: str, **request: Any) -> int:
    method = "POST" if "json" in request or "data" in request else "GET"
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, slack.origin + path, **request) as got,
    ):
        return got.status


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 200),
        ({"Host": "evil.example:{port}"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Host": "localhost:{port}", "Origin": "http://localhost:{port}"}, 200),
        ({"Origin": "http://127.0.0.1:{port}"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
    ],
)
async def test_only_this_machine_and_no_page_from_elsewhere_gets_in(
    headers: dict[str, str], expected: int
) -> None:
    async with page() as slack:
        port = slack.origin.rsplit(":", 1)[1]
        sent = {name: value.format(port=port) for name, value in headers.items()}
        assert await status(slack, f"/?key={KEY}", headers=sent) == expected


@pytest.mark.parametrize(
    "path", ["/", "/?key=other", "/feed?as=U0CRO", "/assets/scripts/main.js", "/files/F1"]
)
async def test_without_the_key_nothing_is_shown(path: str) -> None:
    async with page() as slack:
        assert await status(slack, path) == 403
        assert await status(slack, "/do/say", json={"as": CRO, "channel": "C0SALES", "text": "x"}) == 403
        assert slack.workspace.messages == {}


async def test_the_key_is_kept_in_a_cookie_that_no_script_and_no_other_site_can_use() -> None:
    async with page() as slack, aiohttp.ClientSession() as session:
        got = await session.get(f"{slack.origin}/?key={KEY}")
        cookie, policy = got.headers["Set-Cookie"], got.headers["Content-Security-Policy"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


async def test_what_a_form_of_another_site_could_send_is_no_action() -> None:
    async with page() as slack:
        sent = json.dumps({"as": CRO, "channel": "C0SALES", "text": "x"})
        assert (
            await status(slack, f"/do/say?key={KEY}", data=sent, headers={"Content-Type": "text/plain"})
            == 415
        )


async def test_it_listens_on_loopback_only() -> None:
    async with page() as slack:
        hosts = {address[0] for address in slack._runner.addresses}
    assert hosts == {"127.0.0.1"}


async def test_no_asset_outside_the_folder_is_given() -> None:
    async with page() as slack:
        for path in (
            "/assets/../guard.py",
            "/assets/%2e%2e/guard.py",
            "/assets/scripts/none.js",
            "/assets/index.py",
        ):
            assert await status(slack, f"{path}?key={KEY}") in {403, 404}
        assert await status(slack, f"/assets/scripts/main.js?key={KEY}") == 200


async def test_nobody_acts_as_the_app_or_where_they_are_not() -> None:
    async with page() as slack:
        say = {"channel": "C0SALES", "text": "hello"}
        assert await status(slack, f"/do/say?key={KEY}", json=say | {"as": BOT}) == 404
        assert await status(slack, f"/do/say?key={KEY}", json=say | {"as": GUEST}) == 409
        assert await status(slack, f"/do/nothing?key={KEY}", json=say | {"as": CRO}) == 404
        assert slack.workspace.messages == {}


async def test_what_the_page_never_sends_is_refused() -> None:
    good = {"as": CRO, "channel": "C0SALES", "text": "x"}
    wrong: list[dict[str, Any]] = [
        {"as": {}},
        {"as": [1]},
        {"channel": ["x"]},
        {"text": 7},
        {"thread": 0},
        {"view": {}},
    ]
    bodies = [json.dumps(good | one) for one in wrong] + ["[]", "null", "7", "{", "[" * 100_000]
    async with page() as slack:
        for body in bodies:
            told = await status(
                slack, f"/do/say?key={KEY}", data=body, headers={"Content-Type": "application/json"}
            )
            assert told == 400, body[:40]
        assert await status(slack, f"/do/say?key={KEY}", json={}) == 404
        assert slack.workspace.messages == {}


def test_a_person_is_told_only_of_what_they_see() -> None:
    slack = Slack(workspace("Counterpoise"), scopes=set(), subscribed=set(), bot_token="b", app_token="a")
    private = Message("C0SALES", "1.000001", "for one", only_for=CRO)
    in_private = Message("C0LEADERS", "1.000002", "for few")
    assert shapes.change(slack, CRO, "message", private) is not None
    assert shapes.change(slack, CHRO, "message", private) is None
    assert shapes.change(slack, CHRO, "message", in_private) is not None
    assert shapes.change(slack, GUEST, "message", in_private) is None
    slack.workspace.put(private)
    slack.workspace.put(in_private)
    seen = {
        who: len(shapes.everything(slack, read_manifest(), who)["messages"]) for who in (CRO, CHRO, GUEST)
    }
    assert seen == {CRO: 2, CHRO: 1, GUEST: 0}


@pytest.mark.parametrize(
    ("words", "markup"),
    [
        ("@counterpoise top 5", "<@U0BOT> top 5"),
        ("ask @Sales rep, in #sales", "ask <@U0REP>, in <#C0SALES|sales>"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<!channel> <@U0BOT>", "&lt;!channel&gt; &lt;@U0BOT&gt;"),
        ("me@counterpoise.example", "me@counterpoise.example"),
    ],
)
def test_names_become_mentions_and_nothing_else_becomes_markup(words: str, markup: str) -> None:
    slack = Slack(workspace("Counterpoise"), scopes=set(), subscribed=set(), bot_token="b", app_token="a")
    assert shapes.typed(slack, words) == markup


def test_what_the_page_needs_ships_in_the_package_and_comes_from_nowhere_else() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    assert "playground/assets/**" in data["bot"]
    for path in Path(str(ASSETS)).rglob("*.*"):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, path
        assert "innerHTML" not in text, path


async def test_a_port_that_is_taken_is_said_in_one_sentence() -> None:
    async def never(**_: object) -> None:
        raise AssertionError

    async with page() as slack:
        port = int(slack.origin.rsplit(":", 1)[1])
        with pytest.raises(UserError, match=f"Port {port} cannot be used"):
            await play(never, opened=lambda _: None, port=port)


async def test_two_runs_never_share_an_id_that_the_bot_remembers() -> None:
    async with page() as one, page() as other:
        ids = [slack.workspace.new_id("Ev") for slack in (one, other) for _ in range(50)]
        ids += [slack.passes.trigger(CRO) for slack in (one, other) for _ in range(50)]
    assert len(set(ids)) == len(ids)


async def test_a_command_in_a_thread_is_refused_as_in_slack() -> None:
    async with page() as slack, aiohttp.ClientSession() as session:
        typed = {"as": CRO, "channel": "C0SALES", "text": "/metrics top 5", "thread": "1.000001"}
        got = await session.post(f"{slack.origin}/do/say?key={KEY}", json=typed)
        assert "outside threads" in (await got.json())["failed"]


def test_the_command_prints_an_address_that_works_and_ends_when_told_to(demo_folder: Path) -> None:
    arguments = ["playground", "--no-open", "--company", str(demo_folder)]
    with Popen([sys.executable, "-m", "bot", *arguments], cwd=ROOT, stdout=PIPE, text=True) as running:  # noqa: S603 - ourselves
        assert running.stdout
        line = running.stdout.readline()
        address = line.removeprefix("The playground is at ").strip()
        with urlopen(address, timeout=30) as got:  # noqa: S310 - our own address
            assert b"Counterpoise playground" in got.read()
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 0


async def test_the_feed_gives_everything_first_and_then_each_change() -> None:
    async with page() as slack, aiohttp.ClientSession() as session:
        feed = await session.get(f"{slack.origin}/feed?as={CRO}&key={KEY}")
        first = json.loads((await feed.content.readline())[6:])
        await feed.content.readline()
        slack.workspace.put(Message("C0SALES", "1.000001", "hidden", only_for=CHRO))
        slack.workspace.put(Message("C0SALES", "1.000002", "news", user=CHRO))
        change = json.loads((await asyncio.wait_for(feed.content.readline(), 5))[6:])
    assert (first["what"], first["me"]) == ("everything", CRO)
    assert (change["what"], change["message"]["text"]) == ("message", "news")
