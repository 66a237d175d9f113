"""What was said goes after a time, when a person wants it, and when the workspace leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.answer import Bot, answer
from bot.memory import Memory, open_memory
from bot.memory.coached import Kept, Scope, Spot, keep, propose, retire, rules
from bot.memory.inbox import Inbox
from bot.memory.metadata import metadata
from bot.memory.retention import erase, forget, purge
from bot.memory.slack_store import Aside, note_thumb, put_aside, set_role
from bot.model import Question, Request
from bot.settings import Settings, read_settings
from metrics.errors import UserError
from tests.slack_server import ANN, BEN, events
from tests.slack_server.running import running


@pytest.fixture
def memory(memory_url: str) -> Iterator[Memory]:
    """A memory in each kind of database."""
    opened = open_memory(memory_url)
    yield opened
    opened.close()


def fill(memory: Memory, user: str, at: datetime | None = None) -> None:
    """Something of a person in every table that Slack writes to."""
    question = Question("win rate", user=user, channel="C1", thread=f"1.{user}")
    memory.remember(question, Request("help"), answer_id=f"a{user}", shown=(), contract={}, at=at)
    memory.keep(question, answer_id=f"b{user}", contract={}, at=at)
    put_aside(memory.engine, Aside(f"b{user}", user, "C1", "1", "people", [{"type": "divider"}]))
    note_thumb(memory.engine, f"a{user}", user, good=False, reason="meh")
    set_role(memory.engine, user, "ceo")
    Inbox(memory.engine, "here:1:1").take(
        f"t{user}", [f"k{user}"], channel="C1", thread="1", user=user, source=f"s{user}", work={"text": "x"}
    )


@pytest.mark.parametrize("how", ["forget", "erase", "purge"])
def test_what_is_erased_stands_in_no_file_any_more_while_the_process_runs(tmp_path: Path, how: str) -> None:
    memory = open_memory(f"sqlite:///{tmp_path / 'memory.sqlite3'}")
    long_ago = datetime.now(UTC) - timedelta(days=400)
    for number in range(50):
        question = Question(f"who is swordfish {number}", user=ANN, channel="C1", thread="1")
        memory.remember(question, Request("help"), answer_id=f"a{number}", shown=(), contract={}, at=long_ago)
    assert b"swordfish" in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    if how == "forget":
        forget(memory.engine, ANN)
    elif how == "erase":
        erase(memory.engine)
    else:
        purge(memory.engine, 180)
    assert b"swordfish" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    memory.close()


def counts(memory: Memory, user: str | None = None) -> dict[str, int]:
    """How many rows each table has, of one person where it names any."""
    found = {}
    with memory.engine.connect() as connection:
        for table in metadata.sorted_tables:
            query: Any = select(func.count()).select_from(table)
            if user and "user_id" in table.c:
                query = query.where(table.c.user_id == user)
            if user is None or "user_id" in table.c:
                found[table.name] = int(connection.execute(query).scalar_one())
    return found


def test_the_tokens_of_a_month_count_until_it_is_over(memory: Memory) -> None:
    for at in (datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 3, 1, 1, tzinfo=UTC)):
        memory.usage.spend("a", "fake", calls=1, input_tokens=899, output_tokens=1, at=at)
    purge(memory.engine, 7, datetime(2026, 3, 31, 12, tzinfo=UTC))
    assert memory.usage.tokens_since(date(2026, 3, 1)) == 900
    assert memory.usage.tokens_since(date(2026, 2, 1)) == 900, "February is over"
    purge(memory.engine, 7, datetime(2026, 4, 9, tzinfo=UTC))
    assert memory.usage.tokens_since(date(2026, 2, 1)) == 0


OWN = {"conversations", "answers", "inbox", "asides", "feedback", "profiles"}


def test_who_wants_to_be_forgotten_is_and_nobody_else(memory: Memory) -> None:
    fill(memory, ANN)
    fill(memory, BEN)
    forget(memory.engine, ANN)
    assert not any(counts(memory, ANN).values())
    left = counts(memory, BEN)
    assert all(left[name] for name in OWN)


def test_who_is_forgotten_leaves_no_name_on_any_rule(memory: Memory) -> None:
    def kept(scope: Scope) -> str:
        spot = Spot(ANN, "C1", f"1.{scope}")
        waiting = propose(memory, spot, {"kind": "include"}, scope, "Ann's own words")
        found = keep(memory, waiting, spot, "Tiny", judged=[one.id for one in rules(memory)])
        assert isinstance(found, Kept)
        return found.id

    mine, ours, retired = kept("user"), kept("channel"), kept("workspace")
    assert retire(memory, retired, ANN)
    forget(memory.engine, ANN)
    with memory.engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = str(connection.execute(select(table)).all())
            assert ANN not in rows
            assert "Ann's own words" not in rows
    assert [one.id for one in rules(memory, retired=True)] == [ours, retired]
    assert mine not in {ours, retired}


def test_what_is_too_old_goes_and_the_rest_stays(memory: Memory) -> None:
    old = datetime.now(UTC) - timedelta(days=181)
    fill(memory, ANN, at=old)
    fill(memory, BEN)
    assert purge(memory.engine, 180) == 3  # a conversation and two answers
    assert counts(memory, ANN)["answers"] == 0
    assert counts(memory, BEN)["answers"] == 2
    purge(memory.engine, 180, now=datetime.now(UTC) + timedelta(days=200))
    assert not any(counts(memory)[name] for name in OWN)


def test_a_rule_stays_until_it_is_retired_and_then_for_the_time_that_things_are_kept(memory: Memory) -> None:
    def kept(words: str) -> str:
        spot = Spot(ANN, "C1", words)
        waiting = propose(memory, spot, {"kind": "include"}, "channel", words)
        found = keep(memory, waiting, spot, "Tiny", judged=[one.id for one in rules(memory)])
        assert isinstance(found, Kept)
        return found.id

    retired, active = kept("never show bounce rate"), kept("always show ramp time")
    assert retire(memory, retired, ANN)
    purge(memory.engine, 180, now=datetime.now(UTC) + timedelta(days=179))
    assert [one.id for one in rules(memory, retired=True)] == [retired, active]
    purge(memory.engine, 180, now=datetime.now(UTC) + timedelta(days=181))
    assert [one.quoted for one in rules(memory, retired=True)] == ["always show ramp time"]
    assert kept("always show churn") not in {retired, active}


def test_seen_events_are_known_for_a_week_and_no_longer(memory: Memory) -> None:
    memory.claim("event:1")
    purge(memory.engine, 180, now=datetime.now(UTC) + timedelta(days=6))
    assert not memory.claim("event:1")
    purge(memory.engine, 180, now=datetime.now(UTC) + timedelta(days=8))
    assert memory.claim("event:1")


def test_uninstalling_leaves_nothing(memory: Memory) -> None:
    fill(memory, ANN)
    erase(memory.engine)
    left = {name: count for name, count in counts(memory).items() if count}
    assert set(left) == {"schema_version"}


async def test_forget_me_is_heard_everywhere(demo_bot: Bot) -> None:
    path = partial(answer, bot=demo_bot)
    async with running(path, memory=demo_bot.memory, open_=partial(demo_bot.open, None)) as bot:
        await bot.slack.event(events.message("win rate"))
        await bot.slack.replies(1, within=20)
        assert counts(demo_bot.memory, ANN)["conversations"] == 1
        await bot.slack.event(events.message("forget me"))
        *_, told = await bot.slack.replies(2, within=20)
        assert await bot.lanes.drain(5) == 0
        await bot.slack.event(events.mention("<@U0BOT> Forget me."))
        *_, alone = await bot.slack.replies(4, within=20)
    assert "I erased what I kept of you" in told
    assert alone.only_for == ANN
    assert not counts(demo_bot.memory, ANN)["conversations"]


def test_the_time_is_a_setting_with_a_default() -> None:
    assert Settings().retention == 180
    assert read_settings({"COUNTERPOISE_RETENTION_DAYS": "30"}).retention == 30
    for wrong in ("0", "a month", "-1", "1.5"):
        with pytest.raises(UserError, match="180"):
            _ = read_settings({"COUNTERPOISE_RETENTION_DAYS": wrong}).retention
