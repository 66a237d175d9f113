"""Users of the product and what they do in it, experiments and deployments."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

import numpy as np

from metrics.demo.book import Book
from metrics.demo.clock import DAY, END, FIRST, HOUR, LAST, NOTHING, Array, day, stream
from metrics.demo.store import Frame

ACTIVATION, VALUE, KEY, FEATURE = "data_connected", "plan_published", "records_synced", "scenario_run"
KEY_THRESHOLD = 1_000
EVENTS = (
    "plan_opened",
    "dashboard_viewed",
    "comment_added",
    "report_exported",
    VALUE,
    KEY,
    FEATURE,
    ACTIVATION,
)
USUAL = np.array([0.42, 0.25, 0.12, 0.05, 0.06, 0.07, 0.02, 0.01])
SEATS = {"SMB": 2.2, "Mid-Market": 4.4, "Enterprise": 8.5}


def users(book: Book) -> Frame:
    """People of paying accounts, a few who try without one, and our own."""
    rng = stream("users")
    rows: list[tuple[int, int, bool]] = []
    for account in book.accounts:
        if account.internal:
            rows += [(account.number, FIRST - int(rng.integers(1, 600)), True) for _ in range(9)]
        if account.first_paid is None:
            continue
        last = account.last_day
        for _ in range(1 + int(rng.poisson(SEATS[account.segment]))):
            since = account.first_paid - 10 + int(rng.exponential(110))
            if since <= last:
                rows.append((account.number, since, False))
    rows += [(NOTHING, int(rng.integers(FIRST, END)), False) for _ in range(180)]
    rows.sort(key=lambda row: (row[1], row[0]))
    columns = np.array(rows, dtype=np.int64).T
    created = columns[1] * DAY + rng.integers(7 * HOUR, 20 * HOUR, len(rows))
    return {
        "user_id": np.arange(1, len(rows) + 1),
        "account_id": columns[0],
        "created_at": created,
        "is_internal": columns[2],
    }


def events(book: Book, of: Frame) -> Frame:
    """What users do: a burst after signing up, then their own habit, until they or their account stop."""
    rng = stream("events")
    since, until = of["created_at"] // DAY, _last_days(book, of, rng)
    who, days = _active_days(since, until, rng)
    again = rng.poisson(0.85, len(who)) + 1
    who, days = np.repeat(who, again), np.repeat(days, again)
    names = _names(book, of, who, days, rng)
    seconds = days * DAY + rng.integers(7 * HOUR, 20 * HOUR, len(who))
    seconds = np.maximum(seconds, of["created_at"][who] + 60)
    return _table(of, *_with_activation(of, until, who, seconds, names, rng), rng)


def _last_days(book: Book, of: Frame, rng: np.random.Generator) -> Array:
    """The day each user stops: with the account, after a while, or on the very first day."""
    n, since = len(of["user_id"]), of["created_at"] // DAY
    last = np.array([LAST if a == NOTHING else book.accounts[a - 1].last_day for a in of["account_id"]])
    stops = rng.random(n) < np.where(of["account_id"] == NOTHING, 0.8, 0.27)
    until = np.minimum(last, np.where(stops, since + rng.exponential(85, n).astype(np.int64), LAST))
    once = (rng.random(n) < 0.13) & (since >= FIRST)
    return np.asarray(np.where(once, np.minimum(until, since), until))


def _active_days(since: Array, until: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Users (by place) and the days they use the product, as often as their habit is."""
    n, start = len(since), np.maximum(since, FIRST)
    often = rng.poisson(rng.gamma(2.2, 0.064, n) * np.maximum(0, until - start))
    early = np.where(since >= FIRST, np.where(until > since, rng.poisson(2.0, n), 1), 0)
    who = np.concatenate([np.repeat(np.arange(n), often), np.repeat(np.arange(n), early)])
    first = np.concatenate([np.repeat(start, often), np.repeat(since, early)])
    later, burst = np.maximum(1, until - start + 1), np.where(until > since, 12, 1)
    span = np.concatenate([np.repeat(later, often), np.repeat(burst, early)])
    return who, first + (rng.random(len(who)) * span).astype(np.int64)


def _names(book: Book, of: Frame, who: Array, days: Array, rng: np.random.Generator) -> Array:
    """What each event is. The new feature came in March 2024 and is used by the accounts that took it up."""
    taken = np.array([int(rng.integers(day(2024, 3, 1), day(2026, 9, 1))) for _ in book.accounts])
    names = rng.choice(len(EVENTS), len(who), p=USUAL)
    account = of["account_id"][who]
    since = np.where(account == NOTHING, END, taken[np.maximum(account, 1) - 1])
    place = EVENTS.index(FEATURE)
    names[(names == place) & (days < since)] = 0
    more = (days >= since) & (names == 0) & (rng.random(len(who)) < 0.2)
    names[more] = place
    return names


def _with_activation(
    of: Frame, until: Array, who: Array, seconds: Array, names: Array, rng: np.random.Generator
) -> tuple[Array, Array, Array]:
    """About two in three who signed up since 2023 connect their data within a fortnight."""
    n = len(of["user_id"])
    connects = (of["created_at"] >= FIRST * DAY) & (rng.random(n) < 0.64)
    at = of["created_at"] + (rng.exponential(2.6, n) * DAY).astype(np.int64) + 600
    chosen = np.nonzero(connects & (at < (until + 1) * DAY))[0]
    names = np.where((names == EVENTS.index(ACTIVATION)) & (rng.random(len(names)) < 0.9), 0, names)
    extra = np.full(len(chosen), EVENTS.index(ACTIVATION))
    return (
        np.concatenate([who, chosen]),
        np.concatenate([seconds, at[chosen]]),
        np.concatenate([names, extra]),
    )


def _table(of: Frame, who: Array, seconds: Array, names: Array, rng: np.random.Generator) -> Frame:
    kept = seconds < END * DAY
    who, seconds, names = who[kept], seconds[kept], names[kept]
    order = np.lexsort((names, who, seconds))
    who, seconds, names = who[order], seconds[order], names[order]
    quantity = np.where(names == EVENTS.index(KEY), rng.integers(80, 1_040, len(who)), 1)
    return {
        "event_id": np.arange(1, len(who) + 1),
        "user_id": of["user_id"][who],
        "account_id": of["account_id"][who],
        "event_name": np.array(EVENTS, dtype=object)[names],
        "occurred_at": seconds,
        "quantity": quantity * 100,
    }
