"""What people ask of staff that no metric holds (pay, bonuses, age, headcount) -> the nearest metrics, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.words.cues import cue
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.stems import idle
from bot.reading.words.text import BARRIER, words


@dataclass(frozen=True)
class Unmeasured:
    """Something without a metric: what it is called, the metrics nearest to it, and how it is asked for.

    ``instead`` says that the nearest answers the question, so far as it can be answered here, and why.
    """

    name: str
    nearest: tuple[str, ...]
    asked: re.Pattern[str]
    instead: str = ""


_AVERAGE = r"\b(?:average|mean|median|typical|usual|normal|total|base)(?: base| monthly| yearly| annual)? "
_STAFF = (
    r"(?:people|employees?|staff|workforce|workers?|colleagues?|reps?|sellers?|engineers?|developers?|managers?"
    r"|designers?|marketers?|agents?|recruiters?|team|teams|everyone|everybody)"
)
_OURS = rf"(?:(?:the|our|all)(?: of our)? )?{_STAFF}"
_SPLIT = r"(?= +$|$| (?:by|per|in|of|across|at|last|this|over|since)\b| {2,}|[?!.])"
_SAID_OF_OTHERS = re.compile(
    r"\b(?:customers?|clients?|accounts?|deals?|tickets?|leads?|pipeline|contracts?|suppliers?|visitors?|worth)\b"
)

UNMEASURED = (
    Unmeasured(
        "pay",
        ("compa_ratio", "gender_pay_gap_median"),
        cue(
            rf"{_AVERAGE}(?:pay|compensation|remuneration|earnings)\b(?! gap)",
            rf"(?:{_AVERAGE})?\b(?:salar(?:y|ies)|wages|remuneration)\b(?! (?:gap|band|range|cost))",
            rf"^(?:(?:our|the|show me|show) )*(?:pay|compensation)(?: levels?)?{_SPLIT}",
            rf"\b(?:what|how much) do we pay(?: {_OURS}| on average){_SPLIT}",
            rf"\b(?:what|how much) (?:do|does) {_OURS} (?:earn|make|get paid){_SPLIT}",
        ),
        "No figure of pay itself is given; compa-ratio holds pay against its band, for groups.",
    ),
    Unmeasured("bonuses", ("compa_ratio", "gender_pay_gap_median"), cue(r"\bbonus(?:es)?\b")),
    Unmeasured(
        "age",
        ("representation_rate",),
        cue(
            rf"{_AVERAGE}ages?\b", rf"^ages?{_SPLIT}", rf"\bhow old (?:are|is) {_OURS}", r"\bage structure\b"
        ),
    ),
    Unmeasured(
        "headcount",
        ("revenue_per_employee", "vacancy_rate", "employee_turnover_rate"),
        cue(
            r"^(?:(?:what|how|show|me|us|is|was|the|our|total|current|overall|average|big|high|large) )*"
            rf"head ?counts?{_SPLIT}",
            rf"\b(?:number|count) of (?:our |all )?(?:full[- ]time )?{_STAFF}{_SPLIT}",
            rf"\bhow many {_STAFF} (?:do|did) we (?:have|employ){_SPLIT}",
            rf"\bhow many {_STAFF} (?:are|were) (?:there|with us|employed|on board){_SPLIT}",
        ),
    ),
    Unmeasured(
        "length of service",
        ("employee_retention_rate", "employee_turnover_rate"),
        cue(r"\b(?:tenure|length of service|seniority)\b", rf"\bhow long have {_OURS} (?:been|worked)\b"),
    ),
)
"""Each with what is nearest to it, the best first."""


def unmeasured(rest: str) -> Unmeasured | None:
    """What a question asks for that no metric holds; None where it asks for more, or for something else.

    ``rest`` is the question without names of metrics, periods and splits.
    """
    if _SAID_OF_OTHERS.search(rest):
        return None
    for one in UNMEASURED:
        if one.asked.search(rest) and not _beside(one.asked.sub(" ", rest)):
            return one
    return None


def _beside(rest: str) -> list[str]:
    """The words that ask for more; the kind of people may be named, and where they are."""
    staff = re.compile(_STAFF)
    narrowed = re.sub(r"\b(?:in|of|for|at|from|within|by|per) (?:the |our )?[\w&-]+", " ", rest)
    said = (word for word in words(narrowed) if word.text != BARRIER and word.text.isalpha())
    return [
        word.text
        for word in said
        if not (idle(word.text) or word.text in UNDERSTOOD or staff.fullmatch(word.typed))
    ]
