"""What people said before the bot was called -> what a question may point back at: names of metrics and a role."""

from __future__ import annotations

from datetime import date

from bot.model import Request
from bot.reading.context.around import Around
from bot.reading.context.pointing import Thread
from bot.reading.seen import see
from metrics.calendar.periods import Calendar
from metrics.model import Catalog


def overheard(said: str, *, catalog: Catalog, calendar: Calendar, as_of: date) -> Request | None:
    """What was spoken of, as if it had been asked about; None where no metric or role was named.

    Only names are taken from it: nobody asked for the rest, and it goes to no model.
    """
    seen = see(said, catalog=catalog, calendar=calendar, as_of=as_of, around=Around(Thread((), None)))
    if seen.metrics:
        return Request("value", role=seen.role.role, metrics=seen.metrics)
    return Request("recommendation", role=seen.role.role) if seen.role.role else None
