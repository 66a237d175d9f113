"""Where an exact value stands against a target or a band, and whether that reaches it: judged here and nowhere else.

What is said of values adds rounding to it: what looks equal is at its target (`bot/wording.py`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Protocol

from metrics.model import Direction

Standing = Literal["below", "at", "above"]
"""``at``: equal to a single figure, or within a band."""


class Aim(Protocol):
    """What is wanted of a metric: a value, or a band of which one end may be open."""

    @property
    def value(self) -> Decimal | None:
        """The single figure, where it is one."""

    @property
    def low(self) -> Decimal | None:
        """The lower end of the band."""

    @property
    def high(self) -> Decimal | None:
        """The upper end of the band."""


def stands(value: Decimal, aim: Aim) -> Standing:
    """Where a value stands."""
    low, high = _ends(aim)
    if low is not None and value < low:
        return "below"
    return "above" if high is not None and value > high else "at"


def bound(aim: Aim, standing: Standing) -> Decimal | None:
    """The end of a target that a value is beyond; the figure itself where it is a single one."""
    low, high = _ends(aim)
    return low if standing == "below" else high if standing == "above" else aim.value


def reaches(standing: Standing, aim: Aim, direction: Direction) -> bool | None:
    """Whether a target is reached; None where a metric that wants a band is off a single figure.

    Neither more nor less is better for such a metric, so that nobody can tell how far off is too far.
    """
    if standing == "at":
        return True
    if aim.value is None:
        return False
    return None if direction == "band" else (standing == "above") == (direction == "up")


def _ends(aim: Aim) -> tuple[Decimal | None, Decimal | None]:
    return (aim.low, aim.high) if aim.value is None else (aim.value, aim.value)
