"""The company of a seed in DuckDB and in other databases: how many facts were compared, and which differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from metrics.engine import Ask, Engine
from tests.conformance.hostile.asked import Told, asks, behind, narrowed, told
from tests.conformance.hostile.companies import Hostile, companies
from tests.conformance.hostile.places import Load, into_duckdb


class Compared(NamedTuple):
    """What one database gave for one company."""

    company: str
    database: str
    facts: int
    different: Mapping[str, tuple[Any, Any]]


def compare(seed: int, path: Path, loads: Mapping[str, Load], share: float = 0.3) -> Iterator[Compared]:
    """Both companies of a seed, in each of these databases beside DuckDB; of all questions a ``share``."""
    for company in companies(seed):
        here = into_duckdb(company, path / company.name / "duckdb")
        first = asks(here, seed, share)
        asked = [*first, *narrowed(here, [ask for ask in first if ask.by], seed, company.as_of)]
        known = _told(here, asked, company)
        for name, load in loads.items():
            there = load(company, path / company.name / f"in_{name}")
            found = _told(there, asked, company)
            yield Compared(company.name, name, len(known), differing(known, found))
            there.warehouse.engine.dispose()
        here.warehouse.engine.dispose()


def _told(engine: Engine, asked: list[Ask], company: Hostile) -> Told:
    guarded = [ask for ask in asked if engine.catalog.metric(ask.metric).side == "people"]
    values = told(engine, asked, company.as_of)
    read = {f"unreadable {table}": why for table, why in engine.unreadable.items()}
    return read | values | behind(engine, guarded, company.as_of)


def differing(known: Told, found: Told) -> dict[str, tuple[Any, Any]]:
    """What is not the same, by its key: in DuckDB and there."""
    keys = dict.fromkeys(sorted({*known, *found}, key=lambda key: not key.startswith("unreadable")))
    return {key: (known.get(key), found.get(key)) for key in keys if known.get(key) != found.get(key)}
