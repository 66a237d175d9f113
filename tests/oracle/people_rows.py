"""Rows about people: who was employed, in which jobs, at what pay, and how they were reviewed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracle.company import Cell, Draw, Row, Tables

DEPARTMENTS = ("Sales", "Sales", "Support", "Product", None)
GENDERS = ("F", "F", "female", "Woman", "w", "M", "M", "male", "Man", "m", "X", " ", None)
REASONS = ("promotion",) * 4 + ("hire", "lateral", "transfer", "demotion", "pay", None)
TYPES = ("regular",) * 8 + ("fixed_term", "contractor", "casual", None)


def employees(draw: Draw, tables: Tables) -> list[Row]:
    """Two dozen to eighty spells; some people come back, some leave on the day they came."""
    rows: list[Row] = []
    for i in range(draw.of(4, 20, 25, 30, 40, 60, 80)):
        hired = draw.of(
            draw.day(), date(2019, 1, 1) + draw.days(0, 1_700), date(2019, 1, 1) + draw.days(0, 1_700)
        )
        rows.append(_spell(draw, f"e{i}", f"p{i}", hired))
    for row in [row for row in rows if row["terminated_on"] and draw.chance(0.3)]:
        left: Any = row["terminated_on"]
        again = _spell(draw, f"{row['employee_id']}b", str(row["person_key"]), left + draw.days(1, 60))
        rows.append({**again, "gender": row["gender"], "ethnicity": row["ethnicity"]})
    draw.random.shuffle(rows)
    return rows


def _spell(draw: Draw, employee_id: str, person: str, hired: date) -> Row:
    left = draw.of(None, None, None, draw.day(), draw.day(), hired, hired + draw.days(0, 120))
    left = None if left is None or left < hired else left
    return {
        "employee_id": employee_id,
        "person_key": person,
        "hired_on": hired,
        "terminated_on": left,
        "termination_type": left and draw.of("voluntary", "voluntary", "involuntary", "other", None),
        "is_regretted": left and draw.of(True, False, None),
        "employment_type": draw.of(*TYPES),
        "gender": draw.of(*GENDERS),
        "ethnicity": draw.of("A", "B", None),
    }


def job_history(draw: Draw, tables: Tables) -> list[Row]:
    """Most jobs begin with the employment, some later; they follow each other at once or after a while."""
    rows: list[Row] = []
    managers = [row["employee_id"] for row in tables["employees"]][:6]
    for employee in tables["employees"]:
        hired: Any = employee["hired_on"]
        days = sorted({hired, *(day for day in (draw.day(), draw.day()) if day > hired and draw.chance(0.6))})
        days = [] if draw.chance(0.05) else days[1:] or days if draw.chance(0.1) else days
        for i, day in enumerate(days):
            after = days[i + 1] if i + 1 < len(days) else None
            rows.append(_job(draw, employee["employee_id"], day, after, draw.of(*managers, None)))
    return rows


def _job(draw: Draw, employee_id: Cell, day: date, after: date | None, manager: Cell) -> Row:
    return {
        "employee_id": employee_id,
        "effective_from": day,
        "effective_to": draw.of(None, after, after and day + (after - day) // 2),
        "department_id": draw.of(*DEPARTMENTS),
        "manager_id": None if manager == employee_id else manager,
        "job_family": draw.of("quota_carrier", "quota_carrier", "support_agent", "other", None),
        "level": draw.of(1, 2, 3, None),
        "fte": draw.of(None, Decimal(1), Decimal(1), Decimal("0.5"), Decimal("0.8")),
        "change_reason": draw.of(*REASONS),
        "is_leadership": draw.of(True, True, False, None),
    }


def compensation(draw: Draw, tables: Tables) -> list[Row]:
    """Pay that begins with the employment or later, and changes; bands and rates are missing here and there."""
    rows: list[Row] = []
    for employee in tables["employees"]:
        hired: Any = employee["hired_on"]
        for day in sorted({hired, draw.day(), draw.day()} - ({hired} if draw.chance(0.1) else set())):
            if day < hired:
                continue
            rows.append(
                {
                    "employee_id": employee["employee_id"],
                    "effective_from": day,
                    "hourly_rate_base": draw.of(None, draw.money(15, 90) + 15, draw.money(15, 90) + 15),
                    "annual_salary_base": draw.of(None, draw.money(20_000, 90_000) + 20_000, Decimal(50_000)),
                    "band_min": draw.of(None, Decimal(40_000), Decimal(45_000), Decimal("38000.50")),
                    "band_mid": draw.of(None, Decimal(50_000), Decimal(65_000), Decimal("48000.50")),
                    "band_max": draw.of(None, Decimal(60_000), Decimal(80_000)),
                }
            )
    return rows


def reviews(draw: Draw, tables: Tables) -> list[Row]:
    """Reviews in time, late or never done; some people have two in a cycle, at times on one day."""
    rows: list[Row] = []
    for employee in tables["employees"]:
        for _ in range(draw.of(0, 1, 1, 2, 3)):
            hired: Any = employee["hired_on"]
            due = max(draw.day(), hired)
            completed = draw.of(None, due, max(due - draw.days(0, 30), hired), due + draw.days(1, 30))
            rows.append(
                {
                    "review_id": f"r{len(rows)}",
                    "cycle": f"{due.year}",
                    "employee_id": employee["employee_id"],
                    "due_on": due,
                    "completed_on": completed,
                    "rating": draw.of(None, Decimal(1), Decimal(3), Decimal("4.5"), Decimal(5)),
                    "rating_max": draw.of(Decimal(5), Decimal(5), Decimal(10)),
                    "is_top_performer": draw.of(True, True, False, None),
                }
            )
    return rows


def succession(draw: Draw, tables: Tables) -> list[Row]:
    """Whole lists of roles of a few days, with successors, several or none."""
    rows: list[Row] = []
    people = [row["employee_id"] for row in tables["employees"]]
    for day in sorted({draw.day() for _ in range(draw.of(0, 1, 2, 3))}):
        for role in range(draw.of(1, 6, 9)):
            critical = draw.of(True, True, False)
            named = draw.random.sample(people, min(len(people), draw.of(0, 1, 2))) or [None]
            rows += [
                {
                    "role_id": f"role{role}",
                    "as_of": day,
                    "successor_id": successor,
                    "readiness": successor and draw.of("now", "1_2y", "3y", None),
                    "is_critical": critical,
                }
                for successor in named
            ]
    return rows
