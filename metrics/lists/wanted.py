"""What a scorecard is asked for; the day and the period where the question names none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from metrics.calendar.periods import Period
from metrics.engine import Engine
from metrics.lists.taught import UNTAUGHT, Taught
from metrics.model import BusinessModel, Stage


@dataclass(frozen=True)
class Wanted:
    """What a scorecard is asked for. ``within`` limits it to metrics shown before (R04).

    ``filters`` are groups it is narrowed to (dimensions, and the values kept), ``besides`` those that are left out,
    metric by metric as far as each can be.
    ``taught`` are the coached rules it is made with. ``again``: a list was given before it in the same conversation,
    so that which goal is assumed has been said.
    """

    role: str
    count: int
    period: Period
    as_of: date
    today: date | None = None
    stage: Stage | None = None
    business_model: BusinessModel | None = None
    within: Collection[str] | None = None
    filters: Mapping[str, Sequence[str]] | None = None
    besides: Mapping[str, Sequence[str]] | None = None
    taught: Taught = UNTAUGHT
    again: bool = False


def default_period(engine: Engine, as_of: date, *, steps: bool = False) -> Period:
    """The newest quarter that is over: what a scorecard shows unless it is told otherwise.

    With ``steps``, such as months, the day itself: they go on to the newest of them that is over.
    """
    return engine.company.calendar.last_complete("day" if steps else "quarter", as_of)


@dataclass(frozen=True)
class AsOf:
    """The day a question is asked for, the day by the clock, and a sentence that says which day was taken.

    A day that was asked for is the clock: nothing after it has happened.
    """

    day: date
    today: date
    note: str


def today_in(timezone: str) -> date:
    """The day that it is now in that time zone: a company's month ends at its own midnight."""
    return datetime.now(ZoneInfo(timezone)).date()


def as_of_day(engine: Engine, asked: date | None, today: date) -> AsOf:
    """The day asked for; else today, or the newest day in the data where that is earlier."""
    if asked is not None:
        return AsOf(asked, asked, f"As of {asked.isoformat()}, as asked.")
    newest = engine.newest_day(today)
    if newest < today - timedelta(days=1):
        return AsOf(newest, today, f"As of {newest.isoformat()}, the newest day in the data.")
    return AsOf(today, today, f"As of today, {today.isoformat()}.")
