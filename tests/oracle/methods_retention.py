"""Recurring revenue and who stays, by other methods: the naive formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from tests.oracle.book import (
    NOT_APPLICABLE,
    Book,
    NoNumber,
    Span,
    is_before,
    number,
    ratio,
    total,
)
from tests.oracle.company import Cell, Row
from tests.oracle.retention import (
    LOSSES,
    customer_churn_rate,
    moved,
    paid,
    paying,
)

ARRIVALS = ("new", "reactivation")


def accounts_of(rows: Iterable[Row]) -> set[Cell]:
    """The accounts of rows."""
    return {row["account_id"] for row in rows} - {None}


def customer_churn_rate_all_leavers(book: Book, span: Span) -> Fraction:
    """Accounts with a churn movement of those that paid at the start."""
    return ratio(len(accounts_of(moved(book, span, "churn"))), len(paying(book, span.start)), 100)


def customer_churn_rate_of_all_served(book: Book, span: Span) -> Fraction:
    """Accounts with a churn movement of those that paid at the start, were new or came back."""
    served = accounts_of(moved(book, span, *ARRIVALS)) | paying(book, span.start).keys()
    return ratio(len(accounts_of(moved(book, span, "churn"))), len(served), 100)


def customer_churn_rate_annualised(book: Book, span: Span) -> Fraction:
    """From a hundred what churn like this leaves after a year, which is so many such spans."""
    stays, times = 1 - customer_churn_rate(book, span) / 100, 12 / book.months(span)
    if times.denominator != 1:
        raise NoNumber(NOT_APPLICABLE)
    return (1 - stays ** int(times)) * 100


def customer_churn_rate_of_average(book: Book, span: Span) -> Fraction:
    """Accounts gone of the mean of those at the start and at the end."""
    start, end = paying(book, span.start), paying(book, book.until(span))
    gone = len([account for account in start if account not in end])
    return ratio(gone, Fraction(len(start) + len(end), 2), 100)


def customer_retention_rate_shortcut(book: Book, span: Span) -> Fraction:
    """Accounts that pay at the end less those that were new or came back, of those that paid at the start."""
    end, came = paying(book, book.until(span)), accounts_of(moved(book, span, *ARRIVALS))
    return ratio(len(end) - len(came), len(paying(book, span.start)), 100)


def mrr_at_start(book: Book, span: Span) -> Fraction:
    """What all accounts paid at the start."""
    return sum(paid(book, span.start).values(), Fraction(0))


def amount(book: Book, span: Span, *kinds: str) -> Fraction:
    """The sum of movements of these kinds: losses are below zero."""
    return total(moved(book, span, *kinds), "amount_base")


def gross_mrr_churn_rate_uncapped(book: Book, span: Span) -> Fraction:
    """All that accounts of the start lost, of what they paid then."""
    start = paying(book, span.start)
    lost = [row for row in moved(book, span, *LOSSES) if row["account_id"] in start]
    return ratio(-total(lost, "amount_base"), sum(start.values()), 100)


def gross_mrr_churn_rate_aggregate(book: Book, span: Span) -> Fraction:
    """All losses of MRR at the start."""
    return ratio(-amount(book, span, *LOSSES), mrr_at_start(book, span), 100)


def gross_mrr_churn_rate_cancelled(book: Book, span: Span) -> Fraction:
    """What accounts that are gone at the end paid at the start, of MRR then."""
    start, end = paying(book, span.start), paying(book, book.until(span))
    return ratio(sum(start[one] for one in start if one not in end), sum(start.values()), 100)


def net_mrr_churn_rate_without_reactivation(book: Book, span: Span) -> Fraction:
    """Losses less expansion, without accounts that are new in the span, of MRR at the start."""
    new = accounts_of(moved(book, span, "new"))
    rows = [row for row in moved(book, span, *LOSSES, "expansion") if row["account_id"] not in new]
    return ratio(-total(rows, "amount_base"), mrr_at_start(book, span), 100)


def net_mrr_churn_rate_aggregate(book: Book, span: Span) -> Fraction:
    """All losses less all expansion of MRR at the start."""
    return ratio(-amount(book, span, *LOSSES, "expansion"), mrr_at_start(book, span), 100)


def expansion_velocity_existing(book: Book, span: Span) -> Fraction:
    """Expansion, without accounts that are new in the span, of MRR at the start."""
    new = accounts_of(moved(book, span, "new"))
    rows = [row for row in moved(book, span, "expansion") if row["account_id"] not in new]
    return ratio(total(rows, "amount_base"), mrr_at_start(book, span), 100)


def without_rates(book: Book, span: Span) -> dict[Cell, Fraction]:
    """What accounts of the start that still pay do at the end, without fx movements of the span; at least nothing."""
    start, end = paying(book, span.start), paying(book, book.until(span))
    moves = moved(book, span, "fx")
    own = {
        account: number(end[account])
        - total([row for row in moves if row["account_id"] == account], "amount_base")
        for account in start
        if account in end
    }
    return {account: max(amount, Fraction(0)) for account, amount in own.items()}


def gross_revenue_retention_constant_currency(book: Book, span: Span) -> Fraction:
    """Of each account of the start the smaller of what it pays then and at the end, without what rates did."""
    start = paying(book, span.start)
    kept = [min(amount, start[account]) for account, amount in without_rates(book, span).items()]
    return ratio(sum(kept, Fraction(0)), sum(start.values()), 100)


def gross_revenue_retention_aggregate(book: Book, span: Span) -> Fraction:
    """MRR at the start less all losses, of it."""
    start = mrr_at_start(book, span)
    return ratio(start + amount(book, span, *LOSSES), start, 100)


def net_revenue_retention_by_movements(book: Book, span: Span) -> Fraction:
    """MRR at the start and all expansion less all losses, of it."""
    start = mrr_at_start(book, span)
    return ratio(start + amount(book, span, *LOSSES, "expansion"), start, 100)


def net_revenue_retention_constant_currency(book: Book, span: Span) -> Fraction:
    """What accounts of the start pay at the end, without what rates did, of what they paid at the start."""
    return ratio(sum(without_rates(book, span).values()), sum(paying(book, span.start).values()), 100)


def quick_ratio_without_reactivation(book: Book, span: Span) -> Fraction:
    """New and expansion by losses."""
    return ratio(amount(book, span, "new", "expansion"), -amount(book, span, *LOSSES))


def loyalty_retention_lift_unmatched(book: Book, span: Span) -> Fraction:
    """Retention of members at the start less that of all others of the start, in points."""
    start, end = paying(book, span.start), paying(book, book.until(span))
    joined = {row["account_id"]: row["loyalty_joined_on"] for row in book.rows("accounts")}
    members = [one for one in start if is_before(joined.get(one), span.start)]
    others = [one for one in start if one not in members]
    stayed = [ratio(sum(one in end for one in side), len(side), 100) for side in (members, others)]
    return stayed[0] - stayed[1]


def revenue_by_account(book: Book, span: Span) -> dict[Cell, Fraction]:
    """Revenue of each account in the span."""
    found: dict[Cell, Fraction] = {}
    for row in book.within("revenue_entries", "recognised_on", span):
        if row["account_id"] is not None:
            found[row["account_id"]] = found.get(row["account_id"], Fraction(0)) + number(row["amount_base"])
    return found


def of_a_year_before(book: Book, span: Span, kept: Callable[[Fraction, Fraction], Fraction]) -> Fraction:
    """What is kept of the revenue that accounts had a year before."""
    now, before = revenue_by_account(book, span), revenue_by_account(book, span.earlier(12))
    then = {account: amount for account, amount in before.items() if amount > 0}
    left = sum((kept(now.get(one, Fraction(0)), amount) for one, amount in then.items()), Fraction(0))
    return ratio(left, sum(then.values(), Fraction(0)), 100)


def net_revenue_retention_dollar_based(book: Book, span: Span) -> Fraction:
    """All that they have now."""
    return of_a_year_before(book, span, lambda now, _then: now)


def gross_revenue_retention_dollar_based(book: Book, span: Span) -> Fraction:
    """At most what they had then."""
    return of_a_year_before(book, span, min)


def customer_retention_rate_repeat_buyers(book: Book, span: Span) -> Fraction:
    """Of buyers, those with more than one order."""
    rows = [row["account_id"] for row in book.within("orders", "ordered_at", span)]
    buyers = set(rows) - {None}
    return ratio(sum(rows.count(one) > 1 for one in buyers), len(buyers), 100)
