"""One thing that `counterpoise doctor` looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["well", "missing", "unknown"]


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is (``unknown``: it cannot be told), what is seen of it, and what to do."""

    what: str
    state: State
    says: str
    remedy: str = ""


def either_way(what: str, well: bool, says: str, remedy: str) -> Finding:
    """Something that is well or missing."""
    return Finding(what, "well" if well else "missing", says, remedy)
