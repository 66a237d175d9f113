"""SQLite makes an index for a join where a query's shape lets it; else each row reads a whole table."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from metrics.engine import Ask
from metrics.opening import open_company
from tests.conformance import questions

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("metric", ["pipeline_value.weighted", "win_rate", "revenue_per_employee"])
def test_no_row_reads_a_whole_table_for_itself(metric: str, loaded: Callable[[str], Path]) -> None:
    folder = loaded("sqlite")
    [[value]] = open_company(folder).compute([Ask(metric, questions.QUARTER)], questions.AS_OF)
    assert value.citation.sql
    with closing(sqlite3.connect(folder / "demo.sqlite")) as connection:
        for sql, bound in zip(value.citation.sql, value.citation.parameters, strict=True):
            steps = connection.execute(f"EXPLAIN QUERY PLAN {sql}", tuple(bound.values())).fetchall()
            read: dict[int, list[str]] = defaultdict(list)
            for _, loop, _, told in steps:
                read[loop] += [told] if told.startswith(("SCAN", "SEARCH")) else []
            assert [told for loop in read.values() for told in loop[1:] if told.startswith("SCAN")] == []
