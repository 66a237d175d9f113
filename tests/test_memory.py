"""What the bot remembers survives restarts, threads and other processes."""

from __future__ import annotations

import multiprocessing
import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect, text

from bot.memory import Memory, default_state_url, open_memory
from bot.memory.metadata import metadata
from bot.memory.records import request_of, request_record
from bot.memory.schema import STEPS
from bot.model import Question, Request
from metrics.errors import UserError
from metrics.periods import Calendar, span

pytestmark = pytest.mark.slow

POSTGRES = "COUNTERPOISE_TEST_POSTGRES_URL"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/deep/inside/memory.db"
        return
    postgres = os.environ.get(POSTGRES)
    if not postgres:
        pytest.skip(f"no PostgreSQL: set {POSTGRES} to a database that may be emptied")
    engine = create_engine(postgres)
    metadata.drop_all(engine)
    engine.dispose()
    yield postgres


def ask(
    memory: Memory, text: str, *, thread: str = "t1", shown: tuple[str, ...] = (), answer_id: str = ""
) -> None:
    memory.remember(
        Question(text, user="ann", channel="sales", thread=thread),
        Request("recommendation", role="ceo", count=len(shown) or None),
        answer_id=answer_id or f"answer to {text}",
        shown=shown,
        contract={"answer_id": answer_id, "text": text, "metrics": [{"value": "62.08"}]},
    )


def claim_in_a_process(url: str, start: object, wins: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    memory = open_memory(url)
    for number in range(20):
        if memory.claim(f"event-{number}"):
            wins.put(number)  # type: ignore[attr-defined]
        ask(memory, f"q{os.getpid()}-{number}", shown=("win_rate",))
    wins.put(None)  # type: ignore[attr-defined]


def test_lists_come_back_newest_last_after_a_restart(url: str) -> None:
    memory = open_memory(url)
    ask(memory, "first", shown=("win_rate", "ramp_time"))
    ask(memory, "why", shown=())
    ask(memory, "second", shown=("nps",))
    ask(memory, "elsewhere", thread="t2", shown=("arr",))
    memory.close()
    again = open_memory(url)
    assert again.shown("sales", "t1") == [["win_rate", "ramp_time"], ["nps"]]
    assert again.shown("sales", "t2") == [["arr"]]
    assert again.shown("marketing", "t1") == []
    again.close()


def test_only_the_newest_lists_stay_in_view(url: str) -> None:
    memory = open_memory(url)
    for number in range(25):
        ask(memory, str(number), shown=(str(number),))
    assert memory.shown("sales", "t1") == [[str(number)] for number in range(5, 25)]


def test_the_last_request_of_a_thread_comes_back_whole(url: str) -> None:
    memory = open_memory(url)
    period = Calendar().quarter(2025, 3, fiscal=True)
    request = Request(
        "value",
        metrics=("win_rate",),
        period=period,
        dimension="region",
        filters={"region": "EMEA"},
        side="people",
        within=("win_rate", "nps"),
        assumed=("CRO was read as Chief Revenue Officer.",),
        sure=frozenset({"kind"}),
    )
    ask(memory, "before")
    memory.remember(
        Question("x", channel="sales", thread="t1"),
        request,
        answer_id="a",
        shown=(),
        contract={"kind": "value"},
    )
    assert memory.last_request("sales", "t1") == request
    assert memory.last_request("sales", "other") is None


def test_a_question_without_a_thread_is_never_pointed_back_at(url: str) -> None:
    memory = open_memory(url)
    ask(memory, "alone", thread="", shown=("win_rate",))
    assert memory.shown("sales", "") == []
    assert memory.last_request("sales", "") is None


def test_an_answer_is_found_by_its_id(url: str) -> None:
    memory = open_memory(url)
    ask(memory, "first", answer_id="A-1")
    found = memory.answer("A-1")
    assert found is not None
    assert found["metrics"] == [{"value": "62.08"}]
    assert memory.answer("A-2") is None


def test_of_two_memories_only_one_gets_the_claim(url: str) -> None:
    first, second = open_memory(url), open_memory(url)
    assert first.claim("Ev1")
    assert not second.claim("Ev1")
    assert not first.claim("Ev1")
    assert second.claim("Ev2")


def test_threads_share_a_memory(url: str) -> None:
    memory = open_memory(url)
    with ThreadPoolExecutor(8) as pool:
        wins = list(pool.map(lambda number: memory.claim(f"Ev{number % 10}"), range(80)))
    assert sum(wins) == 10


def test_processes_opening_and_writing_at_once_get_each_claim_once(url: str) -> None:
    context = multiprocessing.get_context("spawn")
    start, wins = context.Event(), context.Queue()
    processes = [context.Process(target=claim_in_a_process, args=(url, start, wins)) for _ in range(3)]
    for process in processes:
        process.start()
    start.set()
    claimed, done = [], 0
    while done < len(processes):
        number = wins.get(timeout=60)
        done += number is None
        claimed += [] if number is None else [number]
    for process in processes:
        process.join()
    assert sorted(claimed) == list(range(20))
    memory = open_memory(url)
    with memory.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM conversations")).scalar() == 60


def test_the_steps_lead_to_the_tables_that_are_asked(url: str) -> None:
    memory = open_memory(url)
    seen = inspect(memory.engine)
    for table in metadata.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in seen.get_columns(table.name)}
        assert columns.keys() == set(table.columns.keys())
        assert columns | {"position": True} == {"position": True} | {
            name: bool(table.columns[name].nullable) for name in columns if name != "position"
        }


