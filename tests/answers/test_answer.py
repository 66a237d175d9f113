"""The path of one question, with a real memory, the demo company's real data and a model on loopback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.contract import answer_json
from bot.leading import NO_MODEL
from bot.llm import OpenAIModel
from bot.model import Answer, Question
from bot.terminal import as_text
from metrics.display import row_change, row_target, row_value, value_words
from metrics.engine import Engine
from metrics.errors import UserError
from tests import model_server as fake
from tests.model_server import ModelServer, Reply, slow

TOP_5 = "top 5 metrics for a VP Sales"
FIGURE = re.compile(r"\d[\d,.]*\d|\d")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


async def ask(bot: Bot, text: str, **more: Any) -> Answer:
    return await answer(Question(text, **more), bot)


def with_model(bot: Bot, server: ModelServer, deadline: float = 5.0) -> Bot:
    return replace(bot, model=OpenAIModel("fake", base_url=server.url, deadline=deadline))


def figures(text: str) -> set[str]:
    return set(FIGURE.findall(text))


def computed(found: Answer) -> set[str]:
    """Every figure that the engine's values show, with the days and counts that belong to them."""
    shown = []
    if card := found.scorecard:
        shown += [f"{card.period} {card.period.start} {card.period.last_day} {card.business} {card.people}"]
        shown += [f"{row.rank} {row.value.period} {row.value.period.last_day}" for row in card.rows]
        for row in card.rows:
            shown += [row_value(row, "USD"), row_change(row, "USD"), row_target(row, "USD")]
            if row.previous:
                shown.append(value_words(row.previous, row.metric.unit, "USD"))
    for value in found.values:
        unit = UNITS[value.metric]
        shown += [value_words(value, unit, "USD"), str(value.period), str(value.n), *value.group.values()]
    return {figure for text in shown for figure in figures(text)}


UNITS = {"win_rate": "percent", "engagement_index": "percent", "average_deal_size": "currency"}


# The kinds of answers


async def test_a_recommendation_has_a_list_values_rules_notes_and_what_to_ask_next(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "What are the top 15 metrics CROs should be tracking?")
    assert found.kind == "recommendation"
    assert found.title == "Top 15 metrics for the Chief Revenue Officer: Tavenbrook, 2025-Q4"
    card = found.scorecard
    assert card
    assert (len(card.rows), card.as_of) == (15, date(2025, 12, 31))
    assert all(rule.passed for rule in found.rules if rule.severity == "block")
    assert found.notes[0] == (
        "CRO was read as Chief Revenue Officer; ask for conversion-rate optimisation instead."
    )
    assert found.notes[1].startswith(f"Mix: {card.business} business and {card.people} people;")
    assert len(found.suggestions) == 3
    assert set(found.elapsed_ms) >= {"open", "read", "answer", "word", "rank", "compute"}


async def test_a_value_comes_with_its_n_its_change_and_its_formula(
    demo_bot: Bot, demo_engine: Engine
) -> None:
    found = await ask(demo_bot, "win rate last quarter")
    [value] = found.values
    assert (found.kind, value.metric, value.period.label) == ("value", "win_rate", "2025-Q4")
    assert re.fullmatch(
        r"Win rate, 2025-Q4: [\d.]+ % \(n = [\d,]+\) \[1\], [+-][\d.]+ pp against 2025-Q3\.", found.body
    )
    assert any(demo_engine.catalog.metric("win_rate").formula in note for note in found.notes)


async def test_a_trend_has_a_value_for_each_step_within_the_period_that_was_named(demo_bot: Bot) -> None:
    year = await ask(demo_bot, "win rate by month")
    assert (year.kind, len(year.values)) == ("trend", 12)
    assert (year.values[0].period.label, year.values[-1].period.label) == ("2025-01", "2025-12")
    quarter = await ask(demo_bot, "win rate by month in Q2 2025")
    assert [value.period.label for value in quarter.values] == ["2025-04", "2025-05", "2025-06"]


async def test_a_trend_of_a_metric_with_a_longer_window_ends_with_the_value_of_the_list(
    demo_bot: Bot,
) -> None:
    trend = await ask(demo_bot, "net revenue retention by month")
    listed = await ask(demo_bot, "top 2 metrics for a CRO")
    assert listed.scorecard
    assert trend.values[-1].period.label == "12 months to 2025-12-31"
    assert trend.values[-1].value == listed.scorecard.rows[0].value.value


async def test_a_grouped_value_has_a_line_for_each_group_largest_first(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "win rate last quarter by segment")
    assert found.kind == "value"
    sizes = [value.value for value in found.values if value.value is not None]
    assert len(sizes) == 3
    assert sizes == sorted(sizes, reverse=True)
    assert all(f"  {value.group['segment']}: " in found.body for value in found.values)


async def test_a_metric_that_cannot_be_split_so_says_how_it_can(demo_bot: Bot) -> None:
    with pytest.raises(
        UserError, match=r"^Ramp time cannot be split by customer segment: it can by department"
    ):
        await ask(demo_bot, "ramp time by segment")


