"""Whether the words beside a metric's name are those of one of its methods."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.words.mentions import Mention
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.stems import IDLE, all_stems, stem
from bot.reading.words.text import BARRIER, Word, listed
from metrics.model import Metric

LINKS = listed(
    "by per use using compute calculate measure count base based basis only method way version definition"
)
"""Words that join a method to a metric, and say nothing of either."""

A_METHOD = listed("method version definition")
"""Words that say of those before them that they are a method."""

OF_TIME = listed(
    "start end period today month day year week quarter before after date now previous last twelve"
)
"""Words that questions have for their own periods."""

GOES_ON = {""} | listed(
    "by per over last previous next now today change changed changing go going look like since compared"
    " improve improved fall fell rise rose drop dropped grow grew develop developed move moved trend so over"
    " defined computed calculated measured"
)
"""Words that begin another part of a question; where nothing follows, nothing goes on with a method."""

_ANYWAY = frozenset(map(stem, {*OF_TIME, *UNDERSTOOD} - {"meaning"}))
_OF_TIME = frozenset(map(stem, OF_TIME))
_JOINING = frozenset(map(stem, LINKS))
_OTHERWISE = UNDERSTOOD | IDLE | GOES_ON
_OPEN = re.compile(r"[()]")
_MEANING = re.compile(r"\b(?:meaning|means|(?:you|we|they|i|it|that|this) mean)\b|[^,] mean\W*$")
_PLAIN_WORD = re.compile(r"[^\W_]+%?")
_LEADS_TO = re.compile(r"\b(?:by|per|of|on|at|with|from) +$")
_OF_FIGURES = frozenset(map(stem, ("average", "total", "overall", "all")))
_SHORT = 2


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
    known = all_stems(_OPEN.sub(" ", name)) | all_stems(spoken) | own
    known = known - {"mean"} if "mean" in known and _MEANING.search(asked) else known
    run = _run(side, known, goes_on=goes_on)
    if not run:
        return None
    start, end = _stretch(asked, mention, run, goes_on=goes_on)
    link = asked[start:end].split(maxsplit=1)[0]
    if (link == "by" and spoken.startswith("per ")) or (
        link == "per" and "per" not in f"{spoken} {name}".split()
    ):
        return None  # "overtime by employee" asks for a split
    follows = _follows(side[len(run) :], asked, end) if goes_on else ""
    said = {stem(word.text) for word in run}
    by_name, by_id = (all_stems(one) - own - _JOINING for one in (name, spoken))
    exact = _exact(name, spoken, asked[start:end])
    usual = _ANYWAY if goes_on else _ANYWAY | _OF_FIGURES
    if (
        (by_name - usual and by_name <= said and (len(by_name) > 1 or follows in GOES_ON))
        or (by_id and not by_id & usual and by_id <= said and _apart(follows, by_id))
        or (exact and follows in GOES_ON)
    ):
        return Way(metric.id, method, (mention.start, mention.end), (start, end), exact)
    return None


def _apart(follows: str, said: frozenset[str]) -> bool:
    """Whether the word behind goes on with something else: "by visitor type" is no "by visitor"."""
    return follows in (GOES_ON if len(said) == 1 else _OTHERWISE)


def _exact(name: str, spoken: str, stretch: str) -> int:
    """How much of a method's name or id stands there word for word.

    A question has times of its own: "of today" or "previous period" counts only as the catalog writes it, with a dot.
    """
    told = (name,) if of_a_time(spoken) and stretch[0] != "." else (name, spoken)
    whole = [one for one in told if one and _stands(one, stretch)]
    return max(map(len, whole), default=0)


def of_a_time(spoken: str) -> bool:
    """Whether a method's id is a time that any question may have: "of today", "previous period"."""
    return all_stems(spoken) <= _OF_TIME and len(spoken.split()) <= _SHORT


def _stretch(asked: str, mention: Mention, run: list[Word], *, goes_on: bool) -> tuple[int, int]:
    """Where a method stands in the text, with the word that leads to it and the bracket that ends it."""
    if goes_on:
        end = run[-1].end
        return mention.end, end + asked[end:].startswith(")")
    leads_to = _LEADS_TO.search(asked[: run[-1].start])
    return leads_to.start() if leads_to else run[-1].start, mention.start


def _stands(name: str, text: str) -> bool:
    """Whether a name stands there word for word."""
    spoken, there = (" ".join(_PLAIN_WORD.findall(one.lower())) for one in (name, text))
    return f" {spoken} " in f" {there} "


def _run(side: list[Word], known: frozenset[str], *, goes_on: bool) -> list[Word]:
    """The words right beside the metric that a method may have, up to the last of them, or the "method" behind it."""
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
    if goes_on and last < len(run) and run[last].text in A_METHOD:
        last += 1
    return run[:last]


def _follows(rest: list[Word], asked: str, end: int) -> str:
    """The word that goes on right behind, in the same part of the question; empty where none does."""
    if not rest or rest[0].text == BARRIER:
        return ""
    between = asked[end : rest[0].start].split()
    return rest[0].text if not between or between[0] == "of" else ""
