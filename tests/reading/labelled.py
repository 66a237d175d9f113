"""Labelled questions: each with its thread, and the fields that it has to be read into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.model import Request
from bot.reading import read
from metrics.calendar.period_words import parse_period
from metrics.calendar.periods import Calendar
from metrics.load import load_catalog
from metrics.model import Catalog
from tests.yaml_file import read_yaml

QUESTIONS = Path(__file__).parents[1] / "evals" / "questions"
AS_OF = date(2025, 11, 14)
CALENDAR = Calendar()
GROUPS = {
    "department": ("Customer Success", "Engineering", "Finance", "HR", "Marketing", "Product", "RevOps",
                   "Sales APAC", "Sales Americas", "Sales EMEA", "Support"),
    "segment": ("Enterprise", "Mid-Market", "SMB"),
    "channel": ("content", "events", "outbound", "partner", "referral", "search"),
    "opp_type": ("expansion", "new", "renewal"),
}  # fmt: skip
"""The groups of the demo company."""
FIELDS = ("kind", "role", "count", "metrics", "period", "dimension", "filters", "besides", "side", "within")


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
        content = read_yaml(file)
        for question in content["questions"]:
            thread = content.get("threads", {}).get(question.get("after"), {"shown": [], "last": None})
            yield question, thread


def reading(question: dict[str, Any], thread: dict[str, Any]) -> Request:
    last = request_from(thread["last"]) if thread["last"] else None
    return read(
        question["ask"],
        catalog=catalog(),
        calendar=CALENDAR,
        as_of=AS_OF,
        shown=thread["shown"],
        last=last,
        groups=lambda: GROUPS,
        **question.get("around", {}),
    )


def wrong(question: dict[str, Any], thread: dict[str, Any], got: Request | None = None) -> str:
    """What was read otherwise than expected; empty where all is right."""
    got = got or reading(question, thread)
    expected = dict(question["as"])
    shown = thread["shown"]
    within = {"newest": shown[-1] if shown else (), "all": dict.fromkeys(m for one in shown for m in one)}
    named = expected.get("within", ())
    expected["within"] = tuple(within[named] if isinstance(named, str) else named)
    expected["filters"] = dict(expected.get("filters", {}))
    expected["metrics"] = tuple(expected.get("metrics", ()))
    expected["besides"] = {name: tuple(values) for name, values in expected.get("besides", {}).items()}
    seen = (
        {name: getattr(got, name) for name in FIELDS}
        | {"filters": dict(got.filters), "besides": dict(got.besides)}
        | {"period": got.period and got.period.label}
    )
    differs = {n: (seen[n], expected.get(n)) for n in FIELDS if seen[n] != expected.get(n)}
    missing = set(question.get("offers", ())) - set(got.alternatives)
    return f"{question['ask']!r}: {differs or ''} {missing or ''}" if differs or missing else ""
