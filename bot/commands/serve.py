"""`counterpoise serve`: the Slack bot, over Socket Mode or HTTP."""

from __future__ import annotations

import argparse
import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from bot.answer import answer
from bot.app import build_bot
from bot.audience.policy import read_policy
from bot.commands.choices import add_company, whole_number
from bot.commands.output import demo_progress
from bot.failures import Discreet, trim
from bot.settings import Settings
from metrics.errors import UserError


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", help="answer in Slack (Socket Mode, or HTTP)")
    add_company(parser)
    parser.add_argument("--http", action="store_true", help="take signed requests at /slack/events instead")
    parser.add_argument("--host", default="127.0.0.1", help="with --http: the address to listen at")
    parser.add_argument("--port", metavar="N", type=whole_number, default=3000, help="with --http")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Answer in Slack until told to stop."""
    from bot.slack.app import SLACK
    from bot.slack.serve import REMEDIES, serve, serve_http

    lines = logging.StreamHandler()
    lines.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[lines], force=True)
    with suppress(OSError):
        trim(settings.failures, settings.days)
    other = ("SLACK_SIGNING_SECRET", settings.slack_signing_secret)
    for name, value in (
        ("SLACK_BOT_TOKEN", settings.slack_bot_token),
        other if given.http else ("SLACK_APP_TOKEN", settings.slack_app_token),
    ):
        if not value:
            raise UserError(f"{name} is not set: {REMEDIES[name]}, and set that variable.")
    shared = bot_for(given.company, settings) | {
        "bot_token": settings.slack_bot_token,
        "api_url": settings.slack_api_url or SLACK,
    }
    if given.http:
        secret = settings.slack_signing_secret
        asyncio.run(serve_http(**shared, signing_secret=secret, host=given.host, port=given.port))
    else:
        asyncio.run(serve(**shared, app_token=settings.slack_app_token))
    return 0


def bot_for(company: str | None, settings: Settings) -> dict[str, Any]:
    """What the Slack bot is made of, whichever Slack it is to serve.

    Raises:
        UserError: the company folder or its policy does not work.
    """
    with demo_progress() as progress:
        bot = build_bot(replace(settings, company=company or settings.company), progress)
        engine = bot.open(None)  # so that a folder that does not work is said now, not to whoever asks first
        policy = read_policy(engine.company.folder, engine.catalog)
    return {
        "answer": partial(answer, bot=bot),
        "live": (lambda question, show: answer(question, bot, show)) if bot.model else None,
        "memory": bot.memory,
        "open_": partial(bot.open, None),
        "policy": policy,
        "days": settings.retention,
    }
