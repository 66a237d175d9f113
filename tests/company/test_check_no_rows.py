"""`counterpoise check` says which metrics have their columns and no row of the kind they count."""

from __future__ import annotations

from pathlib import Path

from metrics.check.no_rows import without_rows
from metrics.engine import Engine
from tests.as_text import ANSWERS, write
from tests.command import counterpoise

WAVES = "surveys: survey_id survey_type closed_on\nE engagement 2025-01-31\n"
REPLIES = f"{ANSWERS}\nE p1 q1 4\nE p2 q1 5\n"


def test_a_survey_that_was_never_held_is_said_and_one_that_was_is_not(tmp_path: Path) -> None:
    folder = write(tmp_path, WAVES + REPLIES)
    told = counterpoise("check", "--company", str(folder), "--json").json["metrics"]
    assert told["no_rows"]["nps"] == "no row in which survey_answers.survey_type is nps"
    assert told["no_rows"]["csat"] == "no row in which survey_answers.survey_type is csat"
    assert "engagement_index" not in told["no_rows"]
    assert set(told["no_rows"]) <= set(told["computable"])
    ran = counterpoise("check", "--company", str(folder))
    assert "Without a value so far: nps (no row in which survey_answers.survey_type is nps)." in ran.out


def test_the_demo_company_has_rows_of_every_kind(demo_engine: Engine) -> None:
    assert without_rows(demo_engine, demo_engine.catalog.metrics) == {}
