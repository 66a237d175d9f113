"""The published failure as a benchmark: `python -m tests.evals.coaching [--base-url URL --model NAME]`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.answer import Bot
from bot.app import Companies
from bot.memory import open_memory
from bot.settings import read_settings
from tests.evals.coaching.contestants import Contestant, endpoint, this_bot
from tests.evals.coaching.protocol import Conversation, conversations
from tests.evals.coaching.score import CHECKS, Scored

STATE = Path(".counterpoise", "evals")
AS_OF = date(2026, 1, 15)

Results = Mapping[str, Sequence[Scored]]


def main() -> int:
    """Have the conversations, print what held for each contestant, side by side."""
    given = arguments()
    chosen = [one for one in conversations() if not given.roles or one.role in given.roles.split(",")]
    contestants = [this_bot(our_bot())]
    if given.base_url and given.model:
        contestants.append(endpoint(given.base_url, given.model, os.environ.get("OPENAI_API_KEY", "")))
    results = asyncio.run(run(contestants, chosen))
    show(results, Console())
    if given.out:
        Path(given.out).write_text(json.dumps(as_json(results), indent=2) + "\n", encoding="utf-8")
    return 0


def arguments() -> argparse.Namespace:
    """What was asked for; the endpoint as the bot's own settings name it, unless it is given."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.coaching", description=__doc__)
    parser.add_argument(
        "--base-url", default=os.environ.get("OPENAI_BASE_URL", ""), help="an OpenAI-compatible endpoint"
    )
    parser.add_argument(
        "--model", default=os.environ.get("COUNTERPOISE_MODEL", ""), help="the model to ask there"
    )
    parser.add_argument("--roles", default="", help="ids of roles, between commas; else all sixteen")
    parser.add_argument("--out", default="", help="a file for the results as JSON")
    return parser.parse_args()


def our_bot() -> Bot:
    """This bot without a model, for the company that the environment names, else for the demo company."""
    STATE.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{(STATE / 'memory.sqlite3').resolve()}"
    settings = read_settings({**os.environ, "COUNTERPOISE_STATE_URL": url})
    return Bot(Companies(settings).open, open_memory(url), None, lambda _zone: AS_OF)


async def run(contestants: Sequence[Contestant], chosen: Sequence[Conversation]) -> dict[str, list[Scored]]:
    """The results of each contestant, by name: one conversation after the other."""
    return {
        contestant.name: [await contestant.run(conversation) for conversation in chosen]
        for contestant in contestants
    }


def share(results: Sequence[Scored], check: str) -> tuple[int, int]:
    """In how many conversations a check held, and of how many."""
    return sum(one.held[check] for one in results), len(results)


def points(results: Sequence[Scored]) -> tuple[int, int]:
    """How many checks held over all conversations, and of how many."""
    return sum(sum(one.held.values()) for one in results), sum(len(one.held) for one in results)


def show(results: Results, console: Console) -> None:
    """Both scores, side by side: by check, by role, and in all."""
    table = Table(title="The same conversation, coached once")
    table.add_column("Check")
    for name in results:
        table.add_column(name, justify="right")
    for check, meaning in CHECKS.items():
        table.add_row(meaning, *(_of(share(found, check)) for found in results.values()))
    table.add_section()
    roles = [one.role for one in next(iter(results.values()))]
    for place, role in enumerate(roles):
        table.add_row(role, *(_of(points(found[place : place + 1])) for found in results.values()))
    table.add_section()
    table.add_row("all", *(_of(points(found)) for found in results.values()))
    console.print(table)


def _of(counted: tuple[int, int]) -> str:
    return f"{counted[0]} of {counted[1]}"


def as_json(results: Results) -> dict[str, object]:
    """What was found, for a file."""
    return {
        name: {
            "held": points(found)[0],
            "of": points(found)[1],
            "roles": {one.role: dict(one.held) for one in found},
        }
        for name, found in results.items()
    }


if __name__ == "__main__":
    sys.exit(main())
