"""Whoever may not see a value gets nothing of it: not from the engine, not in any kind of answer."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.answer import Bot, answer
from bot.audience.rights import Rights, Scope
from bot.contract import answer_json
from bot.model import Question
from bot.terminal import as_text
from metrics.engine import Ask, Engine
from metrics.lists.wanted import default_period
from metrics.privacy import Reader, is_withheld, level_of
from metrics.values import Status, Value
from tests.slack_server import ANN

IN_A_CHANNEL = Rights(here="open", alone="open")
PEOPLE = (
    "engagement index",
    "regretted turnover rate by department",
    "regretted turnover rate by month",
    "why did regretted turnover rate change?",
    "coaching coverage last quarter",
    "compare engagement index and win rate",
)
FIGURE = re.compile(r"\d (?:%|pp|points|months|days)|n = \d")


def numbers(value: Value) -> list[object]:
    receipt = value.citation
    found = [value.value, value.n, receipt.numerator, receipt.denominator, receipt.n, receipt.data_through]
    parts = [*receipt.parameters, *receipt.sql, *receipt.steps, *receipt.declared, *receipt.assumptions]
    return [one for one in [*found, *parts] if one is not None]


@pytest.mark.parametrize("ceiling", ["none", "open", "people"])
def test_the_engine_gives_nothing_above_the_ceiling(demo_engine: Engine, ceiling: str) -> None:
    day = demo_engine.newest_day(date(2026, 1, 15))
    period = default_period(demo_engine, day)
    seen = demo_engine.seen_by(Reader(ceiling=ceiling))  # type: ignore[arg-type]
    names = list(demo_engine.catalog.metrics)
    values = [
        table[0] for table in seen.compute([Ask(name, period, usual_window=True) for name in names], day)
    ]
    order = ("none", "open", "people", "restricted")
    for name, value in zip(names, values, strict=True):
        above = order.index(level_of(demo_engine.catalog, name)) > order.index(ceiling)
        if above and value.status is not Status.NOT_MEASURED:
            assert is_withheld(value), name
            assert numbers(value) == [], name
        assert above or not is_withheld(value), name


def test_who_sees_no_value_is_not_told_that_a_quota_is_met_already(demo_engine: Engine) -> None:
    day = demo_engine.newest_day(date(2026, 1, 15))
    ask = Ask("pipeline_coverage", default_period(demo_engine, day))
    [[told]], [[hidden]] = (
        demo_engine.seen_by(reader).compute([ask], day)
        for reader in (Reader(ceiling="open"), Reader(ceiling="none"))
    )
    assert told.status is Status.NOT_APPLICABLE
    assert (hidden.status, is_withheld(hidden), numbers(hidden)) == (Status.SUPPRESSED, True, [])


def test_what_a_value_is_grouped_by_counts_too(demo_engine: Engine) -> None:
    day = demo_engine.newest_day(date(2026, 1, 15))
    period = default_period(demo_engine, day)
    catalog = demo_engine.catalog
    guarded = [
        (metric, dimension.id)
        for metric in catalog.metrics
        for dimension in catalog.dimensions.values()
        if dimension.sensitivity == "people"
        and level_of(catalog, metric) == "open"
        and demo_engine.reaches(metric, dimension.id)
    ]
    seen = demo_engine.seen_by(Reader(ceiling="open"))
    for metric, dimension in guarded[:3]:
        for value in seen.compute([Ask(metric, period, (dimension,))], day)[0]:
            assert value.value is None


def test_a_withheld_value_does_not_tell_that_its_group_is_too_small(demo_engine: Engine) -> None:
    day = demo_engine.newest_day(date(2026, 1, 15))
    period = default_period(demo_engine, day)
    of_people = [one.id for one in demo_engine.catalog.metrics.values() if one.side == "people"]
    asks = [
        Ask(name, period, filters={"department": ["RevOps"]}, usual_window=True, roll_up=True)
        for name in of_people
        if demo_engine.reaches(name, "department")
    ]
    everybody = [table[0] for table in demo_engine.compute(asks, day)]
    assert any("rolled_up" in value.flags and not value.citation.filters for value in everybody)
    for [value] in demo_engine.seen_by(Reader(ceiling="open")).compute(asks, day):
        if is_withheld(value):
            assert value.citation.filters == {"department": "RevOps"}, value.metric


@pytest.mark.parametrize("question", PEOPLE)
async def test_no_kind_of_answer_tells_it(demo_bot: Bot, question: str) -> None:
    finished = await answer(Question(question, user=ANN, channel="C1", rights=IN_A_CHANNEL), demo_bot)
    assert finished.alone is None
    catalog = demo_bot.open(None).catalog
    guarded = [one for one in finished.values if level_of(catalog, one.metric) != "open"]
    assert all(is_withheld(one) for one in guarded)
    if "win rate" not in question:
        assert not FIGURE.search(as_text(finished))
    contract = answer_json(finished, catalog, as_text(finished))
    for entry in contract["values"]:
        if level_of(catalog, entry["id"]) != "open":
            assert (entry["value"], entry["numerator"], entry["denominator"], entry["n"]) == (None,) * 4


async def test_the_order_of_a_list_is_the_same_for_everybody(demo_bot: Bot) -> None:
    whole = await answer(Question("top 15 metrics for a CRO"), demo_bot)
    masked = await answer(Question("top 15 metrics for a CRO", channel="C1", rights=IN_A_CHANNEL), demo_bot)
    nothing = await answer(
        Question("top 15 metrics for a CRO", channel="C1", rights=Rights(here="none", alone="none")), demo_bot
    )
    lists = [one.scorecard for one in (whole, masked, nothing) if one.scorecard]
    assert len(lists) == 3
    assert len({tuple((row.metric.id, row.why) for row in card.rows) for card in lists}) == 1
    assert not any(row.value.value is not None for row in lists[2].rows)


async def test_a_place_for_one_dimension_shows_only_its_values(demo_bot: Bot) -> None:
    rights = Rights(here="restricted", alone="restricted", scope=Scope(metrics=frozenset({"win_rate"})))
    finished = await answer(Question("top 15 metrics for a CRO", channel="C1", rights=rights), demo_bot)
    assert finished.scorecard is not None
    shown = {row.metric.id for row in finished.scorecard.rows if row.value.value is not None}
    assert shown == {"win_rate"}


STRANGER = Rights(here="none", alone="none")


@pytest.mark.parametrize("text", ["ARR by account", "win rate by segment", "turnover rate by level"])
async def test_who_sees_no_values_is_not_told_the_names_of_groups(demo_bot: Bot, text: str) -> None:
    finished = await answer(Question(text, user=ANN, channel="C1", rights=STRANGER), demo_bot)
    assert [dict(value.group) for value in finished.values] == [{}]
    whole = str(answer_json(finished, demo_bot.open(None).catalog, as_text(finished)))
    assert not re.search(r"A0\d\d\d|Mid-Market", whole)


async def test_nor_which_departments_are_a_roles_own(demo_bot: Bot) -> None:
    told = [
        as_text(
            await answer(Question("top 5 metrics for a CRO", user=ANN, channel="C1", rights=rights), demo_bot)
        )
        for rights in (STRANGER, IN_A_CHANNEL)
    ]
    assert ["Sales EMEA" in one for one in told] == [False, True]
    assert "People metrics cover the role's own departments." in told[0]


@pytest.mark.parametrize(
    "text", ["top 5 metrics for a CRO", "turn win rate into a KPI", "win rate against target", "CFO metrics"]
)
async def test_who_sees_no_values_is_told_no_targets(demo_bot: Bot, text: str) -> None:
    finished = await answer(Question(text, user=ANN, channel="C1", rights=STRANGER), demo_bot)
    shown = as_text(finished)
    assert not re.search(r"\d\.\d (?:%|months)", shown), shown
    assert "declares no target" not in shown


async def test_the_asker_alone_is_told_the_targets_that_the_place_is_not(demo_bot: Bot) -> None:
    rights = Rights(here="none", alone="people")
    finished = await answer(Question("turn win rate into a KPI", channel="C1", rights=rights), demo_bot)
    assert "28.0 %" not in finished.body
    assert finished.alone is not None
    assert "28.0 %" in finished.alone.body


def test_nobody_is_told_who_is_going_to_leave(demo_engine: Engine) -> None:
    assert "termination_type" not in demo_engine.catalog.dimensions, "known before the day, it would tell"
