"""Every database gives DuckDB's numbers: all metrics, three periods, whole and by one dimension, every digit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import questions
import small_demo

from metrics.engine import Ask
from metrics.opening import open_company
from metrics.periods import Calendar
from metrics.warehouse.address import address

OTHERS = ("sqlite", "postgresql", "clickhouse", "spark")
FAR = "America/Los_Angeles"
LOCAL = (
    "lead_volume",
    "csat",
    "lead_response_time",
    "page_load_time",
    "product_activation_rate",
    "stickiness",
)

Loaded = Callable[[str], Path]


@pytest.fixture(scope="session")
def expected(small: Path) -> dict[str, tuple[Any, ...]]:
    engine = open_company(small)
    return questions.answers(engine, questions.questions(engine))


def test_the_questions_cover_every_metric_and_most_have_a_value(expected: dict[str, tuple[Any, ...]]) -> None:
    statuses = [facts[0] for facts in expected.values() if len(facts) > 1]
    assert len(statuses) > 2000
    assert statuses.count("ok") > len(statuses) / 2


@pytest.mark.parametrize("name", OTHERS)
def test_every_number_is_the_same_to_the_last_digit(
    name: str, loaded: Loaded, expected: dict[str, tuple[Any, ...]]
) -> None:
    engine = open_company(loaded(name))
    found = questions.answers(engine, questions.questions(engine))
    different = {
        key: (expected.get(key), found.get(key))
        for key in expected | found
        if expected.get(key) != found.get(key)
    }
    assert different == {}


@pytest.mark.parametrize("name", OTHERS)
def test_days_are_those_of_the_companys_time_zone_everywhere(
    name: str, loaded: Loaded, tmp_path: Path
) -> None:
    november = Calendar().containing(date(2025, 11, 1), "month")
    asks = [Ask(metric, november) for metric in LOCAL]
    found = []
    for database in ("duckdb", name):
        source = loaded(database)
        url = address(open_company(source).company).render_as_string()
        moved = small_demo.copy_folder(source, tmp_path / database, url, FAR)
        found.append(questions.answers(open_company(moved), asks))
    in_utc = questions.answers(open_company(loaded("duckdb")), asks)
    assert found[0] == found[1]
    assert found[0] != in_utc
