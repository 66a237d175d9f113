"""The customer base while its months go by: accounts, movements, renewals."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from metrics.demo.accounts import Account, Movement
from metrics.demo.clock import FIRST, Days
from metrics.demo.deals import Deal
from metrics.demo.staff import Staff

CHANNELS = ("search", "social", "events", "content", "partner", "outbound", "referral")
CHANNEL_SHARES = (0.22, 0.1, 0.14, 0.16, 0.1, 0.18, 0.1)


@dataclass
class Book:
    """The customer base while its months go by."""

    rng: np.random.Generator
    pounds: Days
    staff: Staff
    accounts: list[Account] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    renewals: list[Deal] = field(default_factory=list)
    moved: set[Account] = field(default_factory=set)
    odds: dict[str, float] = field(default_factory=dict)

    def account(self, region: str, segment: str, born: int) -> Account:
        """A new account, a prospect until it pays."""
        channel = CHANNELS[int(self.rng.choice(7, p=CHANNEL_SHARES))]
        british = region == "Sales EMEA" and self.rng.random() < 0.22
        account = Account(region, segment, channel, "GBP" if british else "USD", born=born)
        self.accounts.append(account)
        return account

    def falls(self, what: str, chance: float) -> bool:
        """Whether it happens this time: as often as chances add up to, so that small groups are not all noise."""
        before = self.odds.setdefault(what, float(self.rng.random()))
        self.odds[what] = before + chance
        return int(before + chance) > int(before)

    def rate(self, account: Account, on: int) -> int:
        """Dollars for one unit of the account's currency, in millionths."""
        return int(self.pounds[max(0, on - FIRST)]) if account.currency == "GBP" else 1_000_000

    def move(self, account: Account, on: int, kind: str, base: int, own: int | None = None) -> None:
        """Write one movement. Without ``own`` it is converted at the day's rate."""
        own = round(base * 1_000_000 / self.rate(account, on)) if own is None else own
        account.own, account.base = account.own + own, account.base + base
        self.movements.append(Movement(account, on, kind, own, base))
        self.moved.add(account)
