"""Role: what somebody looks at, in order, and the floors of its balance."""

from __future__ import annotations

from pydantic import Field

from metrics.definition import Frozen
from metrics.model.words import Line


class RankedMetric(Frozen):
    """A metric's place in a role's own list. ``weight`` is 1 to 100, and judgement."""

    metric: str
    weight: int = Field(ge=1, le=100)
    why: str


class Role(Frozen):
    """What a role looks at, in order, and the floors of its balance in whole percent.

    ``runs`` is what it is in charge of, in everyday words: "finances", "the help desk".
    """

    id: Line
    name: Line
    synonyms: list[Line] = []
    runs: list[Line] = []
    scope: str
    executive: bool
    people_share: int = Field(default=30, ge=20, le=50)
    business_share: int = Field(default=30, ge=20, le=50)
    ranked: list[RankedMetric] = Field(min_length=2)
    diagnostics: list[str] = []
