"""The one table of thresholds: how many people a group must hold before a value about it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from metrics.model import Sensitivity

Audience = Literal["internal", "external"]
Ceiling = Literal["none", "open", "people", "restricted"]
"""The most guarded values that somebody may see."""

LEAST: Mapping[Sensitivity, int] = {"people": 5, "restricted": 10}
"""The fewest people a group may hold (CAMP-ANON, BW-ANON and DIALOG-ANON 5; ONS-10 10: `sources.yaml`)."""
OUTSIDE = 30
"""The same for whatever leaves the company (VPSC-30)."""
FEW = 3
"""Of restricted columns, counts below this are withheld as well: one or two people are persons."""


@dataclass(frozen=True)
class Reader:
    """Who sees the values: inside or outside the company, and whether groups may carry a person's name.

    Values above ``ceiling`` are withheld, and where ``only`` names metrics those of all others.
    """

    audience: Audience = "internal"
    persons: bool = False
    ceiling: Ceiling = "restricted"
    only: frozenset[str] | None = None


INSIDE = Reader()
"""Anybody in the company, without any grant."""


def least(sensitivity: Sensitivity, reader: Reader) -> int:
    """The fewest people a group of that sensitivity may hold before this reader; 0 where all may be shown."""
    inside = LEAST.get(sensitivity, 0)
    return max(inside, OUTSIDE) if inside and reader.audience == "external" else inside
