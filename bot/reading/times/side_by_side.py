"""Several periods in one question: "Q3 and Q4", "2023, 2024 and 2025", "weeks 40 and 41", each written out. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from metrics.calendar.period_forms import grain_of
from metrics.calendar.periods import GRAINS, Grain, Period, span

TURNS = {("q1", "q4"), ("january", "december"), ("jan", "dec")}
"""The first of them follows on the second where they are compared: it is of the next year."""

PART = r"(?:[qh][1-4]|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)"
"""A part of a year, as it is said without one."""
YEAR = r"(?:19|20)\d\d"
_COMPARED = r" (?:vs\.?|versus|against|compared (?:to|with)|than) "
_AND = r"(?:, and |, ?| and | & | or )"
_SAME_YEAR = re.compile(
    rf"\b(?P<first>{PART})(?P<between>{_COMPARED}|{_AND})(?P<second>{PART})(?P<year>,? (?:of )?{YEAR})\b"
)
_SAME_PART = re.compile(
    rf"\b(?P<part>{PART}),? (?:of )?(?P<one>{YEAR})(?P<between>{_AND})(?P<other>{YEAR})\b"
)
_NTH = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_OF = rf"(?:,? (?:of |in )?(?:{YEAR}|(?:last|this|previous|next) year))?"
_ONE_WORD = re.compile(
    rf"\b(?P<nth>{_NTH})(?: (?P<own>quarter|half))?(?P<between>{_AND}(?:the )?)"
    rf"(?={_NTH} (?P<part>(?P<same>quarter|half){_OF})\b)"
    rf"|\b(?P<unit>weeks|wks|quarters) (?P<a>\d\d?)(?P<list>(?:{_AND}\d\d?)+)\b(?! ?(?:%|days|weeks|months|quarters))"
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|ober)?\b"
_APART = r"(?<!between )(?<!from )\b"
_MONTHS_BEFORE = re.compile(rf"(?<!in ){_APART}{_MONTH}(?={_AND}(?:in )?{_MONTH})")
_LAST_MONTH = re.compile(rf"{_APART}{_MONTH}{_AND}(?=(?:march|mar|may)\b)")
"""Months beside one another: "may" and "march" are verbs where they stand alone."""
_SHORT = {"weeks": "week ", "wks": "week ", "quarters": "q"}


def written_out(text: str) -> str:
    """Each period of several with the words that they share: "Q3 and Q4 2024" is Q3 2024 and Q4 2024."""
    text = _ONE_WORD.sub(_each, text)
    text = _MONTHS_BEFORE.sub(r"in \g<0>", text)
    text = _LAST_MONTH.sub(r"\g<0>in ", text)
    text = _SAME_PART.sub(r"\g<part> \g<one>\g<between>\g<part> \g<other>", text)
    while (said := _SAME_YEAR.sub(_with_year, text)) != text:
        text = said
    return text


def _each(found: re.Match[str]) -> str:
    if found["own"] not in (None, found["same"]):
        return found[0]
    if found["nth"]:
        return f"{found['nth']} {found['part']}{found['between']}"
    unit = _SHORT[found["unit"]]
    return unit + found["a"] + re.sub(r"\d+", lambda number: unit + number[0], found["list"])


def _with_year(found: re.Match[str]) -> str:
    """What stands before "vs Q2 2024" is of the same year."""
    if (found["first"], found["second"]) in TURNS and re.fullmatch(_COMPARED, found["between"]):
        return found[0]
    return f"{found['first']}{found['year']}{found['between']}{found['second']}{found['year']}"


def stretch(periods: Sequence[Period]) -> Period | None:
    """All of them as one, where each begins as the one before it ends; None where one lies between or they differ."""
    several = sorted(set(periods), key=lambda one: one.start)
    apart = any(one.end != then.start or one.grain != then.grain for one, then in pairwise(several))
    fiscal = any(one.label.startswith("FY") for one in several)
    return None if apart or fiscal or len(several) < len(periods) else span(several[0].start, several[-1].end)


def steps_of(periods: Sequence[Period], as_of: date) -> Grain | None:
    """The steps in which they are one course, where they are one and all of them are over."""
    over = stretch(periods) is not None and all(one.last_day <= as_of for one in periods)
    return grain_of(periods[0].grain) if over and periods[0].grain in GRAINS else None
