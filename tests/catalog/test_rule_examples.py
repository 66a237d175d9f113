"""Every rule proves itself: its examples run, and its sources and names exist."""

from __future__ import annotations

import pytest

from metrics.balance import RULE_KINDS, Context, apply
from metrics.load import load_catalog
from metrics.model import Rule, RuleExample

CATALOG = load_catalog()
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in CATALOG.rules.values()
    for number, example in enumerate(rule.examples, start=1)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_rule_judges_its_example_as_the_file_says(rule: Rule, example: RuleExample) -> None:
    verdict = apply(CATALOG, rule, example.metrics, Context.model_validate(example.context))
    assert verdict is not None
    assert verdict.passed is example.passes, verdict.note
    assert verdict.note.endswith(".")


@pytest.mark.parametrize("rule", CATALOG.rules.values(), ids=list(CATALOG.rules))
def test_the_rule_has_a_reason_of_two_sentences_at_most_and_known_sources(rule: Rule) -> None:
    assert 1 <= rule.why.count(". ") + 1 <= 2
    assert set(rule.source) <= set(CATALOG.sources)


def test_all_rules_of_the_domain_reference_are_there_one_file_each() -> None:
    assert list(CATALOG.rules) == [f"R{number:02}" for number in range(1, 44)]
    for name in CATALOG.rules:
        assert CATALOG.origin[f"rule {name}"].split(":")[0] == f"catalog/balance/{name}.yaml"


def test_the_severities_are_those_of_the_domain_reference() -> None:
    warn = {"R03", "R13", "R15", "R16", "R18", "R29", "R32", "R38", "R39", "R40", "R42", "R43"}
    assert {name for name, rule in CATALOG.rules.items() if rule.severity == "warn"} == warn
    assert {rule.severity for rule in CATALOG.rules.values()} == {"block", "warn"}


def test_the_few_rules_that_need_people_say_what_the_bot_does_instead() -> None:
    judged = [rule for rule in CATALOG.rules.values() if rule.status == "needs_judgement"]
    assert [rule.id for rule in judged] == ["R13", "R22", "R38", "R43"]
    assert all(rule.instead.endswith(".") for rule in judged)


def test_a_rule_about_certain_questions_keeps_silent_about_others() -> None:
    rule = CATALOG.rules["R28"]
    assert apply(CATALOG, rule, ["marketing_roi", "engagement_index"], Context()) is None
    assert apply(CATALOG, rule, ["marketing_roi", "engagement_index"], Context(question="kpi")) is None


def test_a_rule_keeps_silent_about_lists_that_are_too_short_for_it() -> None:
    assert (
        apply(CATALOG, CATALOG.rules["R31"], ["nps", "engagement_index", "enps", "csat"], Context()) is None
    )


def test_a_rule_of_scope_prefix_says_where_a_list_may_not_be_cut() -> None:
    late = ["engagement_index", "ramp_time", "coaching_coverage", "win_rate", "gross_margin", "nps", "csat"]
    verdict = apply(CATALOG, CATALOG.rules["R02"], late, Context())
    assert verdict is not None
    assert verdict.note.startswith("Cut to the first 2: ")


def test_every_kind_is_used_and_every_rule_has_one_of_them() -> None:
    assert {rule.kind for rule in CATALOG.rules.values()} == set(RULE_KINDS)
