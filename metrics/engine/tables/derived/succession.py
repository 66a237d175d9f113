"""Snapshots of who may succeed whom, each in force until the next."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import in_order
from metrics.engine.tables.pieces import flag, given
from metrics.engine.tables.relations import Relations, need


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
