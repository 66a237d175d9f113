"""Deals, quotas and forecasts: the naive formulas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.oracle.book import (
    NOT_APPLICABLE,
    UNDEFINED,
    Book,
    NoNumber,
    Span,
    is_before,
    is_in,
    known,
    known_day,
    number,
    ratio,
    share,
    sum_of,
    total,
)
from tests.oracle.company import Cell, Row


def closed(book: Book, span: Span, *outcomes: str) -> list[Row]:
    """Deals closed in the span with one of these outcomes."""
    return [row for row in book.within("opportunities", "closed_on", span) if row["outcome"] in outcomes]


def open_deals(book: Book, instant: date) -> list[Row]:
    """Deals that were opened before an instant and not closed before it."""
    return [
        row
        for row in book.rows("opportunities")
        if is_before(row["created_on"], instant) and not is_before(row["closed_on"], instant)
    ]


def expected(book: Book, span: Span) -> list[Row]:
    """Deals open at the end that are expected to close in the span."""
    return [row for row in open_deals(book, book.until(span)) if is_in(row["expected_close_on"], span)]


def pipeline_value(book: Book, span: Span) -> Fraction:
    """Open at the end, expected to close in the span."""
    rows = expected(book, span)
    return sum_of(rows, "amount_base")


def quota(row: Row) -> Fraction:
    """What counts of a quota."""
    return number(row["quota_base"]) * (Fraction(1) if row["ramp_pct"] is None else number(row["ramp_pct"]))


def pipeline_coverage(book: Book, span: Span) -> Fraction:
    """The pipeline by the quota that is left."""
    quotas = book.within("quotas", "period_start", span)
    left = sum(map(quota, quotas), Fraction(0)) - total(closed(book, span, "won"), "amount_base")
    if left <= 0:
        raise NoNumber(NOT_APPLICABLE if quotas else UNDEFINED)
    return ratio(total(expected(book, span), "amount_base"), left)


def win_rate(book: Book, span: Span) -> Fraction:
    """Won of won and lost."""
    return share(closed(book, span, "won", "lost"), lambda row: row["outcome"] == "won")


def average_deal_size(book: Book, span: Span) -> Fraction:
    """The value of won deals by won deals."""
    won = closed(book, span, "won")
    return ratio(total(won, "amount_base"), len(won))


def sales_cycle_length(book: Book, span: Span) -> Fraction:
    """Days from creation to close of won deals."""
    won = closed(book, span, "won")
    return ratio(
        sum((known_day(row["closed_on"]) - known_day(row["created_on"])).days for row in won), len(won)
    )


def sales_velocity(book: Book, span: Span) -> Fraction:
    """Open qualified deals x deal size x win rate, by cycle length."""
    qualified = [
        row for row in open_deals(book, book.until(span)) if is_before(row["qualified_on"], book.until(span))
    ]
    worth = len(qualified) * average_deal_size(book, span) * win_rate(book, span) / 100
    return ratio(worth, sales_cycle_length(book, span))


def discount_rate(book: Book, span: Span) -> Fraction:
    """What was taken off the list value of won deals that have one."""
    won = [row for row in closed(book, span, "won") if known(row, "list_amount_base", "amount_base")]
    listed = total(won, "list_amount_base")
    return ratio(listed - total(won, "amount_base"), listed, 100)


def won_by(book: Book, owner: Cell, start: Cell, end: Cell) -> Fraction:
    """What an owner won in a stretch of days."""
    span = Span(known_day(start), known_day(end))
    won = [
        row for row in book.rows("opportunities") if row["outcome"] == "won" and is_in(row["closed_on"], span)
    ]
    return total([row for row in won if row["owner_id"] == owner], "amount_base")


def quota_attainment(book: Book, span: Span) -> Fraction:
    """What carriers won in their quota periods, of their quotas."""
    rows = book.within("quotas", "period_start", span)
    won = sum(won_by(book, row["employee_id"], row["period_start"], row["period_end"]) for row in rows)
    return ratio(won, sum(quota(row) for row in rows), 100)


@dataclass(frozen=True)
class Commitment:
    """What an owner committed to, and what came."""

    owner: Cell
    start: date
    forecast: Fraction
    won: Fraction


def commitments(book: Book, span: Span) -> list[Commitment]:
    """What each owner committed to last, by the first day; where none by then, on the first day that one came."""
    last: dict[tuple[Cell, ...], Row] = {}
    for row in sorted(
        book.rows("forecasts"), key=lambda row: (known_day(row["submitted_on"]), str(row["forecast_id"]))
    ):
        in_time = known_day(row["submitted_on"]) <= known_day(row["period_start"])
        key = (row["owner_id"], row["period_start"], row["period_end"])
        same_day = key in last and last[key]["submitted_on"] == row["submitted_on"]
        if row["category"] != "commit" or not is_in(row["period_start"], span):
            continue
        if in_time or same_day or key not in last:
            last[key] = row
    return [
        Commitment(key[0], known_day(key[1]), number(row["amount_base"]), won_by(book, *key))
        for key, row in last.items()
    ]


def forecast_accuracy(book: Book, span: Span) -> Fraction:
    """Won less the distance between what each owner committed to and what came, of won."""
    given = commitments(book, span)
    won = sum((one.won for one in given), Fraction(0))
    return ratio(won - sum(abs(one.won - one.forecast) for one in given), won, 100)


def stage_conversion_rate(book: Book, span: Span) -> Fraction:
    """Of deals that entered a stage in the span, or skipped it then, those that went on from it; not the last stage."""
    visits = book.rows("opportunity_stage_history")
    stages = sorted({number(row["stage_order"]) for row in book.whole["opportunity_stage_history"]})
    won = {row["opportunity_id"] for row in book.rows("opportunities") if row["outcome"] == "won"}
    entered = advanced = 0
    for deal in {row["opportunity_id"] for row in visits}:
        own = [row for row in visits if row["opportunity_id"] == deal]
        for stage in stages[:-1]:
            here = [known_day(row["entered_at"]) for row in own if number(row["stage_order"]) == stage]
            beyond = [known_day(row["entered_at"]) for row in own if number(row["stage_order"]) > stage]
            if (here or beyond) and is_in(min(here or beyond), book.come(span)):
                entered += 1
                advanced += bool(beyond) or deal in won
    return ratio(advanced, entered, 100)
