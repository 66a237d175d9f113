"""What `counterpoise check` says to add next opens as many metrics as it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from metrics.check.next_steps import nearest_steps, next_steps
from metrics.engine import Engine
from metrics.opening import open_company
from tests.command import company, counterpoise

pytestmark = pytest.mark.slow


def missing(engine: Engine) -> dict[str, tuple[str, ...]]:
    return {name: needs for name in engine.catalog.metrics if (needs := engine.missing(name))}


def part_of(engine: Engine, tables: list[str]) -> Engine:
    """The same company, had it mapped these tables only."""
    selects = {name: engine.company.selects[name] for name in tables}
    smaller = engine.company.model_copy(update={"selects": selects})
    return Engine(engine.catalog, smaller, replace(engine.warehouse, company=smaller))


@pytest.mark.parametrize("first", ["opportunities", "employees", "carts"])
def test_each_step_opens_exactly_what_was_said_and_nothing_opens_more(
    demo_engine: Engine, first: str
) -> None:
    tables = [first]
    for _ in range(4):
        engine = part_of(demo_engine, tables)
        before = missing(engine)
        step = next_steps(before)[0]
        opened = {
            name: before.keys() - missing(part_of(demo_engine, [*tables, name])).keys()
            for name in ("mrr_movements", "leads", "quotas", "web_sessions", step.what)
            if name not in tables
        }
        assert set(step.opens) == opened[step.what]
        assert len(step.opens) == max(map(len, opened.values()))
        tables.append(step.what)


def test_check_says_it_in_one_sentence(tmp_path: Path) -> None:
    folder = company(tmp_path)
    steps = counterpoise("check", "--company", str(folder), "--json").json["metrics"]["next"]
    assert steps[0]["add"] == "mrr_movements"
    told = " ".join(counterpoise("check", "--company", str(folder)).out.split())
    said = [f"{step['add']} would open {len(step['opens'])} more" for step in steps]
    assert f"metrics can be computed; {said[0]}, then {said[1]}, then {said[2]}." in told


def test_a_column_of_a_table_that_is_there_is_a_step_as_well(tmp_path: Path) -> None:
    select = "SELECT 'e1' AS employee_id, DATE '2024-01-05' AS hired_on"
    engine = open_company(company(tmp_path, employees=select))
    lacking = {name: needs for name, needs in missing(engine).items() if needs[0].startswith("employees.")}
    assert next_steps(lacking)[0].what == "employees.terminated_on"


def test_what_the_tables_at_hand_could_still_give_is_said_apart(tmp_path: Path) -> None:
    select = "SELECT 'e1' AS employee_id, DATE '2024-01-05' AS hired_on, 'F' AS gender"
    folder = company(tmp_path, employees=select)
    engine = open_company(folder)
    before = missing(engine)
    steps = nearest_steps(engine, before)
    assert steps[0].what == "employees.terminated_on"
    assert {step.what.partition(".")[0] for step in steps} == {"employees"}
    wider = company(tmp_path / "wider", employees=f"{select}, DATE '2025-01-05' AS terminated_on")
    assert set(steps[0].opens) == before.keys() - missing(open_company(wider)).keys()
    ran = counterpoise("check", "--company", str(folder))
    said = f"In the tables you have, employees.terminated_on would open {len(steps[0].opens)} more"
    assert said in " ".join(ran.out.split())
    asked = counterpoise("check", "--company", str(folder), "--json").json["metrics"]["nearest"]
    assert asked[0] == {"add": "employees.terminated_on", "opens": list(steps[0].opens)}


MARKET = '[external.market_size]\nvalue = 1000\nsource = "a guess"\nas_of = 2025-12-31\n'
SALES = "SELECT 'e1' AS entry_id, DATE '2025-10-01' AS recognised_on, 50 AS amount_base"


def test_a_figure_from_outside_is_missing_until_it_is_given(tmp_path: Path) -> None:
    engine = open_company(company(tmp_path / "without", revenue_entries=SALES))
    assert engine.missing("market_share") == ("company.toml external.market_size",)
    assert "market_share" in {
        metric for step in nearest_steps(engine, missing(engine)) for metric in step.opens
    }
    assert not open_company(company(tmp_path / "with", MARKET, revenue_entries=SALES)).missing("market_share")


def test_a_metric_made_of_another_lacks_what_that_one_lacks_of_figures_from_outside(tmp_path: Path) -> None:
    engine = open_company(company(tmp_path, revenue_entries=SALES))
    assert "company.toml external.customer_lifespan_years" in engine.missing("customer_lifetime_value.orders")


EXPERIMENT = """SELECT 'colour' AS experiment_id, variant, DATE '2025-01-31' AS ended_on, 1000 AS visitors, conversions,
    variant = 'old' AS is_control FROM (VALUES ('old', 100), ('new', 200)) AS t(variant, conversions)"""


def test_a_metric_that_only_another_method_can_give_is_told_with_it(tmp_path: Path) -> None:
    folder = company(tmp_path, experiments=EXPERIMENT)
    found = counterpoise("check", "--company", str(folder), "--json").json["metrics"]
    assert "experiment_win_rate" in found["missing"]
    assert found["other_methods"] == {"experiment_win_rate": ["experiment_win_rate.lift_alone"]}
    assert not open_company(folder).missing("experiment_win_rate.lift_alone")
    told = " ".join(counterpoise("check", "--company", str(folder)).out.split())
    assert "By another method than the usual one, 1 more can be: experiment_win_rate.lift_alone. What" in told
    assert "no metric can be computed yet" not in told


@pytest.mark.parametrize(
    ("table", "select", "more", "never"),
    [
        # users are read together with what they do, and reps' periods with their deals
        ("users", "SELECT 'u' AS user_id", {}, "users.created_at"),
        ("quotas", "SELECT 'e' AS employee_id, DATE '2025-01-01' AS period_start", {}, "quotas.period_end"),
        # no history can be read without its days, whatever else it lacks
        (
            "compensation",
            "SELECT 'e' AS employee_id, 5 AS hourly_rate_base",
            {"employees": "SELECT 'e' AS employee_id"},
            "compensation.effective_from",
        ),
        ("surveys", "SELECT 's' AS survey_id, DATE '2025-01-01' AS closed_on", {}, "survey_responses"),
    ],
)  # fmt: skip
def test_a_step_is_none_that_leaves_something_else_lacking(
    tmp_path: Path, table: str, select: str, more: dict[str, str], never: str
) -> None:
    engine = open_company(company(tmp_path, **{table: select}, **more))
    lacking = missing(engine)
    assert any(never in needs for needs in lacking.values())
    steps = [*next_steps(lacking), *nearest_steps(engine, lacking)]
    assert never not in [step.what for step in steps]
