"""Recurring revenue and who stays: the naive formulas."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.oracle.book import (
    CAPPED,
    NOTHING,
    UNDEFINED,
    Book,
    Marked,
    NoNumber,
    Span,
    is_before,
    known_day,
    number,
    of_spent,
    ratio,
    sum_of,
    total,
)
from tests.oracle.company import Cell, Row
from tests.oracle.money import cac, gross_margin

GAINS, LOSSES = ("new", "expansion", "reactivation"), ("churn", "contraction")


def paid(book: Book, instant: date) -> dict[Cell, Fraction]:
    """What each account pays a month at an instant: all its movements before."""
    found: dict[Cell, Fraction] = {}
    for row in book.rows("mrr_movements"):
        if is_before(row["effective_on"], instant):
            found[row["account_id"]] = found.get(row["account_id"], Fraction(0)) + number(row["amount_base"])
    return found


def paying(book: Book, instant: date) -> dict[Cell, Fraction]:
    """The accounts that pay at an instant, and what."""
    return {account: amount for account, amount in paid(book, instant).items() if amount > 0}


def moved(book: Book, span: Span, *kinds: str) -> list[Row]:
    """The movements of these kinds within the span."""
    return [
        row for row in book.within("mrr_movements", "effective_on", span) if row["movement_type"] in kinds
    ]


def mrr(book: Book, span: Span) -> Fraction:
    """The running sum of all movements before the end."""
    rows = [row for row in book.rows("mrr_movements") if is_before(row["effective_on"], book.until(span))]
    return sum_of(rows, "amount_base")


def arr(book: Book, span: Span) -> Fraction:
    """MRR x 12."""
    return mrr(book, span) * 12


def arpa(book: Book, span: Span) -> Fraction:
    """MRR by paying account."""
    customers = paying(book, book.until(span))
    return ratio(sum(paid(book, book.until(span)).values()), len(customers))


def customer_churn_rate(book: Book, span: Span) -> Fraction:
    """Of the accounts that paid at the start, those that do not at the end."""
    start, end = paying(book, span.start), paying(book, book.until(span))
    return ratio(len([account for account in start if account not in end]), len(start), 100)


def customer_retention_rate(book: Book, span: Span) -> Fraction:
    """Of the accounts that paid at the start, those that do at the end."""
    start, end = paying(book, span.start), paying(book, book.until(span))
    return ratio(len([account for account in start if account in end]), len(start), 100)


def gross_mrr_churn_rate(book: Book, span: Span) -> Fraction:
    """What accounts of the start lost, each at most what it paid then, of what they paid then."""
    start = paying(book, span.start)
    lost = dict.fromkeys(start, Fraction(0))
    for row in moved(book, span, *LOSSES):
        if row["account_id"] in start:
            lost[row["account_id"]] -= number(row["amount_base"])
    return ratio(sum(min(lost[one], start[one]) for one in start), sum(start.values()), 100)


def net_mrr_churn_rate(book: Book, span: Span) -> Fraction:
    """Losses less expansion and reactivation, without accounts that are new in the span, of MRR at the start."""
    new = {row["account_id"] for row in moved(book, span, "new")}
    lost = Fraction(0)
    for row in moved(book, span, *LOSSES, "expansion", "reactivation"):
        if row["account_id"] not in new:
            lost -= number(row["amount_base"])
    return ratio(lost, sum(paid(book, span.start).values(), Fraction(0)), 100)


def gross_revenue_retention(book: Book, span: Span) -> Fraction:
    """Of each account of the start the smaller of what it pays then and at the end."""
    start, end = paying(book, span.start), paid(book, book.until(span))
    return ratio(sum(min(end[one], start[one]) for one in start), sum(start.values()), 100)


def net_revenue_retention(book: Book, span: Span) -> Fraction:
    """What accounts of the start pay at the end, of what they paid at the start."""
    start, end = paying(book, span.start), paid(book, book.until(span))
    return ratio(sum(end[one] for one in start), sum(start.values()), 100)


def quick_ratio(book: Book, span: Span) -> Fraction:
    """Gains by losses."""
    return ratio(
        total(moved(book, span, *GAINS), "amount_base"), -total(moved(book, span, *LOSSES), "amount_base")
    )


def expansion_velocity(book: Book, span: Span) -> Fraction:
    """Expansion of MRR at the start."""
    start = sum(paid(book, span.start).values(), Fraction(0))
    return ratio(total(moved(book, span, "expansion"), "amount_base"), start, 100)


def customer_lifetime_value(book: Book, span: Span) -> Fraction | Marked:
    """ARPA x gross margin x lifetime in months, which is 1 / churn a month and sixty at most."""
    worth = arpa(book, span) * gross_margin(book, span) / 100
    churn = customer_churn_rate(book, span) / 100 / book.months(span)
    return worth / churn if churn >= Fraction(1, 60) else Marked(worth * 60, CAPPED)


def ltv_cac_ratio(book: Book, span: Span) -> Fraction | Marked:
    """Lifetime value by acquisition cost."""
    worth, cost = customer_lifetime_value(book, span), cac(book, span)
    return Marked(of_spent(worth.value, cost), CAPPED) if isinstance(worth, Marked) else of_spent(worth, cost)


def cac_payback_months(book: Book, span: Span) -> Fraction:
    """Acquisition cost by what a new account leaves in a month."""
    new = moved(book, span, "new")
    each = ratio(total(new, "amount_base"), len({row["account_id"] for row in new}))
    leaves = each * gross_margin(book, span) / 100
    if leaves <= 0:
        raise NoNumber(UNDEFINED)
    return cac(book, span) / leaves


def predicted_mrr(book: Book, span: Span) -> Fraction:
    """What a month of churn leaves, and what a month's leads bring."""
    leads = book.within("leads", "created_at", span)
    won = sum(1 for row in leads if row["customer_at"] is not None)
    stays = sum(paid(book, book.until(span)).values()) * (
        1 - gross_mrr_churn_rate(book, span) / 100 / book.months(span)
    )
    return stays + len(leads) / book.months(span) * ratio(won, len(leads)) * arpa(book, span)


