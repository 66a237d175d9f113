"""Experiments, with whether a variant beat the control by more than chance."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_real
from metrics.engine.tables.pieces import flag
from metrics.engine.tables.relations import Relations, need

Z_95 = 3.841459
"""The square of 1.96: a two-sided test at 95 per cent."""
NEEDED = ("experiment_id", "variant", "ended_on", "visitors", "conversions", "is_control")


def experiment_results(relations: Relations) -> sa.Select[Any]:
    """One row per experiment: whether a variant beat the control by more than chance, and harmed nothing.

    A two-proportion z-test at 95 per cent, two-sided, of each variant. Where nobody watched for harm, none of its
    columns is there.
    """
    runs = need(relations, "experiments", *NEEDED)
    control, variant = runs.alias("control"), runs.alias("variant")
    pair = sa.and_(
        variant.c.experiment_id == control.c.experiment_id,
        control.c.is_control == sa.true(),
        variant.c.is_control == sa.false(),
    )
    watched = "guardrail_breached" in variant.c
    breached = variant.c.guardrail_breached == sa.true() if watched else sa.false()
    sums = (
        sa.select(
            variant.c.experiment_id,
            sa.func.max(variant.c.ended_on).label("ended_on"),
            _any(_beats(variant, control)).label("lifted"),
            _any(breached).label("harmed"),
        )
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


def _beats(variant: sa.FromClause, control: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether a variant's rate lies above the control's by more than chance; nothing is divided."""
    tried, base = as_real(variant.c.visitors), as_real(control.c.visitors)
    hits, base_hits = as_real(variant.c.conversions), as_real(control.c.conversions)
    everyone, all_hits = tried + base, hits + base_hits
    gain = hits * base - base_hits * tried  # the difference of the rates, times both bases
    noise = all_hits * (everyone - all_hits) * tried * base
    return sa.and_(gain > 0, gain * gain * everyone > noise * Z_95)


def _any(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """1 where a condition holds for any row of a group, else 0."""
    return sa.func.max(sa.case((condition, 1), else_=0))
