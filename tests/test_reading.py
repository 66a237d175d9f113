"""Questions are read right without a model, and a model may only fill what stayed open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.model import Request
from bot.reading import read
from metrics.load import load_catalog
from metrics.model import Catalog
from metrics.period_words import parse_period
from metrics.periods import Calendar

QUESTIONS = Path(__file__).parent / "evals" / "questions"
AS_OF = date(2025, 11, 14)
CALENDAR = Calendar()
LEAST_SHARE = 92
FIELDS = ("kind", "role", "count", "metrics", "period", "dimension", "side", "within")


@cache
def catalog() -> Catalog:
    return load_catalog()


def request_from(fields: dict[str, Any]) -> Request:
    period = fields.get("period")
    lists = {name: tuple(fields.get(name, ())) for name in ("metrics", "alternatives")}
    parsed = period and parse_period(str(period), as_of=AS_OF, calendar=CALENDAR)
    return Request(**fields | lists | {"period": parsed})


def asked() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for file in sorted(QUESTIONS.glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for question in content["questions"]:
            thread = content.get("threads", {}).get(question.get("after"), {"shown": [], "last": None})
            yield question, thread


def reading(question: dict[str, Any], thread: dict[str, Any]) -> Request:
    last = request_from(thread["last"]) if thread["last"] else None
    return read(
        question["ask"], catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, shown=thread["shown"], last=last
    )


def wrong(question: dict[str, Any], thread: dict[str, Any]) -> str:
    """What was read otherwise than expected; empty where all is right."""
    got = reading(question, thread)
    expected = dict(question["as"])
    shown = thread["shown"]
    within = {"newest": shown[-1] if shown else (), "all": dict.fromkeys(m for one in shown for m in one)}
    expected["within"] = tuple(within.get(expected.get("within", ""), ()))
    expected["metrics"] = tuple(expected.get("metrics", ()))
    seen = {name: getattr(got, name) for name in FIELDS} | {"period": got.period and got.period.label}
    differs = {n: (seen[n], expected.get(n)) for n in FIELDS if seen[n] != expected.get(n)}
    missing = set(question.get("offers", ())) - set(got.alternatives)
    return f"{question['ask']!r}: {differs or ''} {missing or ''}" if differs or missing else ""


def test_at_least_92_percent_of_the_questions_are_read_right_in_every_field(
    capsys: pytest.CaptureFixture[str],
) -> None:
    results = [wrong(question, thread) for question, thread in asked()]
    mistakes = [result for result in results if result]
    share = 100 * (len(results) - len(mistakes)) / len(results)
    with capsys.disabled():
        print(f"\n{len(results)} questions, {share:.1f} % read right", *mistakes, sep="\n  ")
    assert len(results) >= 80
    assert share >= LEAST_SHARE
