"""`make eval`: questions, hostile outputs and whole answers, against no model, small real ones, and an endpoint.

    python -m tests.evals [--only NAME]... [--sample N] [--out FILE]

NAME is `none`, `smollm2-135m`, `qwen2.5-coder-1.5b` or `endpoint` (what OPENAI_BASE_URL, OPENAI_API_KEY and
COUNTERPOISE_MODEL name). What cannot run here is skipped, and the table says why.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from bot.answer import Bot
from bot.citations import fill
from bot.leading import Limits
from bot.llm import Breaker, Model, OpenAIModel
from bot.memory import open_memory
from bot.settings import MODEL, read_settings
from metrics import demo
from metrics.opening import open_company
from tests.evals import local_model
from tests.evals.coaching.__main__ import points, run
from tests.evals.coaching.contestants import this_bot
from tests.evals.coaching.protocol import conversations
from tests.evals.measure import measure
from tests.evals.oracle import unproved
from tests.evals.pace import PATIENCE
from tests.evals.sayings import HOSTILE, SETS, honest
from tests.evals.score import HEADINGS, Score
from tests.scorecards import CARD, CATALOG

HERE = Path(__file__).parents[2] / ".counterpoise"
PEERS = ("none", *local_model.MODELS, "endpoint")


def main() -> int:
    """Measure, print and write. 1 where a number was unproved or a list unbalanced."""
    given = _arguments()
    lines = [
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} processors.",
        "",
        *_guard(),
        "",
    ]
    lines += [f"| {' | '.join(HEADINGS)} |", f"|{'---|' * len(HEADINGS)}"]
    bad, told = 0, list[str]()
    for name in given.only or PEERS:
        if reason := _why_not(name):
            lines.append(f"| {name} | skipped: {reason} |{' |' * (len(HEADINGS) - 2)}")
        else:
            with _model(name) as model, _bot() as bot:
                score = asyncio.run(measure(name, model, bot, given.sample))
            bad += score.unproved + score.lopsided
            lines.append(score.line())
            told += _told(score)
        sys.stderr.write(f"{lines[-1]}\n")
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines += ["", _coaching(), *told]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + f"\n\nWritten to {given.out}\n")
    return 1 if bad else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.evals", description="Measure readings and wordings."
    )
    parser.add_argument("--only", action="append", choices=PEERS, help="measure this one; may be given again")
    parser.add_argument("--sample", type=int, help="so many questions, scorecards and lists for each model")
    parser.add_argument("--out", type=Path, default=HERE / "eval.md", help="where the table is written")
    return parser.parse_args()


def _why_not(name: str) -> str | None:
    if name == "endpoint":
        return None if read_settings(os.environ).has_model else "no endpoint is set in the environment"
    return local_model.why_not(name) if name in local_model.MODELS else None


@contextmanager
def _model(name: str) -> Iterator[Model | None]:
    if name == "none":
        yield None
    elif name == "endpoint":
        found = read_settings(os.environ)
        yield OpenAIModel(
            found.model or MODEL,
            found.openai_api_key,
            found.openai_base_url,
            found.seconds_a_call,
            Breaker(rest=0),
        )
    else:
        with local_model.running(name) as url:
            yield OpenAIModel(name, base_url=url, deadline=600, breaker=Breaker(rest=0))


@contextmanager
def _bot() -> Iterator[Bot]:
    """A bot for the demo company, with a memory that is thrown away."""
    engine = open_company(demo.ensure(HERE / "tests" / "demo"))
    with tempfile.TemporaryDirectory() as folder:
        memory = open_memory(f"sqlite:///{folder}/memory.sqlite3")
        yield Bot(
            lambda _folder: engine, memory, None, lambda _zone: date(2026, 1, 15), limits=Limits(PATIENCE)
        )
        memory.close()


def _guard() -> Iterator[str]:
    """The guard alone: what it lets through of the hostile outputs and of the honest sentences."""
    filled = [(lie, fill(lie["say"], CARD, CATALOG)) for lie in HOSTILE]
    through = sum(bool(set(one.kept) - set(lie.get("keep", ()))) for lie, one in filled)
    numbers = sum(len(unproved(one.text, CARD)) for _, one in filled)
    yield f"Hostile outputs: {len(HOSTILE)}, of which {through} got through, with {numbers} unproved numbers."
    for name in SETS:
        sentences = honest(name)
        passed = sum(not fill(one, CARD, CATALOG).refused for one in sentences)
        yield f"Honest sentences ({name.replace('_', ' ')}): {passed} of {len(sentences)} pass."


def _told(score: Score) -> Iterator[str]:
    """What a model wrote in vain: to be looked through for lies that the hostile set has not, and for walls."""
    for title, lines in (("Refused", score.refused), ("Misread", score.misread), ("Failed", score.faults)):
        yield from ("", f"{title} of {score.name}:", "", *(f"- {line}" for line in lines)) if lines else ()


def _coaching() -> str:
    """The coaching benchmark's own line: this bot, which needs no model for it."""
    with _bot() as bot:
        [found] = asyncio.run(run([this_bot(bot)], conversations())).values()
    held, checks = points(found)
    return f"Coaching: {held} of {checks} checks hold over {len(found)} conversations, without a model."


if __name__ == "__main__":
    sys.exit(main())