async def test_a_split_by_persons_is_for_the_terminal_alone(demo_bot: Bot) -> None:
    assert (await ask(demo_bot, "win rate by manager last quarter")).values
    with pytest.raises(UserError, match="names persons"):
        await ask(demo_bot, "win rate by manager last quarter", channel="C123")


async def test_a_comparison_says_what_moved_and_against_what(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "compare win rate with last year")
    assert found.kind == "comparison"
    assert "against 2024" in found.body


async def test_a_period_that_is_not_over_is_flagged_and_not_compared(demo_bot: Bot) -> None:
    found = await answer(Question("win rate in Q4 2025", as_of="2025-11-15"), demo_bot)
    assert "(partial period, n = " in found.body
    assert "against" not in found.body


async def test_a_definition_says_formula_side_guards_caveat_and_sources(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "What is net revenue retention?")
    assert (found.kind, found.values, found.scorecard) == ("definition", (), None)
    for expected in ("Net revenue retention = ", "A business metric", "Guarded by ", "Mind: ", "Sources: "):
        assert expected in found.body


async def test_an_explanation_names_the_side_its_places_and_the_rule(demo_bot: Bot) -> None:
    await ask(demo_bot, "top 15 for a VP Sales", thread="t")
    found = await ask(demo_bot, "why aren't you including people management?", thread="t")
    assert found.kind == "explanation"
    assert found.body.startswith("The list for the VP Sales does hold people metrics, ")
    assert "Rule R01" in found.body


async def test_an_explanation_of_one_metric_says_its_place_and_why(demo_bot: Bot) -> None:
    await ask(demo_bot, "top 5 for a VP Sales", thread="t")
    found = await ask(demo_bot, "why is win rate on the list?", thread="t")
    assert re.match(r"Win rate is on the list at place \d: ", found.body)
    other = await ask(demo_bot, "why is nps not on the list?", thread="t")
    assert "is not on that list: it ranks" in other.body


async def test_a_name_that_is_only_nearly_one_is_asked_back(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "turnover")
    assert found.kind == "clarification"
    assert found.body.startswith("Did you mean ")
    assert len(found.suggestions) >= 2


async def test_a_question_about_one_person_is_refused(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "what is Sarah's salary?")
    assert (found.kind, found.values) == ("refusal", ())
    assert "no record, pay, rating or forecast of a single person" in found.body


async def test_nothing_is_claimed_to_be_kept_that_is_not(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "always include CSAT in my lists")
    assert found.kind == "coaching"
    assert "Nothing is stored until you say yes" in found.body


async def test_what_is_no_question_gets_help_with_examples_that_work(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "")
    assert found.kind == "help"
    for example in found.suggestions:
        if "those" not in example:
            assert (await ask(demo_bot, example)).kind not in ("help", "clarification"), example


@pytest.mark.parametrize("thread", ["", "t"])
async def test_whatever_is_suggested_is_understood(demo_bot: Bot, thread: str) -> None:
    first = await ask(demo_bot, "top 5 for a VP Sales", thread=thread)
    for suggestion in first.suggestions:
        found = await ask(demo_bot, suggestion, thread=thread)
        assert found.kind in ("recommendation", "explanation", "trend"), suggestion
        assert found.request.role in ("vp_sales", None)


async def test_an_unknown_day_or_stage_is_the_askers_mistake(demo_bot: Bot) -> None:
    with pytest.raises(UserError, match="is no day"):
        await ask(demo_bot, TOP_5, as_of="soon")
    with pytest.raises(UserError, match="Unknown stage 'huge': use one of pre_pmf, growth, scale"):
        await ask(demo_bot, TOP_5, stage="huge")


# Numbers


@pytest.mark.parametrize(
    "question",
    [
        TOP_5,
        "win rate and engagement index last quarter",
        "average deal size by segment",
        "win rate by month",
    ],
)
async def test_every_figure_in_the_prose_is_one_the_engine_computed(demo_bot: Bot, question: str) -> None:
    found = await ask(demo_bot, question)
    cited = {str(row.rank) for row in found.scorecard.rows} if found.scorecard else set()
    changes = set(re.findall(r"[+-]([\d.,]+\d)", found.body)) if found.values else set()
    prose = figures(re.sub(r"\[\d+\]", "", found.body)) - cited - changes
    before = {"2025", "3"} if found.values else set()  # "against 2025-Q3"
    assert prose <= computed(found) | before | {figure.split("-")[0] for figure in computed(found)}


async def test_every_source_number_in_the_prose_stands_for_the_row_of_that_number(demo_bot: Bot) -> None:
    found = await ask(demo_bot, TOP_5)
    assert found.scorecard
    rows = {str(row.rank): row for row in found.scorecard.rows}
    cited = re.findall(r"([\d.,]+\d)[^.\[\]]{0,40}\[(\d+)\]", found.body)
    assert cited
    for figure, number in cited:
        row = rows[number]
        shown = [row_value(row, "USD"), row_target(row, "USD"), row_change(row, "USD")]
        shown += [value_words(row.previous, row.metric.unit, "USD")] if row.previous else []
        assert any(figure in text for text in [*shown, str(row.value.period)])


# The model on a lead

