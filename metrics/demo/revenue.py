"""The ledger -> customers' tables: accounts, movements, recognised revenue, invoices."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from metrics.demo.accounts import Account
from metrics.demo.book import Book
from metrics.demo.clock import END, FIRST, LAST, MONTHS, Array, Days, month_of, month_start, stream
from metrics.demo.store import Frame, frame


def number_accounts(book: Book) -> None:
    """Accounts by the day we met them; two of our own first; a few belong to another one."""
    rng = stream("accounts")
    own = [Account("", "SMB", "referral", born=0, internal=True) for _ in range(2)]
    book.accounts.sort(key=lambda a: a.born)
    book.accounts[:0] = own
    for number, account in enumerate(book.accounts, 1):
        account.number = number
        if number > 50 and rng.random() < 0.04:
            parents = [
                a for a in book.accounts[2 : number - 1] if a.region == account.region and a.parent is None
            ]
            account.parent = parents[int(rng.integers(len(parents)))] if parents else None


def accounts(book: Book) -> Frame:
    """The table `accounts`."""
    return frame(
        "accounts",
        [
            (
                a.number,
                a.parent.number if a.parent else None,
                a.segment,
                a.channel,
                a.first_paid,
                a.loyal_since,
                a.internal,
            )
            for a in book.accounts
        ],
    )


def movements(book: Book) -> Frame:
    """The table `mrr_movements`, in order of time."""
    rows = [
        (n, m.account.number, m.account.number, m.on, m.kind, m.own, m.account.currency, m.base)
        for n, m in enumerate(sorted(book.movements, key=lambda m: m.on), 1)
    ]
    return frame("mrr_movements", rows)


def daily(book: Book) -> Array:
    """Recurring revenue in cents a month: one row per account number less one, one column per day since 2023."""
    changes = np.zeros((len(book.accounts), END - FIRST), dtype=np.int64)
    for movement in book.movements:
        changes[movement.account.number - 1, max(0, movement.on - FIRST)] += movement.base
    return changes.cumsum(axis=1)


def recognised(book: Book) -> list[tuple[Any, ...]]:
    """Revenue by account and month: the subscription by the day, use and services.

    Lines are (account, day, kind, list, discount, net), in cents.
    """
    rng = stream("revenue")
    by_day = daily(book)
    rows: list[tuple[Any, ...]] = []
    for month in range(MONTHS):
        first, until = month_start(month) - FIRST, month_start(month + 1) - FIRST
        sums = by_day[:, first:until].sum(axis=1)
        earned = (sums + (until - first) // 2) // (until - first)
        on = FIRST + until - 1
        for place in np.nonzero(earned)[0]:
            account = book.accounts[place]
            rows.append(_line(account, on, "recurring", int(earned[place]), account.discount))
            if account.segment != "SMB" and rng.random() < 0.25:
                rows.append(_line(account, on, "usage", int(earned[place] * rng.uniform(0.02, 0.14)), 0))
            started = (
                account.first_paid is not None and 0 <= account.first_paid - FIRST - first < until - first
            )
            if started and account.segment != "SMB":
                rows.append(_line(account, on, "services", account.base // 2 + 150_000, 0.05))
            if rng.random() < 0.0025:
                rows.append(_line(account, on, "other", -int(earned[place] * rng.uniform(0.05, 0.3)), 0))
    return rows


def _line(account: Account, on: int, kind: str, net: int, discount: float) -> tuple[Any, ...]:
    listed = round(net / (1 - discount)) if net > 0 else net
    return (account.number, on, kind, listed, listed - net, net)


def entries(lines: Sequence[tuple[Any, ...]], shop: Sequence[tuple[Any, ...]]) -> Frame:
    """The table `revenue_entries`: subscriptions, and what the shop earns."""
    rows = sorted([*lines, *shop], key=lambda row: row[1])
    return frame("revenue_entries", [(number, *row) for number, row in enumerate(rows, 1)])


def invoices(book: Book, lines: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """What was recognised is billed later: SMB each month, others each third one, everybody on a day of their own.

    Negative lines become credit notes.
    """
    rng = stream("invoices")
    due: dict[tuple[int, int, bool], int] = {}
    for account, on, _, _, _, net in lines:
        monthly = book.accounts[account - 1].segment == "SMB"
        key = (_billing_day(on, account, monthly=monthly), account, net < 0)
        due[key] = due.get(key, 0) + net
    rows: list[tuple[Any, ...]] = []
    for (issued, account, credit), net in sorted(due.items()):
        if issued > LAST or net == 0:
            continue
        late = int(np.clip(rng.gamma(2.2, 6.5) - 6, -12, 90))
        paid: int | None = issued + (0 if credit else max(1, 30 + late))
        on_credit = not credit and (issued + account) % 11 != 0
        if not on_credit:
            paid = issued
        rows.append(
            (
                len(rows) + 1,
                account,
                issued,
                issued + 30,
                paid if paid and paid <= LAST else None,
                net,
                on_credit,
            )
        )
    return rows


def _billing_day(on: int, account: int, *, monthly: bool) -> int:
    month = month_of(on) + 1
    while not monthly and month % 3 != account % 3:
        month += 1
    return month_start(month) + account % 26


def customers_on(book: Book, day: int) -> list[Account]:
    """The accounts that pay on a day."""
    return [account for account in book.accounts if account.paid_on(day)]


def paid_days(book: Book) -> tuple[list[Account], Days, Days]:
    """Every account that ever paid, with its first day since 2023 and its last one."""
    found = [a for a in book.accounts if a.first_paid is not None]
    starts = np.array([max(FIRST, a.first_paid or 0) for a in found], dtype=np.int64)
    return found, starts, np.array([a.last_day for a in found], dtype=np.int64)
