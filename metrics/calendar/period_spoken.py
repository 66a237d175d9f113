"""Periods as people say them: the third quarter, October last year, from March to June, two quarters ago."""

from __future__ import annotations

from metrics.calendar.period_forms import (
    COUNT,
    FISCAL,
    MONTH,
    SHORT,
    UNIT,
    YEAR,
    compiled,
    quarter_of,
    so_far,
)
from metrics.calendar.period_meant import (
    ago,
    before_last,
    begun_with,
    day,
    days,
    fiscal_year,
    month_of,
    months,
    nth,
    quarter_of_year,
    quarters,
    twelve_months,
    week,
    years,
)

_NTH = r"(?:the )?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)"
_OF_A_YEAR = rf"(?: (?:of |in )?{SHORT}| (?:of |in )?(?P<which>last|this|previous|next) year)"
_LONG_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|april|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
"""Without a word before it; "may" and "march" are verbs too."""
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])"


_TO = r" ?(?:-|–|to|until|till|through|thru) ?"
_AND = r"(?(between) and |(?!))"
"""Joins two ends behind "between" alone: "March and June" are two months."""
_FROM_TO = (
    rf"(?:from |(?P<between>between ))?{MONTH.replace('month', 'first', 1)}(?: (?P<since>20\d\d))?(?:{_TO}|{_AND})"
    rf"{MONTH.replace('month', 'last', 1)}(?: (?P<until>20\d\d))?"
)

_FIRST, _LAST = MONTH.replace("month", "first", 1), MONTH.replace("month", "last", 1)
_A, _B = (rf"(?:the )?{_DAY.replace('day', name, 1)}(?:st|nd|rd|th)?\.?" for name in ("a", "b"))
_SINCE, _UNTIL = r"(?:,? (?P<since>20\d\d))?", r"(?:,? (?P<until>20\d\d))?"
_DAY_TO_DAY = (
    rf"(?:from |between )?{_A}(?:(?: of)? {_FIRST}{_SINCE})?(?:{_TO}| and ){_B}(?: of)? {_LAST}{_UNTIL}"
)
_MONTH_DAY_TO_DAY = rf"(?:from |between ){_FIRST} {_A}{_SINCE}(?:{_TO}| and )(?:{_LAST} )?{_B}{_UNTIL}"

SPOKEN = compiled(
    (_DAY_TO_DAY, days),
    (_MONTH_DAY_TO_DAY, days),
    (
        rf"{_NTH} (?P<part>quarter|half)(?: of (?:the|this) year)?(?P<fiscal>(?!))?(?P<year>(?!))?(?P<which>(?!))?",
        nth,
    ),
    (rf"{_NTH} (?P<part>quarter|half){_OF_A_YEAR}", nth),
    (rf"(?:the )?(?P<nth>last|final) (?P<part>quarter) of {SHORT}(?P<which>(?!))?", nth),
    (r"q(?P<q>[1-4])'(?P<fiscal>(?!))?(?P<year>\d\d)", quarter_of),
    (r"(?P<q>[1-4])q ?'?(?P<fiscal>(?!))?(?P<year>20\d\d|\d\d)", quarter_of),
    (r"q(?P<nth>[1-4]) (?:of )?(?P<which>last|this|previous|next) year", quarter_of_year),
    (rf"(?:the )?(?P<before>last|previous) {_LONG_MONTH}", month_of),
    (rf"{MONTH} (?:of )?(?P<which>last|this|previous|next) year", month_of),
    (_LONG_MONTH, month_of),
    (_FROM_TO, months),
    (
        rf"(?:from |(?P<between>between ))?q(?P<a>[1-4])(?:{_TO}|{_AND})q(?P<b>[1-4])(?: (?:of )?{SHORT})?",
        quarters,
    ),
    (rf"(?:from )?(?P<a>20\d\d){_TO}(?P<b>20\d\d)", years),
    (r"between (?P<a>20\d\d) and (?P<b>20\d\d)", years),
    (rf"(?:calendar )?(?:week|wk|cw|kw) ?(?P<number>\d\d?)(?: (?:of )?{YEAR})?", week),
    (rf"(?:on |since |from |until )?{MONTH} {_DAY}(?:st|nd|rd|th)?,? {YEAR}", day),
    (rf"(?:on |since |from |until )?(?:the )?{_DAY}(?:st|nd|rd|th)?\.?(?: of)? {MONTH},? {YEAR}", day),
    (rf"(?:on|since|from|until) {MONTH} {_DAY}(?:st|nd|rd|th)?(?P<year>(?!))?", day),
    (rf"(?:on|since|from|until) (?:the )?{_DAY}(?:st|nd|rd|th)?\.?(?: of)? {MONTH}(?P<year>(?!))?", day),
    (r"(?:ltm|ttm|trailing twelve|trailing 12)", twelve_months),
    (rf"(?:this |the )?{FISCAL}{UNIT} so far", so_far),
    (rf"so far this {FISCAL}{UNIT}", so_far),
    (
        rf"since (?:the )?(?:start|beginning|begin) of (?:the )?(?:(?P<which>last|previous|this) )?{FISCAL}{UNIT}",
        begun_with,
    ),
    (rf"{COUNT.replace('(?P<count>', '(?P<count>an?|')} {UNIT}s? ago", ago),
    (rf"(?:the )?{UNIT} before (?:the )?last", before_last),
    (r"(?:fiscal|financial)(?: year)? (?P<which>(?!))?(?P<year>20\d\d)", fiscal_year),
    (r"(?:the )?(?P<which>last|this|previous|next|current) (?:fy|fiscal)(?P<year>(?!))?", fiscal_year),
)
