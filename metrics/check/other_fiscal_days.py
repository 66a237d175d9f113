"""Days that `calendar` has in another fiscal quarter or year than `fiscal_year_start`, by which periods go."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from metrics.calendar.periods import Grain
from metrics.check.looked_at import looked_at
from metrics.engine import Engine
from metrics.model import Table

CALENDAR = "calendar"
WRITTEN: dict[str, tuple[Grain, str]] = {
    "fiscal_quarter": ("quarter", "FY____-Q_"),
    "fiscal_year": ("year", "FY____"),
}
"""The columns with what they name, and how answers write that: what is written otherwise may well mean the same."""


def other_fiscal_days(engine: Engine, table: Table) -> list[str]:
    """A remark for each of the two columns that has some day in another fiscal period than answers have it in."""
    if table.name != CALENDAR:
        return []
    begins = engine.company.calendar.fiscal_year_start
    return [
        f"{name} has {day} in {label}, and answers have it in {ours}: fiscal periods go by fiscal_year_start in "
        f"company.toml, which is {begins}"
        for name in WRITTEN
        for label, day, ours in _first_other(engine, name)
    ]


def _first_other(engine: Engine, name: str) -> list[tuple[str, date, str]]:
    """The first day that is in another period by the calendar, with both; none where there is no such day."""
    grain, written = WRITTEN[name]

    def ends(days: sa.FromClause) -> list[tuple[str, date]]:
        label, day = days.c[name], days.c.day
        first, last = sa.func.min(day), sa.func.max(day)
        rows = sa.select(label, first, last).where(label.like(written)).group_by(label).order_by(first)
        return [
            (str(one), date.fromisoformat(str(end)[:10]))
            for one, *both in engine.warehouse.run(rows).rows
            for end in both
        ]

    for label, day in looked_at(engine, CALENDAR, {"day", name}, ends) or []:
        ours = engine.company.calendar.containing(day, grain, fiscal=True).label
        if ours != label:
            return [(label, day, ours)]
    return []
