"""`counterpoise ask`: one question, one answer."""

from __future__ import annotations

import argparse
import asyncio
import getpass
from typing import Any

from bot.answer import answer
from bot.app import build_bot
from bot.commands.output import Bar, console, print_json
from bot.contract import answer_json
from bot.model import Question
from bot.settings import Settings
from bot.terminal import as_text, show


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("ask", help="answer one question")
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument(
        "--company", metavar="DIR", help="company folder; else COUNTERPOISE_COMPANY, else the demo"
    )
    parser.add_argument("--as-of", metavar="DATE", help="the day the question is asked for")
    parser.add_argument("--stage", metavar="S", help="pre_pmf, growth or scale")
    parser.add_argument("--business-model", metavar="M", help="saas, ecommerce, services or marketplace")
    parser.add_argument("--no-llm", action="store_true", help="answer without the language model")
    parser.add_argument("--user", metavar="U", help="who asks")
    parser.add_argument("--channel", metavar="C", default="terminal", help="where it is asked")
    parser.add_argument("--thread", metavar="T", default="", help="continue this conversation")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Answer and print."""
    bot = build_bot(settings, Bar("Making the demo company"))
    question = Question(
        text=given.question,
        user=given.user or getpass.getuser(),
        channel=given.channel,
        thread=given.thread,
        company=given.company,
        as_of=given.as_of,
        stage=given.stage,
        business_model=given.business_model,
        use_model=not given.no_llm,
    )
    finished = asyncio.run(answer(question, bot))
    if given.json:
        catalog = bot.open(given.company).catalog
        print_json(answer_json(finished, catalog, as_text(finished)))
    else:
        show(finished, console())
    return 0
