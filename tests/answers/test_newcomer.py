"""What a newcomer stumbled over: an answer says what it means, and whatever it offers works."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Bot, answer
from bot.model import Answer, Question
from metrics.calendar.periods import Period, add_months, span
from tests.command import DEALS, company, counterpoise

STAGES_AND_MODELS = ("growth saas", "growth marketplace", "scale saas")


pytestmark = pytest.mark.usefixtures("demo_open")


@pytest.fixture(autouse=True)
def _company(demo_folder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERPOISE_COMPANY", str(demo_folder))


async def ask(bot: Bot, text: str, thread: str = "") -> Answer:
    return await answer(Question(text, thread=thread, operator=True), bot)


# periods


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 30))
def test_whole_months_follow_on_whole_months(day: date, months: int) -> None:
    start = day.replace(day=1)
    period = span(start, add_months(start, months))
    before = period.previous()
    assert (before.start, before.end) == (add_months(start, -months), start)


def test_days_that_are_no_whole_months_move_by_days() -> None:
    assert span(date(2025, 10, 3), date(2026, 1, 1)).previous() == Period(
        date(2025, 7, 5), date(2025, 10, 3), "2025-07-05..2025-10-02"
    )


async def test_people_values_of_the_last_six_months_are_held_against_the_six_before(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "employee turnover rate in the last 6 months")
    assert "against 2025-01-01..2025-06-30" in found.body


# the command line


def test_a_split_by_persons_works_for_a_metric_that_is_shown_with_another() -> None:
    ran = counterpoise("metric", "win_rate", "--by", "owner", "--json")
    assert len(ran.json["values"]) > 20


@pytest.mark.parametrize("call", ["metric", "catalog"])
def test_a_metric_goes_by_its_synonyms_too(call: str) -> None:
    assert "Net revenue retention" in counterpoise(call, "NRR").out


def test_a_synonym_of_several_roles_names_them() -> None:
    ran = counterpoise("catalog", "CRO")
    assert (ran.code, "chief_revenue_officer or conversion_lead" in ran.err) == (2, True)


def test_what_a_value_was_narrowed_to_stands_above_it() -> None:
    assert "Only where segment = SMB" in counterpoise("metric", "win_rate", "--where", "segment=SMB").out


# values


async def test_every_value_in_an_answer_has_the_number_of_its_receipt(demo_bot: Bot) -> None:
    for text in ("win rate last quarter", "win rate by month", "win rate by segment", "win rate and ARR"):
        found = await ask(demo_bot, text)
        first, _, lines = found.body.rpartition("\n\n")
        told = [int(number) for number in re.findall(r"\[(\d+)\]", lines)]
        assert {int(number) for number in re.findall(r"\[(\d+)\]", first)} <= {*told}
        assert told == [n for n, value in enumerate(found.values, 1) if value.value is not None], text


async def test_remarks_and_n_of_a_value_share_their_brackets(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "ramping reps on track last quarter")
    assert "(small sample, n = " in found.body
    assert ") (" not in found.body


async def test_groups_without_a_value_are_told_together(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "quota attainment by rep")
    told = [line for line in found.body.splitlines() if "undefined: nothing to divide by" in line]
    assert len(told) == 1
    assert re.search(r"^  (\w+, ){4}\w+ and \d+ more: ", told[0])


async def test_a_period_to_come_is_said_to_be_one(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "win rate in 2030")
    assert found.notes[0] == "2030 is still to come as of 2025-12-31, and nothing is forecast here."


# lists and reasons


async def test_a_single_metric_is_told_once_that_it_cannot_be_balanced(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "top 1 metric for the CEO", thread="one")
    assert found.title.startswith("Top metric for the")
    assert sum("cannot be balanced" in note for note in found.notes) == 1
    assert not any(offer.startswith("Only") for offer in found.suggestions)


async def test_why_a_metric_is_on_the_list_names_it_and_offers_to_look_closer_at_it(demo_bot: Bot) -> None:
    await ask(demo_bot, "top 10 metrics for the CRO", thread="why")
    why = await ask(demo_bot, "why 3?", thread="why")
    assert why.title == "Why win rate is on the list"
    assert [label for label, _ in why.actions] == ["Win rate by month", "Win rate by department"]
    assert not any(offer.startswith("Only") for offer in why.suggestions)
    absent = await ask(demo_bot, "why not customer acquisition cost?", thread="why")
    assert absent.title == "Why customer acquisition cost is not on the list"


async def test_a_split_says_which_word_was_taken_for_another(demo_bot: Bot) -> None:
    assert "“region” was read as department." in (await ask(demo_bot, "win rate by region")).notes
    for plain in ("win rate by department", "win rate by segment", "customer churn rate by customer segment"):
        assert not any("was read as" in note for note in (await ask(demo_bot, plain)).notes), plain


async def test_an_explanation_points_at_the_rule_that_it_names(demo_bot: Bot) -> None:
    sides = await ask(demo_bot, "why haven't you identified any people metrics?")
    assert "`counterpoise catalog R01` explains it." in sides.notes
    unruled = await ask(demo_bot, "why not customer lifetime value?")
    assert not any("explains" in note for note in unruled.notes)


async def test_what_is_not_on_a_list_can_be_taught_to_be(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "why not customer lifetime value?")
    taught = await ask(demo_bot, found.suggestions[0], thread="teach")
    assert taught.title == "Shall I store this?"


async def test_a_coached_rule_is_not_looked_up_in_the_catalog(demo_bot: Bot) -> None:
    await ask(demo_bot, "always include ramp time for our CRO", thread="c")
    await ask(demo_bot, "yes", thread="c")
    found = await ask(demo_bot, "top 5 metrics for the chief revenue officer")
    [told] = [note for note in found.notes if note.startswith("Rules that had a part")]
    assert "C1 at 1" in told
    assert "catalog C1" not in told


async def test_a_replaced_metric_does_not_lend_its_reason(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "what changes if we were marketplace?")
    assert "on closed deals" not in found.body
    assert "in place of Win rate" in found.body
    assert not any(words in found.body for words in STAGES_AND_MODELS)


# what is offered


@pytest.mark.parametrize(
    "text", ["turnover by department", "engagement by department", "churn by region", "hello", "thanks"]
)
async def test_whatever_is_offered_is_answered(demo_bot: Bot, text: str) -> None:
    found = await ask(demo_bot, text)
    for offer in (*found.suggestions, *(asked for _, asked in found.actions)):
        told = await ask(demo_bot, offer)
        assert told.kind not in {"help", "clarification", "refusal"}, offer


async def test_a_trend_does_not_offer_itself_again(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "win rate by month")
    assert "win rate by month" not in found.suggestions


# coaching


@pytest.mark.parametrize(
    "text",
    [
        "it's important to have a balance of business management issues and people",
        "always balance business and people metrics",
        "always include both sides",
    ],
)
async def test_whoever_asks_for_balance_is_told_that_it_holds_already(demo_bot: Bot, text: str) -> None:
    found = await ask(demo_bot, text)
    assert found.title == "That holds already"
    assert "nothing to store" in found.body


# rules and what is missing


@pytest.mark.parametrize("text", ["what is R01?", "explain rule R01", "R01", "What does r01 mean?"])
async def test_a_rule_is_explained_to_whoever_reads_its_id(demo_bot: Bot, text: str) -> None:
    found = await ask(demo_bot, text)
    assert (found.kind, found.title) == ("definition", "R01: Business and people together")
    assert "hides who produces them" in found.body


@pytest.mark.parametrize("text", ["drop R01", "never apply R10"])
async def test_a_rule_that_is_to_go_is_no_question_about_it(demo_bot: Bot, text: str) -> None:
    assert (await ask(demo_bot, text)).title == "That rule cannot be coached away"


async def test_only_who_has_a_terminal_is_sent_there(demo_bot: Bot) -> None:
    for text in ("top 15 metrics for a CFO", "what is win rate?", "why haven't you any people metrics?"):
        found = await answer(Question(text), demo_bot)
        assert not any("counterpoise catalog" in note for note in found.notes), text
    [hint] = [note for note in found.notes if "explains it" in note]
    named = re.search(r"“(.*)”", hint)
    assert named is not None
    assert (await answer(Question(named[1]), demo_bot)).kind == "definition"


def test_a_list_that_is_hardly_measured_says_so_and_how_to_begin(tmp_path: Path) -> None:
    folder = str(company(tmp_path / "company", opportunities=DEALS))
    found = counterpoise("ask", "top 5 metrics for the chief revenue officer", "--company", folder, "--json")
    assert any(note.startswith("4 of 5 are not measured") for note in found.json["notes"])
    people = counterpoise("ask", "top 5 metrics for a CHRO", "--company", folder, "--json").json
    assert people["suggestions"][-1] == "What would I have to record to see quality of hire?"
    told = counterpoise("ask", people["suggestions"][-1], "--company", folder).out
    assert "To see quality of hire, record " in told
