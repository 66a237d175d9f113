"""Revenue, cost and cash: the naive formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from tests.oracle.book import (
    UNDEFINED,
    Book,
    NoNumber,
    Span,
    is_before,
    known_day,
    number,
    of_spent,
    ratio,
    same_day,
    something,
    sum_of,
    total,
)
from tests.oracle.company import Row

OPEX = ("sales", "marketing", "rnd", "gna")
NOT_EBITDA = ("depreciation", "amortisation", "interest", "tax")


def revenue(book: Book, span: Span) -> Fraction:
    """Recognised in the span."""
    return total(book.within("revenue_entries", "recognised_on", span), "amount_base")


def cost(book: Book, span: Span, *lines: str) -> Fraction:
    """Cost of these lines of the income statement."""
    rows = book.within("cost_entries", "incurred_on", span)
    return total([row for row in rows if row["pnl_line"] in lines], "amount_base")


def ad_spend(book: Book, span: Span) -> Fraction:
    """What was spent on ads."""
    rows = book.within("cost_entries", "incurred_on", span)
    return total([row for row in rows if row["nature"] == "ad_spend"], "amount_base")


def burned(book: Book, span: Span) -> Fraction:
    """Cash out less cash in, without financing."""
    rows = book.within("cash_flows", "flow_on", span)
    return -total([row for row in rows if row["flow_type"] != "financing"], "amount_base")


def credited(book: Book, span: Span, kind: str, *channels: str) -> Fraction:
    """Revenue credited to channels, or to all."""
    return total(credit_rows(book, span, kind, *channels), "amount_base")


def credit_rows(book: Book, span: Span, kind: str, *channels: str) -> list[Row]:
    """Credits of a kind to channels, or to all."""
    rows = book.within("revenue_credits", "credited_on", span)
    return [
        row for row in rows if row["credit_type"] == kind and (not channels or row["channel"] in channels)
    ]


def of_earned(left: Fraction, earned: Fraction) -> Fraction:
    """A margin; there is none where more was taken back than earned."""
    if earned < 0:
        raise NoNumber(UNDEFINED)
    return ratio(left, earned, 100)


def gross_margin(book: Book, span: Span) -> Fraction:
    """Revenue less cost of goods sold, of revenue."""
    earned = revenue(book, span)
    return of_earned(earned - cost(book, span, "cogs"), earned)


def ebitda_margin(book: Book, span: Span) -> Fraction:
    """Revenue less all cost but depreciation, amortisation, interest and tax, of revenue."""
    rows = book.within("cost_entries", "incurred_on", span)
    spent = total([row for row in rows if row["nature"] not in NOT_EBITDA], "amount_base")
    earned = revenue(book, span)
    return of_earned(earned - spent, earned)


def opex(book: Book, span: Span) -> Fraction:
    """Cost without that of goods sold and what stands below the line."""
    rows = [row for row in book.within("cost_entries", "incurred_on", span) if row["pnl_line"] in OPEX]
    return sum_of(rows, "amount_base")


def growth(book: Book, span: Span, months: int) -> Fraction:
    """Revenue against that of as long a stretch so many months earlier."""
    now, before = revenue(book, span), revenue(book, span.earlier(months))
    if before <= 0:
        raise NoNumber(UNDEFINED)
    return ratio(now - before, before, 100)


def revenue_growth_rate(book: Book, span: Span) -> Fraction:
    """Against the period before."""
    return growth(book, span, span.months)


def rule_of_40(book: Book, span: Span) -> Fraction:
    """Growth within a year and EBITDA margin."""
    return growth(book, span, 12) + ebitda_margin(book, span)


def runway_months(book: Book, span: Span) -> Fraction:
    """Cash at the end by what a month of the last three burned, or of those that are known."""
    flows = [row for row in book.rows("cash_flows") if is_before(row["flow_on"], book.until(span))]
    if not flows:
        raise NoNumber(UNDEFINED)
    until = book.until(span)
    start = same_day(until, -3)
    begun = min(known_day(row["flow_on"]) for row in flows)
    known = [end for end in (same_day(start, 1), same_day(start, 2), until) if begun < end]
    balances = [row for row in flows if row["balance_after_base"] is not None]
    if not balances:
        raise NoNumber(UNDEFINED)
    burn = burned(book, Span(start, until))
    if burn <= 0:
        raise NoNumber("not_burning")
    cash = max(balances, key=lambda row: known_day(row["flow_on"]))
    return number(cash["balance_after_base"]) / (burn / len(known))


def burn_multiple(book: Book, span: Span) -> Fraction:
    """Cash burned by net new ARR, without currency effects."""
    rows = book.within("mrr_movements", "effective_on", span)
    new = 12 * total([row for row in rows if row["movement_type"] != "fx"], "amount_base")
    if new <= 0:
        raise NoNumber(UNDEFINED)
    return ratio(burned(book, span), new)


def magic_number(book: Book, span: Span) -> Fraction:
    """Growth of revenue, over a year, by sales and marketing cost of the period before."""
    before = span.earlier(span.months)
    gained = (revenue(book, span) - revenue(book, before)) * 12 / book.months(span)
    return of_spent(gained, cost(book, before, "sales", "marketing"))


def is_on_credit(row: Row) -> bool:
    """Whether an invoice was to be paid later."""
    return row["on_credit"] in (True, None)


def unpaid(book: Book, instant: date) -> Fraction:
    """What invoices on credit were not paid at an instant."""
    rows = [row for row in book.rows("invoices") if is_on_credit(row)]
    due = [
        row for row in rows if is_before(row["issued_on"], instant) and not is_before(row["paid_on"], instant)
    ]
    return total(due, "amount_base")


def days_of_sales(book: Book, span: Span, instants: Sequence[date]) -> Fraction:
    """The mean of unpaid credit invoices at these instants, by credit sales, in days."""
    mean = sum((unpaid(book, instant) for instant in instants), Fraction(0)) / len(instants)
    sold = [row for row in book.within("invoices", "issued_on", span) if is_on_credit(row)]
    return of_spent(mean * book.days(span), total(sold, "amount_base"))


def dso(book: Book, span: Span) -> Fraction:
    """With the mean of the start and each month's end."""
    return days_of_sales(book, span, book.instants(span))


