"""Deals in the stages they stand in, each with its chance: what a weighted pipeline adds up."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_text, in_order
from metrics.engine.tables.pieces import earliest
from metrics.engine.tables.relations import Relations, need


def stage_standings(relations: Relations) -> sa.Select[Any]:
    """One row per opportunity and day on which it entered a stage, until the next stage or its close.

    Of several stages of one day the last one entered holds, and of those entered at one moment the furthest: where
    only days are known, a deal may have gone through several on one.
    """
    history = need(
        relations, "opportunity_stage_history", "opportunity_id", "entered_at", "stage_probability"
    )
    deals = need(
        relations, "opportunities", "opportunity_id", "closed_on", "amount_base", "expected_close_on"
    )
    day = relations.day(history.c.entered_at)
    stage = history.c.stage if "stage" in history.c else as_text(sa.null())
    how_far = [history.c[name] for name in ("stage_order", "stage_probability") if name in history.c]
    order = [in_order(history.c.entered_at), *(sa.func.coalesce(column, 0) for column in how_far)]
    following = sa.func.lead(day).over(partition_by=history.c.opportunity_id, order_by=order)
    entered = sa.select(
        history.c.opportunity_id,
        stage.label("stage"),
        day.label("entered_on"),
        history.c.stage_probability.label("probability"),
        sa.type_coerce(following, sa.Date()).label("left_on"),
    ).subquery("entered")
    lasting = sa.or_(entered.c.left_on.is_(None), entered.c.left_on > entered.c.entered_on)
    stood = sa.select(entered).where(lasting).subquery("stood")
    return sa.select(
        stood.c.opportunity_id,
        stood.c.stage,
        stood.c.entered_on,
        earliest([stood.c.left_on, deals.c.closed_on]).label("until_on"),
        stood.c.probability,
        deals.c.amount_base.label("deal_value"),
        deals.c.expected_close_on,
    ).select_from(stood.join(deals, deals.c.opportunity_id == stood.c.opportunity_id))
