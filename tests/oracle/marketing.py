"""Leads and campaigns: the naive formulas."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.book import (
    Book,
    Span,
    known,
    median,
    of_spent,
    ratio,
    seconds,
    share,
    something,
    total,
)
from tests.oracle.company import Row
from tests.oracle.money import ad_spend, cost, credited, gross_margin


def leads(book: Book, span: Span) -> list[Row]:
    """Created in the span."""
    return book.within("leads", "created_at", span)


def cost_per_lead(book: Book, span: Span) -> Fraction:
    """Marketing cost by leads."""
    return ratio(cost(book, span, "marketing"), len(leads(book, span)))


def revenue_per_lead(book: Book, span: Span) -> Fraction:
    """What deals of the span's leads were won for, by leads; each is of the group of its own account."""
    ours = {row["lead_id"] for row in leads(book.of_all(), span)}
    won = [
        row
        for row in book.rows("opportunities")
        if row["lead_id"] in ours and row["outcome"] == "won" and row["closed_on"] is not None
    ]
    return ratio(total(won, "amount_base"), len(leads(book, span)))


def lead_volume(book: Book, span: Span) -> Fraction:
    """How many."""
    rows = leads(book, span)
    something(rows)
    return Fraction(len(rows))


def lead_velocity_rate(book: Book, span: Span) -> Fraction:
    """Qualified leads against those of the period before."""
    now = len(book.within("leads", "mql_at", span))
    before = len(book.within("leads", "mql_at", span.earlier(span.months)))
    return ratio(now - before, before, 100)


def lead_qualification_rate(book: Book, span: Span) -> Fraction:
    """Of leads that marketing qualified, those that sales accepted."""
    return share(book.within("leads", "mql_at", span), lambda row: row["sql_at"] is not None)


def lead_to_opportunity_rate(book: Book, span: Span) -> Fraction:
    """Of leads, those that became an opportunity."""
    return share(leads(book, span), lambda row: row["opportunity_created_at"] is not None)


def lead_to_customer_rate(book: Book, span: Span) -> Fraction:
    """Of leads, those that became a customer."""
    return share(leads(book, span), lambda row: row["customer_at"] is not None)


def lead_response_time(book: Book, span: Span) -> Fraction:
    """The median of minutes to the first answer."""
    answered = [row for row in leads(book, span) if row["first_human_response_at"] is not None]
    return median(seconds(row["first_human_response_at"], row["created_at"]) / 60 for row in answered)


def roas(book: Book, span: Span) -> Fraction:
    """Revenue that marketing actioned by ad spend."""
    return of_spent(credited(book, span, "actioned", "marketing"), ad_spend(book, span))


def marketing_roi(book: Book, span: Span) -> Fraction:
    """The margin on it less marketing cost, of marketing cost."""
    spent = cost(book, span, "marketing")
    margin = credited(book, span, "actioned", "marketing") * gross_margin(book, span) / 100
    return of_spent(margin - spent, spent, 100)


def click_through_rate(book: Book, span: Span) -> Fraction:
    """Clicks of impressions of campaigns that started in the span."""
    rows = [
        row for row in book.within("campaigns", "started_on", span) if known(row, "clicks", "impressions")
    ]
    return ratio(total(rows, "clicks"), total(rows, "impressions"), 100)
