"""Deals won -> what each owner won between two days on which a quota or a forecast may begin or end."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_text, exact_sum, in_order
from metrics.engine.tables.in_force import NEVER, day
from metrics.engine.tables.ours import counted
from metrics.engine.tables.relations import Relations

EDGES = ("period_start", "period_end")


def won_by_piece(relations: Relations) -> sa.CTE:
    """What each owner won by calendar month; a month in which any quota's or forecast's period changes is cut there.

    Every period is made of such pieces; ``won_on``, the day of the newest deal of one, says in which it lies. Deals are
    added up before they meet quotas or forecasts: there are far more deals than periods, and each would meet every
    period of its owner.
    """
    return relations.shared("won_by_piece", lambda: _won_by_piece(relations))


def _won_by_piece(relations: Relations) -> sa.Select[Any]:
    deals = counted(relations, "opportunities", "closed_on", "outcome", "amount_base")
    columns = (
        deals.c.owner_id if "owner_id" in deals.c else as_text(sa.null()).label("owner_id"),
        deals.c.closed_on,
        deals.c.amount_base,
        _month(deals.c.closed_on).label("month"),
    )
    won, cuts = sa.select(*columns).where(deals.c.outcome == "won").subquery("won_deals"), _cuts(relations)
    in_piece = sa.and_(
        cuts.c.month == won.c.month, cuts.c.edge <= won.c.closed_on, cuts.c.next_edge > won.c.closed_on
    )
    return (
        sa.select(
            won.c.owner_id,
            sa.func.max(won.c.closed_on).label("won_on"),
            exact_sum(won.c.amount_base).label("won"),
            sa.func.count(won.c.amount_base).label("deals"),
        )
        .select_from(won.outerjoin(cuts, in_piece))
        .group_by(won.c.owner_id, won.c.month, cuts.c.edge)
    )


def _cuts(relations: Relations) -> sa.Subquery:
    """The days within a month on which any quota's or forecast's period begins or ends. Mostly there are none."""
    plans = [relations.table(table) for table in ("quotas", "forecasts") if relations.has(table, *EDGES)]
    edges = sa.union(*(sa.select(plan.c[name].label("edge")) for plan in plans for name in EDGES)).subquery(
        "edges"
    )
    edge = edges.c.edge
    following = sa.func.coalesce(sa.func.lead(edge).over(order_by=in_order(edge)), day(NEVER))
    return (
        sa.select(edge, sa.type_coerce(following, sa.Date()).label("next_edge"), _month(edge).label("month"))
        .where(sa.extract("day", edge) > 1)
        .subquery("cuts")
    )


def _month(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The number of a day's calendar month."""
    return sa.extract("year", column) * 12 + sa.extract("month", column)