def referenceability_rate(book: Book, span: Span) -> Fraction:
    """Of the accounts that pay at the end, those with a reference in force."""
    vouching = {
        row["account_id"]
        for row in book.rows("account_references")
        if is_before(row["agreed_on"], book.until(span))
        and not is_before(row["withdrawn_on"], book.until(span))
    }
    customers = paying(book, book.until(span))
    return ratio(len([one for one in customers if one in vouching]), len(customers), 100)


def loyalty_retention_lift(book: Book, span: Span) -> Fraction:
    """Retention of members at the start less that of accounts like them, weighted by members, in points."""
    start, end = paying(book, span.start), paying(book, book.until(span))
    joined = {row["account_id"]: row["loyalty_joined_on"] for row in book.rows("accounts")}
    lift = Fraction(0)
    compared = 0
    for group in like_each_other(book):
        members = [one for one in start if one in group and is_before(joined.get(one), span.start)]
        others = [one for one in start if one in group and one not in members]
        if members and others:
            stayed = [Fraction(sum(one in end for one in side), len(side)) for side in (members, others)]
            lift += len(members) * (stayed[0] - stayed[1])
            compared += len(members)
    if not compared:
        raise NoNumber(NOTHING)
    return ratio(lift, compared, 100)


def like_each_other(book: Book) -> list[set[Cell]]:
    """Accounts that first paid in the same year, parted by whether at least half of the others of it paid less then."""
    firsts: dict[Cell, tuple[date, Fraction]] = {}
    for row in book.whole["mrr_movements"]:
        day, amount = known_day(row["effective_on"]), number(row["amount_base"])
        first, paid_then = firsts.get(row["account_id"], (day, Fraction(0)))
        if day <= first:
            firsts[row["account_id"]] = (day, amount + (paid_then if day == first else 0))
    groups: dict[tuple[int, bool], set[Cell]] = {}
    for account, (first, amount) in firsts.items():
        same = [other for day, other in firsts.values() if day.year == first.year]
        less = sum(other < amount for other in same)
        groups.setdefault((first.year, len(same) > 1 and 2 * less >= len(same) - 1), set()).add(account)
    return list(groups.values())
