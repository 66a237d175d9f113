"""Use of the product: the naive formulas."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.book import (
    Book,
    Marked,
    Span,
    day,
    is_in,
    known_day,
    median,
    number,
    of_those_who_had,
    ratio,
)
from tests.oracle.company import Cell, Row


def used(book: Book, user: Row, *names: str) -> list[date]:
    """The days on which a user did something, or one of these things, from sign-up on."""
    signed_up = known_day(user["created_at"])
    return sorted(
        known_day(row["occurred_at"])
        for row in book.rows("product_events")
        if row["user_id"] == user["user_id"]
        and (not names or row["event_name"] in names)
        and known_day(row["occurred_at"]) >= signed_up
    )


def signed_up(book: Book, span: Span) -> list[Row]:
    """Users who signed up in the span."""
    return book.within("users", "created_at", span)


def after(cell: Cell, days: int) -> date:
    """So many days after the day of a cell."""
    return known_day(cell) + timedelta(days=days)


def product_activation_rate(book: Book, span: Span) -> Fraction | Marked:
    """Of users who had seven days, those who reached the event within them."""
    new = signed_up(book, span)
    had = [row for row in new if after(row["created_at"], 7) <= book.as_of]
    return of_those_who_had(
        new, had, lambda row: any(on <= after(row["created_at"], 7) for on in used(book, row, "report"))
    )


def came_back(book: Book, span: Span, first: int, last: int | None = None) -> Fraction | Marked:
    """Of users who reached the last of these days after sign-up, those active on any of them, or from the first on."""
    new = signed_up(book, span)
    had = [row for row in new if after(row["created_at"], first if last is None else last) <= book.as_of]

    def is_back(row: Row) -> bool:
        own = [(on - known_day(row["created_at"])).days for on in used(book, row)]
        return any(first <= day and (last is None or day <= last) for day in own)

    return of_those_who_had(new, had, is_back)


def user_retention_rate(book: Book, span: Span) -> Fraction | Marked:
    """Of users who reached day 34, those active on any of the days 28 to 34."""
    return came_back(book, span, 28, 34)


def second_use_rate(book: Book, span: Span) -> Fraction | Marked:
    """Of users first active in the span who had fourteen days, those active on a second day within them."""
    cohort = [row for row in book.rows("users") if is_in(next(iter(used(book, row)), None), book.come(span))]

    def is_back(row: Row) -> bool:
        first, *others = used(book, row)
        return any(first < on <= after(first, 14) for on in others)

    return of_those_who_had(
        cohort, [row for row in cohort if after(used(book, row)[0], 14) <= book.as_of], is_back
    )


def time_to_value(book: Book, span: Span) -> Fraction:
    """The median of days from sign-up to the first event of value."""
    firsts = [(known_day(row["created_at"]), used(book, row, "share")) for row in signed_up(book, span)]
    return median(Fraction((own[0] - start).days) for start, own in firsts if own)


def key_event_attainment(book: Book, span: Span) -> Fraction:
    """Of accounts whose first user signed up in the span, those whose users did the key event three times."""
    accounts = {row["account_id"] for row in book.rows("users")} - {None}
    started = reached = 0
    for account in accounts:
        users = [row for row in book.rows("users") if row["account_id"] == account]
        if not users or not is_in(min(known_day(row["created_at"]) for row in users), book.come(span)):
            continue
        started += 1
        ids = {row["user_id"] for row in users}
        events = [
            row
            for row in book.rows("product_events")
            if row["user_id"] in ids and row["event_name"] == "report"
        ]
        begun = min(known_day(row["created_at"]) for row in users)
        events = [row for row in events if known_day(row["occurred_at"]) >= begun]
        done = sum(Fraction(1) if row["quantity"] is None else number(row["quantity"]) for row in events)
        reached += done >= 3
    return ratio(reached, started, 100)


def active(book: Book, span: Span) -> list[Row]:
    """Events in the span."""
    return book.within("product_events", "occurred_at", span)


def stickiness(book: Book, span: Span) -> Fraction:
    """The mean of users active a day, of users active in the span."""
    rows = active(book, span)
    daily = {(row["user_id"], day(row["occurred_at"])) for row in rows if row["user_id"] is not None}
    return ratio(Fraction(len(daily), book.days(span)), len({user for user, _ in daily}), 100)


def feature_adoption_rate(book: Book, span: Span) -> Fraction:
    """Of active accounts, those that used the feature."""
    rows = [row for row in active(book, span) if row["account_id"] is not None]
    with_it = {row["account_id"] for row in rows if row["event_name"] == "share"}
    return ratio(len(with_it), len({row["account_id"] for row in rows}), 100)


def engagement_depth(book: Book, span: Span) -> Fraction:
    """Different kinds of events of each account, by active account."""
    kinds = {
        (row["account_id"], row["event_name"]) for row in active(book, span) if row["account_id"] is not None
    }
    return ratio(len(kinds), len({account for account, _ in kinds}))
