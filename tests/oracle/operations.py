"""Tickets, tasks, solutions, requests and releases: the naive formulas."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.book import (
    Book,
    Marked,
    Span,
    is_before,
    is_in,
    known,
    known_day,
    number,
    of_those_who_had,
    ratio,
    seconds,
    share,
    something,
    total,
)
from tests.oracle.company import Row


def resolved(book: Book, span: Span) -> list[Row]:
    """Tickets resolved in the span."""
    return book.within("tickets", "resolved_at", span)


def resolution_time(book: Book, span: Span) -> Fraction:
    """The mean of hours from creation to resolution."""
    rows = resolved(book, span)
    took = sum((seconds(row["resolved_at"], row["created_at"]) for row in rows), Fraction(0))
    return ratio(took / 3_600, len(rows))


def first_contact_resolution(book: Book, span: Span) -> Fraction:
    """Without a further message, and never reopened."""
    return share(
        resolved(book, span), lambda row: row["customer_replies"] == 0 and row["reopened_count"] == 0
    )


def escalation_rate(book: Book, span: Span) -> Fraction:
    """Of tickets created, those that were escalated."""
    return share(book.within("tickets", "created_at", span), lambda row: row["escalated"] is True)


def reopen_rate(book: Book, span: Span) -> Fraction:
    """Of tickets resolved, those that were reopened."""
    return share(resolved(book, span), lambda row: number(row["reopened_count"]) > 0)


def cost_per_ticket(book: Book, span: Span) -> Fraction:
    """Cost of the support department by tickets resolved."""
    rows = book.within("cost_entries", "incurred_on", span)
    spent = total([row for row in rows if row["department_id"] == "support"], "amount_base")
    return ratio(spent, len(resolved(book, span)))


def time_saved(book: Book, span: Span) -> Fraction:
    """Minutes saved by run, in hours; a task that lacks a figure adds nothing."""
    rows = book.within("task_timings", "period_start", span)
    timed = [row for row in rows if None not in (row["minutes_before"], row["minutes_after"], row["runs"])]
    something(timed)
    saved = [
        (number(row["minutes_before"]) - number(row["minutes_after"])) * number(row["runs"]) for row in timed
    ]
    return sum(saved, Fraction(0)) / 60


def automation_error_rate(book: Book, span: Span) -> Fraction:
    """Errors by run, where both are known."""
    rows = [
        row for row in book.within("task_timings", "period_start", span) if known(row, "errors_after", "runs")
    ]
    return ratio(total(rows, "errors_after"), total(rows, "runs"), 100)


def implementation_rate(book: Book, span: Span) -> Fraction:
    """Of what was planned for the span, by weight, what was deployed in it."""
    planned = book.within("initiatives", "planned_for", span)
    done = [row for row in planned if is_in(row["deployed_on"], span)]
    return ratio(total(done, "weight"), total(planned, "weight"), 100)


def adoption_rate(book: Book, span: Span) -> Fraction:
    """Of those who should use a solution and have not left by the end, those who did in the thirty days to it."""
    gone = {
        row["employee_id"]
        for row in book.rows("employees")
        if is_before(row["terminated_on"], book.until(span))
    }
    eligible = [
        row
        for row in book.rows("initiative_usage")
        if row["employee_id"] not in gone and is_before(row["eligible_from"], book.until(span))
    ]
    lately = Span(book.until(span) - timedelta(days=30), book.until(span))
    return share(eligible, lambda row: is_in(row["last_used_on"], lately))


def crm_data_completeness(book: Book, span: Span) -> Fraction:
    """Of the required fields of open deals and leads, those that are filled."""
    fields = [
        row[column]
        for row in book.rows("opportunities")
        if is_before(row["created_on"], book.until(span))
        and not is_before(row["closed_on"], book.until(span))
        for column in ("account_id", "owner_id", "amount_base", "expected_close_on")
    ]
    fields += [
        row["campaign_id"]
        for row in book.rows("leads")
        if is_before(row["created_at"], book.until(span))
        and not is_before(row["customer_at"], book.until(span))
    ]
    return ratio(len([cell for cell in fields if cell is not None]), len(fields), 100)


def marketplace_fill_rate(book: Book, span: Span) -> Fraction | Marked:
    """Of requests that had until the next day, those that were matched by then."""
    asked = book.within("requests", "requested_at", span)

    def is_matched(row: Row) -> bool:
        return row["matched_at"] is not None and known_day(row["matched_at"]) <= _next_day(row)

    return of_those_who_had(asked, [row for row in asked if _next_day(row) <= book.as_of], is_matched)


def _next_day(row: Row) -> date:
    return known_day(row["requested_at"]) + timedelta(days=1)


def deployment_frequency(book: Book, span: Span) -> Fraction:
    """Deployments a day."""
    rows = book.within("deployments", "deployed_at", span)
    something(rows)
    return Fraction(len(rows), book.days(span))


def change_failure_rate(book: Book, span: Span) -> Fraction:
    """Of deployments, those that failed."""
    return share(book.within("deployments", "deployed_at", span), lambda row: row["failed"] is True)


def billable_utilisation(book: Book, span: Span) -> Fraction:
    """Billable of scheduled hours."""
    rows = book.within("time_entries", "work_day", span)
    return ratio(total(rows, "billable_hours"), total(rows, "hours_scheduled"), 100)
