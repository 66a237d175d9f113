"""A finished list, whatever made it, is checked against every rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.balance import Context, Shares, check, clash, parameters, receipts
from metrics.balance.acronyms import Acronyms, certain, weigh
from metrics.balance.shares import at_least
from metrics.calendar.periods import Calendar
from metrics.errors import UnknownNameError
from metrics.load import load_catalog
from metrics.scorecard import RuleResult
from metrics.values import Citation, Status, Value

CATALOG = load_catalog()
QUARTER = Calendar().quarter(2025, 4, fiscal=False)
GOOD = [
    "net_revenue_retention",
    "regretted_turnover_rate",
    "win_rate",
    "pipeline_coverage",
    "coaching_coverage",
]


def _failed(metrics: list[str], role: str | None = None, context: Context | None = None) -> dict[str, str]:
    results = check(CATALOG, metrics, role=role, context=context)
    return {result.rule: result.note for result in results if not result.passed}


def _value(metric: str, value: Decimal | None, sql: tuple[str, ...]) -> Value:
    citation = Citation(
        metric=metric, version="1a2b3c4d", formula="won / decided", numerator=value, denominator=Decimal(1),
        period=QUARTER, filters={}, n=12, as_of=date(2025, 12, 31), data_through=date(2025, 12, 31),
        tables=("opportunities",), sql=sql, parameters=(),
    )  # fmt: skip
    return Value(metric, QUARTER, Status.OK if value is not None else Status.NOT_MEASURED, citation, value)


def test_a_good_list_fails_nothing() -> None:
    assert _failed(GOOD, "chief_revenue_officer") == {}


def test_fifteen_business_metrics_fail_however_they_came_about() -> None:
    business = [one.id for one in CATALOG.metrics.values() if one.side == "business"][:15]
    failed = _failed(business, "chief_revenue_officer")
    assert (
        failed["R01"]
        == "15 business and 0 people; a list of 15 needs at least 5 business and 5 people metrics."
    )
    assert "R02" in failed


def test_rules_with_nothing_to_say_keep_silent() -> None:
    said = {result.rule for result in check(CATALOG, GOOD, role=None)}
    assert said.isdisjoint({"R04", "R09", "R11", "R12", "R19", "R32", "R34", "R35"})


def test_an_empty_list_breaks_no_rule_of_mixing() -> None:
    assert _failed([]) == {}


def test_one_metric_passes_and_the_note_names_the_missing_side() -> None:
    results = {result.rule: result for result in check(CATALOG, ["ramp_time"], role=None)}
    assert results["R01"].passed
    assert "the business side is missing" in results["R01"].note


def test_the_severity_of_the_rule_stands_beside_its_result() -> None:
    results = {result.rule: result for result in check(CATALOG, GOOD, role="ceo")}
    assert results["R32"] == RuleResult(
        rule="R32", severity="warn", passed=True, note="2 of 5 are about sales; at most 2 may be."
    )
    assert results["R01"].severity == "block"


def test_a_role_with_its_own_shares_is_held_to_them() -> None:
    one_of_five = ["win_rate", "ramp_time", "pipeline_coverage", "net_revenue_retention", "gross_margin"]
    assert "R01" in _failed(one_of_five, "vp_sales")
    assert "R01" not in _failed(one_of_five, "conversion_lead")
    assert "R01" in _failed(one_of_five, "conversion_lead", Context(shares=Shares(40, 30)))


def test_a_metric_that_nothing_knows_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="win_rate"):
        check(CATALOG, ["win_rat"], role=None)


def test_values_with_receipts_pass_and_a_number_without_its_query_fails() -> None:
    measured = _value("win_rate", Decimal("62.08"), ("SELECT 1",))
    missing = _value("ramp_time", None, ())
    assert _failed(GOOD, context=Context(receipts=receipts([measured, missing]))) == {}
    bare = _value("win_rate", Decimal("62.08"), ())
    failed = _failed(GOOD, context=Context(receipts=receipts([bare])))
    assert failed == {"R34": "The value of win_rate is cited without sql."}


def test_a_receipt_names_the_fields_that_hold_something() -> None:
    [receipt] = receipts([_value("win_rate", Decimal(0), ("SELECT 1",))])
    assert receipt.number
    assert {"metric", "version", "numerator", "n", "sql"} <= set(receipt.fields)
    assert "filters" not in receipt.fields
    [empty] = receipts([_value("win_rate", None, ())])
    assert not empty.number
    assert {"numerator", "sql"}.isdisjoint(empty.fields)


def _readings() -> Acronyms:
    read = parameters(CATALOG.rules["R09"])
    assert isinstance(read, Acronyms)
    return read


@pytest.mark.parametrize(
    ("acronym", "said", "role", "sure"),
    [
        ("CRO", "What are the top 15 metrics CROs should be tracking?", "chief_revenue_officer", False),
        ("CROs", "What should CROs track on the checkout page?", "conversion_lead", True),
        ("cro", "pipeline and quota for our CRO", "chief_revenue_officer", True),
        ("CRO", "revenue and conversion for a CRO", "chief_revenue_officer", False),
        ("CPO", "top 10 for a CPO in charge of hiring", "chro", True),
        ("CPO", "top 10 for a CPO, roadmap first", "cpo_product", True),
        ("CSO", "top 5 for a CSO, renewals first", "cs_leader", True),
        ("MD", "top 5 for our MD", "ceo", False),
        ("CDO", "CDO metrics for inclusion", "chro", True),
    ],
)
def test_words_around_an_acronym_decide_what_it_stands_for(
    acronym: str, said: str, role: str, sure: bool
) -> None:
    weighed = weigh(_readings(), acronym, said)
    assert weighed[0].reading.id == role
    assert certain(_readings(), weighed) is sure


def test_a_word_inside_another_is_no_evidence() -> None:
    assert weigh(_readings(), "CRO", "webinar homepages")[0].evidence == ()


def test_an_acronym_that_means_one_thing_has_no_readings() -> None:
    assert weigh(_readings(), "CFO", "margin") == []
    assert not certain(_readings(), [])


def test_every_listed_acronym_has_two_readings_with_different_evidence() -> None:
    for readings in _readings().readings.values():
        assert len({reading.role for reading in readings}) == len(readings) == 2
        assert set(readings[0].evidence).isdisjoint(readings[1].evidence)


def test_a_role_that_the_acronym_never_means_fails() -> None:
    assert "R09" in _failed(GOOD, "cfo", Context(acronym="CRO", offered=["conversion_lead"]))


@given(st.integers(0, 100), st.integers(0, 500))
def test_a_share_is_rounded_up_and_never_more(percent: int, n: int) -> None:
    assert (at_least(percent, n) - 1) * 100 < percent * n <= at_least(percent, n) * 100


@given(st.integers(20, 50), st.integers(20, 50))
def test_shares_clash_exactly_where_some_list_cannot_hold_both(people: int, business: int) -> None:
    lengths = [n for n in range(5, 400) if at_least(people, n) + at_least(business, n) > n]
    assert clash(Shares(people, business)) == (lengths[0] if lengths else None)


def test_a_tightened_rule_of_a_company_counts_beside_the_shipped_one() -> None:
    own = CATALOG.rules["R30"].model_copy(update={"id": "OWN1", "parameters": {"share": 50}})
    catalog = replace(CATALOG, rules={**CATALOG.rules, "OWN1": own})
    failed = [result.rule for result in check(catalog, GOOD, role=None) if not result.passed]
    assert failed == ["OWN1"]
