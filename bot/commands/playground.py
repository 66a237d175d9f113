"""`counterpoise playground`: the Slack bot in a local look-alike of Slack, in the browser."""

from __future__ import annotations

import argparse
import asyncio
import sys
import webbrowser
from functools import partial
from typing import Any

from bot.commands.choices import add_company, whole_number
from bot.commands.serve import bot_for
from bot.settings import Settings


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("playground", help="try the Slack bot in the browser, without a workspace")
    add_company(parser)
    parser.add_argument(
        "--port",
        metavar="N",
        type=whole_number,
        default=0,
        help="of the page, on this machine (any free one)",
    )
    parser.add_argument("--no-open", action="store_true", help="print the address, open no browser")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Run the bot and its page until told to stop."""
    from bot.playground.run import play
    from bot.slack.serve import serve

    def opened(address: str) -> None:
        sys.stdout.write(f"The playground is at {address}\nStop it with Ctrl+C.\n")
        sys.stdout.flush()
        if not given.no_open:
            webbrowser.open(address)

    connect = partial(serve, **bot_for(given.company, settings))
    asyncio.run(play(connect, opened=opened, port=given.port))
    return 0
