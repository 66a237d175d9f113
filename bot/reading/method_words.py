"""Whether the words beside a metric's name are those of one of its methods."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.mentions import Mention
from bot.reading.spelling import UNDERSTOOD
from bot.reading.stems import IDLE, all_stems, stem
from bot.reading.text import BARRIER, Word, listed
from metrics.model import Metric

LINKS = listed(
    "by per use using compute calculate measure count base based basis only method way version definition"
)
"""Words that join a method to a metric, and say nothing of either."""

WHEN = listed("start end period today month day year week quarter before after date now")
"""Words of periods: one of them alone names a method only where the method's id is written out."""

GOES_ON = listed(
    "by per over last previous next now today change changed changing go going look like since compared"
)
"""Words that begin another part of a question."""


_ANYWAY = frozenset(map(stem, (*WHEN, *UNDERSTOOD)))
_JOINING = frozenset(map(stem, LINKS))
_OTHERWISE = UNDERSTOOD | IDLE
_OPEN = re.compile(r"[()]")
_PLAIN_WORD = re.compile(r"[^\W_]+%?")
_LEADS_TO = re.compile(r"\b(?:by|per|of|on|at|with|from) +$")


@dataclass(frozen=True)
class Way:
    """A metric by a method, where the two stand in the text, and how much of the text they are.

    ``exact`` is how much of the method's name or id stands there word for word.
    """

    metric: str
    method: str
    name: tuple[int, int]
    words: tuple[int, int]
    exact: int

    @property
    def weight(self) -> tuple[int, int]:
        """The more of the words a method accounts for, the surer it is the one that is meant."""
        return self.words[1] - self.words[0], self.exact


def way_beside(
    metric: Metric, method: str, name: str, asked: str, mention: Mention, side: list[Word], *, goes_on: bool
) -> Way | None:
    """The method, where its words stand on that side of the metric's name."""
    own = all_stems(f"{metric.name} {asked[mention.start : mention.end]}")
    spoken = method.replace("_", " ")
    run = _run(side, all_stems(_OPEN.sub(" ", name)) | all_stems(spoken) | own)
    if not run:
        return None
    start, end = _stretch(asked, mention, run, goes_on=goes_on)
    if spoken.startswith("per ") and asked[start:end].split(maxsplit=1)[0] == "by":
        return None  # "overtime by employee" asks for a split
    stretch = asked[start:end]
    follows = _follows(side[len(run) :], asked, end) if goes_on else ""
    by_name, by_id = (all_stems(one) - own - _JOINING for one in (name, spoken))
    said = {stem(word.text) for word in run}
    exact = max((len(one) for one in (name, spoken) if _stands(one, stretch)), default=0)
    dated = by_id <= _OF_TIME and len(spoken.split()) <= len(("of", "today")) and not stretch.startswith(".")
    named = bool(by_name - _ANYWAY) and by_name <= said
    telling = bool(by_id) and not by_id & _ANYWAY and by_id <= said
    if named and (len(by_name) > 1 or follows in _OTHERWISE):
        return way
 there = (" ".join(_PLAIN_WORD.findall(one.lower())) for one in (name, text))
    return f" {spoken} " in f" {there} "


def _run(side: list[Word], known: frozenset[str]) -> list[Word]:
    """The words right beside the metric that a method may have, up to the last of them."""
    run: list[Word] = []
    last = 0
    for word in side:
        if stem(word.text) in known and word.text not in ("by", "per"):
            run.append(word)
            last = len(run)
        elif word.text in LINKS or (word.text == BARRIER and (last or word.typed in ",:.")):
            run.append(word)
        else:
            break
    return run[:last]


def _follows(rest: list[Word], asked: str, end: int) -> str:
    """The word that goes on right behind, in the same part of the question; empty where none does."""
    if not rest or rest[0].text == BARRIER:
        return ""
    between = asked[end : rest[0].start].split()
    return rest[0].text if not between or between[0] == "of" else ""
