"""Accounts sorted into groups of their like, to compare members of a programme with others."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_text, as_whole
from metrics.engine.relations import Relations, need

HALF = 0.5


def account_peers(relations: Relations) -> sa.Select[Any]:
    """One row per account that ever paid: those that began in the same year and half of spending are peers.

    The half is taken among those of the same year: more than its median account first paid, or not. What an
    account first paid and when does not change, so that a group stays together over any period.
    """
    ledger = need(relations, "mrr_movements", "account_id", "effective_on", "amount_base")
    place = sa.func.row_number().over(partition_by=ledger.c.account_id, order_by=ledger.c.effective_on)
    ordered = sa.select(
        ledger.c.account_id, ledger.c.effective_on, ledger.c.amount_base, place.label("place")
    )
    first = ordered.subquery("first_movements")
    started = sa.select(
        first.c.account_id,
        sa.extract("year", first.c.effective_on).label("since_year"),
        first.c.amount_base.label("first_mrr"),
    ).where(first.c.place == 1)
    accounts = started.subquery("first_spend")
    share = sa.func.percent_rank().over(partition_by=accounts.c.since_year, order_by=accounts.c.first_mrr)
    half = sa.case((share >= sa.literal(HALF), "larger"), else_="smaller")
    year = as_text(as_whole(accounts.c.since_year))
    return sa.select(accounts.c.account_id, year.concat(" ").concat(half).label("peers"))
