"""The nouns of the customer base: an account, its recurring revenue, and a movement of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from metrics.demo.clock import LAST


@dataclass(frozen=True)
class Movement:
    """One change of recurring revenue: cents a month, in the account's currency and in dollars."""

    account: Account
    on: int
    kind: str
    own: int
    base: int


@dataclass(eq=False)
class Account:
    """One customer or prospect. ``own`` and ``base`` are its recurring revenue: cents a month, now."""

    region: str
    segment: str
    channel: str
    currency: str = "USD"
    discount: float = 0.0
    born: int = 0
    first_paid: int | None = None
    loyal_since: int | None = None
    left: list[tuple[int, int | None]] = field(default_factory=list)
    """Days on which it stopped paying, and on which it came back."""
    parent: Account | None = None
    internal: bool = False
    own: int = 0
    base: int = 0
    number: int = 0

    @property
    def paying(self) -> bool:
        """Whether it pays now."""
        return self.base > 0

    def paid_on(self, day: int) -> bool:
        """Whether it paid on a day."""
        if self.first_paid is None or day < self.first_paid:
            return False
        return not any(gone <= day and (back is None or day < back) for gone, back in self.left)

    @property
    def last_day(self) -> int:
        """The last day on which it paid; the company's last day if it still does."""
        gone = [day for day, back in self.left if back is None]
        return gone[-1] - 1 if gone else LAST
