"""The small company in each database that is here: loaded once, and everything started is stopped again."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conformance import databases, small_demo, spark_cluster

Loaded = Callable[[str], Path]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many values were compared with DuckDB's, how many differ, and how long the other database took."""
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for key, told in report.user_properties:
            if key == "compared":
                name, values, different, seconds = told
                terminalreporter.write_line(f"{name}: {values} values, {different} differ, {seconds:.0f} s")


@pytest.fixture(scope="session")
def small(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small company's folder, in DuckDB."""
    return small_demo.build(demo_folder, tmp_path_factory.mktemp("demo") / "small")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Spark cluster of its own, as the URL of its SQL server."""
    reason = spark_cluster.lacking()
    if reason:
        pytest.skip(reason)
    with spark_cluster.cluster(tmp_path_factory.mktemp("spark")) as url:
        yield url


@pytest.fixture(scope="session")
def loaded(small: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Loaded:
    """The name of a database -> the small company's folder there; loaded when first asked for."""
    made: dict[str, Path] = {"duckdb": small}

    def load(name: str) -> Path:
        if name not in made:
            folder = tmp_path_factory.mktemp(name) / "company"
            folder.mkdir()
            made[name] = small_demo.copy_folder(small, folder, _load(name, small, folder, request))
        return made[name]

    return load


def _load(name: str, small: Path, folder: Path, request: pytest.FixtureRequest) -> str:
    match name:
        case "sqlite":
            return databases.into_sqlite(small, folder)
        case "postgresql":
            return databases.into_postgres(small, request.getfixturevalue("postgres"))
        case "clickhouse":
            if importlib.util.find_spec("chdb_sqlalchemy") is None:
                pytest.skip("chdb-sqlalchemy is not here: install chdb and chdb-sqlalchemy")
            return databases.into_clickhouse(small, folder)
        case _:
            return databases.into_spark(small, request.getfixturevalue("spark"))
