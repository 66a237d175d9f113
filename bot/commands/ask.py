"""`counterpoise ask`: one question, one answer."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from bot.answer import answer
from bot.app import build_bot
from bot.commands.choices import add_company, add_context, add_day, add_json, add_person, person
from bot.commands.output import demo_progress, print_json, print_page
from bot.contract import answer_json
from bot.model import Question
from bot.settings import Settings
from bot.terminal import as_text, show


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("ask", help="answer one question")
    parser.add_argument("question", metavar="QUESTION", help="in plain words, quoted")
    add_company(parser)
    add_day(parser)
    add_context(parser)
    parser.add_argument("--no-llm", action="store_true", help="answer without the language model")
    add_person(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Answer and print."""
    with demo_progress() as progress:
        bot = build_bot(settings, progress)
        question = Question(
            text=given.question,
            user=person(given),
            channel=given.channel,
            thread=given.thread,
            company=given.company,
            as_of=given.as_of,
            stage=given.stage,
            business_model=given.business_model,
            use_model=not given.no_llm,
            operator=True,
        )
        finished = asyncio.run(answer(question, bot))
    if given.json:
        catalog = bot.open(given.company).catalog
        print_json(answer_json(finished, catalog, as_text(finished)))
    else:
        print_page(lambda console: show(finished, console))
    return 0
