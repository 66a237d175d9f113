"""Which side of the scale a question speaks of."""

from __future__ import annotations

import re
from typing import Literal

Side = Literal["business", "people"]

_PEOPLE = r"(?:people|person(?:nel)?|human|leadership|employees?|staff|talent|hr|workforce|soft|team)"
_CARED_FOR = rf"(?:{_PEOPLE}|culture|coaching|development|hiring|wellbeing)"
_BUSINESS = r"(?:business|revenue|financials?|finance|commercial|money|hard)"
_THINGS = (
    r"(?:[\w/-]+ ){0,2}?(?:metrics?|kpis?|numbers?|measures?|stuff|side|ones|indicators?|figures|things|management"
    r"|dashboard|scorecard|list|data|issues)"
)
_NOT = (
    r"(?:no|(?:do not|don't|not) (?:care about|want|need)|not interested in|no need for|spare me"
    r"|without|drop|nothing|none|never|zero|skip|exclude|excluding|remove|leave out|not|ignore|minus"
    r"|forget)"
    r"(?: \w+){0,3}?"
)
_OUT = r"(?:leave|keep|cut|take) (?:the |all |any |all the )?{}(?: \w+){{0,2}} out\b"
_ABOUT = r"\babout (?:the |my |our )?"


def named_side(text: str) -> Side | None:
    """The one side that is called by its name; what a question is about comes before what it mentions."""
    text = text.replace("&", "and")
    if re.search(rf"\b(?:{_PEOPLE}|{_BUSINESS}) {_THINGS} (?:as well|too|included|also)\b", text):
        return None
    if re.search(rf"{_ABOUT}{_CARED_FOR}\b", text):
        return "people"
    if re.search(rf"\b(?:strictly|purely|only|just)(?: want| need| show| give me| the)* {_BUSINESS}\b", text):
        return "business"
    people = re.search(rf"\b{_PEOPLE} (?:only|{_THINGS})|\b(?!team\b){_PEOPLE}[ ?!.]*$", text)
    business = re.search(rf"\b{_BUSINESS} (?:only|{_THINGS})|{_ABOUT}{_BUSINESS}\b", text)
    if people and business and re.search(r"\bwhy\b", text):  # what is asked about stands first
        return "people" if people.start() < business.start() else "business"
    if bool(people) == bool(business):
        return None
    return "people" if people else "business"


def wanted_side(text: str) -> Side | None:
    """The side that is to be shown: the one named, or the other one where that is to go."""
    text = re.sub(r"\([^)]*\)", " ", text)
    if re.search(rf"\b{_NOT} {_PEOPLE}\b|\b{_OUT.format(_PEOPLE)}", text):
        return "business"
    if re.search(rf"\b{_NOT} {_BUSINESS}\b|\b{_OUT.format(_BUSINESS)}", text):
        return "people"
    return named_side(text)
