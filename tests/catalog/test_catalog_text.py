"""What `counterpoise catalog` says: everything, in lines that fit, for people and as data."""

from __future__ import annotations

import json

import pytest

from metrics.catalog_text import (
    catalog_json,
    catalog_text,
    list_text,
    metric_text,
    role_text,
    rule_text,
    tables_text,
)
from metrics.engine import Engine
from metrics.errors import UnknownNameError
from metrics.load import load_catalog

CATALOG = load_catalog()
EVERYTHING = [None, "tables", *CATALOG.metrics, *CATALOG.roles, *CATALOG.rules, *CATALOG.tables]


def test_the_list_names_every_metric_role_and_rule() -> None:
    words = list_text(CATALOG).split()
    assert {*CATALOG.metrics, *CATALOG.roles, *CATALOG.rules} <= set(words)


def test_a_metric_tells_all_about_itself() -> None:
    said = " ".join(metric_text(CATALOG, "win_rate").split())
    metric = CATALOG.metric("win_rate")
    assert metric.name in said
    assert metric.formula in said
    assert metric.caveat in said
    assert metric.version in said
    for part in (*metric.synonyms, *metric.phrasings[:5], *metric.counters.companions, "vp_sales (2)"):
        assert part in said
    for source in metric.sources:
        assert CATALOG.sources[source].url in said
    assert "opportunities: closed_on, outcome" in said
    assert "percent, more is better" in said


@pytest.mark.parametrize("metric", CATALOG.metrics)
def test_a_metric_tells_what_it_can_be_split_by(metric: str, demo_engine: Engine) -> None:
    told = catalog_json(CATALOG, metric)["metric"]["dimensions"]
    assert told == [name for name in CATALOG.dimensions if demo_engine.reaches(metric, name)]
    assert ", ".join(told) in " ".join(metric_text(CATALOG, metric).split())


@pytest.mark.parametrize(
    ("metric", "fewest"), [("absence_rate", "5;"), ("compa_ratio", "10;"), ("win_rate", "")]
)
def test_a_metric_about_people_tells_how_many_it_needs(metric: str, fewest: str) -> None:
    [*told] = [line for line in metric_text(CATALOG, metric).splitlines() if line.startswith("Fewest people")]
    assert [line.split()[2] for line in told] == [fewest] * bool(fewest)


def test_a_metric_over_a_computed_table_names_the_tables_to_map() -> None:
    assert catalog_json(CATALOG, "quota_attainment")["metric"]["tables"] == ["quotas", "opportunities"]


def test_a_metric_computed_from_others_reads_what_they_read() -> None:
    reads = catalog_json(CATALOG, "ltv_cac_ratio")["metric"]["reads"]
    assert {"mrr_movements", "cost_entries"} <= set(reads)


def test_a_role_shows_its_order_weights_and_reasons() -> None:
    said = " ".join(role_text(CATALOG, "chief_revenue_officer").split())
    for rank, place in enumerate(CATALOG.role("chief_revenue_officer").ranked, start=1):
        side = CATALOG.metric(place.metric).side
        assert f"{rank} {place.metric} {side} {place.weight} {place.why}" in said


def test_a_rule_shows_why_and_its_examples() -> None:
    said = " ".join(rule_text(CATALOG, "R01").split())
    assert CATALOG.rules["R01"].why.strip() in said
    assert "Passes" in said
    assert "Fails" in said


def test_the_tables_say_what_each_column_is_and_who_needs_the_table() -> None:
    said = tables_text(CATALOG)
    for name, table in CATALOG.tables.items():
        assert name in said
        if not table.derived:
            assert all(
                f"  {column.name} " in said or f"  {column.name}\n" in said for column in table.columns
            )
    block = " ".join(catalog_text(CATALOG, "opportunities").split())
    assert "opportunity_id text key" in block
    assert "to accounts.account_id" in block
    assert "won | lost | disqualified | open" in block
    assert "win_rate" in block
    assert "false where absent" in " ".join(catalog_text(CATALOG, "accounts").split())


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_entry_fits_a_terminal_and_is_data_as_well(name: str | None) -> None:
    lines = catalog_text(CATALOG, name).splitlines()
    assert not [line for line in lines if len(line) > 80 and "http" not in line]
    assert not [line for line in lines if line != line.rstrip()]
    data = json.loads(json.dumps(catalog_json(CATALOG, name)))
    assert data


def test_data_holds_numbers_as_text_in_full_precision() -> None:
    assert catalog_json(CATALOG, "win_rate")["metric"]["scale"] == "100"


@pytest.mark.parametrize("call", [catalog_text, catalog_json])
def test_an_unknown_name_gets_the_nearest_right_one(call: object) -> None:
    assert callable(call)
    with pytest.raises(UnknownNameError, match="Did you mean 'win_rate'"):
        call(CATALOG, "winrate")


def test_an_unknown_rule_is_told_where_the_rules_are() -> None:
    with pytest.raises(UnknownNameError, match="lists all rules"):
        rule_text(CATALOG, "balance")


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ("mrr", "what stands at its end"),
        ("customer_churn_rate", "what stood at its start; what stands at its end"),
        ("lead_to_customer_rate", "what happens in it, by created_at"),
        ("bradford_factor", "the 52 weeks to its end"),
        ("employee_turnover_rate", "the average of its month ends"),
        ("net_revenue_retention", "a scorecard asks for the 12 months to its end"),
        ("pipeline_coverage", "a scorecard asks for the running one"),
    ],
)
def test_a_metric_tells_what_of_a_period_counts(metric: str, said: str) -> None:
    assert said in " ".join(metric_text(CATALOG, metric).split())
    assert said in catalog_json(CATALOG, metric)["metric"]["looks_at"]
