"""Deals and time -> the ledger of recurring revenue, and the accounts behind it, month by month."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

import numpy as np

from metrics.demo import stories
from metrics.demo.accounts import Account
from metrics.demo.book import Book
from metrics.demo.clock import END, FIRST, LAST, MONTHS, Days, day, month_of, month_start, stream
from metrics.demo.deals import SIZE, Deal
from metrics.demo.staff import SELLING, Staff

CHURN = {"SMB": 0.0085, "Mid-Market": 0.065, "Enterprise": 0.04}
"""Each month for SMB, which may leave at any time; at each anniversary for the others."""


def run(deals: list[Deal], staff: Staff, pounds: Days) -> Book:
    """The whole ledger. Gives every won deal, and every deal with a customer, its account."""
    book = Book(stream("ledger"), pounds, staff)
    _opening(book)
    by_month: dict[int, list[Deal]] = {}
    for deal in deals:
        by_month.setdefault(month_of(deal.closes), []).append(deal)
    for month in range(MONTHS):
        book.moved.clear()
        _lose(book, month)
        for deal in by_month.pop(month, []):
            _close(book, deal)
        if month % 3 == 2:
            _revalue(book, month_start(month + 1) - 1)
        _join_loyalty(book, month)
    for ahead in sorted(by_month):
        for deal in by_month[ahead]:
            if deal.kind == "expansion":
                deal.account = _customer(book, deal)
    _open_renewals(book)
    return book


def _opening(book: Book) -> None:
    """The customers there already were when 2023 began."""
    rng = book.rng
    for _ in range(155):
        region = SELLING[int(rng.choice(3, p=[0.44, 0.40, 0.16]))]
        segment = ("SMB", "Mid-Market", "Enterprise")[int(rng.choice(3, p=[0.45, 0.38, 0.17]))]
        paid = FIRST - int(rng.integers(20, 1300) ** 0.97)
        account = book.account(region, segment, paid)
        account.discount = float(np.clip(rng.normal(0.1, 0.04), 0, 0.3))
        account.first_paid = paid
        yearly = 12 * int(SIZE[segment] * 1.02 * rng.lognormal(0, 0.4) / 12)
        book.move(account, paid, "new", yearly * 100 // 12)
    book.movements.sort(key=lambda m: m.on)


def _lose(book: Book, month: int) -> None:
    """Customers that leave, shrink or come back in a month; each moves at most once."""
    first = month_start(month)
    for place in book.rng.permutation(len(book.accounts)):
        account = book.accounts[place]
        if account.paying and account.first_paid is not None and account.first_paid < first - 45:
            _risk(book, account, month, first)
        elif account.left and account.left[-1][1] is None and account.left[-1][0] < first - 60:
            _win_back(book, account, first)


def _risk(book: Book, account: Account, month: int, first: int) -> None:
    rng, discounts = book.rng, stories.DISCOUNTS_GROW
    assert account.first_paid is not None
    anniversary = account.segment != "SMB" and (month_of(account.first_paid) - month) % 12 == 0
    cheap = account.segment == discounts.where and first >= discounts.caused[0] + 90
    leaving = CHURN[account.segment] if account.segment == "SMB" or anniversary else 0.0
    leaving *= (0.7 if account.loyal_since is not None else 1.0) * (3.5 if cheap else 1.0)
    leaves = book.falls(f"{account.segment} leaves", leaving)
    on = first + int(rng.integers(1, 27))
    if anniversary:
        _renew(book, account, on, leaves)
    if leaves:
        account.left.append((on, None))
        book.move(account, on, "churn", -account.base, -account.own)
    elif book.falls(f"{account.segment} shrinks", 0.028 if cheap else 0.0085):
        share = float(rng.uniform(0.1, 0.32))
        book.move(account, on, "contraction", -int(account.base * share), -int(account.own * share))


def _win_back(book: Book, account: Account, first: int) -> None:
    """One in about six of those who left returns within a year, smaller than it came the first time."""
    if book.rng.random() < 0.013:
        on = first + int(book.rng.integers(1, 27))
        account.left[-1] = (account.left[-1][0], on)
        old = sum(m.base for m in book.movements if m.account is account and m.kind == "new")
        book.move(account, on, "reactivation", int(old * book.rng.uniform(0.6, 1.0)))


def _renew(book: Book, account: Account, on: int, leaves: bool) -> None:
    """Some renewals are negotiated: an opportunity of customer success, not of a seller."""
    if book.rng.random() > 0.2:
        return
    closes = max(FIRST, on - int(book.rng.integers(2, 25)))
    managers = book.staff.doing("csm", min(closes, LAST))
    owner = managers[int(book.rng.integers(len(managers)))]
    created = closes - int(book.rng.integers(40, 95))
    amount = max(12, account.base * 12 // 1200 * 12)
    outcome = "lost" if leaves else "won"
    deal = Deal(
        owner, account.region, account.segment, "renewal", created, closes, outcome, amount, account.discount
    )
    deal.account = account
    book.renewals.append(deal)


def _close(book: Book, deal: Deal) -> None:
    """A deal of the month with a customer finds its account; a won one moves the ledger."""
    if deal.kind == "expansion":
        deal.account = _customer(book, deal)
    if deal.outcome != "won":
        return
    if deal.kind == "new":
        deal.account = book.account(deal.region, deal.segment, deal.created)
        deal.account.first_paid = deal.closes
        deal.account.discount = deal.discount
        book.move(deal.account, deal.closes, "new", deal.amount * 100 // 12)
    elif deal.account is not None:
        book.move(deal.account, deal.closes, "expansion", deal.amount * 100 // 12)


def _customer(book: Book, deal: Deal) -> Account:
    """A customer of the deal's region and segment that was one when the deal began; larger ones sooner."""
    able = [
        a
        for a in book.accounts
        if a.region == deal.region
        and a.first_paid is not None
        and a.first_paid + 5 <= deal.created
        and a.paying
    ]
    if deal.outcome == "won":
        able = [a for a in able if a not in book.moved]
    fitting = [a for a in able if a.segment == deal.segment] or able
    weights = np.sqrt(np.array([a.base for a in fitting], dtype=np.float64))
    return fitting[int(book.rng.choice(len(fitting), p=weights / weights.sum()))]


def _revalue(book: Book, on: int) -> None:
    """At the end of a quarter contracts in pounds are revalued, as movements of their own."""
    for account in book.accounts:
        if account.currency == "GBP" and account.paying:
            change = account.own * book.rate(account, on) // 1_000_000 - account.base
            if change:
                book.move(account, on, "fx", change, 0)


def _join_loyalty(book: Book, month: int) -> None:
    if month_start(month) < day(2024, 2, 1):
        return
    for account in book.accounts:
        if account.paying and account.loyal_since is None and account.first_paid is not None:
            on = month_start(month) + int(book.rng.integers(0, 28))
            if book.rng.random() < 0.014 and on > account.first_paid:
                account.loyal_since = on


def _open_renewals(book: Book) -> None:
    """Negotiations already begun for the contracts that renew in the first quarter of 2026."""
    for account in book.accounts:
        if not account.paying or account.segment == "SMB" or account.first_paid is None:
            continue
        if month_of(account.first_paid) % 12 in {0, 1, 2}:
            on = month_start(MONTHS + month_of(account.first_paid) % 12) + 27
            if account.first_paid < END - 300:
                _renew(book, account, on, leaves=False)
    book.renewals[:] = [deal for deal in book.renewals if deal.created <= LAST]
