"""The web site, tickets, tasks and answers of customers by other methods: the naive formulas."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.book import (
    NOTHING,
    Book,
    NoNumber,
    Span,
    is_before,
    is_in,
    known,
    median,
    number,
    ratio,
    seconds,
    share,
    total,
)
from tests.oracle.company import Cell, Row
from tests.oracle.operations import resolved
from tests.oracle.surveys import NPS, answers, answers_of
from tests.oracle.web import ended_experiments, net, orders, sessions


def implementation_rate_unweighted(book: Book, span: Span) -> Fraction:
    """Of what was planned for the span, by count, what was deployed in it."""
    return share(book.within("initiatives", "planned_for", span), lambda row: is_in(row["deployed_on"], span))


def implementation_rate_different_weights(book: Book, span: Span) -> Fraction:
    """How many different weights what was planned for the span has."""
    rows = book.within("initiatives", "planned_for", span)
    weights = {row["weight"] for row in rows} - {None}
    if not weights:
        raise NoNumber(NOTHING)
    return Fraction(len(weights))


def automation_error_rate_before(book: Book, span: Span) -> Fraction:
    """Errors before by run, where both are known."""
    rows = [
        row
        for row in book.within("task_timings", "period_start", span)
        if known(row, "errors_before", "runs")
    ]
    return ratio(total(rows, "errors_before"), total(rows, "runs"), 100)


def resolution_time_median(book: Book, span: Span) -> Fraction:
    """The median of hours from creation to resolution."""
    return median(seconds(row["resolved_at"], row["created_at"]) / 3_600 for row in resolved(book, span))


def resolution_time_open_share(book: Book, span: Span) -> Fraction:
    """Tickets open at the end, of those and the resolved ones."""
    waiting = [
        row
        for row in book.rows("tickets")
        if is_before(row["created_at"], book.until(span))
        and not is_before(row["resolved_at"], book.until(span))
    ]
    return ratio(len(waiting), len(waiting) + len(resolved(book, span)), 100)


def first_contact_resolution_never_reopened(book: Book, span: Span) -> Fraction:
    """Never reopened."""
    return share(resolved(book, span), lambda row: row["reopened_count"] == 0)


def first_contact_resolution_no_further_message(book: Book, span: Span) -> Fraction:
    """Without a further message."""
    return share(resolved(book, span), lambda row: row["customer_replies"] == 0)


def first_contact_resolution_not_escalated(book: Book, span: Span) -> Fraction:
    """Without a further message and never reopened, of those not handed on."""
    own = [row for row in resolved(book, span) if row["escalated"] is not True]
    return share(own, lambda row: row["customer_replies"] == 0 and row["reopened_count"] == 0)


def escalation_rate_of_resolved(book: Book, span: Span) -> Fraction:
    """Of tickets resolved, those that were escalated."""
    return share(resolved(book, span), lambda row: row["escalated"] is True)


def cost_per_ticket_of_created(book: Book, span: Span) -> Fraction:
    """Cost of the support department by tickets created."""
    rows = book.within("cost_entries", "incurred_on", span)
    spent = total([row for row in rows if row["department_id"] == "support"], "amount_base")
    return ratio(spent, len(book.within("tickets", "created_at", span)))


def visitors(rows: list[Row]) -> set[Cell]:
    """Who came in these sessions."""
    return {row["visitor_id"] for row in rows} - {None}


def web_conversion_rate_visitors(book: Book, span: Span) -> Fraction:
    """Of visitors, those with an order."""
    bought = {row["session_id"] for row in book.rows("orders")}
    came = sessions(book, span)
    buyers = visitors([row for row in came if row["session_id"] in bought])
    return ratio(len(buyers), len(visitors(came)), 100)


def revenue_per_visitor_visitors(book: Book, span: Span) -> Fraction:
    """Net amount by visitor."""
    return ratio(sum(net(row) for row in orders(book, span)), len(visitors(sessions(book, span))))


def bounce_rate_single_page(book: Book, span: Span) -> Fraction:
    """Of sessions, those of one page."""
    return share(sessions(book, span), lambda row: row["page_views"] == 1)


def dwell_time_median(book: Book, span: Span) -> Fraction:
    """The median of engaged seconds, where they are known."""
    known = [row["engaged_seconds"] for row in sessions(book, span)]
    return median(number(cell) for cell in known if cell is not None)


def page_load_time_median(book: Book, span: Span) -> Fraction:
    """The median of load times, where they are known."""
    known = [row["load_ms"] for row in sessions(book, span)]
    return median(number(cell) for cell in known if cell is not None)


def average_order_value_median(book: Book, span: Span) -> Fraction:
    """The median of net amounts."""
    return median(net(row) for row in orders(book, span))


def average_order_value_gross(book: Book, span: Span) -> Fraction:
    """Gross amount by order."""
    rows = orders(book, span)
    return ratio(total(rows, "gross_amount_base"), len(rows))


def experiment_win_rate_lift_alone(book: Book, span: Span) -> Fraction:
    """Of experiments that ended, those with a variant that beat the control."""
    tried, won, _ = ended_experiments(book, span)
    return ratio(len(won), len(tried), 100)


def csat_any_scale(book: Book, span: Span) -> Fraction:
    """The top two scores of each answer's scale; of scales of two or three points the top one."""
    given = answers_of(book, span, "csat")
    return share(given, is_satisfied)


def is_satisfied(row: Row) -> bool:
    """Whether an answer is one of the top boxes of its scale."""
    low, high = number(row["scale_min"]), number(row["scale_max"])
    boxes = 1 if high - low + 1 <= 3 else 2
    return number(row["score"]) > high - boxes


def csat_mean_score(book: Book, span: Span) -> Fraction:
    """The mean of all scores."""
    given = answers_of(book, span, "csat")
    return ratio(total(given, "score"), len(given))


def csat_top_box(book: Book, span: Span) -> Fraction:
    """The best score of each answer's scale."""
    return share(answers_of(book, span, "csat"), lambda row: number(row["score"]) >= number(row["scale_max"]))


def web_conversion_rate_orders(book: Book, span: Span) -> Fraction:
    """Orders of sessions, by session."""
    came = sessions(book, span)
    ids = {row["session_id"] for row in came}
    return ratio(sum(row["session_id"] in ids for row in book.rows("orders")), len(came), 100)


def dwell_time_visitors(book: Book, span: Span) -> Fraction:
    """Engaged seconds by visitor."""
    came = sessions(book, span)
    return ratio(total(came, "engaged_seconds"), len(visitors(came)))


def scroll_depth_reached_90(book: Book, span: Span) -> Fraction:
    """Of sessions of which it is known, those scrolled to 90 percent."""
    known = [row for row in sessions(book, span) if row["max_scroll_pct"] is not None]
    return share(known, lambda row: number(row["max_scroll_pct"]) >= 90)


def page_load_time_mean(book: Book, span: Span) -> Fraction:
    """The mean of load times, where they are known."""
    known = [row for row in sessions(book, span) if row["load_ms"] is not None]
    return ratio(total(known, "load_ms"), len(known))


def nps_promoters(book: Book, span: Span) -> Fraction:
    """Nines and tens."""
    given = answers(book, span, NPS, "nps")
    return ratio(sum(one >= 9 for one in given), len(given), 100)


def nps_detractors(book: Book, span: Span) -> Fraction:
    """Six and less."""
    given = answers(book, span, NPS, "nps")
    return ratio(sum(one <= 6 for one in given), len(given), 100)
