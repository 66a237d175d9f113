"""By what values are to be grouped: a dimension, or the steps of a course over time."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.reading.words.mentions import Index, mentions
from bot.reading.words.text import without, words
from metrics.calendar.periods import GRAINS

_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
}
_BY = r"\b(?:by|per|across|for (?:each|every)|in (?:each|every)|each|every)(?: the| our)?"
_UNIT = rf"(?:{'|'.join(GRAINS)})"
_GRAIN = re.compile(
    rf"(?:{_BY} |\b(?:in )?(?:which|what) |\b(?:best|worst|strongest|weakest) (?={_UNIT}s? (?:by|for)\b)"
    rf"|\b{_UNIT}(?: by | over |[- ]on[- ]))(?P<unit>{_UNIT})s?\b"
    rf"|\b(?P<adverb>{'|'.join(_ADVERBS)})\b(?! (?:appraisals?|reviews?|talks?|meetings?|check|budget|plan))"
)
_GROUP = re.compile(
    rf"(?:\b(?:split|grouped|sliced|cut|broken)(?: up| down| out)? )?"
    rf"{_BY} (?P<after>[\w/&-]+(?: [\w/&-]+){{0,4}})"
    r"|\b(?P<before>[\w-]+)(?:[- ]wise| breakdown| split)\b"
)


_OF_A_KIND = (
    r"(?:(?:kind|type|sort|size|class|group|nature|line|objective|channel|outcome|reason|source)s? of (?:the |our )?)?"
    r"[\w/-]+(?: [\w/-]+)?"
)
_MOST = r"(?:best|worst|highest|lowest|most|least|fewest|largest|biggest|smallest|longest|shortest|strongest|weakest)"
_DOES = (
    r"(?:by|has|have|had|with|is|are|was|were|in terms of|for|can|could|will|would|do|does|did|leads?|led|gets?|got"
    r"|brings?|brought|gives?|gave|makes?|made|wins?|won|loses?|lost|sees?|saw|shows?|generates?|drives?|delivers?"
    r"|performs?|ranks?|produces?|earns?|scores?|closes?|converts?|grows?|grew|churns?|spends?|costs?|suffers?"
    r"|comes?|came|contributes?|stays?|leaves?|left|buys?|bought|takes?|took|needs?)"
)
_RANKED = re.compile(
    rf"\b(?:top|bottom|rank|sort|order|which|what|{_MOST})(?: (?:\d+|two|three|four|five|ten))?"
    rf"(?: performing)?(?: of)?(?: (?:our|the|all))* (?P<what>{_OF_A_KIND})(?= {_DOES}\b)"
    rf"|\b(?P<that>{_OF_A_KIND})(?= (?:with (?:the |our )?{_MOST}|ranked by|sorted by|ordered by)\b)"
)
"""Groups held against one another: "top 3 segments by ARR", "which kind of deal has the best win rate"."""

_ALSO = re.compile(r" {2,}(?:and|x|then|&|,)(?: (?:by|the|our))? (?P<also>[\w/-]+(?: [\w/-]+)?)")
"""What stands behind a split that was taken out: blanks, and what goes on with it."""

_APART = re.compile(r" (?:from|in|for|at|since|with|during|through) ")


def grain_of(text: str) -> tuple[str | None, str]:
    """Day, week, month, quarter or year, where the text names the steps; and the text without them."""
    found = _GRAIN.search(text)
    if not found:
        return None, text
    return found["unit"] or _ADVERBS[found["adverb"]], without(text, found.span())


def dimension_of(text: str, dimensions: Index) -> tuple[str | None, str]:
    """The dimension that the text groups by, and the text without it."""
    for found in _GROUP.finditer(text):
        name = "after" if found["after"] else "before"
        said = _APART.split(found[name])[0]
        for mention in mentions(words(said), dimensions)[:1]:
            start = found.start() if name == "after" else found.start(name)
            return mention.ids[0], without(text, (start, found.start(name) + mention.end))
    for said in ranked(text):
        for mention in mentions(words(said), dimensions)[-1:]:
            if mention.end == len(said):
                return mention.ids[0], text
    return None, text


def ranked(text: str) -> list[str]:
    """What is held against one another: "region" of "which region has the best win rate", known or not."""
    return [found["what"] or found["that"] for found in _RANKED.finditer(text)]


def grain_beside(text: str) -> tuple[str | None, str]:
    """The steps of time that are named behind a split that was taken out: "by segment and month"."""
    found = _ALSO.search(text)
    if not found or found["also"].split()[0] not in GRAINS:
        return None, text
    unit = found["also"].split()[0]
    return unit, without(text, (found.start(), found.start("also") + len(unit)))


def second_of(text: str, dimensions: Index) -> tuple[str | None, str]:
    """The dimension that the text groups by once the first split is taken out of it: "by segment and channel"."""
    dimension, rest = dimension_of(text, dimensions)
    if dimension is not None:
        return dimension, rest
    for found in _ALSO.finditer(text):
        for mention in mentions(words(found["also"]), dimensions)[:1]:
            if mention.start == 0:
                return mention.ids[0], without(text, (found.start(), found.start("also") + mention.end))
    return None, text


def named_split(text: str, names: Iterable[tuple[int, int]], dimensions: Index) -> str | None:
    """The dimension that stands in a metric's own name, which took the words of the split: "NPS by product line"."""
    for start, end in names:
        if (by := text.find(" by ", start, end)) >= 0:
            return dimension_of(text[by:], dimensions)[0]
    return None
