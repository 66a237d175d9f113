"""Recurring revenue and who stays, by other methods: the naive formulas."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tests.oracle.book import (
    CAPPED,
    NOT_APPLICABLE,
    Book,
    Marked,
    NoNumber,
    Span,
    is_before,
    number,
    ratio,
    sum_of,
    total,
)
from tests.oracle.company import Cell, Row
from tests.oracle.money import gross_margin, revenue
from tests.oracle.retention import (
    LOSSES,
    arpa,
    customer_churn_rate,
    gross_mrr_churn_rate,
    moved,
    net_revenue_retention,
    paid,
    paying,
)
from tests.oracle.web import net, orders

ARRIVALS = ("new", "reactivation")
LONGEST = 60
"""Months that a customer is taken to stay at most."""
YEARS = 3
"""Years that buyers stay, as the company gives them from outside."""


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


def expected_to_pay(book: Book, span: Span, each: Fraction, churn: Fraction) -> Fraction | Marked:
    """So much a month for as long as a customer stays at this churn of the span, sixty months at most."""
    monthly = churn / 100 / book.months(span)
    return each / monthly if monthly >= Fraction(1, LONGEST) else Marked(each * LONGEST, CAPPED)


def customer_lifetime_value_uncapped(book: Book, span: Span) -> Fraction:
    """ARPA x gross margin by churn a month."""
    worth = arpa(book, span) * gross_margin(book, span) / 100
    return ratio(worth, customer_churn_rate(book, span) / 100 / book.months(span))


def customer_lifetime_value_revenue(book: Book, span: Span) -> Fraction | Marked:
    """ARPA by churn a month, over sixty months at most."""
    return expected_to_pay(book, span, arpa(book, span), customer_churn_rate(book, span))


def customer_lifetime_value_revenue_churn(book: Book, span: Span) -> Fraction | Marked:
    """ARPA x gross margin by the churn of revenue a month, over sixty months at most."""
    worth = arpa(book, span) * gross_margin(book, span) / 100
    return expected_to_pay(book, span, worth, gross_mrr_churn_rate(book, span))


def customer_lifetime_value_orders(book: Book, span: Span) -> Fraction:
    """Order value x orders of a buyer a year x years that buyers stay x gross margin."""
    placed = [row for row in orders(book, span) if row["account_id"] is not None]
    value = ratio(sum(net(row) for row in placed), len(placed))
    a_year = ratio(len(placed), len(accounts_of(placed))) * 12 / book.months(span)
    return value * a_year * YEARS * gross_margin(book, span) / 100


def loyalty_retention_lift_unmatched(book: Book, span: Span) -> Fraction:
    """Retention of members at the start less that of all others of the start, in points."""
    start, end = paying(book, span.start), paying(book, book.until(span))
    joined = {row["account_id"]: row["loyalty_joined_on"] for row in book.rows("accounts")}
    members = [one for one in start if is_before(joined.get(one), span.start)]
    others = [one for one in start if one not in members]
    stayed = [ratio(sum(one in end for one in side), len(side), 100) for side in (members, others)]
    return stayed[0] - stayed[1]


def mrr_constant_currency(book: Book, span: Span) -> Fraction:
    """The running sum of all movements but fx before the end."""
    rows = [row for row in book.rows("mrr_movements") if is_before(row["effective_on"], book.until(span))]
    return sum_of([row for row in rows if row["movement_type"] != "fx"], "amount_base")


def mrr_fx_effect(book: Book, span: Span) -> Fraction:
    """The fx movements of the span."""
    return sum_of(moved(book, span, "fx"), "amount_base")


def arpa_revenue(book: Book, span: Span) -> Fraction:
    """Revenue by account with revenue in the span."""
    rows = book.within("revenue_entries", "recognised_on", span)
    return ratio(revenue(book, span), len(accounts_of(rows)))


def predicted_mrr_retained_growth(book: Book, span: Span) -> Fraction:
    """MRR x net revenue retention, and as much new MRR once more."""
    now = sum(paid(book, book.until(span)).values())
    return now * net_revenue_retention(book, span) / 100 + amount(book, span, "new")
