"""The people metrics give what their sources publish, and say how many people that rests on."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from metrics.calendar.periods import Calendar, Period
from metrics.engine.asking.leaves import Frame, Slice, Wanted, leaves, metric_parts
from metrics.engine.evaluation import evaluate
from metrics.engine.fetching.fetch import fetch
from metrics.engine.fetching.source import opened
from metrics.engine.queries.rows import Setting
from metrics.engine.tables.made import relations_of
from metrics.folder.company import read_company
from metrics.load import load_catalog
from metrics.warehouse import open_warehouse

EXAMPLES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parents[1] / "data" / "people_examples.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506  # makes text of everything, so a period stays as it was written
)


def company(folder: Path, tables: Mapping[str, str]) -> Path:
    """A company folder that has these tables and no others."""
    (folder / "tables").mkdir()
    (folder / "company.toml").write_text('name = "Example"\n')
    for name, written in tables.items():
        select = written
        if not written.startswith("SELECT"):
            rows = csv.reader(written.splitlines(), skipinitialspace=True)
            with (folder / f"{name}.csv").open("w", newline="") as file:
                csv.writer(file).writerows([cell.strip() for cell in row] for row in rows)
            select = f"SELECT * FROM read_csv('{name}.csv', header = true, null_padding = true)"
        (folder / "tables" / f"{name}.sql").write_text(select)
    return folder


def period(written: str) -> Period:
    """2025, 2025-Q1 or 2025-01."""
    calendar, (year, _, part) = Calendar(), written.partition("-")
    if not part:
        return calendar.year(int(year), fiscal=False)
    if part.startswith("Q"):
        return calendar.quarter(int(year), int(part[1:]), fiscal=False)
    return calendar.containing(date(int(year), int(part), 1), "month")


def compute(example: Mapping[str, Any], folder: Path) -> tuple[Fraction, int | None]:
    """The value of the example's metric before privacy has looked at it, and how many people it rests on."""
    catalog = load_catalog()
    warehouse = open_warehouse(read_company(company(folder, example["tables"]), catalog.tables))
    as_of = date.fromisoformat(example.get("as_of", "2026-06-30"))
    frame = Frame(catalog, period(example["period"]), as_of, Slice())
    metric = catalog.metric(example["metric"])
    wanted = tuple(Wanted(leaf, as_of) for part in metric_parts(metric) for leaf in leaves(part, frame))
    fetched = fetch(opened(Setting(relations_of(catalog, warehouse), "UTC", {})), wanted)[as_of]
    assert not fetched.missing
    formula = evaluate.formula(metric, frame)
    return formula.result(fetched.cells, ()).value, formula.n(fetched.cells, ())


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["metric"] for example in EXAMPLES])
def test_an_example_comes_out_as_published(example: dict[str, Any], tmp_path: Path) -> None:
    value, n = compute(example, tmp_path)
    assert float(value) == pytest.approx(float(Fraction(example["value"])), abs=1e-9)
    assert "n" not in example or n == int(example["n"])


def test_every_people_metric_has_an_example() -> None:
    people = {metric.id for metric in load_catalog().metrics.values() if metric.side == "people"}
    assert {example["metric"] for example in EXAMPLES} == people


def test_four_fifths_exactly_are_not_below_four_fifths(tmp_path: Path) -> None:
    example = next(example for example in EXAMPLES if example["metric"] == "adverse_impact_ratio")
    assert compute(example, tmp_path)[0] == Fraction(4, 5)
