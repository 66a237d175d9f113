"""Accounts sorted into groups of their like, to compare members of a programme with others."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_text, as_whole, exact_sum, in_order
from metrics.engine.tables.ours import counted
from metrics.engine.tables.relations import Relations

HALF = 0.5


def account_peers(relations: Relations) -> sa.Select[Any]:
    """One row per account that ever paid: those that began in the same year and half of spending are peers.

    The half is taken among those of the same year: whether at least half of the others paid less on the day they
    began. What an account first paid and when does not change, so that a group stays together over any period.
    """
    ledger = counted(relations, "mrr_movements", "account_id", "effective_on", "amount_base")
    begun = sa.func.min(ledger.c.effective_on).over(partition_by=ledger.c.account_id)
    dated = sa.select(
        ledger.c.account_id, ledger.c.effective_on, ledger.c.amount_base, begun.label("begun_on")
    )
    first = dated.subquery("dated_movements")
    year = sa.extract("year", first.c.begun_on)
    started = (
        sa.select(
            first.c.account_id, year.label("since_year"), exact_sum(first.c.amount_base).label("first_mrr")
        )
        .where(first.c.effective_on == first.c.begun_on)
        .group_by(first.c.account_id, year)
    )
    accounts = started.subquery("first_spend")
    share = sa.func.percent_rank().over(
        partition_by=accounts.c.since_year, order_by=in_order(accounts.c.first_mrr)
    )
    half = sa.case((share >= sa.literal(HALF), "larger"), else_="smaller")
    began = as_text(as_whole(accounts.c.since_year))
    return sa.select(accounts.c.account_id, began.concat(" ").concat(half).label("peers"))