LIES: dict[str, Reply] = {
    "invents numbers": fake.INVENTED,
    "broken JSON": fake.BROKEN_JSON,
    "broken body": fake.BROKEN_BODY,
    "HTML": fake.HTML,
    "nothing": fake.EMPTY_BODY,
    "refusal": fake.REFUSAL,
    "server error": fake.error(500, retry_after="0"),
    "no right": fake.error(401),
}


@pytest.mark.parametrize("lie", LIES)
async def test_whatever_the_model_does_the_list_and_the_numbers_are_the_same(
    demo_bot: Bot, server: ModelServer, lie: str
) -> None:
    server.reply(LIES[lie])
    plain = await ask(demo_bot, TOP_5)
    found = await ask(with_model(demo_bot, server), TOP_5)
    assert plain.scorecard
    assert found.scorecard
    assert found.scorecard.rows == plain.scorecard.rows
    assert found.body == plain.body
    assert not found.model.used
    assert found.model.fallback
    [line] = [line for line in as_text(found, 300).splitlines() if "Plain wording" in line]
    assert line.strip() == f"Plain wording: {found.model.fallback}."


async def test_a_model_that_is_down_or_slow_costs_its_deadline_and_no_number(
    demo_bot: Bot, server: ModelServer
) -> None:
    server.reply(slow(fake.prose("Win rate is at [win_rate.value]."), 3))
    late = await ask(with_model(demo_bot, server, deadline=0.3), TOP_5)
    assert late.model.fallback == "the language model took longer than 0.3 seconds"
    gone = replace(demo_bot, model=OpenAIModel("fake", base_url="http://127.0.0.1:9/v1", deadline=2))
    down = await ask(gone, TOP_5)
    assert down.model.fallback == "the language model could not be reached"
    assert late.scorecard
    assert down.scorecard
    assert late.scorecard.rows == down.scorecard.rows
    assert late.body == down.body


async def test_a_model_that_drops_all_people_metrics_cannot_drop_them(
    demo_bot: Bot, server: ModelServer
) -> None:
    server.reply(fake.BUSINESS_ONLY)
    found = await ask(with_model(demo_bot, server), TOP_5)
    assert found.scorecard
    assert found.scorecard.people >= 1
    assert found.model.used
    assert found.body.startswith("Win rate is at ")
    assert re.search("(On the people side|Among the people metrics), ", found.body)


async def test_a_model_that_words_it_well_is_named_and_only_its_marks_are_filled(
    demo_bot: Bot, server: ModelServer
) -> None:
    server.reply(fake.prose("Win rate is at [win_rate.value].", "Quota attainment is 99 %."))
    found = await ask(with_model(demo_bot, server), TOP_5)
    assert "99" not in found.body
    assert (found.model.used, found.model.name, found.model.calls) == (True, "fake", 1)
    assert "Worded by fake; every number is computed." in as_text(found)


async def test_the_model_sees_no_figure_no_row_and_no_sql(demo_bot: Bot, server: ModelServer) -> None:
    server.reply(fake.prose("Win rate is at [win_rate.value]."))
    found = await ask(with_model(demo_bot, server), TOP_5)
    assert found.scorecard
    sent = str(server.requests)
    assert "SELECT" not in sent
    for row in found.scorecard.rows:
        if row.value.value is not None and row.value.value % 1:
            assert f"{row.value.value:.1f} %" not in sent
            assert f"{row.value.value:.4f}" not in sent


async def test_without_a_model_one_line_says_so_unless_none_was_wanted(demo_bot: Bot) -> None:
    assert (await ask(demo_bot, TOP_5)).model.fallback == NO_MODEL
    unwanted = await answer(Question(TOP_5, use_model=False), demo_bot)
    assert unwanted.model.fallback is None
    assert "Plain wording" not in as_text(unwanted)


async def test_of_several_meanings_the_one_that_has_the_split_is_taken(demo_bot: Bot) -> None:
    """People call revenue turnover too, which no department has."""
    found = await ask(demo_bot, "turnover by department")
    assert (found.kind, {value.metric for value in found.values}) == ("value", {"employee_turnover_rate"})
    assert "only that is split by department" in found.notes[0]
    segment = await ask(demo_bot, "what is our turnover by segment?")
    assert {value.metric for value in segment.values} == {"revenue_run_rate"}
    assert found.actions[-1] == ("Revenue run rate", "Revenue run rate")
    both = await ask(demo_bot, "retention by department")
    assert (both.kind, len(both.actions)) == ("clarification", 2)


async def test_a_question_without_its_model_asks_no_model(demo_bot: Bot, server: ModelServer) -> None:
    await answer(Question(TOP_5, use_model=False), with_model(demo_bot, server))
    assert server.requests == []


# What is kept


async def test_an_answer_is_kept_as_it_was_given(demo_bot: Bot, demo_engine: Engine) -> None:
    found = await ask(demo_bot, TOP_5, thread="t")
    assert demo_bot.memory.answer(found.answer_id) == answer_json(found, demo_engine.catalog, as_text(found))
    assert found.scorecard
    assert demo_bot.memory.lists("terminal", "t").shown == [[row.metric.id for row in found.scorecard.rows]]
