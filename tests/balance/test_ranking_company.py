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


SHIPPED = {
    "R15": "kind: goal_first, from_length: 5",
    "R16": "kind: steady",
    "R18": "kind: weights",
    "R29": "kind: requires, scope: prefix, from_length: 1, companion_line: true",
    "R32": "kind: spread, scope: prefix, from_length: 1",
    "R39": "kind: quality",
    "R42": "kind: touchpoints, scope: question, questions: [product_performance], from_length: 2",
    "R43": "kind: includes, scope: question, questions: [automation], status: needs_judgement, instead: it asks",
    "R13": "kind: agreed, status: needs_judgement, instead: it asks",
}
OF = "of: [pipeline_value, pipeline_coverage, sales_velocity, lead_velocity_rate"
GROUPS = "[cac], [customer_lifetime_value], [automation_error_rate]"
TERMS = "terms: {qualified_lead: [lead_qualification_rate, lead_velocity_rate"


def changed(rule: str, parameters: str) -> str:
    return (
        f"{{id: {rule}, title: Ours, severity: warn, why: It should., source: [CONV], {SHIPPED[rule]},"
        f" parameters: {{{parameters}}}}}"
    )


@pytest.mark.parametrize(
    ("rule", "parameters", "name"),
    [
        ("R32", "executive: 60, functional: 55", "executive"),
        ("R32", "executive: 40, functional: 100", "functional"),
        ("R32", "executive: 40, functional: 55, counted_as: 9", "counted_as"),
        ("R16", "most: 4", "most"),
        ("R18", "of: [win_rate]", "of"),
        ("R29", "of: [pipeline_value], one_of: [engagement_depth], traits: [product_led, ai]", "of"),
        ("R29", f"{OF}], one_of: [engagement_depth, win_rate], traits: [product_led, ai]", "one_of"),
        ("R29", f"{OF}], one_of: [engagement_depth], traits: [product_led]", "traits"),
        (
            "R29",
            f"{OF}], one_of: [engagement_depth], traits: [product_led, ai], ahead_in: {{saas: [win_rate]}}",
            "ahead_in",
        ),
        ("R39", "measure: crm_data_completeness, tables: [opportunities, leads], least: 50", "least"),
        ("R39", "measure: crm_data_completeness, tables: [opportunities], least: 80", "tables"),
        ("R39", "measure: win_rate, tables: [opportunities, leads], least: 80", "measure"),
        ("R42", "touchpoints: {tickets: [resolution_time], surveys: [csat]}, least: 1", "least"),
        ("R42", "touchpoints: {tickets: [resolution_time], deals: [win_rate]}", "touchpoints"),
        ("R43", f"all_of: [{GROUPS}], compared: true", "all_of"),
        ("R43", f"all_of: [[web_conversion_rate], {GROUPS}]", "compared"),
        ("R13", f"{TERMS}]}}, owners: [sales]", "owners"),
        ("R13", "terms: {won: [win_rate]}, owners: [sales, marketing]", "terms"),
    ],
)
def test_nor_by_its_parameters(folder: Path, rule: str, parameters: str, name: str) -> None:
    said = f"{rule} asks for less in '{name}' than the shipped rule, or it cannot be told"
    assert said in with_rule(folder, changed(rule, parameters))


@pytest.mark.parametrize(
    ("rule", "parameters"),
    [
        ("R15", ""),
        ("R32", "executive: 30, functional: 55, counted_as: 4"),
        ("R16", "most: 0"),
        ("R18", "of: [implementation_rate, win_rate]"),
        ("R29", f"{OF}, win_rate], one_of: [engagement_depth], never_primary: [win_rate]"),
        ("R29", f"{OF}], one_of: [engagement_depth], traits: [ai, product_led]"),
        ("R39", "measure: crm_data_completeness, tables: [opportunities, leads, accounts], least: 90"),
        ("R42", "touchpoints: {tickets: [resolution_time], surveys: [csat], usage: [stickiness]}, least: 3"),
        ("R43", f"all_of: [[web_conversion_rate], [win_rate], {GROUPS}], compared: true"),
        ("R13", f"{TERMS}, win_rate]}}, owners: [sales, marketing, finance]"),
    ],
)
def test_its_parameters_can_ask_for_more(folder: Path, rule: str, parameters: str) -> None:
    [mistake] = [
        line for line in with_rule(folder, changed(rule, parameters)).splitlines() if "own.yaml" in line
    ]
    assert "a rule has an example that it passes and one that it fails" in mistake


def test_nor_does_a_companion_line_do_where_a_place_in_the_list_was_asked_for(folder: Path) -> None:
    text = changed("R32", "executive: 40, functional: 55").replace("1,", "1, companion_line: true,")
    assert "a companion line is not enough" in with_rule(folder, text)


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