def cac(book: Book, span: Span) -> Fraction:
    """Sales and marketing cost by accounts that paid for the first time."""
    new = book.within("accounts", "first_paid_on", span)
    return ratio(cost(book, span, "sales", "marketing"), len(new))


def revenue_run_rate(book: Book, span: Span) -> Fraction:
    """Revenue a day."""
    rows = book.within("revenue_entries", "recognised_on", span)
    return sum_of(rows, "amount_base") / book.days(span)


def contribution_margin(book: Book, span: Span) -> Fraction:
    """Net revenue less cost of goods sold and ads, each cost once."""
    rows = book.within("cost_entries", "incurred_on", span)
    spent = [row for row in rows if row["pnl_line"] == "cogs" or row["nature"] == "ad_spend"]
    earned = book.within("revenue_entries", "recognised_on", span)
    something(earned + spent, "amount_base")
    return total(earned, "amount_base") - total(spent, "amount_base")


def contribution_margin_ratio(book: Book, span: Span) -> Fraction:
    """Of net revenue."""
    earned = revenue(book, span)
    return of_earned(contribution_margin(book, span) if earned else earned, earned)


def market_share(book: Book, span: Span) -> Fraction:
    """Of a market of a million."""
    rows = book.within("revenue_entries", "recognised_on", span)
    return sum_of(rows, "amount_base") / 1_000_000 * 100


def touched_revenue(book: Book, span: Span) -> Fraction:
    """Credited as touched."""
    return sum_of(credit_rows(book, span, "touched"), "amount_base")


def actioned_revenue(book: Book, span: Span) -> Fraction:
    """Credited as actioned."""
    return sum_of(credit_rows(book, span, "actioned"), "amount_base")
