"""Leads, new customers and what they cost, by other methods: the naive formulas."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.book import (
    UNDEFINED,
    Book,
    NoNumber,
    Span,
    of_spent,
    ratio,
    seconds,
    share,
    something,
)
from tests.oracle.marketing import leads
from tests.oracle.methods_retention import amount
from tests.oracle.methods_revenue import customer_lifetime_value_uncapped
from tests.oracle.money import ad_spend, cac, cost, credited, gross_margin, revenue
from tests.oracle.retention import GAINS, LOSSES, arpa, customer_churn_rate, moved

SELLING = ("sales", "marketing")


def new_customers(book: Book, span: Span) -> int:
    """Accounts that paid for the first time."""
    return len(book.within("accounts", "first_paid_on", span))


def cac_previous_period(book: Book, span: Span) -> Fraction:
    """Cost of the period before by new customers."""
    return ratio(cost(book, span.earlier(span.months), *SELLING), new_customers(book, span))


def cac_paid(book: Book, span: Span) -> Fraction:
    """Ad spend by new customers."""
    return ratio(ad_spend(book, span), new_customers(book, span))


def ltv_cac_ratio_uncapped(book: Book, span: Span) -> Fraction:
    """ARPA x gross margin by churn a month, by acquisition cost."""
    return of_spent(customer_lifetime_value_uncapped(book, span), cac(book, span))


def ltv_cac_ratio_revenue(book: Book, span: Span) -> Fraction:
    """ARPA by churn a month, by acquisition cost."""
    churn = customer_churn_rate(book, span) / 100 / book.months(span)
    return of_spent(ratio(arpa(book, span), churn), cac(book, span))


def cac_payback_months_revenue(book: Book, span: Span) -> Fraction:
    """Acquisition cost by MRR of a new account."""
    accounts = {row["account_id"] for row in moved(book, span, "new")}
    return paid_back(cac(book, span), ratio(amount(book, span, "new"), len(accounts)))


def cac_payback_months_totals(book: Book, span: Span) -> Fraction:
    """Cost by the margin on new MRR."""
    return paid_back(cost(book, span, *SELLING), on_margin(book, span, "new"))


def cac_payback_months_previous_period(book: Book, span: Span) -> Fraction:
    """Cost of the period before by the margin on new MRR."""
    return paid_back(cost(book, span.earlier(span.months), *SELLING), on_margin(book, span, "new"))


def cac_payback_months_net_new_mrr(book: Book, span: Span) -> Fraction:
    """Cost by the margin on net new MRR."""
    return paid_back(cost(book, span, *SELLING), on_margin(book, span, *GAINS, *LOSSES))


def on_margin(book: Book, span: Span, *kinds: str) -> Fraction:
    """What movements of these kinds leave in a month."""
    return amount(book, span, *kinds) * gross_margin(book, span) / 100


def paid_back(spent: Fraction, monthly: Fraction) -> Fraction:
    """Months until it is paid back: never, where nothing is left in a month."""
    if monthly <= 0:
        raise NoNumber(UNDEFINED)
    return spent / monthly


def cost_per_lead_ad_spend(book: Book, span: Span) -> Fraction:
    """Ad spend by leads."""
    return ratio(ad_spend(book, span), len(leads(book, span)))


def lead_volume_qualified(book: Book, span: Span) -> Fraction:
    """How many marketing qualified."""
    rows = book.within("leads", "mql_at", span)
    something(rows)
    return Fraction(len(rows))


def lead_response_time_mean(book: Book, span: Span) -> Fraction:
    """The mean of minutes to the first answer."""
    answered = [row for row in leads(book, span) if row["first_human_response_at"] is not None]
    waited = [seconds(row["first_human_response_at"], row["created_at"]) / 60 for row in answered]
    return ratio(sum(waited, Fraction(0)), len(waited))


def lead_response_time_unanswered_share(book: Book, span: Span) -> Fraction:
    """Of leads, those without an answer."""
    return share(leads(book, span), lambda row: row["first_human_response_at"] is None)


def marketing_roi_revenue(book: Book, span: Span) -> Fraction:
    """Revenue that marketing actioned less marketing cost, of marketing cost."""
    spent = cost(book, span, "marketing")
    return of_spent(credited(book, span, "actioned", "marketing") - spent, spent, 100)


def cost_per_lead_qualified(book: Book, span: Span) -> Fraction:
    """Marketing cost by lead that marketing qualified."""
    return ratio(cost(book, span, "marketing"), len(book.within("leads", "mql_at", span)))


def lead_volume_accepted(book: Book, span: Span) -> Fraction:
    """How many leads sales accepted."""
    rows = book.within("leads", "sql_at", span)
    something(rows, "lead_id")
    return Fraction(len(rows))


def roas_blended(book: Book, span: Span) -> Fraction:
    """All revenue by ad spend."""
    return of_spent(revenue(book, span), ad_spend(book, span))


def roas_acos(book: Book, span: Span) -> Fraction:
    """Ad spend of the revenue that marketing actioned."""
    return of_spent(ad_spend(book, span), credited(book, span, "actioned", "marketing"), 100)
