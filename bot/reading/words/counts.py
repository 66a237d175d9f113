"""How many are asked for, in digits or words."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.model import DEFAULT_COUNT
from metrics.calendar.period_words import NUMBERS


class Counted(NamedTuple):
    """How many, and the sentence that says what was assumed."""

    number: int | None
    assumed: str = ""


_MANY = {"half a dozen": 6, "a dozen": 12, "dozen": 12, "a couple": 2, "a handful": 5, "twenty-five": 25}
_MANY |= NUMBERS
_WORDS = "|".join(sorted(_MANY, key=len, reverse=True))
_NUMBER = rf"(?P<n>\d{{1,4}}|{_WORDS})(?![\w%]|\.\d| ?percent| ?%)"
_THINGS = r"(?:metrics?|kpis?|indicators?|measures|numbers|figures|things|ones|items|pieces)"
_ASK = (
    r"(?:top|best|first|only|just|exactly|choose|pick|select|limit|down|me|list|need|want|name|it|which|key|max"
    r"|maximum|at most|no more than|up to|the|matter most|favou?rite)"
)
_SHORTEN = r"(?:make|cut|keep|narrow|shorten|reduce|trim)"
_LIKED = r"(?:most important|top|best|key)"

_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\btop[ -]?{_NUMBER}",
        rf"(?<![\w#]){_NUMBER}[ -](?:(?!\d+ )[\w-]+ ){{0,4}}?{_THINGS}\b",
        rf"(?<![\w#]){_NUMBER} (?:out )?(?:of|from) (?:the |all )?(?:those|these|them|that|this|both|which)",
        rf"\b{_ASK}\W+(?:to |the |my |our |your |a |list of )*(?:{_LIKED} )?{_NUMBER}",
        rf"\b(?:but|with|though) (?:only |just )?{_NUMBER}[ .!?]*$",
        rf"[,:;-] ?{_NUMBER} (?:please|pls|max|maximum|only|at most|would do|is enough|are enough)\b",
        rf"\b{_NUMBER},? (?:at (?:the )?(?:very )?most|tops|max(?:imum)?)\b",
        (
            rf"(?<![\w#]){_NUMBER} (?:very )?(?:{_LIKED}|main)\b"
            r"(?! (?:\w+ )?(?:customers?|deals?|accounts?|reps?|markets?))"
        ),
        rf"[,;] ?{_NUMBER} ?(?:,|$)",
        r"\b(?P<n>half a dozen|a dozen|a handful)\b",
        rf"\b(?:say|maybe|around|roughly|about|perhaps) {_NUMBER}(?: or so)?[ .!?]*$",
        (
            rf"\b{_NUMBER} (?:or so )?(?:is|are|would be|will be|should be|max|seems?) ?(?:plenty|enough|fine"
            rf"|ok|okay|sufficient|good|all)?\b"
        ),
        rf"\b{_SHORTEN}\b.*?\b{_NUMBER}",
        rf"^(?:ok |okay |now |and |please )*{_NUMBER}(?: please| only| will do| max)*[ .!?]*$",
    )
)
_SINGLE = re.compile(
    r"\b(?:single|north star|number one|(?:only )?one) (?:\w+ ){0,3}(?:metric|kpi|number)\b"
    rf"|\b(?:the|our|my) (?:\w+ )?{_LIKED} (?:\w+ )?(?:metric|kpi)\b"
)


_NONE = re.compile(
    rf"\b(?:top|best|first|only|just|me|list|need|want|{_THINGS}) *(?:the |of )?"
    r"(?P<n>- ?\d+|(?<!\d)0+|zero|minus \w+)(?!\d|[.,]\d|\w)"
    rf"|(?<![\w#.,])(?P<before>-\d+|0|zero|minus \w+) {_THINGS}\b"
)


def count_of(text: str) -> Counted:
    """The number of metrics asked for. Names and periods are blanked in ``text`` already.

    There are no zero metrics and no minus three: the usual number is assumed instead, and said so.
    """
    text = re.sub(r"\btop-(?=\d)", "top ", " ".join(text.split()))
    if none := _NONE.search(text):
        said = none["n"] or none["before"]
        return Counted(DEFAULT_COUNT, f"A list of {said} is none; this is the usual {DEFAULT_COUNT}.")
    for form in _FORMS:
        if found := form.search(text):
            return Counted(_MANY.get(found["n"]) or int(found["n"]))
    return Counted(1 if _SINGLE.search(text) else None)


def spelt_out(word: str) -> int | None:
    """A number in digits or words."""
    return int(word) if word.isdigit() else _MANY.get(word)
