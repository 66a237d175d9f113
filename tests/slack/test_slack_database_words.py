"""What a database says of a row it cannot read quotes that row, so nobody in Slack is told its words."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from bot.answer import Bot, answer
from bot.memory import Memory
from bot.slack.work.coverage import told
from metrics.check.checkup import check_company
from metrics.opening import open_company
from tests.slack_server import ANN, BEN, events
from tests.slack_server.running import running

SECRET = "987654 EUR"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A company whose only table is of pay, one of which is no number."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "company.toml").write_text('name = "T"\ncurrency = "EUR"\n', encoding="utf-8")
    rows = "".join(f"e{number},2020-01-01,2025-11-0{1 + number % 9}\n" for number in range(200))
    head = "employee_id,hired_on,terminated_on\n"
    (tmp_path / "people.csv").write_text(f"{head}{rows}e200,{SECRET},\n", encoding="utf-8")
    select = "SELECT employee_id, CAST(hired_on AS DATE) AS hired_on, terminated_on FROM 'people.csv'"
    (tmp_path / "tables" / "employees.sql").write_text(select, encoding="utf-8")
    return tmp_path


async def test_neither_the_home_page_nor_a_command_tells_the_words_of_a_database(
    folder: Path, memory: Memory
) -> None:
    engine = open_company(folder)
    bot = Bot(lambda _folder: engine, memory, None, lambda _zone: date(2026, 1, 15))
    async with running(partial(answer, bot=bot), memory=memory, open_=partial(bot.open, None)) as here:
        for user in (ANN, BEN, events.GUEST, events.STRANGER):
            await here.slack.event(events.home_opened("home", user=user))
            await here.slack.until(partial(here.slack.workspace.homes.__contains__, user), within=20)
            for asked in ("check", "employee turnover rate", "top 5 metrics for the CHRO"):
                await here.slack.command(asked, user=user)
        assert await here.lanes.drain(20) == 0
        said = json.dumps(
            [one.blocks for one in here.slack.messages] + [call.args for call in here.slack.calls],
            default=str,
        )
    assert engine.unreadable
    assert SECRET in next(iter(engine.unreadable.values()))
    assert SECRET not in said
    assert "cannot be read; `counterpoise check` says why." in said
    assert "This part cannot be shown; it is logged as" in said


def test_a_report_holds_what_is_wrong_apart_from_what_the_database_said(folder: Path) -> None:
    [table] = check_company(open_company(folder)).tables
    [problem] = table.found
    assert SECRET in problem.by_database
    assert SECRET not in problem.said
    assert table.problems == (f"{problem.said}: {problem.by_database}; mend that SELECT.",)
    assert told(table) == [f"{problem.said}; `counterpoise check` says why."]
