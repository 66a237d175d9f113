"""The shipped catalog: complete, consistent, and as guarded as the domain reference asks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from metrics.balance import Context, apply
from metrics.load import SHIPPED, load_catalog

REFERENCE = Path(__file__).parents[3] / "shared" / "domain" / "catalog.json"


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    """The domain reference, where it is beside the project."""
    if not REFERENCE.is_file():
        pytest.skip("the domain reference (../shared/domain/catalog.json) is not here")
    found: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return found


def test_the_shipped_catalog_loads_in_under_half_a_second() -> None:
    """In a process of its own, as a command has it: here the heap of all other tests would be swept as well."""
    timed = (
        "import time; from metrics.load import load_catalog; start = time.process_time();"
        "load_catalog(); print(time.process_time() - start)"
    )
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", timed], capture_output=True, text=True, check=True
    )
    assert float(ran.stdout) < 0.5


def test_the_shipped_catalog_is_read_once_whoever_asks(tmp_path: Path) -> None:
    assert load_catalog() is load_catalog(SHIPPED)
    assert load_catalog() is load_catalog(extra=tmp_path)


def test_the_shipped_tables_and_columns_are_those_of_the_domain_reference(reference: dict[str, Any]) -> None:
    tables = reference["tables"]
    ours = {name: table for name, table in load_catalog().tables.items() if not table.derived}
    elsewhere = {
        "metric_targets",
        "goals",
        "coached_rules",
    }  # company.toml and the bot's memory own these facts
    assert set(ours) == set(tables) - elsewhere
    for name, table in ours.items():
        assert [(c.name, c.type) for c in table.columns] == [
            (column["name"], column["type"].lower()) for column in tables[name]["columns"]
        ]
        assert table.tier == tables[name]["tier"]


def test_the_shipped_metrics_are_those_of_the_domain_reference(reference: dict[str, Any]) -> None:
    metrics = load_catalog().metrics
    assert {
        m["id"]: (m["side"], m["dimension"], m["unit"], m["timing"], m["role"]) for m in reference["metrics"]
    } == {m.id: (m.side, m.dimension, m.unit, m.timing, m.kind) for m in metrics.values()}
    assert sum(metric.side == "people" for metric in metrics.values()) == 45


def test_what_names_a_person_or_pays_one_is_never_open() -> None:
    names = {"owner_id", "assignee_id", "manager_id", "employee_id", "successor_id", "hired_employee_id"}
    names |= {"person_key", "respondent_key", "manager_key"}
    restricted = {"gender", "ethnicity", "group_key", "rating", "is_top_performer"}
    for table in load_catalog().tables.values():
        for column in table.columns:
            if column.name in names:
                assert column.sensitivity in {"person", "restricted"}, f"{table.name}.{column.name}"
            if column.name in restricted or table.name == "compensation":
                assert column.sensitivity == "restricted", f"{table.name}.{column.name}"


def test_a_derived_table_is_never_more_open_than_the_columns_it_repeats() -> None:
    tables = load_catalog().tables
    order = ("open", "person", "people", "restricted")
    for table in tables.values():
        for column in table.columns:
            for source in table.derived:
                for twin in tables[source].columns:
                    if twin.name == column.name:
                        same = order.index(column.sensitivity) >= order.index(twin.sensitivity)
                        assert same, f"{table.name}.{column.name}"


def test_what_happened_never_includes_a_plan() -> None:
    plans = re.compile(r"due|expected|planned|period_end|effective_to|scheduled")
    for table in load_catalog().tables.values():
        assert not [name for name in table.happened if plans.search(name)]


@pytest.mark.parametrize("role", [path.stem for path in sorted((SHIPPED / "roles").glob("*.yaml"))])
def test_every_shipped_role_ranks_fifteen_metrics_that_keep_the_rules_on_both_sides(role: str) -> None:
    catalog = load_catalog()
    profile = catalog.role(role)
    metrics = [catalog.metric(place.metric) for place in profile.ranked]
    people = sum(metric.side == "people" for metric in metrics)
    assert len(metrics) == 15
    assert 100 * people >= profile.people_share * 15
    assert 100 * (15 - people) >= profile.business_share * 15
    assert [place.weight for place in profile.ranked] == sorted(
        (p.weight for p in profile.ranked), reverse=True
    )
    assert sum(metric.timing == "leading" for metric in metrics) >= 3
    assert any(metric.kind == "driver" for metric in metrics)
    assert not any("vanity" in metric.tags or "individual_level" in metric.tags for metric in metrics)
    for position, metric in enumerate(metrics):
        before = {earlier.id for earlier in metrics[:position]}
        assert not metric.counters.required or before.intersection(metric.counters.required), metric.id
    assert not any(pair <= {metric.id for metric in metrics} for pair in catalog.complements)


def test_an_acronym_of_two_roles_is_a_synonym_of_both() -> None:
    roles = load_catalog().roles.values()
    for acronym in ("CRO", "CPO"):
        assert sum(acronym in role.synonyms for role in roles) == 2


def test_touched_revenue_is_ranked_nowhere_without_actioned_revenue() -> None:
    for role in load_catalog().roles.values():
        ranked = {place.metric for place in role.ranked}
        assert "touched_revenue" not in ranked or "actioned_revenue" in ranked


def test_the_examples_of_the_readme_can_be_added_as_they_stand(tmp_path: Path) -> None:
    blocks = re.findall(
        r"```yaml\n# (\S+)\n(.*?)```", (SHIPPED / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert [Path(name).parent.name for name, _ in blocks] == ["metrics", "roles", "balance"]
    for name, text in blocks:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    catalog = load_catalog(extra=tmp_path)
    rule = catalog.rules["EXAMPLE1"]
    for example in rule.examples:
        verdict = apply(catalog, rule, example.metrics, Context.model_validate(example.context))
        assert verdict is not None
        assert verdict.passed == example.passes
