"""Deals -> prospects for those without an account, and the tables of sales."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from typing import Any

import numpy as np

from metrics.demo.accounts import Account
from metrics.demo.book import Book
from metrics.demo.clock import DAY, FIRST, HOUR, LAST, MONTHS, month_of, month_start, stream
from metrics.demo.deals import Deal
from metrics.demo.reps import RepMonth

STAGES = (("Discovery", 10), ("Qualification", 25), ("Proposal", 50), ("Negotiation", 75))
"""The stages in order, with their probability in percent."""


def settle(deals: list[Deal], book: Book) -> list[Deal]:
    """Every deal with an account, renewals included, numbered in order of creation."""
    rng = stream("prospects")
    won = [d for d in deals if d.kind == "new" and d.state == "won"]
    pool: dict[tuple[str, str], list[tuple[int, Account]]] = {}
    for deal in won:
        assert deal.account is not None
        pool.setdefault((deal.region, deal.segment), []).append((deal.created, deal.account))
    seen: dict[tuple[str, str], list[tuple[int, Account]]] = {}
    for deal in sorted((d for d in deals if d.account is None), key=lambda d: (d.created, d.closes)):
        deal.account = _prospect(deal, pool, seen, book, rng)
    everything = sorted(deals + book.renewals, key=lambda d: (d.created, d.closes, d.owner.number, d.amount))
    for number, deal in enumerate(everything, 1):
        deal.number = number
    return everything


def _prospect(
    deal: Deal,
    pool: dict[tuple[str, str], list[tuple[int, Account]]],
    seen: dict[tuple[str, str], list[tuple[int, Account]]],
    book: Book,
    rng: np.random.Generator,
) -> Account:
    """Somebody who bought later, a prospect tried before, or somebody new."""
    place = (deal.region, deal.segment)
    dice = rng.random()
    later = [account for created, account in pool.get(place, []) if created > deal.closes + 20]
    if dice < 0.2 and later:
        account = later[int(rng.integers(len(later)))]
        account.born = min(account.born, deal.created)
        return account
    known = [place for place, (last, _) in enumerate(seen.get(place, [])) if last < deal.created]
    if dice < 0.58 and known:
        chosen = known[int(rng.integers(len(known)))]
        account = seen[place][chosen][1]
        seen[place][chosen] = (deal.closes, account)
        return account
    account = book.account(deal.region, deal.segment, deal.created)
    seen.setdefault(place, []).append((deal.closes, account))
    return account


def opportunities(deals: list[Deal]) -> list[tuple[Any, ...]]:
    """The rows of `opportunities`."""
    rng = stream("opportunities")
    rows = []
    for deal in deals:
        qualified: int | None = deal.created + int(rng.integers(2, 15))
        if qualified is not None and qualified > min(deal.closes, LAST):
            qualified = None
        if deal.state == "disqualified" and rng.random() < 0.8:
            qualified = None
        slip = 0 if rng.random() < 0.6 else int(rng.integers(-18, 19))
        expected = max(deal.created + 1, deal.closes + slip)
        if deal.state == "open":
            expected = LAST - int(rng.integers(3, 40)) if rng.random() < 0.05 else max(LAST + 1, expected)
        listed = round(deal.amount * 100 / (1 - deal.discount) / 100) * 100
        account = deal.account.number if deal.account else None
        dates = (deal.created, qualified, deal.closed)
        money = (deal.amount * 100, max(deal.amount * 100, listed))
        rows.append(
            (
                deal.number,
                account,
                deal.owner.number,
                deal.lead,
                deal.kind,
                *dates,
                deal.state,
                *money,
                expected,
            )
        )
    return rows


def stages(deals: list[Deal]) -> list[tuple[Any, ...]]:
    """The stage visits: won deals reach the last stage, others stop on the way; some skip the proposal."""
    rng = stream("stages")
    rows: list[tuple[Any, ...]] = []
    for deal in deals:
        start, end = deal.created * DAY + 9 * HOUR, deal.closes * DAY + 17 * HOUR
        furthest = 4 if deal.outcome == "won" else 1 + int(rng.choice(4, p=[0.26, 0.3, 0.29, 0.15]))
        furthest = min(furthest, 2) if deal.outcome == "disqualified" else furthest
        visited = [s for s in range(furthest) if s != 2 or furthest < 4 or rng.random() > 0.07]
        cuts = np.sort(rng.uniform(0.08, 0.9, len(visited) - 1))
        times = [start, *(int(start + (end - start) * cut) for cut in cuts), end]
        for place, stage in enumerate(visited):
            if times[place] >= (LAST + 1) * DAY:
                break
            left: int | None = times[place + 1] if times[place + 1] < (LAST + 1) * DAY else None
            guess = 1.0 if place == len(visited) - 1 else float(rng.uniform(0.8, 1.15))
            name, likely = STAGES[stage]
            amount = round(deal.amount * guess) * 100
            rows.append((deal.number, name, times[place], left, stage + 1, likely, amount))
    return rows


def forecasts(months: list[RepMonth], deals: list[Deal]) -> list[tuple[Any, ...]]:
    """Each rep's forecasts of each month, two days before it and, for the commit, again in the middle."""
    rng = stream("forecasts")
    won: dict[tuple[int, int], int] = {}
    for deal in deals:
        if deal.outcome == "won" and deal.kind != "renewal":
            key = (deal.owner.number, month_of(deal.closes))
            won[key] = won.get(key, 0) + deal.amount
    rows: list[tuple[Any, ...]] = []
    for month in months:
        if not month.quota or month.month > MONTHS + 2:
            continue
        start, end = month_start(month.month), month_start(month.month + 1)
        actual = won.get((month.rep.worker.number, month.month), 0)
        commit = max(0.0, actual * rng.normal(0.98, 0.13)) + max(0.0, rng.normal(0, month.quota * 0.02))
        plan = [(start - 2, "commit", commit), (start - 2, "best_case", commit * 1.35 + month.quota * 0.1)]
        plan += [
            (start - 2, "pipeline", commit * 2.6 + month.quota),
            (start + 14, "commit", (commit + actual) / 2),
        ]
        for submitted, category, amount in plan:
            on = min(submitted, LAST - 1) if month.month >= MONTHS else submitted
            if (
                FIRST - 5 <= on <= LAST
                and month.rep.worker.hired <= on
                and (submitted < start or month.month < MONTHS)
            ):
                rows.append((month.rep.worker.number, on, start, end, category, round(amount / 100) * 10_000))
    rows.sort(key=lambda row: (row[1], row[0], row[2], row[4]))
    return [(number, *row) for number, row in enumerate(rows, 1)]
