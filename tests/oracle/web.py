"""The web site, its orders and experiments: the naive formulas."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.book import (
    Book,
    Span,
    median,
    number,
    ratio,
    share,
    sum_of,
    total,
)
from tests.oracle.company import Cell, Row


def sessions(book: Book, span: Span) -> list[Row]:
    """Sessions that started in the span."""
    return book.within("web_sessions", "started_at", span)


def orders(book: Book, span: Span) -> list[Row]:
    """Orders placed in the span."""
    return book.within("orders", "ordered_at", span)


def net(row: Row) -> Fraction:
    """Of an order, less discount and refund."""
    return number(row["gross_amount_base"]) - number(row["discount_base"]) - number(row["refund_base"])


def web_conversion_rate(book: Book, span: Span) -> Fraction:
    """Of sessions, those with an order."""
    bought = {row["session_id"] for row in book.rows("orders")}
    return share(sessions(book, span), lambda row: row["session_id"] in bought)


def is_engaged(row: Row) -> bool:
    """Ten seconds, two pages or a key event."""
    return (
        number(row["engaged_seconds"]) >= 10
        or number(row["page_views"]) >= 2
        or number(row["key_events"]) >= 1
    )


def bounce_rate(book: Book, span: Span) -> Fraction:
    """Of sessions, those not engaged."""
    return share(sessions(book, span), lambda row: not is_engaged(row))


def engagement_rate(book: Book, span: Span) -> Fraction:
    """Of sessions, those engaged."""
    return share(sessions(book, span), is_engaged)


def dwell_time(book: Book, span: Span) -> Fraction:
    """Engaged seconds by session."""
    rows = sessions(book, span)
    return ratio(total(rows, "engaged_seconds"), len(rows))


def scroll_depth(book: Book, span: Span) -> Fraction:
    """The mean of the deepest scroll, where it is known."""
    rows = [row for row in sessions(book, span) if row["max_scroll_pct"] is not None]
    return ratio(total(rows, "max_scroll_pct"), len(rows))


def exit_rate(book: Book, span: Span) -> Fraction:
    """Sessions that ended on a page, by views of pages."""
    ended = [row for row in sessions(book, span) if row["exit_page"] is not None]
    return ratio(len(ended), len(book.within("page_views", "viewed_at", span)), 100)


def cart_abandonment_rate(book: Book, span: Span) -> Fraction:
    """Of carts, those without an order."""
    return share(book.within("carts", "created_at", span), lambda row: row["order_id"] is None)


def gmv(book: Book, span: Span) -> Fraction:
    """Gross order amounts."""
    rows = orders(book, span)
    return sum_of(rows, "gross_amount_base")


def take_rate(book: Book, span: Span) -> Fraction:
    """Commission of gross order amounts."""
    rows = orders(book, span)
    return ratio(total(rows, "commission_base"), total(rows, "gross_amount_base"), 100)


def average_order_value(book: Book, span: Span) -> Fraction:
    """Net amount by order."""
    rows = orders(book, span)
    return ratio(sum(net(row) for row in rows), len(rows))


def revenue_per_visitor(book: Book, span: Span) -> Fraction:
    """Net amount by session."""
    return ratio(sum(net(row) for row in orders(book, span)), len(sessions(book, span)))


def page_load_time(book: Book, span: Span) -> Fraction:
    """The 75th percentile of load times, between two of them in proportion."""
    times = sorted(number(row["load_ms"]) for row in sessions(book, span) if row["load_ms"] is not None)
    if not times:
        return median(times)
    place = Fraction(3, 4) * (len(times) - 1)
    low = int(place)
    high = min(low + 1, len(times) - 1)
    return times[low] + (times[high] - times[low]) * (place - low)


def ended_experiments(book: Book, span: Span) -> tuple[set[Cell], set[Cell], set[Cell]]:
    """Experiments that ended; those with a variant that beat the control, and with a variant that did harm."""
    ended = {row["experiment_id"] for row in book.within("experiments", "ended_on", span)}
    variants = [row for row in book.rows("experiments") if row["experiment_id"] in ended]
    control = {row["experiment_id"]: row for row in variants if row["is_control"]}
    tried = [row for row in variants if not row["is_control"] and row["experiment_id"] in control]
    won = {row["experiment_id"] for row in tried if is_lift(row, control[row["experiment_id"]])}
    harmed = {row["experiment_id"] for row in tried if row["guardrail_breached"]}
    return {row["experiment_id"] for row in tried}, won, harmed


def experiment_win_rate(book: Book, span: Span) -> Fraction:
    """Of experiments that ended, those with a variant that beat the control, and no variant that did harm."""
    tried, won, harmed = ended_experiments(book, span)
    return ratio(len(won - harmed), len(tried), 100)


def is_lift(variant: Row, control: Row) -> bool:
    """Whether a variant converts better than the control: a two-sided z-test of two proportions at 95 %."""
    n, m = number(variant["visitors"]), number(control["visitors"])
    x, y = number(variant["conversions"]), number(control["conversions"])
    if not n or not m or not 0 < x + y < n + m or x / n <= y / m:
        return False
    pooled = (x + y) / (n + m)
    return (x / n - y / m) ** 2 > Fraction("3.841459") * pooled * (1 - pooled) * (1 / n + 1 / m)
