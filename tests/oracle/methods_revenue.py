"""Recurring revenue and what a customer is worth, by other methods: the naive formulas."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.book import CAPPED, Book, Marked, Span, is_before, ratio, sum_of
from tests.oracle.methods_retention import accounts_of, amount
from tests.oracle.money import gross_margin, revenue
from tests.oracle.retention import (
    arpa,
    customer_churn_rate,
    gross_mrr_churn_rate,
    moved,
    net_revenue_retention,
    paid,
)
from tests.oracle.web import net, orders

LONGEST = 60
"""Months that a customer is taken to stay at most."""
YEARS = 3
"""Years that buyers stay, as the company gives them from outside."""


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
    return customer_lifetime_value_orders_revenue(book, span) * gross_margin(book, span) / 100


def customer_lifetime_value_orders_revenue(book: Book, span: Span) -> Fraction:
    """Order value x orders of a buyer a year x years that buyers stay."""
    placed = [row for row in orders(book, span) if row["account_id"] is not None]
    value = ratio(sum(net(row) for row in placed), len(placed))
    a_year = ratio(len(placed), len(accounts_of(placed))) * 12 / book.months(span)
    return value * a_year * YEARS


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


def customer_lifetime_value_simple(book: Book, span: Span) -> Fraction:
    """ARPA by churn a month."""
    return ratio(arpa(book, span), customer_churn_rate(book, span) / 100 / book.months(span))
