"""Use of the product, and pilots, by other methods: the naive formulas."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from tests.oracle.book import (
    NOTHING,
    Book,
    Marked,
    NoNumber,
    Span,
    day,
    known_day,
    median,
    number,
    ratio,
    share,
    total,
)
from tests.oracle.company import Cell, Row
from tests.oracle.product import active, came_back, signed_up, used


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


def users_of(rows: list[Row]) -> set[Cell]:
    """The users of events."""
    return {row["user_id"] for row in rows} - {None}


def last_days(book: Book, span: Span, many: int) -> list[Row]:
    """Events of so many days that end where what has come of the span does."""
    until = book.until(span)
    return active(book, Span(until - timedelta(days=many), until))


def stickiness_wau_mau(book: Book, span: Span) -> Fraction:
    """Users of the last week, of those of the last thirty days."""
    return ratio(len(users_of(last_days(book, span, 7))), len(users_of(last_days(book, span, 30))), 100)


def stickiness_dau_wau(book: Book, span: Span) -> Fraction:
    """The mean of users active a day of the last week, of its users."""
    rows = last_days(book, span, 7)
    daily = {(row["user_id"], day(row["occurred_at"])) for row in rows if row["user_id"] is not None}
    return ratio(Fraction(len(daily), 7), len(users_of(rows)), 100)


def some(users: set[Cell]) -> Fraction:
    """How many users, where there are any."""
    if not users:
        raise NoNumber(NOTHING)
    return Fraction(len(users))


def stickiness_wau(book: Book, span: Span) -> Fraction:
    """Users of the last week."""
    return some(users_of(last_days(book, span, 7)))


def stickiness_mau(book: Book, span: Span) -> Fraction:
    """Users of the last thirty days."""
    return some(users_of(last_days(book, span, 30)))


def stickiness_dau(book: Book, span: Span) -> Fraction:
    """The mean of users active a day."""
    rows = [row for row in active(book, span) if row["user_id"] is not None]
    some(users_of(rows))
    return Fraction(len({(row["user_id"], day(row["occurred_at"])) for row in rows}), book.days(span))
