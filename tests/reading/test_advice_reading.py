"""Questions for advice are read by what they mean: the topic, the metrics, and what completes it."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.memory.records import request_of, request_record
from bot.model import Request
from bot.reading.words.text import listed
from tests.reading.labelled import FIELDS, catalog, reading
from tests.yaml_file import read_yaml

FILE = Path(__file__).parents[1] / "evals" / "questions" / "advice.yaml"
WORDS = sorted(
    listed(
        "is good metric pay reps by promised 30 % more drive kpi okr guards own share pilot churn nps marketplace "
        "scale programme failing CFO flumph and ? what if"
    )
)
ALL = (*FIELDS, "topic", "other_role", "matter", "goal", "stage", "business_model", "percent", "unknown")
EMPTY: dict[str, Any] = {"shown": [], "last": None}
LEAST_SHARE = 97
CONTENT = read_yaml(FILE)


def asked(text: str) -> Request:
    return reading({"ask": text}, EMPTY)


def wrong(question: dict[str, Any]) -> dict[str, Any]:
    """The fields that were read otherwise than expected."""
    got = reading(question, CONTENT["threads"].get(question.get("after"), EMPTY))
    seen = {name: getattr(got, name) for name in ALL} | {"period": got.period and got.period.label}
    expected = {name: question["as"].get(name) for name in ALL} | {
        name: tuple(question["as"].get(name, ())) for name in ("metrics", "within")
    }
    return {
        name: (seen[name], expected[name])
        for name in ALL
        if seen[name] != expected[name] and (seen[name] or expected[name])
    }


def test_at_least_60_phrasings_are_read_right_in_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    advice = [one for one in CONTENT["questions"] if one["as"]["kind"] == "advice"]
    mistakes = {one["ask"]: differs for one in CONTENT["questions"] if (differs := wrong(one))}
    share = 100 - 100 * len(mistakes) / len(CONTENT["questions"])
    with capsys.disabled():
        sys.stdout.write(f"\n{len(CONTENT['questions'])} questions around advice, {share:.1f} % read right\n")
    assert len(advice) >= 60
    assert share >= LEAST_SHARE, mistakes


@pytest.mark.parametrize(
    ("template", "topic"),
    [
        ("Is {} a good primary metric?", "primary"),
        ("should we pay people by {}?", "reward"),
        ("they promised 10 % more {}", "promise"),
        ("turn {} into a KPI", "kpi"),
        ("what guards {}?", "guards"),
        ("what would I have to record to see {}?", "record"),
        ("what drives {}?", "drives"),
    ],
)
def test_every_metric_of_the_catalog_may_stand_in_a_question(template: str, topic: str) -> None:
    wrongly = [
        metric.id
        for metric in catalog().metrics.values()
        if (got := asked(template.format(metric.name))).topic != topic or metric.id not in got.metrics
    ]
    assert wrongly == []


def test_every_pair_of_roles_may_be_compared() -> None:
    roles = list(catalog().roles.values())
    for one, other in pairwise(roles):
        got = asked(f"which metrics do a {one.name} and a {other.name} share?")
        assert (got.topic, got.role, got.other_role) == ("shared", one.id, other.id)


def test_an_ambiguous_name_is_asked_back_and_the_advice_follows_the_choice() -> None:
    first = asked("is MRR churn a good primary metric?")
    assert first.kind == "clarification"
    assert {"gross_mrr_churn_rate", "net_mrr_churn_rate"} <= set(first.alternatives)
    last = {"kind": "clarification", "topic": first.topic, "alternatives": first.alternatives}
    chosen = reading({"ask": "the gross one"}, {"shown": [], "last": last})
    assert (chosen.kind, chosen.topic, chosen.metrics) == ("advice", "primary", ("gross_mrr_churn_rate",))


@pytest.mark.parametrize(
    "text",
    [
        "what's the best metric for a CFO",
        "how much do we pay for a lead",
        "did win rate improve and churn fall?",
        "offer acceptance rate higher than last year?",
        "what is our gender pay gap",
        "what is a good win rate?",
        "compare win rate and quota attainment",
        "what is the difference between NRR and GRR?",
        "why did our win rate drop last quarter?",
    ],
)
def test_what_asks_for_a_value_or_a_list_is_no_advice(text: str) -> None:
    assert asked(text).topic is None


def test_a_request_for_advice_is_remembered_whole() -> None:
    for question in CONTENT["questions"]:
        got = reading(question, CONTENT["threads"].get(question.get("after"), EMPTY))
        assert request_of(request_record(got)) == got


def test_advice_that_was_understood_leaves_nothing_to_a_model_but_an_unknown_name() -> None:
    assert "metrics" in asked("turn win rate into a KPI").sure
    assert "metrics" not in asked("Is flumph rate a good metric?").sure


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_any_words_are_read_into_ids_that_the_catalog_knows(said: list[str]) -> None:
    got = asked(" ".join(said))
    known = catalog()
    assert set(got.metrics) <= set(known.metrics)
    assert {got.role, got.other_role} <= {None, *known.roles}
    assert got.goal is None or got.goal in known.goals
