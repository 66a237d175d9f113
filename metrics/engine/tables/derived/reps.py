"""Sellers against their quotas and forecasts, period by period."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import exact_sum, in_order, tidy
from metrics.engine.tables.derived.stretches import after_others, stretches
from metrics.engine.tables.derived.won import won_by_piece
from metrics.engine.tables.in_force import NEVER, day
from metrics.engine.tables.pieces import flag, latest, named
from metrics.engine.tables.relations import Relations, need

ON_TRACK = Decimal("0.7")
"""A ramping seller is on track from seven tenths of quota (GitLab handbook, sales performance indicators)."""


def rep_periods(relations: Relations) -> sa.Select[Any]:
    """One row per quota, with what its owner won while it ran."""
    quotas = need(relations, "quotas", "employee_id", "period_start", "period_end", "quota_base", "ramp_pct")
    target = tidy(quotas.c.quota_base * quotas.c.ramp_pct).label("quota")
    order = (in_order(quotas.c.employee_id), in_order(quotas.c.period_start))
    number = sa.func.row_number().over(order_by=order).label("quota_id")
    whole = quotas.c.quota_base.label("whole_quota")
    keys = (quotas.c.employee_id, quotas.c.period_start, quotas.c.period_end, quotas.c.ramp_pct, whole)
    plan = named(sa.select(number, *keys, target), "derived_quota_plan")
    need(relations, "opportunities", "owner_id")
    won = won_by_piece(relations)
    during = sa.and_(
        won.c.owner_id == plan.c.employee_id,
        won.c.won_on >= plan.c.period_start,
        won.c.won_on < plan.c.period_end,
    )
    amount = sa.func.coalesce(exact_sum(won.c.won), 0).label("won")
    deals = sa.func.coalesce(exact_sum(won.c.deals), 0).label("deals")
    sums = (
        sa.select(*plan.c, amount, deals, sa.func.max(won.c.won_on).label("last_won_on"))
        .select_from(plan.outerjoin(won, during))
        .group_by(*plan.c)
        .subquery("rep_sums")
    )
    return sa.select(
        *sums.c,
        flag(sa.and_(sums.c.won >= sums.c.quota, sums.c.quota > 0)).label("attained"),
        flag(sa.and_(sums.c.won >= sums.c.whole_quota, sums.c.whole_quota > 0)).label("attained_whole"),
        tidy(sums.c.quota * ON_TRACK).label("on_track_at"),
        flag(sums.c.ramp_pct >= 1).label("ramped"),
    )


def rep_ramps(relations: Relations) -> sa.Select[Any]:
    """One row per seller: when hired, and the first quota period in which quota was attained, with its end.

    A period that had begun before the hire begins with it: nobody ramps in less than no time.
    """
    people = need(relations, "employees", "employee_id", "hired_on")
    periods = relations.table("rep_periods")
    attained, whole = periods.c.attained == sa.true(), periods.c.attained_whole == sa.true()
    hired, starts = people.c.hired_on, periods.c.period_start
    begins = sa.case((starts < hired, hired), else_=starts)
    first = sa.func.min(sa.case((attained, begins)))
    until = sa.func.min(sa.case((attained, periods.c.period_end)))
    first_whole = sa.func.min(sa.case((whole, begins)))
    joined = people.join(periods, periods.c.employee_id == people.c.employee_id)
    return (
        sa.select(
            people.c.employee_id,
            hired,
            first.label("first_attained_on"),
            until.label("first_attained_until"),
            first_whole.label("first_attained_whole_on"),
        )
        .select_from(joined)
        .group_by(people.c.employee_id, hired)
    )


def ramped_reps(relations: Relations) -> sa.Select[Any]:
    """One row per stretch of days on which a rep had a whole quota: who has several at once is one rep all the same."""
    quotas = need(relations, "quotas", "employee_id", "period_start", "period_end", "ramp_pct")
    until = sa.func.coalesce(quotas.c.period_end, day(NEVER))
    rows = sa.select(
        quotas.c.employee_id,
        quotas.c.period_start.label("since"),
        sa.type_coerce(until, sa.Date()).label("until"),
    )
    whole = sa.and_(quotas.c.ramp_pct >= 1, quotas.c.employee_id.is_not(None))
    given = named(rows.where(whole, quotas.c.period_start.is_not(None)), "derived_whole_quotas")
    held = after_others(given)
    return stretches(held, held.c.since > held.c.before, ("ramped_since", "ramped_until"))


def forecast_outcomes(relations: Relations) -> sa.Select[Any]:
    """One row per owner and period: the commit forecast that was frozen when it began, and what was won.

    Where forecasts or deals have no owners there is one row per period.
    """
    given = need(relations, "forecasts", "submitted_on", "period_start", "period_end", "amount_base")
    givers = [given.c.owner_id] if "owner_id" in given.c else []
    in_time = sa.case((given.c.submitted_on <= given.c.period_start, 0), else_=1)
    newest_in_time = sa.case((given.c.submitted_on <= given.c.period_start, given.c.submitted_on))
    # Of several of one day the highest key holds: it came last, and every database takes the same one.
    keys = [in_order(given.c.forecast_id, down=True)] if "forecast_id" in given.c else []
    days = (in_order(newest_in_time, down=True), in_order(given.c.submitted_on))
    order = sa.func.row_number().over(
        partition_by=(*givers, given.c.period_start, given.c.period_end),
        order_by=(in_time, *days, *keys, in_order(given.c.amount_base, down=True)),
    )
    kept = sa.select(*given.c, order.label("place"))
    if "category" in given.c:
        kept = kept.where(given.c.category == "commit")
    ordered = kept.subquery("ordered_forecasts")
    won = won_by_piece(relations)
    owned = bool(givers) and relations.has("opportunities", "owner_id")
    frozen = _frozen(ordered, owned=owned)
    during = sa.and_(won.c.won_on >= frozen.c.period_start, won.c.won_on < frozen.c.period_end)
    if owned:
        during = sa.and_(won.c.owner_id == frozen.c.owner_id, during)
    else:
        relations.remark(
            "forecast_outcomes", "forecasts and deals are compared in total, for one has no owner_id"
        )
    actual = sa.func.coalesce(exact_sum(won.c.won), 0)
    sums = (
        sa.select(*frozen.c, actual.label("actual"), sa.func.max(won.c.won_on).label("last_won_on"))
        .select_from(frozen.outerjoin(won, during))
        .group_by(*frozen.c)
        .subquery("forecast_sums")
    )
    known = latest([sums.c.submitted_on, sums.c.last_won_on]).label("last_known_on")
    return sa.select(*sums.c, tidy(sa.func.abs(sums.c.actual - sums.c.forecast)).label("miss"), known)


def _frozen(ordered: sa.Subquery, *, owned: bool) -> sa.CTE:
    """What was forecast of each period when it began: by each owner, or by all of them together."""
    first = sa.select(ordered).where(ordered.c.place == 1)
    if owned:
        keys = (ordered.c.owner_id, ordered.c.period_start, ordered.c.period_end)
        rows = first.with_only_columns(*keys, ordered.c.amount_base.label("forecast"), ordered.c.submitted_on)
    else:
        period = (ordered.c.period_start, ordered.c.period_end)
        total = exact_sum(ordered.c.amount_base).label("forecast")
        submitted = sa.func.max(ordered.c.submitted_on).label("submitted_on")
        rows = first.with_only_columns(*period, total, submitted).group_by(*period)
    return named(rows, "derived_frozen_forecasts")
