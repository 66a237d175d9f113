"""Rows about work: hiring, coaching, training, absence, hours, accidents, and what people answer in surveys."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tests.oracle.company import Cell, Draw, Row, Tables


def person(draw: Draw, tables: Tables) -> Cell:
    """Somebody who is or was employed."""
    return draw.key(tables["employees"], "employee_id")


def trainings(draw: Draw, tables: Tables) -> list[Row]:
    """Completed trainings, some without their hours."""
    return [
        {
            "training_id": f"t{i}",
            "employee_id": person(draw, tables),
            "completed_on": draw.day(),
            "hours": draw.of(None, Decimal("1.25"), Decimal(8), Decimal(0)),
            "cost_base": draw.of(None, Decimal(0), draw.money()),
        }
        for i in range(draw.count() * 2)
    ]


def coaching_sessions(draw: Draw, tables: Tables) -> list[Row]:
    """Sessions that were held before, on, or after their day, or missed."""
    rows: list[Row] = []
    for i in range(draw.count() * 5):
        planned = draw.day()
        rows.append(
            {
                "session_id": f"s{i}",
                "manager_id": person(draw, tables),
                "employee_id": person(draw, tables),
                "session_type": draw.of("one_on_one", "one_on_one", "coaching", "coaching", "deal_review"),
                "scheduled_on": planned,
                "held_on": draw.of(None, planned, planned + draw.days(-3, 12), planned + timedelta(days=7)),
                "minutes": draw.of(None, Decimal(30), Decimal("45.5"), Decimal(60)),
            }
        )
    return rows


def absences(draw: Draw, tables: Tables) -> list[Row]:
    """Spells that follow each other at once, after a weekend, or after a while; half days; some overlap."""
    rows: list[Row] = []
    for employee in tables["employees"]:
        day = draw.day()
        for _ in range(draw.of(0, 0, 1, 2, 4)):
            end = day + timedelta(days=draw.of(0, 0, 1, 4, 12))
            rows.append(
                {
                    "absence_id": f"a{len(rows)}",
                    "employee_id": employee["employee_id"],
                    "absence_type": draw.of("sickness", "sickness", "unplanned", "vacation", "parental"),
                    "start_on": day,
                    "end_on": end,
                    "working_days": draw.of(None, Decimal("0.5"), Decimal(1), Decimal(4)),
                }
            )
            day = end + timedelta(days=draw.of(1, 2, 3, 4, 40))
    return rows


def calendar(draw: Draw, tables: Tables) -> list[Row]:
    """Every day of five years; weekends and a few holidays are no working days."""
    first = date(2021, 1, 1)
    days = [first + timedelta(days=i) for i in range(5 * 365 + 2)]
    saturdays = draw.chance(0.2)
    return [
        {
            "day": day,
            "is_business_day": day.weekday() < 5 + saturdays and not (day.day == 1 and day.month in (1, 5)),
        }
        for day in days
    ]


def time_entries(draw: Draw, tables: Tables) -> list[Row]:
    """A day or two a week, of a dozen weeks and more, for some people; they do not work more than they can."""
    rows: list[Row] = []
    for employee in tables["employees"]:
        monday = date(2023, 11, 27) + 7 * draw.days(0, 6)
        hours = draw.of(
            (Decimal(8), Decimal(8)), (Decimal(8), Decimal(9)), (Decimal(5), Decimal("5.5")), None
        )
        for week in range(draw.of(0, 6, 13, 16) if hours else 0):
            for day in range(draw.of(1, 1, 2)):
                scheduled, worked = hours or (Decimal(0), Decimal(0))
                more = draw.of(Decimal(0), Decimal("0.5"), Decimal(1), Decimal(2))
                rows.append(
                    {
                        "employee_id": employee["employee_id"],
                        "work_day": monday + timedelta(days=7 * week + day * draw.of(1, 6)),
                        "hours_scheduled": scheduled,
                        "hours_worked": worked + more,
                        "overtime_hours": draw.of(None, Decimal(0), more),
                    }
                )
    return list({(row["employee_id"], row["work_day"]): row for row in rows}.values())


def safety_incidents(draw: Draw, tables: Tables) -> list[Row]:
    """Accidents, some to be recorded, of some nobody has decided."""
    return [
        {
            "incident_id": f"i{i}",
            "employee_id": person(draw, tables),
            "occurred_on": draw.day(),
            "recordable": draw.of(True, True, False, None),
            "lost_days": draw.of(None, Decimal(0), Decimal("0.5"), Decimal(3), Decimal(20)),
        }
        for i in range(draw.count())
    ]


def requisitions(draw: Draw, tables: Tables) -> list[Row]:
    """Openings that are filled, given up or still open; some are always open, some filled by who was there long ago."""
    rows: list[Row] = []
    for i in range(draw.count() * 2):
        opened = draw.day()
        accepted = draw.of(None, opened, opened + draw.days(0, 90), opened + draw.days(0, 90))
        rows.append(
            {
                "req_id": f"q{i}",
                "department_id": draw.of("Sales", "Support", "Product", None),
                "opened_on": opened,
                "accepted_on": accepted,
                "closed_on": draw.of(None, accepted or opened + draw.days(0, 90)),
                "is_evergreen": draw.of(None, False, False, True),
                "filled_by": accepted and draw.of("internal", "external", None),
                "hired_employee_id": accepted and draw.of(None, person(draw, tables), person(draw, tables)),
            }
        )
    return rows


def applications(draw: Draw, tables: Tables) -> list[Row]:
    """Candidates with and without an offer, which they take, decline or think over."""
    rows: list[Row] = []
    for i in range(draw.count() * 4 if tables["requisitions"] else 0):
        applied = draw.day()
        offer = draw.of(None, applied, applied + draw.days(0, 30), applied + draw.days(0, 30))
        answer = offer and offer + draw.days(0, 20)
        takes = draw.of(True, True, False, None)
        rows.append(
            {
                "application_id": f"c{i}",
                "req_id": draw.key(tables["requisitions"], "req_id", 0.1),
                "applied_on": applied,
                "offer_extended_on": offer,
                "offer_accepted_on": answer if takes else None,
                "offer_declined_on": answer if takes is False else None,
                "group_key": draw.of("x", "x", "y", None),
            }
        )
    return rows
