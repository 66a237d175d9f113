"""`counterpoise verify`: every number of an old answer, computed again."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.app import build_bot
from bot.coaching.force import as_taught
from bot.commands.choices import add_company, add_json
from bot.commands.metric_values import OPERATOR
from bot.commands.output import demo_progress, print_json, print_page
from bot.receipts import number, period
from bot.recorded import recorded
from bot.settings import Settings
from metrics import VERSION
from metrics.display import shown
from metrics.engine import Engine
from metrics.errors import UserError
from metrics.verify import Verified, verify

WORDS = {"same": "same", "changed": "changed", "not_computable": "no longer computable"}


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("verify", help="compute every number of an old answer again")
    parser.add_argument("id", metavar="ANSWER_ID", help="the id at the end of an answer")
    add_company(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Verify and print. A number that changed is a finding, no failure: 0 all the same."""
    with demo_progress() as progress:
        bot = build_bot(settings, progress)
        contract = bot.memory.answer(given.id)
        if contract is None:
            raise UserError(
                f"No answer {given.id!r} is remembered here: give the id at the end of an answer, "
                "and in COUNTERPOISE_STATE_URL the memory that it was given from."
            )
        engine = as_taught(bot.memory, bot.open(given.company))
    company = engine.company.file
    if contract.get("company", company.name) != company.name:
        raise UserError(
            f"Answer {given.id} was given for {contract['company']}, not for {company.name}: "
            "name its folder with --company."
        )
    found = verify(engine, recorded(contract, engine.company.calendar), OPERATOR)
    if given.json:
        print_json(as_json(given.id, contract, found))
    else:
        print_page(lambda console: _draw(console, contract, found, engine))
    return 0


def as_json(answer_id: str, contract: dict[str, Any], found: Sequence[Verified]) -> dict[str, Any]:
    """What became of each number. Figures about people are null; of everything else both values stand."""
    return {
        "answer_id": answer_id,
        "question": contract["question"],
        "company": contract.get("company"),
        "engine": VERSION,
        **{verdict: sum(one.verdict == verdict for one in found) for verdict in WORDS},
        "numbers": [
            {
                "citation": one.recorded.key,
                "metric": one.recorded.metric,
                "period": period(one.recorded.period),
                "verdict": one.verdict,
                "moved": list(one.moved),
                "fields": list(one.fields),
                "then": number(one.then),
                "now": number(one.now),
                "guarded": one.guarded,
                "why_not": one.why_not or None,
            }
            for one in found
        ],
    }


def _draw(console: Console, contract: dict[str, Any], found: Sequence[Verified], engine: Engine) -> None:
    console.print(Text(str(contract["question"]), style="bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("Number", "Verdict", "Then", "Now"):
        table.add_column(heading, justify="right" if heading in {"Then", "Now"} else "left")
    for one in found:
        table.add_row(Text(one.recorded.key), _verdict(one), *_figures(one, engine))
    console.print(table)
    counts = [f"{sum(one.verdict == verdict for one in found)} {words}" for verdict, words in WORDS.items()]
    console.print(Text(f"{', '.join(counts)}. {engine.company.file.name}, engine {VERSION}."))


def _verdict(one: Verified) -> str:
    words = WORDS[one.verdict]
    if one.why_not:
        return f"{words}: {one.why_not}"
    if not one.moved:
        return words
    what = f"{' and '.join(one.moved)} moved"
    figures = "" if one.guarded or "value" in one.fields or not one.fields else f" ({', '.join(one.fields)})"
    return f"{words}: {what}{figures}"


def _figures(one: Verified, engine: Engine) -> tuple[str, str]:
    """Both values, of what is open."""
    if one.guarded:
        return "guarded", "guarded"
    if one.verdict == "not_computable":
        return "", ""
    unit, currency = engine.catalog.metric(one.recorded.metric).unit, engine.company.file.currency
    then, now = shown(one.then, unit, one.recorded.currency or currency), shown(one.now, unit, currency)
    if then == now and one.then != one.now:
        return str(number(one.then)), str(number(one.now))
    return then, now
