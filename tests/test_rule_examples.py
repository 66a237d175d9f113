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


def test_the_rules_of_the_first_cut_are_there() -> None:
    wanted = (1, 2, 4, 9, 10, 11, 12, 20, 23, 30, 31, 32, 33, 34, 35)
    assert {f"R{number:02}" for number in wanted} <= set(CATALOG.rules)


def test_every_kind_is_used_and_every_rule_has_one_of_them() -> None:
    assert {rule.kind for rule in CATALOG.rules.values()} == set(RULE_KINDS)
