"""A rest for a dead endpoint: it is not asked again for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.llm.model import NotAsked


@dataclass
class Breaker:
    """Once tripped, it refuses all calls for ``rest`` seconds."""

    rest: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _until: float = field(default=float("-inf"), init=False)

    def check(self) -> None:
        """Raise NotAsked while the endpoint rests."""
        if self.clock() < self._until:
            raise NotAsked("did not answer a moment ago and is not asked again for a minute")

    def trip(self) -> None:
        """Let the endpoint rest."""
        self._until = self.clock() + self.rest
