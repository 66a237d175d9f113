"""What is ambiguous is settled by what is around, offered as choices, and chosen once; what is assumed is said."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.llm import OpenAIModel
from bot.memory.records import request_of, request_record
from bot.model import Question, Request
from bot.reading import read
from bot.reading.names.groups_named import ABOUT_VALUES
from bot.reading.with_model import read_with_model
from bot.reading.words.ambiguous import rules_about_names
from bot.reading.words.stems import stems
from bot.reading.words.text import key
from tests.model_server import ModelServer
from tests.reading.labelled import (
    AS_OF,
    CALENDAR,
    GROUPS,
    QUESTIONS,
    asked,
    catalog,
    reading,
    request_from,
)
from tests.yaml_file import read_yaml

pytestmark = pytest.mark.slow

EVERY = 12
"""Every so many questions go over real HTTP."""


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


def ask(text: str, **known: Any) -> Request:
    known = {"groups": lambda: GROUPS, **known}
    return read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, **known)


def readings() -> list[tuple[str, str, list[str]]]:
    """Every meaning of every ambiguous name, with the name of what is meant and the other meanings."""
    found = []
    for rule in rules_about_names(catalog()):
        for token in (*rule.readings, *rule.names):
            ids = [one.id for one in rule.of(token)]
            found += [(token, one, [other for other in ids if other != one]) for one in ids]
    return found


def name_of(meant: str) -> str:
    known = catalog()
    return known.roles[meant].name if meant in known.roles else known.metrics[meant].name


@pytest.mark.parametrize(("token", "meant", "others"), readings())
def test_who_says_what_an_ambiguous_name_means_is_understood_and_remembered(
    token: str, meant: str, others: list[str]
) -> None:
    wanted = "top 5 metrics for the " if meant in catalog().roles else ""
    request = ask(f"{wanted}{token}, I mean {name_of(meant)}")
    assert meant in (request.role, *request.metrics)
    assert request.chosen == ((token, meant),)
    assert not set(others) & {request.role, *request.metrics}


@pytest.mark.parametrize(("token", "meant", "others"), readings())
def test_a_choice_made_before_holds_and_says_so(token: str, meant: str, others: list[str]) -> None:
    wanted = "metrics for our " if meant in catalog().roles else ""
    request = ask(f"{wanted}{token}", choices={token: meant})
    assert meant in (request.role, *request.metrics)
    assert set(others) <= set(request.alternatives)
    assert any("as you chose before" in said for said in request.assumed)


def test_words_outweigh_a_choice_the_thread_outweighs_it_too_and_a_place_does_not() -> None:
    chosen = {"CRO": "conversion_lead"}
    assert ask("CRO metrics on quota and pipeline", choices=chosen).role == "chief_revenue_officer"
    last = Request("recommendation", role="chief_revenue_officer", count=5)
    assert ask("top 10 CRO metrics", choices=chosen, last=last).role == "chief_revenue_officer"
    assert ask("top 10 CRO metrics", choices=chosen, channel_name="sales-pipeline").role == "conversion_lead"


def test_the_roles_that_a_company_declares_are_the_last_evidence() -> None:
    request = ask("top 5 for our CPO", organisations={"chro"})
    assert (request.role, request.alternatives) == ("chro", ("cpo_product",))


def test_a_choice_between_readings_that_were_offered_is_remembered() -> None:
    offered = ask("activation rate last quarter")
    assert offered.kind == "clarification"
    chosen = ask("the product one", last=offered)
    assert (chosen.kind, chosen.metrics) == ("value", ("product_activation_rate",))
    assert chosen.chosen == (("activation rate", "product_activation_rate"),)


@pytest.mark.parametrize("text", ["turnover", "why did turnover rise?", "how is turnover trending?"])
def test_turnover_is_no_growth_of_revenue_because_it_is_said_to_rise(text: str) -> None:
    found = ask(text)
    assert (found.kind, found.alternatives[0]) == ("clarification", "employee_turnover_rate")


async def test_every_choice_that_is_offered_asks_for_what_stands_on_it(demo_bot: Bot) -> None:
    for text in ("CRO metrics", "top 7 for our MD", "activation rate by segment in 2025-Q2", "mrr churn"):
        found = await answer(Question(text), demo_bot)
        meanings = [one for one in found.actions if " by " not in one[0] and not one[0].startswith("Only")]
        assert meanings
        for label, pressed in meanings:
            request = ask(pressed)
            assert label in map(name_of, filter(None, (request.role, *request.metrics))), pressed


async def test_no_number_too_large_too_small_or_negative_breaks_a_list(demo_bot: Bot) -> None:
    for text, said in (
        ("top -3 metrics for a cfo", "A list of -3 is none; this is the usual 15."),
        ("top 0 metrics for a cfo", "A list of 0 is none; this is the usual 15."),
    ):
        found = await answer(Question(text), demo_bot)
        assert said in found.notes
        assert found.scorecard is not None
        assert len(found.scorecard.rows) == 15
    found = await answer(Question("top 200 metrics for a cfo"), demo_bot)
    assert found.scorecard is not None
    rows = len(found.scorecard.rows)
    assert f"You asked for 200; these {rows} are all that can be ranked for this role." in found.notes


async def test_one_person_is_refused_by_number_and_the_group_is_offered(demo_bot: Bot) -> None:
    found = await answer(Question("compa ratio of E0142"), demo_bot)
    assert (found.kind, found.values) == ("refusal", ())
    assert found.suggestions == ("Compa-ratio by department",)


async def test_values_are_held_against_what_was_asked_for(demo_bot: Bot) -> None:
    target = await answer(Question("win rate vs target"), demo_bot)
    assert ", target 28.0 %: " in target.body
    year = await answer(Question("win rate 2025-Q3 vs last year"), demo_bot)
    assert "against 2024-Q3" in year.body
    two = await answer(Question("win rate Q3 vs Q1 2025"), demo_bot)
    assert "against 2025-Q1" in two.body


async def test_a_group_that_a_metric_does_not_know_is_said_and_breaks_nothing(demo_bot: Bot) -> None:
    found = await answer(Question("NRR in Support"), demo_bot)
    assert any("cannot be narrowed to Support" in note for note in found.notes)
    narrowed = await answer(Question("win rate emea"), demo_bot)
    assert narrowed.request.filters == {"department": "Sales EMEA"}
    assert narrowed.values[0].citation.filters


async def test_help_fits_what_was_said(demo_bot: Bot) -> None:
    titles = {}
    for text in ("", "hello", "thanks!", "asdfghjkl", "what's the capital of France?"):
        titles[text] = (await answer(Question(text), demo_bot)).title
    assert len(set(titles.values())) == len(titles), titles


def test_of_several_questions_the_first_is_answered_and_the_others_are_offered() -> None:
    request = ask("What's our NPS? And what should the CS leader track?")
    assert request.metrics == ("nps",)
    assert request.more == ("And what should the CS leader track?",)
    assert any("first question" in said for said in request.assumed)
    together = ask("win rate? and ramp time?")
    assert (together.metrics, together.more) == (("win_rate", "ramp_time"), ())


def test_a_word_that_may_be_several_groups_filters_nothing_and_names_them() -> None:
    groups = {"department": ("Sales EMEA North", "Sales EMEA South")}
    request = ask("win rate emea", groups=lambda: groups)
    assert request.filters == {}
    assert any("Sales EMEA North or Sales EMEA South" in said for said in request.assumed)


def test_groups_are_asked_for_only_where_words_are_left_to_understand() -> None:
    calls = []

    def groups() -> dict[str, tuple[str, ...]]:
        calls.append(1)
        return {}

    ask("What are the top 15 metrics CROs should be tracking?", groups=groups)
    ask("win rate last quarter", groups=groups)
    assert not calls
    ask("win rate emea", groups=groups)
    assert calls


def test_every_metric_has_phrasings_and_no_phrasing_means_two() -> None:
    owners: dict[frozenset[str], set[str]] = defaultdict(set)
    for metric in catalog().metrics.values():
        assert len(metric.phrasings) >= 2, metric.id
        for phrasing in metric.phrasings:
            if len(stems(key(phrasing))) > 1:
                owners[stems(key(phrasing))].add(metric.id)
    assert not {tuple(sorted(bag)): ids for bag, ids in owners.items() if len(ids) > 1}


def test_every_phrasing_is_understood_or_offered() -> None:
    lost, said = [], 0
    for metric in catalog().metrics.values():
        for phrasing in metric.phrasings:
            said += 1
            request = ask(phrasing)
            if request.kind != "refusal" and metric.id not in (*request.metrics, *request.alternatives):
                lost.append(f"{phrasing!r}: {metric.id}, {request.kind}, {request.metrics}")
    assert len(lost) <= said // 50, lost


def test_a_request_survives_the_memory() -> None:
    request = ask("CRO, I mean the Chief Revenue Officer: top 5 metrics. And win rate Q3 vs Q1 2025?")
    compared = ask("win rate Q3 vs Q1 2025")
    for one in (request, compared, ask("win rate vs target")):
        assert request_of(json.loads(json.dumps(request_record(one)))) == one


async def test_over_http_too_a_model_changes_nothing_that_is_certain(server: ModelServer) -> None:
    liar = {
        "kind": "advice",
        "role": "ceo",
        "count": 9,
        "metrics": ["gmv"],
        "period": "2019",
        "dimension": "survey",
    }
    server.say(json.dumps(liar))
    model = OpenAIModel("fake", base_url=server.url, deadline=5.0)
    for question, thread in list(asked())[::EVERY]:
        known = {"shown": thread["shown"], "last": request_from(thread["last"]) if thread["last"] else None}
        known |= {"groups": lambda: GROUPS, **question.get("around", {})}
        alone = reading(question, thread)
        found, _ = await read_with_model(
            question["ask"], model=model, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, **known
        )
        for field in alone.sure:
            assert getattr(found, field) == getattr(alone, field), question["ask"]
    assert server.requests


OFF_TOPIC = read_yaml(QUESTIONS.parent / "off_topic.yaml")["not_answered"]
MOST_ANSWERED = 2


def test_what_no_metric_answers_is_not_answered_with_one() -> None:
    answered = [one for one in OFF_TOPIC if ask(one).kind in ABOUT_VALUES]
    assert len(OFF_TOPIC) >= 80
    assert len(answered) <= MOST_ANSWERED, answered


def test_a_near_match_says_how_it_was_read_offers_the_next_and_stays_open_for_a_model() -> None:
    request = ask("how many colleagues packed their bags and went to a competitor")
    assert request.kind == "value"
    assert len(request.alternatives) == 2
    assert any(one.startswith("This was read as a question about") for one in request.assumed)
    assert "metrics" not in request.sure


@pytest.mark.parametrize(
    "text", ["Anna Schmidt win rate", "win rate Jonas Weber", "Sofia Rossi absence rate"]
)
def test_a_bare_whole_name_beside_a_metric_is_a_person(text: str) -> None:
    assert ask(text).kind == "refusal"


@pytest.mark.parametrize("text", ["Win Rate Enterprise", "New York win rate", "Sales EMEA win rate"])
def test_a_place_or_a_group_beside_a_metric_is_no_person(text: str) -> None:
    assert ask(text).kind == "value"


@pytest.mark.parametrize(
    ("text", "metric", "dimension"),
    [
        ("absence", "absence_rate", None),
        ("engagement by department", "engagement_index", "department"),
        ("absence by department", "absence_rate", "department"),
    ],
)
def test_a_phrasing_of_one_word_is_answered(text: str, metric: str, dimension: str | None) -> None:
    request = ask(text)
    assert (request.kind, request.metrics, request.dimension) == ("value", (metric,), dimension)


async def test_a_list_says_that_it_is_not_split(demo_bot: Bot) -> None:
    found = await answer(Question("top 5 metrics for the CEO by segment"), demo_bot)
    assert (
        "A list is not split by customer segment; ask for one of its metrics by customer segment."
        in found.notes
    )
