"""Open deals and the quotas they stand against, by other methods: the naive formulas."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.book import (
    NOTHING,
    Book,
    NoNumber,
    Span,
    is_before,
    is_in,
    months_later,
    number,
    ratio,
    something,
    total,
)
from tests.oracle.selling import expected, open_deals, quota, win_rate


def pipeline_value_all_open(book: Book, span: Span) -> Fraction:
    """Open at the end; nothing where all that were opened before are closed."""
    opened = [row for row in book.rows("opportunities") if is_before(row["created_on"], book.until(span))]
    something(opened, "amount_base")
    return total(open_deals(book, book.until(span)), "amount_base")


def weighted(book: Book, span: Span) -> list[Fraction]:
    """Deals that are expected to close in the span and are in a stage of known chance: what they are worth by it.

    One that has entered a stage is open until it closes, whatever its day of creation says.
    """
    found = []
    for deal in book.rows("opportunities"):
        if is_before(deal["closed_on"], book.until(span)) or not is_in(deal["expected_close_on"], span):
            continue
        visits = [
            row
            for row in book.rows("opportunity_stage_history")
            if row["opportunity_id"] == deal["opportunity_id"]
            and is_before(row["entered_at"], book.until(span))
        ]
        if not visits:
            continue
        last = max(visits, key=lambda row: (row["entered_at"], number(row["stage_order"])))
        if None not in (deal["amount_base"], last["stage_probability"]):
            found.append(number(deal["amount_base"]) * number(last["stage_probability"]))
    return found


def pipeline_value_weighted(book: Book, span: Span) -> Fraction:
    """Expected to close in the span, by the chance of the stage they are in."""
    found = weighted(book, span)
    if not found:
        raise NoNumber(NOTHING)
    return sum(found, Fraction(0))


def quotas(book: Book, span: Span) -> Fraction:
    """The quotas that start in the span."""
    return sum((quota(row) for row in book.within("quotas", "period_start", span)), Fraction(0))


def pipeline_coverage_whole_quota(book: Book, span: Span) -> Fraction:
    """The pipeline by the whole quota."""
    return ratio(total(expected(book, span), "amount_base"), quotas(book, span))


def pipeline_coverage_weighted(book: Book, span: Span) -> Fraction:
    """The weighted pipeline by the whole quota."""
    return ratio(sum(weighted(book, span), Fraction(0)), quotas(book, span))


def pipeline_coverage_required(book: Book, span: Span) -> Fraction:
    """One by the win rate of the twelve months to the end."""
    return ratio(100, win_rate(book, Span(months_later(span.end, -12), span.end)))
