"""`counterpoise serve`: the Slack bot."""

from __future__ import annotations

import argparse
import asyncio
import logging
from functools import partial
from typing import Any

from bot.answer import answer
from bot.app import build_bot
from bot.commands.output import Bar
from bot.settings import Settings
from metrics.errors import UserError


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", help="answer in Slack (Socket Mode)")
    parser.add_argument("--company", metavar="DIR", help="company folder")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Answer in Slack until told to stop."""
    from bot.slack.app import SLACK
    from bot.slack.serve import serve

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name, value in (
        ("SLACK_BOT_TOKEN", settings.slack_bot_token),
        ("SLACK_APP_TOKEN", settings.slack_app_token),
    ):
        if not value:
            raise UserError(f"{name} is not set: the README says where Slack shows it.")
    bot = build_bot(settings, Bar("Making the demo company"))
    bot.open(given.company)
    asyncio.run(
        serve(
            answer=partial(answer, bot=bot),
            claim=bot.memory.claim,
            bot_token=settings.slack_bot_token,
            app_token=settings.slack_app_token,
            api_url=settings.slack_api_url or SLACK,
        )
    )
    return 0
