"""How fast a model is here: asked once before anything is measured, timed in every call, its progress told."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from bot.llm import Lead, Model

PATIENCE = 1800.0
"""Seconds for one answer: what is measured here is the model, not the deadline of an answer."""

One = TypeVar("One")


@dataclass
class Pace:
    """The clock of one model's run. ``each`` holds the seconds of what was timed."""

    name: str
    model: Model | None
    each: list[float] = field(default_factory=list)

    def lead(self) -> Lead | None:
        """The model for one answer, None where there is none."""
        return Lead(self.model, PATIENCE) if self.model else None

    def tell(self, what: str) -> None:
        """Say on stderr how far the run is."""
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {self.name}: {what}\n")
        sys.stderr.flush()

    def along(self, items: Sequence[One], what: str) -> Iterator[One]:
        """The items one by one, telling of each."""
        for place, item in enumerate(items, start=1):
            yield item
            if self.model:
                took = f", the last in {self.each[-1]:.1f} s" if self.each else ""
                self.tell(f"{place} of {len(items)} {what}{took}")

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Note how long something took."""
        began = time.monotonic()
        yield
        self.each.append(time.monotonic() - began)


def every(items: Sequence[One], count: int | None) -> list[One]:
    """So many of the items, spread evenly; all of them without a count."""
    if count is None or count >= len(items):
        return list(items)
    return [items[place * len(items) // count] for place in range(count)]
