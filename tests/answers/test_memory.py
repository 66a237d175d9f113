"""What the bot remembers survives restarts, threads and other processes."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Float,
    Integer,
    Text,
    create_engine,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from bot.memory import Memory, default_state_url, open_memory
from bot.memory.inbox import Entry, Inbox
from bot.memory.metadata import metadata
from bot.memory.records import request_of, request_record
from bot.memory.retention import forget
from bot.memory.schema import POSITION, STEPS
from bot.memory.slack_store import Aside, aside, note_thumb, put_aside, role_of, set_role
from bot.model import Question, Request
from metrics.calendar.periods import Calendar, span
from metrics.errors import UserError
from tests.processes import PROCESSES

pytestmark = pytest.mark.slow


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


def test_lists_come_back_newest_last_after_a_restart(memory_url: str) -> None:
    memory = open_memory(memory_url)
    ask(memory, "first", shown=("win_rate", "ramp_time"))
    ask(memory, "why", shown=())
    ask(memory, "second", shown=("nps",))
    ask(memory, "elsewhere", thread="t2", shown=("arr",))
    memory.close()
    again = open_memory(memory_url)
    assert again.lists("sales", "t1").shown == [["win_rate", "ramp_time"], ["nps"]]
    assert again.lists("sales", "t2").shown == [["arr"]]
    assert again.lists("marketing", "t1").shown == []
    again.close()


def test_only_the_newest_lists_stay_in_view(memory_url: str) -> None:
    memory = open_memory(memory_url)
    for number in range(25):
        ask(memory, str(number), shown=(str(number),))
    assert memory.lists("sales", "t1").shown == [[str(number)] for number in range(5, 25)]


def test_the_last_request_of_a_thread_comes_back_whole(memory_url: str) -> None:
    memory = open_memory(memory_url)
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


def test_a_question_without_a_thread_is_never_pointed_back_at(memory_url: str) -> None:
    memory = open_memory(memory_url)
    ask(memory, "alone", thread="", shown=("win_rate",))
    assert memory.lists("sales", "").shown == []
    assert memory.last_request("sales", "") is None


def test_an_answer_is_found_by_its_id(memory_url: str) -> None:
    memory = open_memory(memory_url)
    ask(memory, "first", answer_id="A-1")
    found = memory.answer("A-1")
    assert found is not None
    assert found["metrics"] == [{"value": "62.08"}]
    assert memory.answer("A-2") is None


def test_of_two_memories_only_one_gets_the_claim(memory_url: str) -> None:
    first, second = open_memory(memory_url), open_memory(memory_url)
    assert first.claim("Ev1")
    assert not second.claim("Ev1")
    assert not first.claim("Ev1")
    assert second.claim("Ev2")


def test_threads_share_a_memory(memory_url: str) -> None:
    memory = open_memory(memory_url)
    with ThreadPoolExecutor(8) as pool:
        wins = list(pool.map(lambda number: memory.claim(f"Ev{number % 10}"), range(80)))
    assert sum(wins) == 10


def test_processes_opening_and_writing_at_once_get_each_claim_once(memory_url: str) -> None:
    start, wins = PROCESSES.Event(), PROCESSES.Queue()
    writing = (memory_url, start, wins)
    processes = [PROCESSES.Process(target=claim_in_a_process, args=writing) for _ in range(3)]
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
    memory = open_memory(memory_url)
    with memory.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM conversations")).scalar() == 60


def test_the_steps_lead_to_the_tables_that_are_asked(memory_url: str) -> None:
    memory = open_memory(memory_url)
    seen = inspect(memory.engine)
    for table in metadata.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in seen.get_columns(table.name)}
        assert columns.keys() == set(table.columns.keys())
        assert columns | {"position": True} == {"position": True} | {
            name: bool(table.columns[name].nullable) for name in columns if name != "position"
        }


def as_it_was(connection: Connection, version: int) -> None:
    """The memory as an earlier version left it, with a row in each table that it had."""
    connection.execute(text("CREATE TABLE schema_version (version INTEGER NOT NULL)"))
    connection.execute(text("INSERT INTO schema_version VALUES (:v)"), {"v": version})
    for step in STEPS[:version]:
        for statement in step:
            connection.execute(text(statement.format(position=POSITION[connection.dialect.name])))
    seen = inspect(connection)
    for table in metadata.sorted_tables:
        if table.name == "schema_version" or not seen.has_table(table.name):
            continue
        there = [column["name"] for column in seen.get_columns(table.name) if column["name"] != "position"]
        row = {name: OF_A_TYPE[type(table.columns[name].type)] for name in there}
        connection.execute(table.insert().values(row))


OF_A_TYPE: dict[type, Any] = {
    Text: "old",
    JSON: {"kind": "value", "metrics": ["nps"]},
    DateTime: datetime(2025, 1, 1, tzinfo=UTC),
    Integer: 1,
    BigInteger: 1,
    Float: 1.0,
}


def rows_of(connection: Connection) -> dict[str, dict[str, Any]]:
    """The one row of each table that has any."""
    found: dict[str, dict[str, Any]] = {}
    for table in metadata.sorted_tables:
        if table.name != "schema_version" and inspect(connection).has_table(table.name):
            there = {column["name"] for column in inspect(connection).get_columns(table.name)}
            query = select(*(column for column in table.columns if column.name in there))
            if row := connection.execute(query).mappings().one_or_none():
                found[table.name] = dict(row)
    return found


@pytest.mark.parametrize("version", range(len(STEPS)))
def test_a_memory_of_each_earlier_version_is_brought_up_to_date_with_all_that_it_held(
    memory_url: str, version: int
) -> None:
    open_memory(memory_url).close()
    engine = create_engine(memory_url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        as_it_was(connection, version)
        before = rows_of(connection)
    memory = open_memory(memory_url)
    with engine.connect() as connection:
        after = rows_of(connection)
        [now] = connection.execute(text("SELECT version FROM schema_version")).scalars()
    engine.dispose()
    assert now == len(STEPS)
    assert {name: {key: after[name][key] for key in row} for name, row in before.items()} == before
    added = {(name, key) for name, row in before.items() for key in after[name].keys() - row.keys()}
    assert added <= {("conversations", "source"), ("inbox", "begun"), ("answers", "aside")}
    assert all(after[name][key] in ("", 0) for name, key in added)
    works_whole(memory)


def works_whole(memory: Memory) -> None:
    """Something is written into every table and read again."""
    ask(memory, "first", shown=("win_rate",), answer_id="A-1")
    assert memory.lists("sales", "t1").shown == [["win_rate"]]
    assert memory.lists("sales", "t1").last == memory.last_request("sales", "t1")
    assert memory.claim("Ev1")
    memory.choose("ann", "CRO", "chief_revenue_officer")
    assert memory.choices("ann") == {"CRO": "chief_revenue_officer"}
    box = Inbox(memory.engine, "here:1:1")
    assert box.take("t", ["k"], channel="C1", thread="1", user="ann", source="s", work={"text": "x"})
    entry = box.next("C1", "1")
    assert isinstance(entry, Entry)
    assert not entry.begun
    box.begin("t")
    box.note_sent("t", ["1.0"])
    put_aside(memory.engine, Aside("A-1", "ann", "C1", "1", "people", [{"type": "divider"}]))
    assert aside(memory.engine, "A-1")
    note_thumb(memory.engine, "A-1", "ann", good=True)
    set_role(memory.engine, "ann", "ceo")
    assert role_of(memory.engine, "ann") == "ceo"
    assert memory.usage.tokens_since(date(2025, 1, 1)) in (0, 2)
    forget(memory.engine, "ann")
    assert memory.lists("sales", "t1").shown == []


def test_an_edited_question_keeps_its_place_and_sees_only_what_was_before_it(memory_url: str) -> None:
    memory = open_memory(memory_url)
    for number, (source, shown) in enumerate([("m1", ("arr",)), ("m2", ("nps",)), ("m1", ("win_rate",))]):
        question = Question("q", user="ann", channel="sales", thread="t1", source=source)
        request = Request("recommendation", count=number + 1)
        memory.remember(question, request, answer_id=f"A{number}", shown=shown, contract={})
    assert memory.lists("sales", "t1").shown == [["win_rate"], ["nps"]]
    assert memory.lists("sales", "t1", before="m2").shown == [["win_rate"]]
    listed = memory.lists("sales", "t1", before="m2").last
    assert listed is not None
    assert listed.count == 3
    assert memory.lists("sales", "t1", before="m1").last is None


def test_a_memory_of_a_newer_version_is_left_alone(memory_url: str) -> None:
    memory = open_memory(memory_url)
    with memory.engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version = :v"), {"v": len(STEPS) + 1})
    with pytest.raises(UserError, match="newer Counterpoise"):
        open_memory(memory_url)


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
        "postgresql://ann:hunter2@host:port/db",
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


def test_what_cannot_be_written_stands_in_no_error(memory: Memory) -> None:
    with memory.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE answers")
    question = Question("who is swordfish", user="ann", channel="C1", thread="1")
    with pytest.raises(SQLAlchemyError) as raised:
        memory.remember(question, Request("help"), answer_id="a1", shown=(), contract={"text": "87.5 %"})
    assert "swordfish" not in str(raised.value)
    assert "87.5" not in str(raised.value)
