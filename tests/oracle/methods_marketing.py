"""Leads, users, pilots and what they cost, by other methods: the naive formulas."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.book import (
    UNDEFINED,
    Book,
    Marked,
    NoNumber,
    Span,
    known_day,
    median,
    number,
    ratio,
    seconds,
    share,
    something,
    total,
)
from tests.oracle.company import Row
from tests.oracle.marketing import leads
from tests.oracle.methods_retention import amount, customer_lifetime_value_uncapped
from tests.oracle.money import ad_spend, cac, cost, credited, gross_margin
from tests.oracle.product import active, came_back, signed_up, used
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
    return ratio(customer_lifetime_value_uncapped(book, span), cac(book, span))


def ltv_cac_ratio_revenue(book: Book, span: Span) -> Fraction:
    """ARPA by churn a month, by acquisition cost."""
    churn = customer_churn_rate(book, span) / 100 / book.months(span)
    return ratio(ratio(arpa(book, span), churn), cac(book, span))


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
    return ratio(credited(book, span, "actioned", "marketing") - spent, spent, 100)


def user_retention_rate_day_1(book: Book, span: Span) -> Fraction | Marked:
    """Of users who reached day 1, those active on it."""
    return came_back(book, span, 1, 1)


def user_retention_rate_day_7(book: Book, span: Span) -> Fraction | Marked:
    """Of users who reached day 7, those active on it."""
    return came_back(book, span, 7, 7)


def user_retention_rate_day_30(book: Book, span: Span) -> Fraction | Marked:
    """Of users who reached day 30, those active on it."""
    return came_back(book, span, 30, 30)


def user_retention_rate_from_day_7(book: Book, span: Span) -> Fraction | Marked:
    """Of users who reached day 7, those active then or on any day after."""
    return came_back(book, span, 7)


def user_retention_rate_from_day_30(book: Book, span: Span) -> Fraction | Marked:
    """Of users who reached day 30, those active then or on any day after."""
    return came_back(book, span, 30)


def feature_adoption_rate_users(book: Book, span: Span) -> Fraction:
    """Of active users, those who used the feature."""
    rows = [row for row in active(book, span) if row["user_id"] is not None]
    with_it = {row["user_id"] for row in rows if row["event_name"] == "share"}
    return ratio(len(with_it), len({row["user_id"] for row in rows}), 100)


def time_to_value_mean(book: Book, span: Span) -> Fraction:
    """The mean of days from sign-up to the first event of value."""
    firsts = [(known_day(row["created_at"]), used(book, row, "share")) for row in signed_up(book, span)]
    days = [(own[0] - start).days for start, own in firsts if own]
    return ratio(sum(days), len(days))


def time_to_value_not_yet_share(book: Book, span: Span) -> Fraction:
    """Of users, those without an event of value."""
    return share(signed_up(book, span), lambda row: not used(book, row, "share"))


def pilots(book: Book, span: Span) -> list[Row]:
    """Pilots that started in the span."""
    return book.within("pilots", "started_on", span)


def time_to_value_pilots(book: Book, span: Span) -> Fraction:
    """The median of days from the start to the first outcome."""
    there = [row for row in pilots(book, span) if row["first_value_on"] is not None]
    return median(
        Fraction((known_day(row["first_value_on"]) - known_day(row["started_on"])).days) for row in there
    )


def time_to_value_open_pilots_share(book: Book, span: Span) -> Fraction:
    """Of pilots, those without an outcome."""
    return share(pilots(book, span), lambda row: row["first_value_on"] is None)


def expansion_velocity_pilots(book: Book, span: Span) -> Fraction:
    """Functions that a pilot gained, of those whose functions are known."""
    rows = [row for row in pilots(book, span) if None not in (row["functions_now"], row["functions_start"])]
    gained = [number(row["functions_now"]) - number(row["functions_start"]) for row in rows]
    return ratio(sum(gained, Fraction(0)), len(rows))


def engagement_depth_pilots(book: Book, span: Span) -> Fraction:
    """Use cases that a pilot gained or asked for, of those whose use cases are known."""
    rows = [row for row in pilots(book, span) if None not in (row["use_cases_now"], row["use_cases_start"])]
    gained = [number(row["use_cases_now"]) - number(row["use_cases_start"]) for row in rows]
    return ratio(sum(gained, Fraction(0)) + total(rows, "wishlist_items"), len(rows))
