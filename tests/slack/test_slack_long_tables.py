"""Long lists are Slack's tables with pages, where a workspace has them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.model import Answer, Question, Request
from bot.slack.layout.blocks import render
from bot.slack.layout.fit import problems
from bot.slack.layout.paged import PAGE, flat
from bot.slack.layout.pages import pages
from bot.slack.sending.delivery import deliver
from bot.slack.sending.lacks import Lacks
from tests.slack.test_slack_pictures import kinds, thread_of
from tests.slack_server.running import slack_server
from tests.slack_server.samples import answer, recommendation, row
from tests.slack_server.second_opinion import objections

Q = Question("top 30")


def by_team(count: int) -> Answer:
    """A value for each of so many teams, every tenth without one."""
    values = tuple(
        replace(row(1).value, group={"team": f"Team {n}"}, value=None if n % 10 == 0 else Decimal(n) / 7)
        for n in range(1, count + 1)
    )
    lines = [
        f"  Team {n}: {one.value:.1f} %" if one.value else f"  Team {n}: –" for n, one in enumerate(values, 1)
    ]
    body = "\n".join(["Win rate by team:", *lines])
    return replace(
        answer(Q, "Win rate: by team", body),
        kind="value",
        request=Request("value", dimension="team"),
        values=values,
    )


def tables(given: Answer) -> list[dict[str, Any]]:
    return [dict(block) for block in render(given) if block["type"] in {"table", "data_table"}]


@pytest.mark.parametrize(
    ("count", "kind"), [(5, "table"), (PAGE, "table"), (PAGE + 1, "data_table"), (30, "data_table")]
)
def test_a_list_that_fits_on_a_page_is_a_plain_table_and_a_longer_one_has_pages(
    count: int, kind: str
) -> None:
    for given in (recommendation(Q, count), by_team(count)):
        [table] = tables(given)
        assert table["type"] == kind
        assert len(table["rows"]) == count + 1


def test_values_are_sorted_as_numbers_and_shown_as_they_are_said() -> None:
    [table] = tables(by_team(30))
    assert table["rows"][3][1] == {"type": "raw_number", "value": 0.43, "text": "0.4 %"}
    assert table["rows"][10][1] == {"type": "raw_text", "text": "–"}
    assert (table["caption"], table["row_header_column_index"]) == ("Win rate by team", 0)


@pytest.mark.parametrize("count", [PAGE + 1, 99, 100, 101, 250])
def test_however_long_it_is_slack_takes_it_and_no_row_is_lost(count: int) -> None:
    shown = []
    for message in pages(render(by_team(count))):
        assert problems(message.blocks) == []
        assert objections(message.blocks) == []
        shown += [one["rows"] for one in message.blocks if one["type"] == "data_table"]
    assert [line[0]["text"] for rows in shown for line in rows[1:]] == [
        f"Team {n}" for n in range(1, count + 1)
    ]


async def test_where_there_are_none_the_same_rows_stand_in_a_plain_table_then_in_monospace() -> None:
    lacks = Lacks()
    async with slack_server() as slack:
        slack.lacking = {"data_table"}
        await deliver(thread_of(slack), render(recommendation(Q, 30)), lacks)
        slack.lacking = {"data_table", "table"}
        await deliver(thread_of(slack), render(recommendation(Q, 30)), lacks)
        plain, *monospace = slack.messages
    assert kinds(plain)[:2] == ["header", "table"]
    assert {kind for one in monospace for kind in kinds(one)} <= {
        "header",
        "section",
        "context",
        "actions",
        "context_actions",
    }
    for number in range(1, 31):
        assert f"Metric number {number}" in plain
        assert any(f"Metric number {number}" in one for one in monospace)
    assert lacks.kinds() == {"data_table", "table"}
    assert [call.reply["ok"] for call in slack.called("chat.postMessage")].count(False) == 2


def test_flattened_numbers_stand_at_the_right() -> None:
    [table] = tables(by_team(30))
    assert [one["align"] for one in flat(table)["column_settings"]] == ["left", "right", "left"]