def test_a_memory_of_a_newer_version_is_left_alone(url: str) -> None:
    memory = open_memory(url)
    with memory.engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version = :v"), {"v": len(STEPS) + 1})
    with pytest.raises(UserError, match="newer Counterpoise"):
        open_memory(url)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "hunter2",
        "mysql://ann:hunter2@host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://ann:hunter2@127.0.0.1:1/db?sslpassword=hunter2",
        "postgresql+nothing://ann:hunter2@host/db",
        "sqlite:////proc/nowhere/memory.db",
    ],
)
def test_an_unusable_url_is_one_sentence_without_secrets(bad: str) -> None:
    with pytest.raises(UserError) as raised:
        open_memory(bad)
    assert "hunter2" not in str(raised.value)
    assert "ann" not in str(raised.value).replace("cannot", "")
    assert raised.value.__cause__ is None
    assert str(raised.value).endswith(".")


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("these are my notes, not a database" * 100)
    with pytest.raises(UserError, match=r"cannot be opened"):
        open_memory(f"sqlite:///{file}")


def test_the_memory_file_is_private_to_its_user(tmp_path: Path) -> None:
    open_memory(f"sqlite:///{tmp_path}/made/memory.db")
    assert stat.S_IMODE((tmp_path / "made" / "memory.db").stat().st_mode) & 0o077 == 0


def test_the_default_is_one_place_wherever_the_command_is_started() -> None:
    assert default_state_url().startswith("sqlite:///")
    assert Path(default_state_url().removeprefix("sqlite:///")).is_absolute()


@given(
    st.builds(
        Request,
        st.just("value"),
        metrics=st.lists(st.text()).map(tuple),
        count=st.none() | st.integers(1, 99),
        period=st.none()
        | st.dates(date(2000, 1, 1), date(2040, 1, 1)).map(lambda day: span(day, day.replace(year=2044))),
        filters=st.dictionaries(st.text(), st.text()),
        sure=st.frozensets(st.sampled_from(["kind", "role"])),
    )
)
def test_a_request_survives_its_record(request: Request) -> None:
    assert request_of(request_record(request)) == request


def test_a_record_of_another_version_is_read_as_far_as_it_is_known() -> None:
    assert request_of({"kind": "value", "colour": "red", "metrics": ["nps"]}) == Request(
        "value", metrics=("nps",)
    )
