"""Loading a catalog: what its files may say, and what is said back when they are wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.errors import CatalogError
from metrics.load import load_catalog
from metrics.load.mistakes import Mistakes
from metrics.load.nodes import read
from metrics.model import Catalog

FILES = {
    "sources.yaml": "sources:\n  - {id: CONV, what: convention, url: '', grade: none}\n",
    "stages.yaml": "stages:\n  - {stage: growth, dimensions: {sales: 1.2, turnover: 1.1}}\n",
    "complements.yaml": "complements: []\n",
    "tables/all.yaml": """\
tables:
  - name: employees
    grain: one employment spell
    happened: [hired_on]
    columns:
      - {name: employee_id, type: text, key: true, sensitivity: person}
      - {name: hired_on, type: date, sensitivity: people}
      - {name: terminated_on, type: date, nullable: true, sensitivity: people}
      - {name: is_regretted, type: boolean, nullable: true, sensitivity: people}
  - name: job_history
    grain: one job of an employee
    spell: {per: employee_id, since: effective_from, ends_with: employee_id>employees.terminated_on}
    columns:
      - {name: employee_id, type: text, key: true, references: employees.employee_id}
      - {name: effective_from, type: date, key: true}
      - {name: department_id, type: text}
  - name: opportunities
    grain: one opportunity
    columns:
      - {name: opportunity_id, type: text, key: true}
      - {name: owner_id, type: text, references: employees.employee_id, sensitivity: person}
      - {name: closed_on, type: date, nullable: true}
      - {name: outcome, type: text, values: [won, lost, open]}
      - {name: amount_base, type: decimal}
""",
    "dimensions.yaml": """\
dimensions:
  - id: department
    name: Department
    paths: {opportunities: owner_id>job_history.department_id}
""",
    "metrics/sales.yaml": """\
dimension: sales
side: business

metrics:
  - id: win_rate
    name: Win rate
    unit: percent
    direction: up
    timing: lagging
    kind: driver
    formula: won / (won + lost)
    numerator: {table: opportunities, date: closed_on, where: {outcome: won}}
    denominator: {table: opportunities, date: closed_on, where: {outcome: [won, lost]}}
    scale: 100
    counters: {required: [leavers]}
    sources: [CONV]
""",
    "metrics/turnover.yaml": """\
dimension: turnover
side: people

metrics:
  - id: leavers
    name: Leavers
    unit: people
    direction: down
    timing: lagging
    kind: outcome
    formula: people who left
    numerator: {table: employees, date: terminated_on, where: {is_regretted: true}}
    sources: [CONV]
    tags: [small_n]
""",
    "roles/seller.yaml": """\
id: seller
name: Seller
scope: sales
executive: false
ranked:
  - {metric: win_rate, weight: 100, why: wins}
  - {metric: leavers, weight: 90, why: losses}
""",
    "balance/R33.yaml": """\
id: R33
title: Nothing twice
severity: block
why: a list has no room for it
source: [CONV]
kind: distinct
examples:
  - {metrics: [win_rate, leavers], passes: true}
  - {metrics: [win_rate, win_rate], passes: false}
