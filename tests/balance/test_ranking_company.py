"""A company's own roles and rules: its folder adds to the shipped ones, overrides a role, and loosens nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.balance import Context, check
from metrics.errors import CatalogError
from metrics.load import load_catalog
from metrics.ranking import rank
from tests.command import company, counterpoise

OWN = """
id: enablement_lead
name: Sales enablement lead
synonyms: [head of enablement]
scope: sales organisation
executive: false
people_share: 40
ranked:
  - {metric: quota_attainment, weight: 100, why: what enablement is for}
  - {metric: ramp_time, weight: 95, why: how soon hiring becomes capacity}
  - {metric: win_rate, weight: 90, why: whether what is taught works}
  - {metric: coaching_coverage, weight: 85, why: whether managers carry it on}
  - {metric: stage_conversion_rate, weight: 80, why: where to teach next}
"""
OVERRIDE = """
id: cfo
name: Chief Financial Officer
synonyms: [CFO, finance chief]
scope: finance organisation
executive: true
people_share: 20
business_share: 50
ranked:
  - {metric: runway_months, weight: 100, why: time that is left}
  - {metric: gross_margin, weight: 90, why: what is left of a sale}
  - {metric: regretted_turnover_rate, weight: 80, why: what losing people costs}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A company that adds a role and has a finance chief of its own."""
    found = company(tmp_path)
    (found / "roles").mkdir()
    (found / "roles" / "enablement_lead.yaml").write_text(OWN, encoding="utf-8")
    (found / "roles" / "cfo.yaml").write_text(OVERRIDE, encoding="utf-8")
    return found


def with_rule(folder: Path, text: str) -> str:
    """What is said to a company with this rule."""
    (folder / "balance").mkdir()
    (folder / "balance" / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_catalog(extra=folder)
    return str(caught.value)


def test_a_role_of_the_company_is_ranked_for_every_length(folder: Path) -> None:
    catalog = load_catalog(extra=folder)
    whole = rank(catalog, "enablement_lead", stage="growth", business_model="saas")
    assert len(whole.places) > 60
    assert whole.ids[:2] == ("quota_attainment", "ramp_time")
    for n in range(1, len(whole.places) + 1):
        cut = rank(catalog, "enablement_lead", stage="growth", business_model="saas", count=n).first(n)
        assert cut.places == whole.places[:n]
    beside = {place.metric: list(place.guarded_by) for place in whole.places}
    context = Context(stage="growth", business_model="saas", beside=beside)
    failed = [
        one.rule
        for one in check(catalog, whole.ids, role="enablement_lead", context=context)
        if not one.passed
    ]
    assert failed == []


def test_the_command_line_ranks_a_role_of_the_company(folder: Path) -> None:
    ran = counterpoise(
        "rank", "head of enablement", "--count", "5", "--company", str(folder), "--stage", "scale", "--json"
    )
    metrics = ran.json["metrics"]
    assert [metric["rank"] for metric in metrics] == [1, 2, 3, 4, 5]
    assert sum(metric["side"] == "people" for metric in metrics) == 2
    assert "Unknown role 'enablement_lead'" in counterpoise("rank", "enablement_lead").sentence


def test_one_metric_on_the_command_line_names_the_missing_side(folder: Path) -> None:
    ran = counterpoise("rank", "enablement_lead", "--count", "1", "--company", str(folder), "--json")
    assert len(ran.json["metrics"]) == 1
    assert "side is missing" in ran.json["notes"][-1]


def test_the_company_s_own_list_takes_the_place_of_the_shipped_one(folder: Path) -> None:
    own, shipped = load_catalog(extra=folder), load_catalog()
    assert rank(own, "cfo").ids[0] == "runway_months" != rank(shipped, "cfo").ids[0]
    assert sum(place.side == "people" for place in rank(own, "cfo", count=10).places) >= 2
    assert rank(own, "ceo", count=15).ids == rank(shipped, "ceo", count=15).ids


def test_a_block_rule_of_the_company_holds_in_every_list(folder: Path) -> None:
    (folder / "balance").mkdir()
    (folder / "balance" / "OWN1.yaml").write_text(
        "{id: OWN1, title: Discounts first, severity: block, why: A win rate can be bought., source: [CONV],"
        " kind: requires, scope: prefix, from_length: 1, parameters: {of: [win_rate], one_of: [discount_rate]},"
        " examples: [{metrics: [discount_rate, win_rate], passes: true}, {metrics: [win_rate], passes: false}]}",
        encoding="utf-8",
    )
    ids = rank(load_catalog(extra=folder), "vp_sales", count=15).ids
    assert ids.index("discount_rate") < ids.index("win_rate")


RULE = (
    "{id: R32, title: Spread, severity: SEVERITY, why: It should., source: [CONV], kind: spread, scope: SCOPE,"
    " from_length: LENGTH, parameters: {executive: 30, functional: 40}, examples:"
    " [{metrics: [win_rate, ramp_time], passes: true, context: {role: ceo}},"
    " {metrics: [win_rate, average_deal_size, sales_cycle_length], passes: false, context: {role: ceo}}]}"
)


@pytest.mark.parametrize(
    ("severity", "scope", "length", "said"),
    [
        ("info", "prefix", "1", "R32 is at least warn, not info"),
        ("warn", "answer", "1", "R32 keeps its kind and scope"),
        ("warn", "prefix", "9", "R32 holds from 1 metrics on, not 9"),
    ],
)
def test_a_shipped_rule_is_not_made_milder(
    folder: Path, severity: str, scope: str, length: str, said: str
) -> None:
    text = RULE.replace("SEVERITY", severity).replace("SCOPE", scope).replace("LENGTH", length)
    assert said in with_rule(folder, text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("scope: question", "names its kinds of `questions`"),
        ("scope: answer, questions: [pilot]", "names its kinds of `questions`"),
        ("scope: answer, status: needs_judgement", "says what the bot does `instead`"),
        ("scope: answer, instead: it asks", "says what the bot does `instead`"),
        ("scope: sometimes", "scope"),
    ],
)
def test_scope_and_status_of_a_rule_say_all_they_need_to(folder: Path, change: str, said: str) -> None:
    text = (
        f"{{id: OWN2, title: Own, severity: warn, why: Because., source: [CONV], kind: distinct, {change},"
        " examples: [{metrics: [win_rate], passes: true}, {metrics: [win_rate, win_rate], passes: false}]}"
    )
    assert said in with_rule(folder, text)
