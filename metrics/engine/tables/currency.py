"""Recurring revenue in several currencies -> the reporting currency, with what exchange rates did to it apart.

A movement is worth what its amount was at the last rate known on its day (at the first one, before there was any);
where no rate leads from its currency to the reporting one, nothing stands in for it. What is in the reporting
currency needs no rates, nor a table of them. What an account paid before is
revalued on the day of its next movement: a movement of its own, of type ``fx``, and neither expansion nor churn.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_amount, as_exact, as_rate, in_order, tidy
from metrics.engine.tables.canonical import LEDGER
from metrics.engine.tables.pieces import named
from metrics.engine.tables.relations import Relations

REMARK = (
    "amount_base is absent: amounts are taken at the rate of their day (fx_rates), which is the last one before it, "
    "and the first one before there was any"
)
ALL_AT_HOME = "amount_base is absent: amounts in the reporting currency are taken as they are, and no others"
NEEDED = {"account_id", "effective_on", "movement_type", "amount", "currency"}
RATES = "fx_rates"
RATED = ("rate_day", "from_ccy", "to_ccy", "rate")


def in_reporting_currency(relations: Relations, given: sa.CTE) -> sa.CTE | None:
    """The ledger with ``amount_base``, where it has amounts and currencies without it; else None.

    Raises:
        BrokenError: the company maps `fx_rates`, but they cannot be read.
    """
    if not _converts(given.c.keys()):
        return None
    relations.remark(LEDGER, REMARK if relations.has(RATES, *RATED) else ALL_AT_HOME)
    valued = _valued(relations, given)
    columns = [column.name for column in given.c]
    # Differences of what stands before and after, so that what an account pays comes to 0 where it left: rounded
    # products of its movements, each for itself, would leave some hundred-millionths behind, and it would still pay.
    paid_before = sa.func.coalesce(as_amount(valued.c.paid_before), as_amount(sa.literal(0)))
    stood = _product(paid_before, valued.c.rate)
    movement = _product(paid_before + valued.c.amount, valued.c.rate) - stood
    moved = [*(valued.c[name] for name in columns), as_exact(movement).label("amount_base")]
    revalued = as_exact(stood - _product(paid_before, valued.c.rate_before)).label("amount_base")
    apart: dict[str, sa.ColumnElement[Any]] = {
        "movement_type": sa.literal("fx"),
        "amount": as_exact(sa.literal(0)),
    }
    revaluation = [*(apart.get(name, valued.c[name]).label(name) for name in columns), revalued]
    changed = sa.and_(valued.c.paid_before != 0, valued.c.rate != valued.c.rate_before)
    movements = sa.union_all(sa.select(*moved), sa.select(*revaluation).where(changed))
    return named(movements, "derived_ledger_in_one_currency")


def without_rate(relations: Relations) -> sa.Select[Any] | None:
    """The currencies of movements that have an amount and no rate; None where the ledger needs no rates.

    Raises:
        MissingError: there is no ledger.
    """
    if not _converts(relations.warehouse.columns(LEDGER)):
        return None
    ledger = relations.table(LEDGER)
    lost = sa.and_(ledger.c.amount != 0, ledger.c.amount_base.is_(None))
    return sa.select(_code(ledger.c.currency)).where(lost).distinct()


def _converts(columns: Collection[str]) -> bool:
    """Whether a ledger of these columns is taken into the reporting currency."""
    return "amount_base" not in columns and set(columns) >= NEEDED


def _valued(relations: Relations, given: sa.CTE) -> sa.CTE:
    """Each movement with its rate, the rate before it, and what its account paid before it."""
    rated = named(_rated(relations, given), "derived_rated_ledger")
    own, since = (rated.c.account_id, _code(rated.c.currency)), in_order(rated.c.effective_on)
    paid_before = tidy(sa.func.sum(rated.c.amount).over(partition_by=own, order_by=since, rows=(None, -1)))
    rate_before = sa.func.lag(rated.c.rate).over(partition_by=own, order_by=since)
    valued = sa.select(*rated.c, paid_before.label("paid_before"), rate_before.label("rate_before"))
    return named(valued, "derived_valued_ledger")


def _rated(relations: Relations, given: sa.CTE) -> sa.Select[Any]:
    """Each movement with its rate: 1 in the reporting currency, else the last one known on its day, if there is any."""
    home = relations.warehouse.company.file.currency
    at_home = (_code(given.c.currency) == home, as_rate(sa.literal(1)))
    if not relations.has(RATES, *RATED):
        return sa.select(*given.c, sa.case(at_home, else_=as_rate(sa.null())).label("rate"))
    rates = relations.table(RATES)
    pair, day = _code(rates.c.from_ccy), rates.c.rate_day
    spells = named(
        sa.select(
            pair.label("from_ccy"),
            rates.c.rate_day,
            rates.c.rate,
            sa.func.lead(rates.c.rate_day).over(partition_by=pair, order_by=in_order(day)).label("until_day"),
            sa.func.lag(rates.c.rate_day).over(partition_by=pair, order_by=in_order(day)).label("before_day"),
        ).where(_code(rates.c.to_ccy) == home),
        "derived_rate_spells",
    )
    on_its_day = sa.and_(
        spells.c.from_ccy == _code(given.c.currency),
        # the first rate known stands for all days before it
        sa.or_(spells.c.rate_day <= given.c.effective_on, spells.c.before_day.is_(None)),
        sa.or_(spells.c.until_day.is_(None), spells.c.until_day > given.c.effective_on),
    )
    rate = sa.case(at_home, else_=as_rate(spells.c.rate))
    return sa.select(*given.c, rate.label("rate")).select_from(given.outerjoin(spells, on_its_day))


def _code(currency: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A currency as ISO 4217 writes it: some systems have `usd`."""
    return sa.type_coerce(sa.func.upper(currency), sa.Text())


def _product(amount: sa.ColumnElement[Any], rate: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return as_exact(as_amount(amount) * as_rate(rate))
