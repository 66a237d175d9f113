"""DuckDB does not bring pandas along, and whoever wants pandas meanwhile gets it."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from threading import Thread

import duckdb

from metrics.warehouse.slim import without_pandas

connection = duckdb.connect()
with without_pandas():
    assert connection.execute("SELECT ? + 1", [1]).fetchall() == [(2,)]
    assert "pandas" not in sys.modules, "the query brought it along"
    try:
        import pandas
    except ModuleNotFoundError:
        pass
    else:
        raise AssertionError("found by the thread that asks")
    found = []
    other = Thread(target=lambda: found.append(__import__("pandas").NaT))
    other.start()
    other.join()
    assert found, "another thread must find it during a query"
    assert connection.execute("SELECT ? + 1", [1]).fetchall() == [(2,)]
import pandas
"""


def test_another_thread_may_import_pandas_while_a_query_runs() -> None:
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
