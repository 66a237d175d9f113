"""What looks like a period and is none: Q7, the thirteenth month, 30 February. Said, never passed over."""

from __future__ import annotations

import re
from calendar import monthrange

from metrics.calendar.period_forms import MONTH, MONTHS

_YEAR = r"(?:(?:19|20)\d\d)"
_OF_YEAR = rf"(?:[- ]?(?:of )?{_YEAR})?"
_FORMS: tuple[tuple[re.Pattern[str], int, str], ...] = tuple(
    (re.compile(rf"(?<![\w.,-]){form}(?![\w%]|[.,]\d)", re.IGNORECASE), most, why)
    for form, most, why in (
        (rf"(?:fy ?)?(?:{_YEAR}[- ]?)?q(?P<n>\d\d?){_OF_YEAR}", 4, "a year has four quarters"),
        (rf"quarter (?P<n>\d\d?){_OF_YEAR}", 4, "a year has four quarters"),
        (r"(?:the )?(?P<n>\d\d?)(?:th|st|nd|rd) quarter", 4, "a year has four quarters"),
        (rf"(?:fy ?)?(?:{_YEAR}[- ]?)?h(?P<n>\d\d?){_OF_YEAR}", 2, "a year has two halves"),
        (rf"month (?P<n>\d\d?){_OF_YEAR}|(?P<n2>{_YEAR}-(?P<n3>\d\d))(?!-)", 12, "a year has twelve months"),
        (r"(?:the )?(?P<n>\d\d?)(?:th|st|nd|rd) month", 12, "a year has twelve months"),
        (
            rf"(?:calendar )?(?:week|wk|cw|kw) ?(?P<n>\d\d?){_OF_YEAR}|(?P<n2>{_YEAR}-w(?P<n3>\d\d))",
            53,
            "a year has 52 weeks, or 53",
        ),
    )
)
_SPELT = re.compile(r"\b(?:the )?(?:fifth|sixth|seventh|eighth|ninth|tenth) quarter\b")
_DAY = re.compile(
    rf"\b(?:(?P<day>\d\d?)(?:st|nd|rd|th)?\.?(?: of)? {MONTH}"
    rf"|{MONTH.replace('month', 'before', 1)} (?P<after>\d\d?)(?:st|nd|rd|th)?)(?!\w)",
    re.IGNORECASE,
)
LEAP_YEAR = 2024


def no_period(text: str) -> tuple[str, str] | None:
    """What is written as a period and is none, and why it is none; None where every period can be."""
    for form, most, why in _FORMS:
        for found in form.finditer(text):
            named = found.groupdict()
            number = int(named.get("n") or named.get("n3") or 0)
            if not 1 <= number <= most:
                return found[0], why
    if spelt := _SPELT.search(text):
        return spelt[0], "a year has four quarters"
    for found in _DAY.finditer(text):
        month = MONTHS.index((found["month"] or found["before"])[:3].lower()) + 1
        last = monthrange(LEAP_YEAR, month)[1]
        if int(found["day"] or found["after"]) > last:
            return found[0], f"that month has {last} days"
    return None
