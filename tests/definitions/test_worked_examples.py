"""Published worked examples, as an outside examiner would put them: tiny companies with the least tables and columns.

The numbers are those of the pages that the files in ``data/worked`` name, and for methods without such a page
what their formulas give; the rows that lead to them are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from metrics.calendar.period_words import parse_period
from metrics.engine import Ask
from metrics.values import Status, Value
from tests.as_text import company

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""It makes text of everything; the quick one where libyaml is there."""
FILES = sorted((Path(__file__).parents[1] / "data" / "worked").glob("*.yaml"))
EXAMPLES: list[dict[str, Any]] = [
    example
    for file in FILES
    for example in yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506
]
LATER = date(2026, 1, 1)


def values(example: Mapping[str, Any], folder: Path) -> list[Value]:
    """What the engine gives for an example, asked on the last day of its period unless it says another."""
    engine = company(
        folder, example["tables"], head=example.get("head", ""), settings=example.get("settings", "")
    )
    period = parse_period(example["period"], as_of=LATER, calendar=engine.company.calendar)
    as_of = date.fromisoformat(example["as_of"]) if "as_of" in example else period.last_day
    by = (example["by"],) if "by" in example else ()
    return engine.compute([Ask(example["metric"], period, by=by)], as_of)[0]


def as_published(value: Value, published: str) -> str:
    """A value to as many places as were published; the word for why there is none."""
    if value.value is None or value.status is not Status.OK:
        return value.status.value
    return str(value.value.quantize(Decimal(published), ROUND_HALF_UP))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['metric']}: {example['source']}")
def test_a_worked_example_comes_out_as_its_page_has_it(example: dict[str, Any], tmp_path: Path) -> None:
    found, published = values(example, tmp_path), example["value"]
    if isinstance(published, str):
        [value] = found
        assert as_published(value, published) == published
    else:
        assert {
            value.group[example["by"]]: as_published(value, published[value.group[example["by"]]])
            for value in found
        } == published
