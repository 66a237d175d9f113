"""Who hears a lesson: what is known around it, and what a stretch of it names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.model import Request
from bot.reading.context.around import Around
from bot.reading.context.pointing import Thread
from bot.reading.seen import Seen, see
from bot.reading.words.text import Key
from metrics.calendar.periods import Calendar
from metrics.model import Catalog


@dataclass(frozen=True)
class Teacher:
    """What is needed to understand a lesson: the catalog, the role that the thread is about, names of groups."""

    catalog: Catalog
    role: str | None = None
    groups: frozenset[Key] = frozenset()

    def look(self, text: str) -> Seen:
        """What a stretch of the lesson names."""
        last = Request("coaching", role=self.role) if self.role else None
        around = Around(Thread((), last))
        return see(
            text,
            catalog=self.catalog,
            calendar=Calendar(),
            as_of=date(2000, 1, 1),
            around=around,
            guess=False,
        )
