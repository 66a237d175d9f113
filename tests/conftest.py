"""What every test stands on: an empty environment, no real model, and one demo company for all."""

from __future__ import annotations

import fcntl
import gc
import os
from collections.abc import Generator, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import hypothesis
import pytest

import bot.app
import bot.llm.endpoint
import bot.slack.work.coverage
import tests.postgres
from bot.answer import Bot
from bot.memory import Memory, open_memory
from bot.sweeps import SELDOM
from metrics import demo
from metrics.check.checkup import Report, check_company
from metrics.demo.folder import DATABASE
from metrics.engine import Engine
from metrics.opening import open_company

CACHE = Path(__file__).parents[1] / ".counterpoise" / "tests"
OURS = ("COUNTERPOISE_", "SLACK_", "OPENAI_")
"""How the names of the variables begin that must not leak into a test."""
NUMBERS = count()

# A change fails for what it changed, never for the examples of the day; `--hypothesis-profile=explore` draws new ones.
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.register_profile("explore", derandomize=False)
hypothesis.settings.load_profile("same")


def pytest_configure() -> None:
    """Let the collector of garbage look as seldom as it does in our commands: it took a fifth of all tests' time."""
    gc.set_threshold(SELDOM)


def pytest_collection_finish() -> None:
    """Nor need it ever look through the packages and the tests themselves."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
    """Nor through what all tests share, such as the demo company's engine."""
    made = yield
    if fixturedef.scope == "session":
        gc.freeze()
    return made


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of this machine reaches a test, none of its memory, and no model but one on loopback.

    The memory's folder is a name only: most tests have none, and one for each takes longer to remove than to make.
    """
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    folder = tmp_path_factory.getbasetemp() / f"state_{next(NUMBERS)}"
    monkeypatch.setenv("COUNTERPOISE_STATE_URL", f"sqlite:///{folder}/memory.sqlite3")
    monkeypatch.setattr(bot.llm.endpoint, "ALLOW_REAL_CALLS", False)


@pytest.fixture(scope="session")
def demo_folder() -> Path:
    """The demo company's folder, built once for all processes and runs until its generator changes."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return demo.ensure(CACHE / "demo")


@pytest.fixture(scope="session")
def demo_tables(demo_folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demo company's tables, read beside an engine that has them open with settings of its own."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{demo_folder / DATABASE}' AS demo (READ_ONLY); USE demo")
        yield connection


@pytest.fixture(scope="session")
def demo_engine(demo_folder: Path) -> Engine:
    """The demo company's engine. It holds no answers, so that tests may share it."""
    return open_company(demo_folder)


@pytest.fixture(scope="session", autouse=True)
def _looked_through_once() -> Iterator[None]:
    """Whoever serves the demo company, as most tests of Slack do, finds it looked through: its rows never change."""
    seen: dict[Path, Report] = {}

    def looked(engine: Engine) -> Report:
        folder = engine.company.folder
        if folder.parent != CACHE:
            return check_company(engine)
        if folder not in seen:
            seen[folder] = check_company(engine)
        return seen[folder]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot.slack.work.coverage, "check_company", looked)
        yield


@pytest.fixture
def demo_open(demo_folder: Path, demo_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that run inside the test find the demo company open, as every question after a server's first."""

    def opened(folder: Path) -> Engine:
        return demo_engine if folder == demo_folder.resolve() else open_company(folder)

    monkeypatch.setattr(bot.app, "open_company", opened)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """A memory of its own."""
    opened = open_memory(f"sqlite:///{tmp_path / 'slack.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of its own, as a URL."""
    with tests.postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def memory_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a memory may live: a new place in each kind of database that it can live in."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/deep/inside/memory.db"
        return
    with tests.postgres.database(request.getfixturevalue("postgres")) as url:
        yield url


@pytest.fixture
def demo_bot(demo_engine: Engine) -> Bot:
    """A bot for the demo company with a memory of its own and no language model."""
    memory = open_memory(os.environ["COUNTERPOISE_STATE_URL"])
    return Bot(lambda _folder: demo_engine, memory, None, lambda _zone: date(2026, 1, 15))
