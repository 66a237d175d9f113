"""Cash: the closing balance of a day, until when it stood, and since when anything is known."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import in_order
from metrics.engine.tables.relations import Relations, need


def cash_balances(relations: Relations) -> sa.Select[Any]:
    """One row per recorded closing balance, in force until the day of the next."""
    flows = need(relations, "cash_flows", "flow_on", "balance_after_base")
    balances = (
        sa.select(flows.c.flow_on, flows.c.balance_after_base.label("balance"))
        .where(flows.c.balance_after_base.is_not(None))
        .subquery("balances")
    )
    following = sa.func.lead(balances.c.flow_on).over(order_by=in_order(balances.c.flow_on))
    return sa.select(
        balances.c.flow_on, sa.type_coerce(following, sa.Date()).label("until_on"), balances.c.balance
    )


def cash_beginnings(relations: Relations) -> sa.Select[Any]:
    """One row: the day of the first cash movement, and a 1 to be added up over days."""
    flows = need(relations, "cash_flows", "flow_on")
    first = sa.type_coerce(sa.func.min(flows.c.flow_on), sa.Date())
    one: sa.ColumnElement[Any] = sa.literal_column("1", sa.Integer())
    columns: list[sa.ColumnElement[Any]] = [first.label("known_from"), one.label("companies")]
    return sa.select(*columns)
