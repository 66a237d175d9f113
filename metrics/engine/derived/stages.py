"""Steps and states: funnel stages, working weeks, succession snapshots, experiments."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.ours import counted
from metrics.engine.pieces import flag, given, named
from metrics.engine.portable import as_real, by_code, exact_sum, in_order, monday
from metrics.engine.relations import Relations, need

OVERLOAD = sa.literal(11), sa.literal(10)
"""A week is overloaded above eleven tenths of the contracted hours (house definition, hours only)."""
Z_95 = 3.841459
"""The square of 1.96: a two-sided test at 95 per cent."""


def stage_visits(relations: Relations) -> sa.Select[Any]:
    """One row per opportunity and stage entered. A skipped stage was entered on the day of the next one."""
    history = counted(
        relations, "opportunity_stage_history", "opportunity_id", "stage", "entered_at", "stage_order"
    )
    entered = sa.func.min(relations.day(history.c.entered_at)).label("entered_on")
    keys = (history.c.opportunity_id, history.c.stage, history.c.stage_order)
    made = named(sa.select(*keys, entered).group_by(*keys), "derived_made_visits")
    visits = named(sa.union_all(sa.select(*made.c), _skipped(made)), "derived_visits")
    reached = sa.func.max(visits.c.stage_order).over(partition_by=visits.c.opportunity_id)
    highest = sa.func.max(visits.c.stage_order).over()
    won: sa.ColumnElement[bool] = sa.false()
    origin: sa.FromClause = visits
    if relations.has("opportunities", "opportunity_id", "outcome"):
        deals = relations.table("opportunities")
        origin = visits.outerjoin(deals, deals.c.opportunity_id == visits.c.opportunity_id)
        won = sa.func.coalesce(deals.c.outcome, "") == "won"
    advanced = sa.or_(reached > visits.c.stage_order, won)
    return sa.select(
        *visits.c,
        flag(advanced).label("advanced"),
        flag(visits.c.stage_order == highest).label("is_last"),
    ).select_from(origin)


def _skipped(made: sa.CTE) -> sa.Select[Any]:
    """The stages below one that a deal visited and that it never visited itself."""
    places = (
        sa.select(made.c.stage_order, sa.func.min(by_code(made.c.stage)).label("stage"))
        .group_by(made.c.stage_order)
        .subquery("places")
    )
    own = made.alias("own_visits")
    there = sa.and_(own.c.opportunity_id == made.c.opportunity_id, own.c.stage_order == places.c.stage_order)
    passed = made.join(places, places.c.stage_order < made.c.stage_order).outerjoin(own, there)
    return (
        sa.select(
            made.c.opportunity_id,
            places.c.stage,
            places.c.stage_order,
            sa.func.min(made.c.entered_on).label("entered_on"),
        )
        .select_from(passed)
        .where(own.c.opportunity_id.is_(None))
        .group_by(made.c.opportunity_id, places.c.stage, places.c.stage_order)
    )


def employee_weeks(relations: Relations) -> sa.Select[Any]:
    """One row per employee and ISO week, with hours worked and scheduled."""
    entries = need(relations, "time_entries", "employee_id", "work_day", "hours_worked", "hours_scheduled")
    week = monday(entries.c.work_day).label("week_start")
    days = sa.select(entries.c.employee_id, week, entries.c.hours_worked, entries.c.hours_scheduled).subquery(
        "days"
    )
    worked, scheduled = exact_sum(days.c.hours_worked), exact_sum(days.c.hours_scheduled)
    keys = (days.c.employee_id, days.c.week_start)
    weeks = (
        sa.select(*keys, worked.label("hours_worked"), scheduled.label("hours_scheduled"))
        .group_by(*keys)
        .subquery("weeks")
    )
    part, whole = OVERLOAD
    over = weeks.c.hours_worked * whole > weeks.c.hours_scheduled * part
    return sa.select(*weeks.c, flag(over).label("overloaded"))


def succession_states(relations: Relations) -> sa.Select[Any]:
    """The rows of each succession snapshot, in force until the next snapshot."""
    listed = need(relations, "succession", "role_id", "as_of", "successor_id", "readiness")
    days = sa.select(listed.c.as_of).distinct().subquery("snapshot_days")
    following = sa.func.lead(days.c.as_of).over(order_by=in_order(days.c.as_of)).label("until_on")
    ends = sa.select(days.c.as_of, following).subquery("snapshots")
    critical = listed.c.is_critical if "is_critical" in listed.c else sa.true()
    return sa.select(
        listed.c.role_id,
        listed.c.as_of,
        sa.type_coerce(ends.c.until_on, sa.Date()).label("until_on"),
        listed.c.successor_id,
        listed.c.readiness,
        sa.type_coerce(critical, sa.Boolean()).label("is_critical"),
        flag(given(listed.c.successor_id)).label("named"),
    ).select_from(listed.join(ends, ends.c.as_of == listed.c.as_of))


def experiment_results(relations: Relations) -> sa.Select[Any]:
    """One row per experiment: whether a variant beat the control by more than chance, and harmed nothing.

    A two-proportion z-test at 95 per cent, two-sided, of each variant. Where nobody watched for harm, none of its
    columns is there.
    """
    runs = need(
        relations,
        "experiments",
        "experiment_id",
        "variant",
        "ended_on",
        "visitors",
        "conversions",
        "is_control",
    )
    control, variant = runs.alias("control"), runs.alias("variant")
    pair = sa.and_(
        variant.c.experiment_id == control.c.experiment_id,
        control.c.is_control == sa.true(),
        variant.c.is_control == sa.false(),
    )
    tried, base = as_real(variant.c.visitors), as_real(control.c.visitors)
    hits, base_hits = as_real(variant.c.conversions), as_real(control.c.conversions)
    everyone, all_hits = tried + base, hits + base_hits
    gain = (
        hits * base - base_hits * tried
    )  # the difference of the rates, times both bases: nothing is divided
    noise = all_hits * (everyone - all_hits) * tried * base
    lifted = sa.case((sa.and_(gain > 0, gain * gain * everyone > noise * Z_95), 1), else_=0)
    ended, best = sa.func.max(variant.c.ended_on).label("ended_on"), sa.func.max(lifted).label("lifted")
    watched = "guardrail_breached" in variant.c
    breached = variant.c.guardrail_breached if watched else sa.false()
    harmed = sa.func.max(sa.case((breached == sa.true(), 1), else_=0)).label("harmed")
    sums = (
        sa.select(variant.c.experiment_id, ended, best, harmed)
        .select_from(variant.join(control, pair))
        .group_by(variant.c.experiment_id)
        .subquery("tests")
    )
    verdicts = [
        flag(sums.c.harmed == 1).label("guardrail_breached"),
        flag(sa.and_(sums.c.lifted == 1, sums.c.harmed == 0)).label("won"),
    ]
    return sa.select(
        sums.c.experiment_id,
        sa.type_coerce(sums.c.ended_on, sa.Date()).label("ended_on"),
        flag(sums.c.lifted == 1).label("significant_lift"),
        *(verdicts if watched else ()),
    )
