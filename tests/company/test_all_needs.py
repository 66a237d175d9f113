"""What a metric lacks is told whole: also what lies behind the first thing that is not there."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from metrics.engine import Engine
from metrics.opening import open_company
from tests.reading.labelled import catalog
from tests.tiny import tiny_folder

VALUES = {"date": "2025-01-01", "timestamp": "2025-01-01T00:00:00", "boolean": "true", "text": "a"}

TABLES = {
    "quotas": "employee_id period_start\ne1 2025-01-01",
    "users": "user_id\nu1",
    "survey_responses": "survey_id score\ns1 5",
}


@pytest.mark.parametrize(
    ("metric", "needs"),
    [
        ("quota_attainment", ("quotas.period_end", "quotas.quota_base", "opportunities")),
        ("ramp_time", ("employees", "quotas.period_end", "quotas.quota_base", "opportunities")),
        ("enps", ("survey_responses.respondent_key", "surveys")),
        ("second_use_rate", ("users.created_at", "product_events")),
        (
            "product_activation_rate",
            ("users.created_at", "product_events", "company.toml settings.activation_event"),
        ),
        (
            "key_event_attainment",
            (
                "users.account_id",
                "users.created_at",
                "product_events",
                "company.toml settings.key_event",
                "company.toml settings.key_event_threshold",
            ),
        ),
        ("win_rate", ("opportunities",)),
    ],
)
def test_all_that_a_metric_lacks_is_named(tmp_path: Path, metric: str, needs: tuple[str, ...]) -> None:
    engine = open_company(tiny_folder(tmp_path, TABLES))
    assert engine.lacking([metric])[metric] == needs


def test_what_is_supposed_to_look_further_is_never_there(tmp_path: Path) -> None:
    engine = open_company(tiny_folder(tmp_path, TABLES))
    engine.lacking(engine.catalog.metrics)
    assert not engine.relations.supposed
    assert "activation_event" not in engine.relations.settings
    assert "created_at" not in engine.relations.table("users").c


def written(folder: Path, tables: dict[str, list[str]], settings: list[str]) -> Engine:
    """A company whose tables have these columns and a row each, of values that are of their type."""
    lines: dict[str, str] = {}
    for name, columns in tables.items():
        types = {column.name: column.type for column in catalog().tables[name].columns}
        lines[name] = f"{' '.join(columns)}\n{' '.join(VALUES.get(types[one], '1') for one in columns)}"
    toml = "".join(f"{name} = 1\n" for name in settings)
    return open_company(tiny_folder(folder, lines, f"[settings]\n{toml}" if toml else ""))


@pytest.mark.parametrize("seed", range(4))
def test_whoever_adds_what_is_named_can_compute_the_metric(tmp_path: Path, seed: int) -> None:
    given = Random(seed)  # noqa: S311 - the same each time
    canonical = [table for table in catalog().tables.values() if not table.derived]
    tables = {
        table.name: [column.name for column in table.columns if given.random() < 0.8]
        or [table.columns[0].name]
        for table in given.sample(canonical, given.randint(5, len(canonical)))
    }
    lacking = written(tmp_path, tables, []).lacking(catalog().metrics)
    asked = [metric for metric in sorted(lacking) if "external" not in " ".join(lacking[metric])]
    for number, metric in enumerate(given.sample(asked, 4)):
        more, settings = {name: list(columns) for name, columns in tables.items()}, list[str]()
        for need in lacking[metric]:
            table, _, column = need.partition(".")
            if need.startswith("company.toml"):
                settings.append(need.rpartition(".")[2])
            elif column:
                more.setdefault(table, []).append(column)
            else:
                more[table] = [one.name for one in catalog().tables[table].columns]
        engine = written(tmp_path / f"more{number}", more, settings)
        assert engine.lacking([metric]) == {}, (metric, lacking[metric])
