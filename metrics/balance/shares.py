"""How much of a list each side must hold, in whole percent and never in floats."""

from __future__ import annotations

from typing import NamedTuple

from metrics.errors import UserError

LOWEST, HIGHEST = 20, 50
"""Between which percentages a role or a team may set a side's floor."""


def at_least(percent: int, n: int) -> int:
    """The smallest whole number that is at least ``percent`` of ``n``."""
    return -(-percent * n // 100)


class Shares(NamedTuple):
    """The floors of a list's two sides, in percent of its length."""

    people: int = 30
    business: int = 30


def clash(shares: Shares) -> int | None:
    """The shortest list of five or more that cannot hold both floors, or None where every list can.

    Both floors are rounded up, so that 45 % and 45 % ask for six metrics of a list of five.
    """
    for n in range(5, 105):
        if at_least(shares.people, n) + at_least(shares.business, n) > n:
            return n
    return None


def refuse_clash(shares: Shares, whose: str) -> None:
    """Make sure that lists of every length can hold both floors.

    Raises:
        UserError: a share lies outside 20 to 50 %, or the two do not fit into one list.
    """
    for side, share in (("people", shares.people), ("business", shares.business)):
        if not LOWEST <= share <= HIGHEST:
            raise UserError(
                f"The {side} share of {whose} is {share} %; it must be between {LOWEST} and {HIGHEST} %."
            )
    n = clash(shares)
    if n is not None:
        raise UserError(
            f"The shares of {whose} do not fit together: of {n} metrics, {shares.people} % people and "
            f"{shares.business} % business are {at_least(shares.people, n)} and "
            f"{at_least(shares.business, n)}; lower one of them."
        )
