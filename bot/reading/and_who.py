"""A figure, and behind it the wish to know who it was: the figure is given, and nobody is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.model import Request
from bot.reading.names.groups_named import ABOUT_VALUES
from bot.reading.requested import EVERYTHING
from metrics.advice.words import joined
from metrics.calendar.periods import GRAINS
from metrics.model import Catalog

NOBODY = "No person is named: figures of people are for groups only."
NO_NAME = "No name is given: figures are for groups."
_WHO = (
    r"(?:please |also |then )*"
    r"(?:(?:can|could|would|will) you )?(?:(?:tell|show|give|say|list|name)(?: me| us)? )?(?:exactly )?"
    r"who(?:m|(?: exactly)?(?: (?:it|they|that|those|these)(?: people)? (?:was|were|are|is))"
    r"| (?:left|quit|resigned|went|is leaving|is sick|was sick|was absent|missed|missed it|is unhappy|is slowest))?"
    r"(?: exactly| please)*[ ?!.]*$"
)
_AND_WHO = re.compile(
    rf"(?:\s*[,;.?!–-]+\s*(?:and |but |then |also )*|\s+(?:and|but|plus|then) ){_WHO}", re.IGNORECASE
)
_ONLY_WHO = re.compile(rf"\s*(?:ok |and |but |so |now )*{_WHO}", re.IGNORECASE)


def with_nobody_named(
    text: str, read: Callable[[str], Request], last: Request | None, catalog: Catalog
) -> Request | None:
    """The figure that is asked for before the wish for names; None where there is no such wish or no figure.

    Where the figure was given before, the wish alone is refused.
    """
    if last and last.kind in ABOUT_VALUES and _ONLY_WHO.fullmatch(text):
        return Request("refusal", alternatives=last.metrics, sure=EVERYTHING)
    figure = _AND_WHO.sub("", text)
    if figure == text:
        return None
    request = read(figure)
    if request.kind in ABOUT_VALUES and request.metrics:
        sides = {catalog.metrics[one].side for one in request.metrics}
        return replace(request, assumed=(*request.assumed, NOBODY if "people" in sides else NO_NAME))
    named = [one for one in request.alternatives if one in catalog.metrics]
    if request.kind != "clarification" or not named or catalog.metrics[named[0]].side != "people":
        return None
    return _of_people(request, named, catalog)


def _of_people(request: Request, named: list[str], catalog: Catalog) -> Request:
    """Who asks for names has people in mind: their turnover, where that word may mean more."""
    first, *others = named
    instead = joined([catalog.metrics[one].name for one in others], "or")
    said = f"This was read as a question about {catalog.metrics[first].name}"
    said += f"; ask for {instead} instead." if others else "."
    return replace(
        request,
        kind="trend" if request.dimension in GRAINS else "value",
        metrics=(first,),
        alternatives=tuple(others),
        assumed=(said, NOBODY),
        sure=EVERYTHING,
    )
