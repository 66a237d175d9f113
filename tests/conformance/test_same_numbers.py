"""Every database gives DuckDB's numbers: all metrics, whole and by one dimension, in full precision.

`make test` asks for one quarter where a database is at hand, and each third metric by its other methods and by a
dimension too (each twelfth of SQLite, which takes longest); `make conformance` for a quarter, a month and a year of
every database, Spark's cluster among them, and all metrics by all of their methods and by a dimension.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from metrics.calendar.periods import Period
from metrics.demo.folder import DATABASE
from metrics.engine import Ask
from metrics.opening import open_company
from metrics.warehouse.address import address
from tests.conformance import questions, small_demo

pytestmark = pytest.mark.slow

QUARTER, MONTH, _ = questions.PERIODS
ASKED = [
    *((name, (QUARTER,)) for name in ("sqlite", "postgresql")),
    *(
        pytest.param(name, questions.PERIODS, marks=pytest.mark.long)
        for name in ("sqlite", "postgresql", "clickhouse", "spark")
    ),
]
AT_HAND = [
    "sqlite",
    "postgresql",
    *(pytest.param(name, marks=pytest.mark.long) for name in ("clickhouse", "spark")),
]
FAR = "America/Los_Angeles"
LOCAL = (
    "lead_volume",
    "csat",
    "lead_response_time",
    "page_load_time",
    "product_activation_rate",
    "stickiness",
)

Answers = dict[str, tuple[Any, ...]]
Loaded = Callable[[str], Path]
Expected = Callable[[tuple[Period, ...]], Answers]


@pytest.fixture(scope="session")
def expected(small: Path) -> Expected:
    """DuckDB's answers, each set worked out once."""
    made: dict[tuple[Period, ...], Answers] = {}

    def answers(periods: tuple[Period, ...]) -> Answers:
        if periods not in made:
            made[periods] = asked(small, periods, 3)
        return made[periods]

    return answers


def asked(folder: Path, periods: tuple[Period, ...], each: int) -> Answers:
    engine = open_company(folder)
    grouped = 1 if periods == questions.PERIODS else each
    return questions.answers(engine, questions.questions(engine, periods, grouped))


@pytest.mark.parametrize(
    ("name", "periods"), ASKED, ids=lambda given: given if isinstance(given, str) else len(given)
)
def test_every_number_is_the_same_in_full_precision(
    name: str,
    periods: tuple[Period, ...],
    loaded: Loaded,
    expected: Expected,
    record_property: Callable[[str, object], None],
) -> None:
    known, folder = expected(periods), loaded(name)
    began = time.monotonic()
    found = asked(folder, periods, 12 if name == "sqlite" else 3)
    different = {
        key for key in found if known.get(key) != found[key]
    }  # how many groups there are is a fact too
    values = [facts for facts in found.values() if len(facts) > 1]
    record_property("compared", (name, len(values), len(different), time.monotonic() - began))
    assert {key: (known.get(key), found[key]) for key in different} == {}
    assert len(values) > 200 * len(periods)
    assert sum(facts[0] == "ok" for facts in values) > len(values) / 2


@pytest.mark.parametrize("name", AT_HAND)
def test_days_are_those_of_the_companys_time_zone_everywhere(
    name: str, loaded: Loaded, tmp_path: Path
) -> None:
    asks = [Ask(metric, MONTH) for metric in LOCAL]
    here = loaded("duckdb")
    moved = small_demo.copy_folder(here, tmp_path / "duckdb", f"duckdb:///{DATABASE}", FAR)
    shutil.copy(here / DATABASE, moved / DATABASE)
    other = loaded(name)
    url = address(open_company(other).company).render_as_string()
    there = small_demo.copy_folder(other, tmp_path / name, url, FAR)
    in_duckdb = questions.answers(open_company(moved), asks)
    assert questions.answers(open_company(there), asks) == in_duckdb
    assert questions.answers(open_company(here), asks) != in_duckdb
