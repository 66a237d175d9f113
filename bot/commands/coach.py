"""`counterpoise coach`: teach a rule, list what was taught, retire a rule, look back; as in Slack."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace
from typing import Any

from bot.answer import Bot, answer
from bot.app import build_bot
from bot.commands.choices import add_company, add_json, add_person, person
from bot.commands.output import demo_progress, print_json, print_page
from bot.contract import answer_json
from bot.model import Answer, Question
from bot.settings import Settings
from bot.terminal import as_text, show

SCOPES = {"me": "for me", "channel": "in this channel", "workspace": "for the workspace"}


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("coach", help="teach a rule; or: list, history, retire ID, yes, no")
    parser.add_argument(
        "words", metavar="TEXT", nargs="+", help="a rule in plain words, list, history, retire ID"
    )
    add_person(parser)
    parser.add_argument("--scope", choices=SCOPES, help="for whom it is to hold")
    parser.add_argument("--yes", action="store_true", help="store it without asking again, if it can hold")
    add_company(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Say it to the bot, and its yes where that was given at once."""
    with demo_progress() as progress:
        bot = build_bot(settings, progress)
        asked = Question(
            text=f"coach {' '.join(given.words)}",
            user=person(given),
            channel=given.channel,
            thread=given.thread,
            company=given.company,
            operator=True,
            use_model=False,
        )
        finished = asyncio.run(_said(asked, bot, given))
    if given.json:
        print_json(answer_json(finished, bot.open(given.company).catalog, as_text(finished)))
    else:
        print_page(lambda console: show(finished, console))
    return 0


async def _said(asked: Question, bot: Bot, given: argparse.Namespace) -> Answer:
    """The lesson, then for whom it is, then a yes: each only while a proposal waits for it."""
    finished = await answer(asked, bot)
    if given.scope and finished.actions:
        finished = await answer(replace(asked, text=SCOPES[given.scope]), bot)
    yes = dict(finished.actions).get("Yes")
    if given.yes and yes:
        finished = await answer(replace(asked, text=yes), bot)
    return finished
