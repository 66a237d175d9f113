"""`counterpoise doctor`: what is missing to run in a workspace; with --manifest, what to paste into Slack."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict, replace
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.app import build_bot
from bot.audience.policy import read_policy
from bot.commands.choices import add_company, add_json
from bot.commands.output import demo_progress, print_json, print_page
from bot.memory import default_state_url, open_memory
from bot.settings import Settings
from bot.slack.finding import Finding, either_way
from bot.slack.manifest import manifest
from metrics.check.checkup import check_company
from metrics.errors import UserError

OPENAI = "https://api.openai.com/v1"
MARKS = {"well": "well   ", "missing": "missing", "unknown": "unknown"}


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("doctor", help="what is missing to run in Slack")
    add_company(parser)
    parser.add_argument("--http", action="store_true", help="for `serve --http`, without Socket Mode")
    parser.add_argument("--manifest", action="store_true", help="print the app's manifest for Slack instead")
    parser.add_argument("--url", metavar="URL", default="", help="with --manifest: where Slack reaches you")
    parser.add_argument(
        "--whole-channels", action="store_true", help="with --manifest: hear follow-ups without a mention"
    )
    parser.add_argument(
        "--assistant-view",
        action="store_true",
        help="with --manifest: where Slack does not know `agent_view` yet",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Look at everything and print what was found; 1 where something is missing."""
    if given.manifest:
        print_json(
            manifest(given.url, whole_channels=given.whole_channels, assistant_view=given.assistant_view)
        )
        return 0
    with demo_progress() as progress:
        local = [
            _memory(settings),
            *_company(replace(settings, company=given.company or settings.company), progress),
        ]
    found = [*asyncio.run(_slack(settings, http=given.http)), *local, asyncio.run(_model(settings))]
    if given.json:
        print_json(
            {"ok": all(one.state != "missing" for one in found), "findings": [asdict(one) for one in found]}
        )
    else:
        print_page(lambda console: _draw(found, console))
    return 0 if all(one.state != "missing" for one in found) else 1


async def _slack(settings: Settings, *, http: bool) -> list[Finding]:
    from bot.slack.app import SLACK
    from bot.slack.doctor import Tokens, look_at_slack

    tokens = Tokens(
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
        settings.slack_config_token,
    )
    url = settings.slack_api_url or SLACK
    return [finding async for finding in look_at_slack(tokens, url, http=http)]


def _memory(settings: Settings) -> Finding:
    try:
        open_memory(settings.state_url or default_state_url()).close()
    except UserError as error:
        return Finding("memory", "missing", "cannot be opened", str(error))
    kept = "PostgreSQL" if settings.state_url.startswith("postgresql") else "SQLite"
    return Finding("memory", "well", f"{kept} opens; its tables are up to date")


def _company(settings: Settings, progress: Any) -> list[Finding]:
    try:
        engine = build_bot(settings, progress).open(None)
        report = check_company(engine)
        policy = read_policy(engine.company.folder, engine.catalog)
    except UserError as error:
        return [Finding("company", "missing", "does not work", str(error))]
    total = len(report.computable) + len(report.missing)
    says = f"{engine.company.file.name}: {len(report.computable)} of {total} metrics can be computed"
    rules = f"{len(policy.rules)} rule{'' if len(policy.rules) == 1 else 's'}"
    access = rules if policy.rules else "no access.yaml; the careful default holds"
    return [
        either_way("company", report.ok, says, "`counterpoise check` names what is wrong with which table"),
        Finding("access", "well", access),
    ]


async def _model(settings: Settings) -> Finding:
    import aiohttp

    from bot.slack.doctor import tried

    if not settings.has_model:
        remedy = "none is needed; to have one word the answers, set OPENAI_BASE_URL or OPENAI_API_KEY"
        return Finding("model", "unknown", "none is set up; answers are worded plainly", remedy)
    base = (settings.openai_base_url or OPENAI).rstrip("/")

    async def reach() -> str:
        headers = {"Authorization": f"Bearer {settings.openai_api_key}"} if settings.openai_api_key else {}
        timeout = aiohttp.ClientTimeout(total=10)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{base}/models", headers=headers) as got,
        ):
            got.raise_for_status()
        return "answers"

    return await tried(
        "model", reach, "check OPENAI_BASE_URL and OPENAI_API_KEY; without a model, unset both"
    )


def _draw(found: list[Finding], console: Console) -> None:
    for one in found:
        console.print(Text(f"{MARKS[one.state]}  {one.what}: {one.says}"))
        if one.remedy and one.state != "well":
            console.print(Padding(Text(f"-> {one.remedy}"), (0, 0, 0, 9), expand=False))