""",
}

Load = Callable[..., Catalog]


def written(folder: Path, files: dict[str, str]) -> Path:
    """A catalog folder with those files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load the small catalog, with ``old`` replaced by ``new`` in one of its files, or with files added."""

    def loaded(name: str = "", old: str = "", new: str = "", **own: str) -> Catalog:
        files = dict(FILES)
        if name:
            assert old in files.get(name, ""), f"{old!r} does not stand in {name}"
            files[name] = files[name].replace(old, new, 1) if old else new
        folder = written(tmp_path / "catalog", files)
        extra = written(tmp_path / "acme", {f"{key}/own.yaml": text for key, text in own.items()})
        return load_catalog(folder, extra if own else None)

    return loaded


def refused(load: Load, name: str, old: str, new: str) -> str:
    """What is said when that file says ``new`` instead of ``old``."""
    with pytest.raises(CatalogError) as raised:
        load(name, old, new)
    return str(raised.value)


def test_a_small_catalog_loads_with_everything_in_its_place(load: Load) -> None:
    catalog = load()
    assert list(catalog.metrics) == ["win_rate", "leavers"]
    assert catalog.metric("win_rate").side == "business"
    assert catalog.metric("win_rate").scale == Decimal(100)
    assert catalog.role("seller").ranked[1].metric == "leavers"
    assert catalog.origin["metric win_rate"] == "catalog/metrics/sales.yaml:5"
    assert catalog.origin["rule R33"] == "catalog/balance/R33.yaml:1"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("metrics/sales.yaml", "    unit:", "    unyt:", r"sales.yaml:7: .*'unyt'; did you mean 'unit'"),
        (
            "metrics/sales.yaml",
            "{table: opp",
            "{tabel: opp",
            r"sales.yaml:12: .*'tabel'; did you mean 'table'",
        ),
        (
            "metrics/sales.yaml",
            "direction: up",
            "direction: upp",
            r"sales.yaml:8: .*'upp'; did you mean 'up'",
        ),
        (
            "metrics/sales.yaml",
            "side: business",
            "side: busyness",
            r"sales.yaml:2: .*did you mean 'business'",
        ),
        ("metrics/sales.yaml", "sales", "sails", r"sales.yaml:1: .*'sails'; did you mean 'sales'"),
        (
            "metrics/sales.yaml",
            "    name: Win rate\n",
            "",
            r"sales.yaml:5: metric win_rate: the key 'name' is missing",
        ),
        ("metrics/sales.yaml", "opportunities,", "oportunities,", r":12: .*did you mean 'opportunities'"),
        (
            "metrics/sales.yaml",
            "closed_on",
            "close_on",
            r":12: .*'close_on' of opportunities; did you mean 'closed_on'",
        ),
        (
            "metrics/sales.yaml",
            "date: closed_on",
            "date: outcome",
            r":12: .*is text; here it takes date or timestamp",
        ),
        ("metrics/sales.yaml", "outcome: won}", "outcome: win}", r":12: .*never 'win'; did you mean 'won'"),
        (
            "metrics/sales.yaml",
            "outcome: won}",
            "outcome: {is_nott: won}}",
            r":12: .*'is_nott'; did you mean 'is_not'",
        ),
        (
            "metrics/sales.yaml",
            "outcome: won}",
            "amount_base: yes}",
            r":12: .*amount_base is decimal, never 'yes'",
        ),
        (
            "metrics/sales.yaml",
            "[leavers]",
            "[leaver]",
            r":15: .*unknown metric 'leaver'; did you mean 'leavers'",
        ),
        ("metrics/sales.yaml", "[leavers]", "[win_rate]", r":15: .*not its own counter"),
        ("metrics/sales.yaml", "[CONV]", "[CONF]", r":16: .*unknown source 'CONF'; did you mean 'CONV'"),
        ("metrics/sales.yaml", "scale: 100", "scale: lots", r":14: .*scale is a number, not 'lots'"),
        (
            "metrics/sales.yaml",
            "scale: 100",
            "scale: 100\n    scale: 1",
            r":15: the key 'scale' stands twice",
        ),
        ("metrics/sales.yaml", "formula: won /", "formula: [won /", r"sales.yaml:1\d: this is no YAML"),
        (
            "metrics/turnover.yaml",
            "id: leavers",
            "id: win_rate",
            r"turnover.yaml:5: .*'win_rate' stands twice.*sales.yaml:5",
        ),
        (
            "metrics/turnover.yaml",
            "{is_regretted: true}",
            "{is_regretted: 'true'}",
            r":12: .*is boolean, never 'true'",
        ),
        (
            "tables/all.yaml",
            "happened: [hired_on]",
            "happened: [hired]",
            r"all.yaml:4: .*did you mean 'hired_on'",
        ),
        (
            "tables/all.yaml",
            "employees.employee_id",
            "employee.employee_id",
            r":14: .*did you mean 'employees'",
        ),
        (
            "tables/all.yaml",
            "key: true, sensitivity: person",
            "sensitivity: person",
            r"no column has `key: true`",
        ),
        ("tables/all.yaml", "sensitivity: person", "sensitivity: persons", r":6: .*did you mean 'person'"),
        (
            "dimensions.yaml",
            "owner_id>job_history",
            "outcome>job_history",
            r":4: .*outcome does not lead to job_history",
        ),
        ("dimensions.yaml", "{opportunities:", "{opportunity:", r":4: .*did you mean 'opportunities'"),
        (
            "roles/seller.yaml",
            "metric: win_rate",
            "metric: win_rat",
            r"seller.yaml:6: .*did you mean 'win_rate'",
        ),
        ("roles/seller.yaml", "weight: 90", "weight: 101", r"seller.yaml:7: .*100"),
        (
            "roles/seller.yaml",
            "ranked:",
            "people_share: 45\nbusiness_share: 45\nranked:",
            r":5: .*do not fit in 5 places",
        ),
        (
            "roles/seller.yaml",
            "executive: false",
            "executive: false\ndiagnostics: [leavers]",
            r":8: .*a diagnostic",
        ),
        ("balance/R33.yaml", "distinct", "distinkt", r"R33.yaml:6: .*did you mean 'distinct'"),
        ("balance/R33.yaml", "examples:", "parameters: {most: 1}\nexamples:", r":7: .*unknown key 'most'"),
        ("balance/R33.yaml", "passes: false", "passes: true", r"one that it fails"),
        ("complements.yaml", "[]", "[[win_rate, leavrs]]", r":1: .*did you mean 'leavers'"),
        ("complements.yaml", "[]", "[win_rate]", r"a list of pairs"),
    ],
)
def test_a_mistake_is_reported_with_file_line_and_nearest_name(
    load: Load, name: str, old: str, new: str, said: str
) -> None:
    assert re.search(said, refused(load, name, old, new))


def test_all_mistakes_are_reported_at_once(load: Load) -> None:
    text = FILES["metrics/sales.yaml"].replace("unit:", "unyt:").replace("[CONV]", "[CONF]")
    said = refused(load, "metrics/sales.yaml", FILES["metrics/sales.yaml"], text + "    no_such: 1\n")
    assert len([line for line in said.splitlines() if "sales.yaml" in line]) >= 3
    assert said.startswith("The catalog has ")


def test_a_mistake_in_an_entry_is_not_repeated_wherever_the_entry_is_named(load: Load) -> None:
    said = refused(load, "metrics/turnover.yaml", "    unit: people\n", "")
    assert said == "catalog/metrics/turnover.yaml:5: metric leavers: the key 'unit' is missing."


def test_a_file_that_is_no_yaml_is_one_mistake(load: Load) -> None:
    said = refused(load, "metrics/turnover.yaml", "dimension:", "dimension")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "5", "- a", "metrics:", "metrics: 5", "metrics: [5, null, []]"]
)
@pytest.mark.parametrize("name", sorted(FILES))
def test_whatever_a_file_holds_the_answer_is_a_list_of_mistakes(load: Load, name: str, text: str) -> None:
    assert refused(load, name, FILES[name], text)


def test_a_condition_that_is_nearly_right_gets_one_sentence_not_one_for_each_thing_it_might_be(
    load: Load,
) -> None:
    said = refused(load, "metrics/sales.yaml", "outcome: won}", "amount_base: {at_leest: 5}}")
    assert [line for line in said.splitlines() if ":12:" in line] == [
        line for line in said.splitlines() if "did you mean 'at_least'" in line
    ]


@given(st.sampled_from(sorted(set(re.findall(r"(?m)^    (\w+):", FILES["metrics/sales.yaml"])))), st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_misspelt_key_is_refused_with_its_line(load: Load, key: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(key) - 1))
    wrong = key[:position] + "x" + key[position:]
    said = refused(load, "metrics/sales.yaml", f"    {key}:", f"    {wrong}:")
    line = (
        FILES["metrics/sales.yaml"]
        .splitlines()
        .index(
            next(text for text in FILES["metrics/sales.yaml"].splitlines() if text.startswith(f"    {key}:"))
        )
    )
    assert f"sales.yaml:{line + 1}: metric win_rate: unknown key {wrong!r}" in said


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_numbers_arrive_exactly(tmp_path_factory: pytest.TempPathFactory, number: Decimal) -> None:
    path = tmp_path_factory.getbasetemp() / "number.yaml"
    path.write_text(f"a: {number}", encoding="utf-8")
    document = read(path, "number.yaml", Mistakes())
    value = document.value["a"]
    assert type(value) is Decimal
    assert value == number


def test_days_and_words_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    path.write_text("{day: 2025-11-21, on: on, quoted: '5', yes: no, none: , time: 12:30}", encoding="utf-8")
    document = read(path, "plain.yaml", Mistakes())
    assert document.value == {
        "day": "2025-11-21", "on": "on", "quoted": "5", "yes": "no", "none": None, "time": "12:30",
    }  # fmt: skip


def test_an_alias_inside_itself_is_a_mistake_not_a_hang(load: Load) -> None:
    text = "complements: &a\n  - *a\n"
    assert "an alias" in refused(load, "complements.yaml", "complements: []\n", text)


def test_a_history_table_has_the_days_its_rows_are_in_force(load: Load) -> None:
    catalog = load(
        "metrics/turnover.yaml",
        "{table: employees, date: terminated_on, where: {is_regretted: true}}",
        "{table: job_history, date: in_force_since, until: in_force_until, at: average}",
    )
    assert catalog.metric("leavers").version


def version(catalog: Catalog) -> str:
    return catalog.metric("win_rate").version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("scale: 100", "scale: 100.0"),
        ("{outcome: won}", "{outcome: [won]}"),
        ("{table: opportunities, date: closed_on,", "{date: closed_on, table: opportunities,"),
        ("name: Win rate", "name: Share won"),
    ],
)
def test_a_definition_written_otherwise_is_the_same_one(load: Load, old: str, new: str) -> None:
    assert version(load("metrics/sales.yaml", old, new)) == version(load())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("scale: 100", "scale: 1000"),
        ("{outcome: won}", "{outcome: lost}"),
        ("scale: 100", "scale: 100\n    not_if: negative_denominator"),
        ("scale: 100", "scale: 100\n    status_if_not: not_applicable"),
    ],
)
def test_whatever_changes_what_is_computed_makes_a_definition_another(load: Load, old: str, new: str) -> None:
    assert version(load("metrics/sales.yaml", old, new)) != version(load())


def test_entities_speak_of_their_own_inputs_only(load: Load) -> None:
    entities = """
      per: employee_id
      inputs:
        won: {table: opportunities, date: closed_on, key: owner_id, aggregate: sum, column: amount_base}
      where: {lost: {above: 0}}"""
    said = refused(
        load,
        "metrics/turnover.yaml",
        " {table: employees, date: terminated_on, where: {is_regretted: true}}",
        entities,
    )
    assert re.search(r"turnover.yaml:16: .*unknown input 'lost'", said)


def test_a_metric_computed_from_itself_is_refused(load: Load) -> None:
    said = refused(load, "metrics/sales.yaml", "scale: 100", "n: {metric: win_rate}")
    assert "computed from itself: win_rate > win_rate" in said


def test_a_metric_may_take_the_value_of_another_ones_variant_and_not_of_its_own(load: Load) -> None:
    said = refused(load, "metrics/sales.yaml", "scale: 100", "n: {metric: win_rate.of_alll}")
    assert "unknown variant 'of_alll' of win_rate" in said


def test_a_file_that_nothing_reads_is_a_mistake(load: Load) -> None:
    assert "nothing reads this file" in refused(load, "metric/sales.yaml", "", "metrics: []")
    assert "nothing reads this file" in refused(load, "metrics/sales.yml", "", "metrics: []")


def test_a_business_model_may_not_change_sides(load: Load) -> None:
    text = "business_models:\n  - {business_model: saas, replace: {win_rate: leavers}}\n"
    assert "win_rate is business, leavers is people" in refused(load, "business_models.yaml", "", text)


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no catalog folder"):
        load_catalog(tmp_path / "nowhere")


OWN = FILES["metrics/turnover.yaml"]


def test_a_company_adds_metrics_roles_and_rules_of_its_own(load: Load) -> None:
    own = FILES["metrics/sales.yaml"].replace("id: win_rate", "id: own_rate")
    rule = FILES["balance/R33.yaml"].replace("id: R33", "id: ACME1")
    catalog = load(
        metrics=own, roles=FILES["roles/seller.yaml"].replace("id: seller", "id: buyer"), balance=rule
    )
    assert {"win_rate", "own_rate"} <= set(catalog.metrics)
    assert {"seller", "buyer"} == set(catalog.roles)
    assert catalog.origin["rule ACME1"] == "acme/balance/own.yaml:1"


def test_a_company_may_define_a_shipped_metric_in_its_own_way(load: Load) -> None:
    catalog = load(metrics=OWN.replace(", where: {is_regretted: true}", ""))
    assert catalog.origin["metric leavers"].startswith("acme/")


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"metrics": OWN.replace("people", "business", 1)}, "leavers is a people metric and stays one"),
        ({"metrics": OWN.replace("    tags: [small_n]\n", "")}, "leavers keeps its tags: small_n"),
        (
            {"metrics": FILES["metrics/sales.yaml"].replace("    counters: {required: [leavers]}\n", "")},
            "win_rate still needs one of its counters",
        ),
        ({"balance": FILES["balance/R33.yaml"].replace("block", "warn")}, "R33 is a shipped block rule"),
        ({"balance": FILES["balance/R33.yaml"]}, "R33 is a shipped block rule"),
    ],
)
def test_a_company_may_tighten_but_not_loosen(load: Load, own: dict[str, str], said: str) -> None:
    with pytest.raises(CatalogError, match=said):
        load(**own)


def test_a_company_cannot_reach_the_sensitivity_of_a_column(load: Load) -> None:
    tables = FILES["tables/all.yaml"].replace("sensitivity: person}", "sensitivity: open}")
    catalog = load(metrics=OWN, tables=tables)
    assert catalog.tables["employees"].column("employee_id").sensitivity == "person"
