"""Which side of the scale a question speaks of."""

from __future__ import annotations

import re
from typing import Literal

Side = Literal["business", "people"]

_PEOPLE = r"(?:people|person(?:nel)?|human|leadership|employees?|staff|talent|hr|workforce|soft|team)"
_BUSINESS = r"(?:business|revenue|financial|finance|commercial|money|hard)"
_THINGS = (
    r"(?:[\w/-]+ ){0,2}?(?:metrics?|kpis?|numbers?|measures?|stuff|side|ones|indicators?|figures|things|management"
    r"|issues)"
)
_NOT = r"(?:no|without|drop|skip|exclude|excluding|remove|leave out|not|ignore|minus|forget)(?: \w+){0,3}?"


def named_side(text: str) -> Side | None:
    """The one side that is called by its name."""
    people = re.search(rf"\b{_PEOPLE} {_THINGS}|\b{_PEOPLE}[ ?!.]*$|\b(?:about|on) {_PEOPLE}\b", text)
    business = re.search(rf"\b{_BUSINESS} {_THINGS}|\b(?:about|on) {_BUSINESS}\b", text)
    if bool(people) == bool(business):
        return None
    return "people" if people else "business"


def wanted_side(text: str) -> Side | None:
    """The side that is to be shown: the one named, or the other one where that is to go."""
    if re.search(rf"\b{_NOT} {_PEOPLE}\b", text):
        return "business"
    if re.search(rf"\b{_NOT} {_BUSINESS}\b", text):
        return "people"
    return named_side(text)
