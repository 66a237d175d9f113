"""Funnel stages, as the visits that deals paid to them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import by_code
from metrics.engine.tables.ours import counted
from metrics.engine.tables.pieces import flag, named
from metrics.engine.tables.relations import Relations


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
