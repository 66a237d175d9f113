"""Deals, quotas and forecasts by other methods: the naive formulas."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.oracle.book import (
    Book,
    Span,
    known_day,
    mean,
    median,
    number,
    ratio,
    share,
    total,
)
from tests.oracle.company import Cell, Row
from tests.oracle.selling import (
    average_deal_size,
    closed,
    commitments,
    quota,
    sales_cycle_length,
    win_rate,
    won_by,
)


def created(book: Book, span: Span) -> list[Row]:
    """Deals created in the span."""
    return book.within("opportunities", "created_on", span)


def win_rate_of_all(book: Book, span: Span) -> Fraction:
    """Won of all that were created."""
    return share(created(book, span), lambda row: row["outcome"] == "won")


def win_rate_of_all_closed(book: Book, span: Span) -> Fraction:
    """Won of all that closed, disqualified ones too."""
    rows = closed(book, span, "won", "lost", "disqualified")
    return share(rows, lambda row: row["outcome"] == "won")


def win_rate_by_value(book: Book, span: Span) -> Fraction:
    """The value won of that won and lost."""
    won = total(closed(book, span, "won"), "amount_base")
    return ratio(won, total(closed(book, span, "won", "lost"), "amount_base"), 100)


def win_rate_cohort(book: Book, span: Span) -> Fraction:
    """Of those created, won of won and lost."""
    rows = [row for row in created(book, span) if row["outcome"] in ("won", "lost")]
    return share(rows, lambda row: row["outcome"] == "won")


def win_rate_disqualified_share(book: Book, span: Span) -> Fraction:
    """Disqualified of all that closed."""
    rows = closed(book, span, "won", "lost", "disqualified")
    return share(rows, lambda row: row["outcome"] == "disqualified")


def average_deal_size_median(book: Book, span: Span) -> Fraction:
    """The median value of won deals that have one."""
    won = closed(book, span, "won")
    return median(number(row["amount_base"]) for row in won if row["amount_base"] is not None)


def days_open(row: Row) -> Fraction:
    """Days from creation to close."""
    return Fraction((known_day(row["closed_on"]) - known_day(row["created_on"])).days)


def sales_cycle_length_median(book: Book, span: Span) -> Fraction:
    """The median of days from creation to close of won deals."""
    return median(days_open(row) for row in closed(book, span, "won"))


def sales_cycle_length_of_closed(book: Book, span: Span) -> Fraction:
    """Days from creation to close of won and lost deals."""
    rows = closed(book, span, "won", "lost")
    return ratio(sum(days_open(row) for row in rows), len(rows))


def sales_cycle_length_from_lead(book: Book, span: Span) -> Fraction:
    """Days from the lead to the close of won deals that came from one."""
    came = {row["lead_id"]: known_day(row["created_at"]) for row in book.whole["leads"]}
    won = [row for row in closed(book, span, "won") if row["lead_id"] in came]
    return ratio(sum((known_day(row["closed_on"]) - came[row["lead_id"]]).days for row in won), len(won))


def sales_velocity_closed_deals(book: Book, span: Span) -> Fraction:
    """Deals won or lost x deal size x win rate, by cycle length."""
    deals = len(closed(book, span, "won", "lost"))
    worth = deals * average_deal_size(book, span) * win_rate(book, span) / 100
    return ratio(worth, sales_cycle_length(book, span))


def quota_attainment_mean_of_reps(book: Book, span: Span) -> Fraction:
    """The mean over reps of what each won in the periods of its quotas, of these."""
    won: dict[Cell, Fraction] = {}
    asked: dict[Cell, Fraction] = {}
    for row in book.within("quotas", "period_start", span):
        rep = row["employee_id"]
        won[rep] = won.get(rep, Fraction(0)) + won_by(book, rep, row["period_start"], row["period_end"])
        asked[rep] = asked.get(rep, Fraction(0)) + quota(row)
    reached = [ratio(won[rep], asked[rep], 100) for rep in won if asked[rep]]
    return mean(reached)


def forecast_accuracy_of_total(book: Book, span: Span) -> Fraction:
    """Won less the distance, for all that start on a day, between what was forecast and what was won, of won."""
    gaps: dict[date, Fraction] = {}
    for one in commitments(book, span):
        gaps[one.start] = gaps.get(one.start, Fraction(0)) + one.forecast - one.won
    won = sum((one.won for one in commitments(book, span)), Fraction(0))
    return ratio(won - sum(abs(gap) for gap in gaps.values()), won, 100)


def forecast_accuracy_won_of_forecast(book: Book, span: Span) -> Fraction:
    """Won of what was forecast."""
    given = commitments(book, span)
    return ratio(sum(one.won for one in given), sum(one.forecast for one in given), 100)


def forecast_accuracy_mape(book: Book, span: Span) -> Fraction:
    """The mean over owners of what each missed, of what each won."""
    missed: dict[Cell, Fraction] = {}
    won: dict[Cell, Fraction] = {}
    for one in commitments(book, span):
        missed[one.owner] = missed.get(one.owner, Fraction(0)) + abs(one.won - one.forecast)
        won[one.owner] = won.get(one.owner, Fraction(0)) + one.won
    return mean(missed[owner] / won[owner] * 100 for owner in won if won[owner] and owner is not None)


def forecast_accuracy_bias(book: Book, span: Span) -> Fraction:
    """Forecast less won, of won."""
    given = commitments(book, span)
    won = sum((one.won for one in given), Fraction(0))
    return ratio(sum((one.forecast for one in given), Fraction(0)) - won, won, 100)
