"""Kinds of blocks that the workspace refused: believed for an hour, so that not every answer is refused first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic

KEPT = 3600.0
"""Seconds until a kind is tried again: Slack brings new kinds to one workspace after the other."""


@dataclass
class Lacks:
    """What one workspace does not take. ``now`` is in seconds."""

    now: Callable[[], float] = monotonic
    _until: dict[str, float] = field(default_factory=dict)

    def learn(self, kinds: Iterable[str]) -> None:
        """Do not send these kinds for a while."""
        self._until |= dict.fromkeys(kinds, self.now() + KEPT)

    def kinds(self) -> frozenset[str]:
        """What not to send now."""
        return frozenset(kind for kind, until in self._until.items() if until > self.now())
