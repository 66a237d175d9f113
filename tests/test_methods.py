"""Where the usual method of a metric lacks a column, one that has what it takes is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.engine import Engine
from metrics.methods import other_methods
from tests.as_text import ask, company

OFFERS = "applications: application_id offer_extended_on offer_accepted_on"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A company that knows who accepted an offer, and not who declined one."""
    return company(tmp_path, f"{OFFERS}\n5* a# 2025-01-05 2025-01-10\n15* b# 2025-01-05 -")


def test_a_method_for_which_the_columns_are_there_is_named(engine: Engine) -> None:
    found = other_methods(engine, [ask(engine, "offer_acceptance_rate")])
    assert found == ["What is there is enough for offer_acceptance_rate.of_all (of all offers made)."]


@pytest.mark.parametrize(
    "metric", ["offer_acceptance_rate.of_all", "offer_acceptance_rate.undecided_share", "win_rate"]
)
def test_nothing_is_offered_for_what_is_measured_or_asked_for_by_name_or_cannot_be(
    metric: str, engine: Engine
) -> None:
    assert other_methods(engine, [ask(engine, metric)]) == []


def test_a_figure_in_another_unit_is_no_other_method(tmp_path: Path) -> None:
    trained = "trainings: training_id employee_id completed_on cost_base\n9* t# e# 2025-01-05 50"
    engine = company(
        tmp_path, f"{trained}\nemployees: employee_id hired_on terminated_on\n9* e# 2020-01-01 -"
    )
    assert engine.missing("training_hours_per_employee.cost") == ()
    assert other_methods(engine, [ask(engine, "training_hours_per_employee")]) == []
