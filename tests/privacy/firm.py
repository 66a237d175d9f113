"""Small companies of people, and what a table of them shows: the ground of the attacks on small groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from metrics.calendar.periods import Calendar, Period
from metrics.engine import Ask, Engine
from metrics.privacy import Reader
from metrics.values import Status, Value
from tests.empty_database import opened

AS_OF = date(2025, 12, 31)
Q4 = Calendar().quarter(2025, 4, fiscal=False)
TURNOVER = "employee_turnover_rate"
Person = dict[str, str]


def firm(folder: Path, people: Sequence[Person], toml: str = "", **tables: str) -> Engine:
    """A company of these people; what is not said of somebody is usual."""
    usual = {
        "department": "A",
        "level": "1",
        "hired": "2020-01-01",
        "left": "",
        "gender": "M",
        "salary": "50000",
    }
    everybody = [usual | person for person in people]
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text(f'name = "Small"\n{toml}')
    rows = ", ".join(
        "(" + ", ".join(f"'{value}'" for value in (f"e{i}", *(person[k] for k in usual))) + ")"
        for i, person in enumerate(everybody)
    )
    given = f"(VALUES {rows}) AS people(employee_id, {', '.join(usual)})"
    written = {
        "employees": "employee_id, CAST(hired AS DATE) AS hired_on, "
        "CAST(nullif(\"left\", '') AS DATE) AS terminated_on, \"left\" <> '' AS is_regretted, gender",
        "job_history": "employee_id, CAST(hired AS DATE) AS effective_from, department AS department_id, "
        "CAST(level AS INTEGER) AS level",
        "compensation": "employee_id, CAST(hired AS DATE) AS effective_from, "
        "CAST(salary AS DECIMAL(12,2)) AS annual_salary_base, 50000.0 AS band_mid",
    }
    for name, columns in written.items():
        (folder / "tables" / f"{name}.sql").write_text(
            f"SELECT {columns} FROM {given}".replace("left,", '"left",')
        )
    for name, text in tables.items():
        (folder / "tables" / f"{name}.sql").write_text(text)
    return opened(folder)


def staff(**sizes: int) -> list[Person]:
    """That many people in each department."""
    return [{"department": name} for name, size in sizes.items() for _ in range(size)]


def values(engine: Engine, metric: str = TURNOVER, period: Period = Q4, **asked: Any) -> dict[str, Value]:
    """The values of a table by the names of their groups; the whole company is ''."""
    reader = asked.pop("reader", Reader())
    [found] = engine.compute([Ask(metric, period, **asked)], AS_OF, reader=reader)
    return {" ".join(value.group.values()): value for value in found}


def hidden(found: dict[str, Value]) -> set[str]:
    return {name for name, value in found.items() if value.status is Status.SUPPRESSED}


def by_department(engine: Engine, metric: str = TURNOVER, **asked: Any) -> set[str]:
    """The departments that are hidden."""
    return hidden(values(engine, metric, by=("department",), **asked))
