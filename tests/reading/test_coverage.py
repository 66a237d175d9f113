""" "Which metrics can you compute?" is answered with what the data gives, not with somebody's list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.model import Question, Request
from bot.reading import read
from bot.replies import Place
from bot.replies.coverage import reply
from metrics.calendar.periods import Calendar
from metrics.check.coverage import coverage
from metrics.lists.wanted import AsOf
from metrics.load import load_catalog
from metrics.opening import open_company
from metrics.privacy import Reader
from tests.command import company, counterpoise

CATALOG = load_catalog()
DAY = date(2025, 11, 14)
LEDGER = (
    "SELECT 'a1' AS account_id, DATE '2024-12-01' AS effective_on, 'new' AS movement_type, 1.0 AS amount_base"
)


def ask(text: str) -> Request:
    return read(text, catalog=CATALOG, calendar=Calendar(), as_of=DAY)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("which metrics can you compute?", None),
        ("what can you measure?", None),
        ("hey, what can you measure for us", None),
        ("What metrics can you compute from our data?", None),
        ("Which KPIs can we calculate with the tables we have?", None),
        ("how many metrics can you calculate", None),
        ("list all metrics you can compute", None),
        ("what metrics are available", None),
        ("which metrics are not measured?", None),
        ("which metrics are missing data", None),
        ("which metrics can't you compute yet?", None),
        ("what can be measured with our data", None),
        ("What does our data cover?", None),
        ("what data do you have?", None),
        ("which tables are missing?", None),
        ("which people metrics can you compute?", "people"),
        ("which business metrics can be computed", "business"),
    ],
)
def test_what_the_data_can_give_is_asked_in_many_ways(text: str, side: str | None) -> None:
    request = ask(text)
    assert (request.kind, request.small_talk, request.side) == ("help", "coverage", side)


@pytest.mark.parametrize(
    "text",
    [
        "which metrics should we track",
        "what metrics can you recommend for a CRO",
        "which metrics can we compute for the CFO",
        "what metrics do you have for a CRO?",
        "what metrics can we use to reduce churn",
        "what can you do",
        "what can you tell me about win rate",
        "how do you measure win rate",
        "which metrics are improving",
        "which metrics are missing from the list",
        "how many customers do we have",
        "which metrics can I trust",
    ],
)
def test_what_else_is_asked_stays_what_it_was(text: str) -> None:
    assert ask(text).small_talk != "coverage"


@pytest.mark.slow
def test_it_is_counted_by_area_with_what_would_open_most(tmp_path: Path) -> None:
    folder = str(company(tmp_path, mrr_movements=LEDGER))
    told = counterpoise("ask", "which metrics can you compute?", "--company", folder, "--json").json
    report = counterpoise("check", "--company", folder, "--json").json["metrics"]
    total, known = len(report["computable"]), len(report["computable"]) + len(report["missing"])
    assert told["kind"] == "help"
    assert f"I can compute {total} of {known} metrics." in told["text"]
    first = report["next"][0]
    assert f"adding {first['add']} ({len(first['opens'])}) would open most, then " in told["text"]
    assert "People (0 of 45): nothing yet in " in told["text"]
    found = coverage(open_company(tmp_path))
    assert sum(len(area.computable) for area in found.areas) == total
    assert sum(area.size for area in found.areas) == known


@pytest.mark.slow
def test_who_may_see_less_is_told_of_less(tmp_path: Path) -> None:
    engine = open_company(company(tmp_path, mrr_movements=LEDGER))
    for reader, size in ((Reader(ceiling="open"), None), (Reader(only=frozenset({"mrr", "win_rate"})), 2)):
        seen = engine.seen_by(reader)
        found = coverage(seen)
        names = {name for area in found.areas for name in (*area.computable, *area.lacking)}
        assert len(names) + found.hidden == len(CATALOG.metrics)
        assert size in (None, len(names))
        assert "compa_ratio" not in names
        draft = reply(Request("help"), Place(seen, Question("?"), AsOf(DAY, DAY, "")))
        assert f"Whether {found.hidden} others can be computed is not shown here" in draft.body
        assert (
            f"I can compute {sum(len(one.computable) for one in found.areas)} of {len(names)} metrics"
            in draft.body
        )
