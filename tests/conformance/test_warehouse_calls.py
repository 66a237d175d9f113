"""Calls to a warehouse: read-only, limited in time and rows, cancelled on the server, off the event loop."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Timer

import duckdb
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.answer import Bot, answer
from bot.memory import open_memory
from bot.model import Question
from metrics.errors import CompanyError, StoppedError, TooSlowError
from metrics.folder.company import read_company
from metrics.load import load_catalog
from metrics.opening import open_company
from metrics.warehouse import Warehouse, connect, open_warehouse
from metrics.warehouse.families import family
from metrics.warehouse.habits import HABITS
from metrics.warehouse.session import _begin
from metrics.warehouse.stopping import WANTED, Stop
from metrics.warehouse.written import literal

pytestmark = pytest.mark.slow

SLOW = {
    "duckdb": "SELECT count(*) AS n FROM range(10000000) a, range(10000000) b WHERE a.range % 7 = b.range % 11",
    "sqlite": "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(n) AS n FROM c",
    "postgresql": "SELECT pg_sleep(60) AS n",
}
WRITING = {
    "duckdb": "CREATE TABLE t2 (n INTEGER)",
    "sqlite": "INSERT INTO t VALUES (2)",
    "postgresql": "CREATE TABLE t2 (n INTEGER)",
}

Opened = Callable[..., Warehouse]


@pytest.fixture
def opened(tmp_path: Path, request: pytest.FixtureRequest) -> Opened:
    """The name of a database -> a warehouse there that gives a query up after a second, or as many as said."""

    def open_one(name: str, seconds: int = 1) -> Warehouse:
        url = f"{name}:///t.db"
        if name == "postgresql":
            url = request.getfixturevalue("postgres")
        elif name == "sqlite":
            with closing(sqlite3.connect(tmp_path / "t.db")) as connection:
                connection.execute("CREATE TABLE t (n INTEGER)")
        else:
            duckdb.connect(str(tmp_path / "t.db")).close()
        (tmp_path / "tables").mkdir()
        (tmp_path / "tables" / "calendar.sql").write_text("SELECT '2025-01-01' AS day")
        (tmp_path / "company.toml").write_text(f'name = "T"\nurl = "{url}"\ntimeout_seconds = {seconds}\n')
        return open_warehouse(read_company(tmp_path, load_catalog().tables))

    return open_one


def slow(name: str) -> sa.Select[tuple[int]]:
    return sa.select(sa.text(SLOW[name]).columns(sa.column("n", sa.Integer)).subquery("slow").c.n)


@pytest.mark.parametrize("name", SLOW)
def test_a_query_that_takes_too_long_is_cancelled_and_the_next_one_runs(name: str, opened: Opened) -> None:
    warehouse = opened(name)
    began = time.monotonic()
    with pytest.raises(TooSlowError, match="took longer than 1 seconds"):
        warehouse.run(slow(name))
    assert time.monotonic() - began < 10
    assert warehouse.run(sa.select(sa.literal(1).label("n"))).rows[0][0] == 1


@pytest.mark.parametrize("name", SLOW)
def test_a_query_that_nobody_waits_for_is_given_up_at_once_and_the_next_one_runs(
    name: str, opened: Opened
) -> None:
    warehouse, stop = opened(name, 50), Stop()
    token = WANTED.set(stop)
    Timer(0.5, stop.ask).start()
    began = time.monotonic()
    with pytest.raises(StoppedError):
        warehouse.run(slow(name))
    assert 0.4 < time.monotonic() - began < 2
    WANTED.reset(token)
    assert warehouse.run(sa.select(sa.literal(1).label("n"))).rows[0][0] == 1


def test_a_cancelled_query_is_gone_from_the_server(opened: Opened, postgres: str) -> None:
    with pytest.raises(CompanyError):
        opened("postgresql").run(slow("postgresql"))
    running = sa.text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()"
    )
    engine = sa.create_engine(postgres)
    with engine.connect() as connection:
        assert connection.execute(running).scalar() == 0
    engine.dispose()


@pytest.mark.parametrize("name", WRITING)
def test_nothing_can_be_written_even_past_the_check_of_the_select(name: str, opened: Opened) -> None:
    with opened(name).engine.connect() as connection, pytest.raises(DBAPIError, match=r"(?i)read.?only"):
        connection.exec_driver_sql(WRITING[name])


def test_an_answer_with_too_many_rows_is_refused_and_never_fetched_whole(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "ROW_LIMIT", 10)
    warehouse = opened("duckdb", seconds=60)
    with pytest.raises(CompanyError, match="too many groups"):
        warehouse.run(sa.select(sa.literal_column("unnest(range(1000000))").label("n")))


async def test_the_event_loop_stays_responsive_while_a_query_runs(opened: Opened) -> None:
    warehouse, gaps = opened("duckdb"), []
    query = asyncio.create_task(asyncio.to_thread(warehouse.run, slow("duckdb")))
    while not query.done():
        before = time.monotonic()
        await asyncio.sleep(0.01)
        gaps.append(time.monotonic() - before)
    with pytest.raises(CompanyError):
        await query
    assert len(gaps) > 20
    assert sorted(gaps)[len(gaps) // 2] < 0.1


async def test_a_question_to_a_slow_warehouse_is_given_up_in_one_sentence_off_the_event_loop(
    tmp_path: Path,
) -> None:
    (tmp_path / "tables").mkdir()
    endless = SLOW["duckdb"].replace("count(*) AS n", "'won' AS outcome, DATE '2025-11-03' AS closed_on")
    (tmp_path / "tables" / "opportunities.sql").write_text(f"{endless} AND random() < 0")
    (tmp_path / "company.toml").write_text('name = "T"\ntimeout_seconds = 1\n')
    memory = open_memory(f"sqlite:///{tmp_path / 'memory.sqlite3'}")
    bot = Bot(lambda _folder: open_company(tmp_path), memory, None, lambda _zone: date(2026, 1, 15))
    gaps, asked = [], asyncio.create_task(answer(Question("win rate in 2025-11"), bot))
    while not asked.done():
        before = time.monotonic()
        await asyncio.sleep(0.01)
        gaps.append(time.monotonic() - before)
    with pytest.raises(TooSlowError) as refused:
        await asked
    assert str(refused.value) == (
        "The warehouse took longer than 1 seconds, so the query was cancelled: ask for less, "
        "or raise timeout_seconds in company.toml."
    )
    assert sorted(gaps)[len(gaps) // 2] < 0.1


def test_a_second_look_at_the_same_duckdb_file_in_one_process_works(opened: Opened) -> None:
    first = opened("duckdb")
    again = open_warehouse(first.company)
    assert again.run(sa.select(sa.literal(1).label("n"))).rows[0][0] == 1


def test_a_missing_driver_is_named(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "calendar.sql").write_text("SELECT 1 AS day")
    (tmp_path / "company.toml").write_text('name = "T"\nurl = "nosuch://h/d"\n')
    with pytest.raises(CompanyError, match="install its SQLAlchemy dialect"):
        open_warehouse(read_company(tmp_path, load_catalog().tables))


@pytest.mark.parametrize(
    ("dialect", "code", "expected"),
    [
        ("postgres", 1082, "date"),
        ("postgres", 1184, "zoned"),
        ("redshift", 1700, "exact"),
        ("snowflake", 0, "exact"),
        ("snowflake", 7, "zoned"),
        ("bigquery", "DATETIME", "timestamp"),
        ("bigquery", "TIMESTAMP", "zoned"),
        ("trino", "timestamp(3) with time zone", "zoned"),
        ("trino", "decimal(18,2)", "exact"),
        ("clickhouse", "LowCardinality(Nullable(String))", "text"),
        ("clickhouse", "Nullable(DateTime64(6))", "timestamp"),
        ("clickhouse", "UInt8", "integer"),
        ("spark", "TIMESTAMP_TYPE", "timestamp"),
        ("sqlite", None, "unknown"),
    ],
)
def test_a_column_type_is_told_however_the_driver_says_it(dialect: str, code: object, expected: str) -> None:
    assert family(code, dialect) == expected


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("It's", r"'It\'s'"),
        ("\\' OR 1=1 --", r"'\\\' OR 1=1 --'"),
        (Decimal("0.70"), "0.70BD"),
        (date(2025, 12, 31), "DATE '2025-12-31'"),
        (datetime(2025, 12, 31, 23), "TIMESTAMP '2025-12-31 23:00:00'"),  # noqa: DTZ001 - in UTC, without a zone
        (True, "TRUE"),
        (None, "NULL"),
        (7, "7"),
    ],
)
def test_a_value_cannot_leave_its_quotes_in_spark(value: object, written: str) -> None:
    assert literal(value) == written


def test_every_server_is_told_when_to_give_up() -> None:
    told = {
        name
        for name, habits in HABITS.items()
        if any("seconds}" in text for text in (*habits.session, *habits.arguments.values()))
    }
    assert told == {name for name, habits in HABITS.items() if not habits.interrupts} - {"bigquery"}


def test_bigquery_gives_a_job_up_after_the_same_time(opened: Opened) -> None:
    dbapi = pytest.importorskip("google.cloud.bigquery.dbapi", reason="install counterpoise[bigquery]")
    from google.auth.credentials import AnonymousCredentials
    from google.cloud import bigquery

    client = bigquery.Client("project", AnonymousCredentials())
    connection = dbapi.Connection(client, prefer_bqstorage_client=False)
    _begin(opened("duckdb").company, HABITS["bigquery"])(connection, None)
    assert client.default_query_job_config.job_timeout_ms == "1000"
