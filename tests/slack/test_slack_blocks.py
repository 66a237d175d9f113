from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Bot
from bot.answer import answer as answer_of
from bot.audience.rights import Rights
from bot.model import ModelUse, Question
from bot.slack.layout.blocks import render
from bot.slack.layout.chart import charts
from bot.slack.layout.fit import problems
from bot.slack.layout.grid import monospace
from bot.slack.layout.limits import BLOCKS, MESSAGE, weight
from bot.slack.layout.lines import lines_table
from bot.slack.layout.pages import Message, pages, text_parts
from bot.slack.layout.simpler import next_down, without
from bot.slack.layout.table import tables
from bot.slack.layout.text import mrkdwn, plain
from bot.slack.layout.written import said
from metrics.calendar.periods import span
from metrics.values import Status
from tests.slack_server.blocks import refusal
from tests.slack_server.samples import PERIOD, answer, recommendation, row, scorecard

Q = Question("top 15")
WILD = st.text(max_size=80) | st.sampled_from(
    ["<!channel>", "&", "```", "x" * 4000, "word " * 900, " ", "\n"]
)


def on_one_line(text: str) -> str:
    """A name as one may be: others are refused where they are read."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def texts(blocks: Any) -> str:
    return "\n".join(text_parts(blocks, 40_000))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_recommendation_reads_title_table_prose_basis_notes_sources_next() -> None:
    blocks = render(recommendation(Q))
    assert [b["type"] for b in blocks] == [
        "header", "table", "section", "context", "context", "actions", "context_actions",
    ]  # fmt: skip
    basis = blocks[3]["elements"][0]["text"]
    assert basis == (
        "10 business, 5 people · Acme · 2025-Q3 (2025-07-01..2025-09-30) · "
        "change against the period before (2025-Q2) · as of 2025-11-01"
    )
    assert "CRO was read as Chief Revenue Officer." in texts(blocks[4:5])
    assert "R10 is not kept: late" in texts(blocks[4:5])
    assert "n = " not in texts(blocks)
    assert "3 / 5" not in texts(blocks)
    labels = [one["text"]["text"] for one in blocks[5]["elements"]]
    assert labels == ["Only 10 of those", "Why number 3?", "Sources"]
    assert "• Only 10 of those" in texts(blocks[5:6])


def test_the_table_shows_rank_metric_side_value_change_target_and_source() -> None:
    [table] = tables(scorecard([row(n) for n in range(1, 6)]))
    shown = [[cell["text"] for cell in line] for line in table["rows"]]
    assert shown[0] == ["#", "Metric", "Side", "Value", "Change", "Target", "Source"]
    assert shown[1] == [
        "1",
        "Metric number 1",
        "business",
        "62.1 %",
        "+2.1 pp",
        "65.0 %, missed",
        "[1]",
    ]
    assert shown[5] == [
        "5",
        "Metric number 5",
        "business",
        "not measured: needs employees.is_regretted",
        "–",
        "–",
        "–",
    ]


def test_columns_that_hold_nothing_are_left_out() -> None:
    [table] = tables(scorecard([replace(row(2), change=None, previous=None)]))
    assert [cell["text"] for cell in table["rows"][0]] == ["#", "Metric", "Side", "Value", "Source"]


def test_more_rows_than_one_table_holds_make_several_tables_in_several_messages() -> None:
    messages = pages(render(recommendation(Q, count=150)))
    rows = [len(b["rows"]) for message in messages for b in message.blocks if b["type"] == "data_table"]
    assert rows == [101, 51]
    assert all(refusal([dict(b) for b in message.blocks], set()) is None for message in messages)


def test_monospace_keeps_every_cell_and_lines_up_its_columns() -> None:
    [table] = tables(scorecard([row(n) for n in range(1, 6)]))
    [code] = monospace(table, 3000)
    lines = code.splitlines()
    assert lines[0] == lines[-1] == "```"
    assert lines[1].startswith("#  Metric")
    assert lines[2].split() == [
        "1",
        "Metric",
        "number",
        "1",
        "business",
        "62.1",
        "%",
        "+2.1",
        "pp",
        "65.0",
        "%,",
        "missed",
        "[1]",
    ]
    assert lines[2].index("business") == lines[1].index("Side")
    assert "employees.is_regretted" in code


def test_a_period_that_is_its_own_days_is_written_once() -> None:
    card = replace(scorecard([row(1)]), period=span(PERIOD.start, PERIOD.end))
    blocks = render(replace(answer(Q), scorecard=card))
    assert "· 2025-07-01..2025-09-30 ·" in texts(blocks)


def test_a_value_of_another_period_than_the_scorecards_says_so() -> None:
    one = row(1)
    year = replace(one, value=replace(one.value, period=span(PERIOD.start, PERIOD.end)))
    [table] = tables(scorecard([year, row(2)]))
    assert table["rows"][1][1]["text"] == "Metric number 1 (2025-07-01..2025-09-30)"
    assert table["rows"][2][1]["text"] == "Metric number 2"


def test_the_n_of_small_samples_is_told_where_nothing_above_tells_it() -> None:
    one, other = (replace(row(n).value, group={"region": place}) for n, place in ((1, "EMEA"), (5, "APAC")))
    few = replace(one, flags=("small_sample",))
    split = replace(answer(Q, "Win rate by region", "EMEA: 62.1 %"), values=(few, other))
    assert "Small samples: [1] n = 5" in texts(render(split)).splitlines()
    told = replace(split, body="EMEA: 62.1 % (small sample, n = 5)")
    assert "Small samples" not in texts(render(told))


def test_only_columns_with_long_cells_are_wrapped() -> None:
    [table] = tables(scorecard([row(n) for n in range(1, 6)]))
    heads = [cell["text"] for cell in table["rows"][0]]
    wrapped = {head for head, one in zip(heads, table["column_settings"], strict=True) if one["is_wrapped"]}
    assert wrapped == {"Metric", "Value", "Target"}


def test_values_for_one_person_of_one_side_have_no_column_of_the_side() -> None:
    people = [one for one in (row(n) for n in range(1, 6)) if one.metric.side == "people"]
    [table] = tables(scorecard(people), sides=False)
    assert "Side" not in [cell["text"] for cell in table["rows"][0]]


def test_an_answer_says_who_worded_it() -> None:
    used = render(replace(answer(Q), model=ModelUse(used=True, name="small-1")))
    without = render(replace(answer(Q), model=ModelUse(fallback="no key is set")))
    assert "Worded by small-1; every number is computed." in texts(used)
    assert "Plain wording: no key is set." in texts(without)


def test_an_answer_of_nothing_is_still_a_message() -> None:
    assert problems(render(answer(Q, body=""))) == []


def test_a_text_for_notifications_says_the_title_and_the_prose_without_the_table() -> None:
    [message] = pages(render(recommendation(Q)))
    assert message.text.startswith("*Top 15 for a Chief Revenue Officer*\n\nWin rate is 62.1 % [1].")
    assert "```" not in message.text


@settings(deadline=None, max_examples=60)
@given(
    title=WILD,
    body=WILD | st.just("long " * 6000),
    name=WILD.map(on_one_line).filter(str.strip),
    notes=st.lists(WILD, max_size=30),
    suggestions=st.lists(WILD, max_size=5),
    count=st.integers(min_value=0, max_value=30),
)
def test_whatever_an_answer_says_slack_takes_it_and_nothing_of_it_is_lost(
    title: str, body: str, name: str, notes: list[str], suggestions: list[str], count: int
) -> None:
    full = recommendation(Q, count=count, body=body)
    rows = [row(n, name[:300]) for n in range(1, count + 1)]
    full = replace(full, title=title, notes=tuple(notes), suggestions=tuple(suggestions))
    full = replace(full, scorecard=scorecard(rows))
    everything = squeezed(texts(render(full)))
    assert all(squeezed(mrkdwn(text)) in everything for text in (plain(title), body, *notes, *suggestions))
    for message in pages(render(full)):
        for form in every_form(message):
            assert problems(form.blocks) == []
            assert refusal([dict(block) for block in form.blocks], set()) is None
            assert 0 < len(form.text) <= (4_000 if form.blocks else 3_900)
            assert form.text.strip()


def every_form(message: Message) -> Iterator[Message]:
    """The message, then each simpler form of it, down to text."""
    yield message
    if not message.blocks:
        return
    kinds = next_down(message.blocks, ())
    text = [Message(part) for part in text_parts(message.blocks, 3_900)]
    for simpler in pages(without(message.blocks, kinds)) if kinds else text:
        yield from every_form(simpler)


BLOCK = st.one_of(
    st.builds(lambda t: {"type": "header", "text": {"type": "plain_text", "text": t}}, WILD),
    st.builds(lambda t: {"type": "section", "text": {"type": "mrkdwn", "text": t}}, WILD),
    st.builds(
        lambda ts: {"type": "context", "elements": [{"type": "mrkdwn", "text": t} for t in ts]},
        st.lists(WILD, max_size=12),
    ),
    st.builds(
        lambda cells, n: {"type": "table", "rows": [[{"type": "raw_text", "text": c} for c in cells]] * n},
        st.lists(WILD, max_size=22),
        st.integers(min_value=0, max_value=102),
    ),
    st.just({"type": "data_table", "rows": []}),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(BLOCK, min_size=1, max_size=54))
def test_what_our_validator_lets_through_the_server_takes(blocks: list[dict[str, Any]]) -> None:
    if not problems(blocks):
        assert refusal(blocks, set()) is None


def test_each_limit_has_its_sentence() -> None:
    section = said("x")[0]
    assert problems([section] * BLOCKS) == []
    assert problems([section] * (BLOCKS + 1)) == ["a message holds 50 blocks, not 51"]
    long = said("x" * 2900)
    assert weight(long * 5) > MESSAGE
    assert problems(long * 5) == ["a message holds 13200 characters in its blocks, not 14500"]
    [table] = tables(scorecard([row(1)]))
    assert problems([table, table]) == ["a message holds one table"]
    assert problems([{**section, "block_id": "a"}] * 2) == ["two blocks have the same block_id"]
    assert problems([{"type": "carousel"}]) == ["block 1 (carousel): is of a kind we do not send"]


def test_numbers_in_the_table_are_those_of_the_engine() -> None:
    one = row(1)
    value = replace(one.value, value=Decimal("12.345"))
    [table] = tables(scorecard([replace(one, value=value)]))
    assert table["rows"][1][3]["text"] == "12.3 %"


async def test_what_explains_a_change_stands_above_its_table_and_not_in_its_head(demo_bot: Bot) -> None:
    blocks = render(await answer_of(Question("why did win rate fall?"), demo_bot))
    [table] = [block for block in blocks if block["type"] == "table"]
    assert table["rows"][0][0]["text"].startswith("By ")
    [lead] = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    assert lead.startswith("Win rate fell from")


async def test_too_many_groups_are_drawn_from_the_largest_on(demo_bot: Bot) -> None:
    found = await answer_of(Question("net revenue retention by account"), demo_bot)
    [chart] = charts(found, {})
    data = chart["chart"]["series"][0]["data"]
    largest = sorted((float(one.value) for one in found.values if one.value is not None), reverse=True)
    assert [one["value"] for one in data] == pytest.approx(largest[: len(data)], abs=0.01)
    assert len(data) == 20


async def test_a_list_offers_to_be_split_by_groups_and_not_by_every_account(demo_bot: Bot) -> None:
    found = await answer_of(Question("top 15 metrics for a CRO"), demo_bot)
    labels = [label for label, _ in found.actions]
    assert labels[:2] == ["Net revenue retention by month", "Net revenue retention by customer segment"]


def cells(block: Any) -> list[list[str]]:
    return [[cell["text"] for cell in line] for line in block["rows"]]


async def test_a_split_has_a_sentence_first_and_columns_of_their_own(demo_bot: Bot) -> None:
    found = await answer_of(Question("win rate by department"), demo_bot)
    blocks = render(found)
    assert [one["type"] for one in blocks][:4] == ["header", "section", "data_visualization", "table"]
    said = blocks[1]["text"]["text"]
    assert "is highest in Customer Success at 88.9 % (small sample) [1]" in said
    assert "lowest in Sales EMEA at 19.9 % [4]" in said
    shown = cells(blocks[3])
    assert shown[0] == ["Win rate by department", "Value", "Remarks", "Change against 2025-Q3", "Source"]
    assert shown[1] == ["Customer Success", "88.9 %", "small sample", "+0.4 pp", "[1]"]
    assert shown[2][2] == "–"
    assert blocks[2]["title"] == "Win rate (%)"


async def test_a_trend_says_where_it_is_how_it_moved_and_between_what(demo_bot: Bot) -> None:
    found = await answer_of(Question("win rate by month"), demo_bot)
    blocks = render(found)
    assert blocks[1]["text"]["text"] == (
        "Win rate is at 27.2 % [12] in 2025-12, -1.2 pp against 2025-11; lowest 25.2 % [9] in 2025-09, "
        "highest 35.7 % [6] in 2025-06."
    )
    assert cells(blocks[3])[:2] == [["Win rate", "Value", "Source"], ["2025-01", "32.0 %", "[1]"]]


async def test_several_metrics_have_a_chart_each_and_one_table_and_no_list_of_values_beside_it(
    demo_bot: Bot,
) -> None:
    """Three charts are one more than a message takes, so they come in two; the numbers are told once."""
    found = await answer_of(Question("win rate, NRR and gross margin by month"), demo_bot)
    messages = pages(render(found))
    kinds = [[one["type"] for one in message.blocks] for message in messages]
    chart = "data_visualization"
    assert kinds[0] == ["header", "section", chart, chart]
    assert kinds[1][:2] == [chart, "table"]
    assert "section" not in kinds[1]
    lead = messages[0].blocks[1]["text"]["text"]
    assert lead.startswith("Win rate is at 27.2 % [12] in 2025-12, -1.2 pp against 2025-11. Net revenue")
    assert "lowest" not in lead
    assert not any(problems(message.blocks) for message in messages)
    head, *rows = cells(messages[1].blocks[1])
    assert head == ["Period", "Win rate", "Net revenue retention, 12 months", "Gross margin"]
    assert rows[-1] == ["2025-12", "27.2 % [12]", "107.5 % [24]", "75.3 % [36]"]
    assert len(rows) == 12


async def test_a_trend_with_periods_left_out_is_drawn_without_a_line_across_them(demo_bot: Bot) -> None:
    found = await answer_of(Question("win rate by month"), demo_bot)
    gap = replace(found.values[5], value=None, status=Status.NOT_APPLICABLE)
    [whole], [broken], [shorter] = (
        charts(replace(found, values=values), {})
        for values in (found.values, (*found.values[:5], gap, *found.values[6:]), (*found.values[:5], gap))
    )
    assert [one["chart"]["type"] for one in (whole, broken, shorter)] == ["line", "bar", "line"]
    assert len(broken["chart"]["axis_config"]["categories"]) == 11


async def test_several_metrics_by_group_share_their_rows_and_say_what_changes_are_against(
    demo_bot: Bot,
) -> None:
    found = await answer_of(Question("win rate and NRR by segment"), demo_bot)
    [table] = [one for one in render(found) if one["type"] == "table"]
    head, *rows = cells(table)
    assert head[0] == "By customer segment"
    assert head[1] == "Win rate, change against 2025-Q3"
    assert head[2] == "Net revenue retention, change against 12 months to 2025-09-30"
    assert rows[0] == ["SMB", "29.5 % [1], -0.9 pp", "85.4 % [6], -5.9 pp"]
    every = {f"[{place}]" for place in range(1, len(found.values) + 1)}
    assert {source for row in rows for cell in row for source in re.findall(r"\[\d+\]", cell)} == every


async def test_more_metrics_than_are_drawn_are_said_to_be_in_the_table(demo_bot: Bot) -> None:
    found = await answer_of(Question("win rate by month"), demo_bot)
    names = ["win_rate", "arr", "nrr", "margin", "churn"]
    values = tuple(replace(value, metric=name) for name in names for value in found.values)
    title = f"{', '.join(names)}: Tavenbrook"
    blocks = render(replace(found, values=values, title=title, body=""))
    assert [one["type"] for one in blocks].count("data_visualization") == 4
    assert "Drawn are the first 4 of 5 metrics." in texts(blocks)


def test_lines_that_share_no_shape_are_no_table() -> None:
    assert lines_table("A:\n  x: 1\nB:\n  x: 1\n  y: 2", ()) == []
    assert lines_table("  x: 1\n  y: 2", ()) == []
    assert lines_table("A:\n  x: 1\n  y", ()) == []
    assert lines_table("A:\n  x: 1\n  x: 2\nB:\n  x: 1\n  y: 2", ()) == []


async def test_the_mix_and_the_day_are_said_once(demo_bot: Bot) -> None:
    found = await answer_of(Question("top 15 metrics for the Chief Revenue Officer"), demo_bot)
    told = texts(render(found))
    assert told.count("as of 2025-12-31") == 1
    assert "As of 2025-12-31" not in told
    assert told.count("10 business") == 1
    assert "Rules that had a part" not in told
    assert any(note.startswith("Mix: ") for note in found.notes)
    [context] = [one for one in render(found) if "business," in str(one.get("elements"))]
    assert len(context["elements"]) == 1


async def test_no_button_offers_what_is_shown_and_each_says_of_which_metric(demo_bot: Bot) -> None:
    trend = await answer_of(Question("win rate by month"), demo_bot)
    split = await answer_of(Question("win rate by department"), demo_bot)
    for found, asked in ((trend, "win rate by month"), (split, "win rate by department")):
        labels = [one["text"]["text"] for one in render(found)[-2]["elements"]]
        assert asked not in map(str.casefold, labels)
        assert all(label[0].isupper() for label in labels)
    listed = await answer_of(Question("top 15 metrics for a CRO"), demo_bot)
    assert listed.actions[-1][0] == "Conversion-rate-optimisation lead"


def test_commands_are_called_what_they_do_on_a_button() -> None:
    found = replace(answer(Q), suggestions=("coach list", "coach retire C1", "win rate by quarter"))
    labels = [one["text"]["text"] for one in render(found)[-2]["elements"]]
    assert labels == ["What I was taught", "Retire C1", "Win rate by quarter"]


async def test_who_sees_no_value_is_not_asked_to_record_what_is_only_withheld(demo_bot: Bot) -> None:
    rights = Rights(here="none", alone="none")
    found = await answer_of(Question("top 5 metrics for the Chief Revenue Officer", rights=rights), demo_bot)
    assert found.scorecard
    assert all(row.value.value is None for row in found.scorecard.rows)
    assert not [one for one in found.suggestions if "record" in one]
