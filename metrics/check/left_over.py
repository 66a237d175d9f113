"""Recurring revenue of accounts that left: what their movements leave over keeps them among those that pay."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from metrics.check.looked_at import looked_at
from metrics.engine import Engine
from metrics.engine.portable import tidy
from metrics.model import Table

LEDGER = "mrr_movements"
CENT = Decimal("0.01")
NEEDED = {"account_id", "effective_on", "amount_base"}


def left_over(engine: Engine, table: Table) -> list[str]:
    """A remark where movements of an account come to next to nothing but not to nothing, or churn leaves it paying."""
    if table.name != LEDGER:
        return []
    crumbs, staying = looked_at(engine, LEDGER, NEEDED, lambda ledger: _counts(engine, ledger)) or (0, 0)
    found = []
    if crumbs:
        count = "it still counts" if crumbs == 1 else "they still count"
        found.append(
            f"the movements of {_accounts(crumbs)} come to less than {CENT} but not to 0, and so {count} as paying: "
            "round each movement to hundredths of what adds up to 0"
        )
    if staying:
        found.append(
            f"{_accounts(staying)} still {'pays' if staying == 1 else 'pay'} after a day of movement_type churn: "
            "who keeps anything has a contraction"
        )
    return found


def _counts(engine: Engine, ledger: sa.FromClause) -> tuple[int, int]:
    churn: sa.ColumnElement[Any] = sa.literal(0)
    if "movement_type" in ledger.c:
        loss = sa.and_(
            ledger.c.movement_type == "churn", ledger.c.amount_base < 0
        )  # what adds is said of its sign
        churn = sa.case((loss, 1), else_=0)
    keys = (ledger.c.account_id, ledger.c.effective_on)
    days = (
        sa.select(
            *keys, sa.func.sum(ledger.c.amount_base).label("moved"), sa.func.max(churn).label("churned")
        )
        .where(ledger.c.account_id.is_not(None), ledger.c.effective_on.is_not(None))
        .group_by(*keys)
        .subquery("days")
    )
    per = days.c.account_id
    paid = tidy(sa.func.sum(days.c.moved).over(partition_by=per, order_by=days.c.effective_on))
    last = sa.func.row_number().over(partition_by=per, order_by=days.c.effective_on.desc())
    states = sa.select(
        per.label("account_id"), days.c.churned.label("churned"), paid.label("paid"), last.label("back")
    ).subquery("states")
    crumb = sa.and_(states.c.back == 1, states.c.paid != 0, sa.func.abs(states.c.paid) < CENT)
    stays = sa.and_(states.c.churned == 1, states.c.paid >= CENT)
    counted: list[sa.ColumnElement[Any]] = [
        sa.func.count(sa.case((rows, states.c.account_id)).distinct()) for rows in (crumb, stays)
    ]
    [(crumbs, staying)] = engine.warehouse.run(sa.select(*counted).select_from(states)).rows
    return int(crumbs), int(staying)


def _accounts(count: int) -> str:
    return f"{count:,} account{'' if count == 1 else 's'}"
