"""When: the period asked for, and what the values are to be held against."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.model import Against
from bot.reading.times import time_cues
from bot.reading.times.side_by_side import PART, YEAR, steps_of, stretch, written_out
from bot.reading.words import cues
from metrics.calendar.period_forms import grain_of
from metrics.calendar.period_words import find_period
from metrics.calendar.periods import GRAINS, Calendar, Grain, Period

MOST = 12
"""Periods that are looked for in one question."""
TWO = 2

_AGAINST = (
    r"(?:vs\.?|versus|(?:compared?|in comparison|in relation|with respect) (?:to|with)|against|than"
    r"|relative to)(?: the| in| it was| they were| we were)* "
)

_END = rf"{PART}|{YEAR}"
_ENDS = re.compile(rf"\b(?:from|between) (?P<first>{_END}) (?:to|until|and) (?P<second>{_END})\b")
_HOW_FAR = re.compile(r"\bdifferences?\b.{0,60}\bbetween\b|\bhow much\b.{0,60}\bchanged?\b")
_BEFORE = re.compile(
    rf"\b{_AGAINST}(?:the )?(?:previous|prev|prior)[ -](?:fiscal |financial )?(?:\w+ )?"
    r"(?:day|week|month|quarter|year)s?\b"
)
_JUST_BEFORE = re.compile(
    rf"\b{_AGAINST}(?:the )?(?:(?P<unit>day|week|month|quarter|half|period|one) (?:before|earlier|prior)\b"
    r"|preceding (?:\w+ )?(?P<other>day|week|month|quarter|half|year|period)s?\b)"
)


@dataclass(frozen=True)
class When:
    """The period asked for, the one it is compared with, and the text without both.

    Of several side by side, ``whole`` is all of them, ``steps`` what more than two of them are steps of, and
    ``besides`` those that are neither asked for nor compared with.
    """

    period: Period | None
    against: Against | None
    rest: str
    whole: Period | None = None
    steps: Grain | None = None
    besides: tuple[Period, ...] = ()


def when(text: str, calendar: Calendar, as_of: date) -> When:
    """Read the periods of a text; of two the later one is asked about."""
    text = time_cues.OF_ONESELF.sub(" ", text)
    if cues.WHY_MOVED.search(text) or _HOW_FAR.search(
        text
    ):  # what changed from one to the other is no stretch
        text = _ENDS.sub(r"\g<first> versus \g<second>", text)
    if time_cues.YEAR_BEFORE.search(text):
        return _beside(text, time_cues.YEAR_BEFORE, "last-year", calendar, as_of)
    if time_cues.TARGETED.search(text):
        return _beside(text, time_cues.TARGETED, "target", calendar, as_of)
    asked, compared, rest = _periods(text, calendar, as_of)
    if len(asked) == len(compared) == 1 and _is_the_one_before(compared[0], asked[0], text):
        return When(asked[0], "previous", rest)
    if not (compared or asked[1:]) and (before := _JUST_BEFORE.search(text)):
        first = (*asked, None)[0]
        return When(first, _just_before(first, before["unit"] or before["other"], calendar), rest)
    if asked or len(compared) > 1:
        named = sorted((*asked, *compared), key=lambda one: one.start, reverse=True)
        first, second = (*named, None)[:2]
        whole = None if compared or not asked[1:] else stretch(asked)
        steps = steps_of(asked, as_of) if len(named) > TWO else None
        return When(first, second, rest, whole, steps, tuple(reversed(named[TWO:])))
    return When(None, (*compared, None)[0], rest)


def as_one(time: When, asked: str, *, in_steps: bool, of_metrics: bool) -> When:
    """Several periods as the one stretch that they are, where steps, a list or why something moved is asked for.

    More than two are a course in steps of them, where nothing else is asked.
    """
    listed = not of_metrics and cues.OF_METRICS.search(asked)
    course = time.steps and not cues.COMPARE.search(asked)
    if time.whole and (course or in_steps or listed or cues.WHY_MOVED.search(asked)):
        return replace(
            time, period=time.whole, against=None, besides=(), steps=None if listed else time.steps
        )
    return replace(time, steps=None)


def _beside(text: str, cue: re.Pattern[str], against: Against, calendar: Calendar, as_of: date) -> When:
    """What it is held against is no period of its own, and no other one is compared."""
    asked, compared, rest = _periods(cue.sub(" versus ", text), calendar, as_of)
    named = sorted((*asked, *compared), key=lambda one: one.start, reverse=True)
    if len(named) > 1 and (whole := stretch(named)):
        return When(whole, against, rest)
    return When((*named, None)[0], against, rest, besides=tuple(named[1:]))


def _just_before(asked: Period | None, unit: str, calendar: Calendar) -> Against:
    """The period before that asked for; all of the month before, where it is as much of one as has come so far."""
    if asked is not None and asked.grain == "custom" and unit in GRAINS:
        whole = calendar.containing(asked.start, grain_of(unit))
        if whole.start == asked.start and asked.end < whole.end:
            return whole.previous()
    return "previous"


def _is_the_one_before(compared: Period, asked: Period, text: str) -> bool:
    """Whether "the previous quarter" is the one before that asked for, as in "Q2 2024 vs previous quarter"."""
    alike = compared.grain == asked.grain and (asked.grain != "custom" or compared.days == asked.days)
    return alike and _BEFORE.search(text) is not None


_NEWEST = re.compile(
    r"\b(?:most recent|latest|newest|last (?:full|complete|completed|finished|closed|whole)"
    r"|most recently (?:closed|completed))"
    r"(?= (?:full |complete |completed )?(?:fiscal )?(?:day|week|month|quarter|year|\d|two|three|four|six|twelve)\b)"
)
_NOW = re.compile(r"\b(?:the )?(?:running|ongoing|present|actual)(?= (?:week|month|quarter|year)\b)")
_SINCE = re.compile(
    r"\bsince (?=(?:the )?(?:last )?(?:\d{1,2}|two|three|four|five|six|nine|ten|twelve) (?:days|weeks"
    r"|months|quarters|years)\b)(?:the )?(?:last )?"
)


def _in_other_words(text: str, as_of: date) -> str:
    """Periods as the calendar calls them: the latest quarter is the last one, "since 3 months" the last three."""
    text = _SINCE.sub("the last ", _NOW.sub("this", _NEWEST.sub("last", text)))
    to_date = r"(?P<part>[yqm]td|year to date|year-to-date)"
    return re.sub(
        rf"\b{as_of.year} {to_date}\b|\b(?P<first>[yqm]td|year to date) {as_of.year}\b",
        lambda f: f["part"] or f["first"],
        text,
    )


def _periods(text: str, calendar: Calendar, as_of: date) -> tuple[list[Period], list[Period], str]:
    """Those asked for, those that are named to be compared with, and the text without them."""
    asked: list[Period] = []
    compared: list[Period] = []
    text = written_out(_in_other_words(text, as_of))
    while len(asked) + len(compared) < MOST and (named := find_period(text, as_of=as_of, calendar=calendar)):
        words_of_it = r"\s+".join(map(re.escape, named[1].split()))
        against = re.search(rf"\b{_AGAINST}{words_of_it}", text)
        (compared if against else asked).append(named[0])
        text = re.sub(words_of_it, " ", text, count=1)
    return asked, compared, text
