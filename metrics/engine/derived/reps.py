"""Sellers against their quotas and forecasts, period by period."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import tidy, total
from metrics.engine.relations import Relations, flag, named, need

ON_TRACK = Decimal("0.7")
"""A ramping seller is on track from seven tenths of quota (GitLab handbook, sales performance indicators)."""


def rep_periods(relations: Relations) -> sa.Select[Any]:
    """One row per quota, with what its owner won while it ran."""
    quotas = need(relations, "quotas", "employee_id", "period_start", "period_end", "quota_base", "ramp_pct")
    deals = need(relations, "opportunities", "owner_id", "closed_on", "outcome", "amount_base")
    target = tidy(quotas.c.quota_base * quotas.c.ramp_pct).label("quota")
    number = (
        sa.func.row_number().over(order_by=(quotas.c.employee_id, quotas.c.period_start)).label("quota_id")
    )
    keys = (quotas.c.employee_id, quotas.c.period_start, quotas.c.period_end, quotas.c.ramp_pct)
    plan = named(sa.select(number, *keys, target), "derived_quota_plan")
    during = sa.and_(
        deals.c.owner_id == plan.c.employee_id,
        deals.c.outcome == "won",
        deals.c.closed_on >= plan.c.period_start,
        deals.c.closed_on < plan.c.period_end,
    )
    won = sa.func.coalesce(total(deals.c.amount_base), 0).label("won")
    deals_won = sa.func.count(deals.c.amount_base).label("deals")
    sums = (
        sa.select(*plan.c, won, deals_won)
        .select_from(plan.outerjoin(deals, during))
        .group_by(*plan.c)
        .subquery("rep_sums")
    )
    return sa.select(
        *sums.c,
        flag(sa.and_(sums.c.won >= sums.c.quota, sums.c.quota > 0)).label("attained"),
        tidy(sums.c.quota * ON_TRACK).label("on_track_at"),
        flag(sums.c.ramp_pct >= 1).label("ramped"),
    )


def rep_ramps(relations: Relations) -> sa.Select[Any]:
    """One row per seller: when hired, and the first quota period in which quota was attained."""
    people = need(relations, "employees", "employee_id", "hired_on")
    periods = relations.table("rep_periods")
    first = sa.func.min(sa.case((periods.c.attained == sa.true(), periods.c.period_start)))
    joined = people.join(periods, periods.c.employee_id == people.c.employee_id)
    return (
        sa.select(people.c.employee_id, people.c.hired_on, first.label("first_attained_on"))
        .select_from(joined)
        .group_by(people.c.employee_id, people.c.hired_on)
    )


def forecast_outcomes(relations: Relations) -> sa.Select[Any]:
    """One row per owner and period: the commit forecast that was frozen when it began, and what was won."""
    given = need(
        relations, "forecasts", "owner_id", "submitted_on", "period_start", "period_end", "amount_base"
    )
    deals = need(relations, "opportunities", "owner_id", "closed_on", "outcome", "amount_base")
    in_time = sa.case((given.c.submitted_on <= given.c.period_start, 0), else_=1)
    newest_in_time = sa.case((given.c.submitted_on <= given.c.period_start, given.c.submitted_on))
    order = sa.func.row_number().over(
        partition_by=(given.c.owner_id, given.c.period_start),
        order_by=(in_time, newest_in_time.desc(), given.c.submitted_on),
    )
    kept = sa.select(*given.c, order.label("place"))
    if "category" in given.c:
        kept = kept.where(given.c.category == "commit")
    frozen = kept.subquery("ordered_forecasts")
    during = sa.and_(
        deals.c.owner_id == frozen.c.owner_id,
        deals.c.outcome == "won",
        deals.c.closed_on >= frozen.c.period_start,
        deals.c.closed_on < frozen.c.period_end,
    )
    keys = (frozen.c.owner_id, frozen.c.period_start, frozen.c.period_end, frozen.c.amount_base)
    won = sa.func.coalesce(total(deals.c.amount_base), 0)
    sums = (
        sa.select(*keys[:3], keys[3].label("forecast"), won.label("actual"))
        .select_from(frozen.outerjoin(deals, during))
        .where(frozen.c.place == 1)
        .group_by(*keys)
        .subquery("forecast_sums")
    )
    return sa.select(*sums.c, tidy(sa.func.abs(sums.c.actual - sums.c.forecast)).label("miss"))
