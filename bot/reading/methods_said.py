"""A question's words -> the metric that they name together with one of its methods: "win rate of all opportunities".

All words of the method's name, or of its id, have to stand right beside the metric's name, but for those that the two
share, and no other word may follow that goes on with them: "win rate of all reps" names no method.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.reading.lexicon import Lexicon
from bot.reading.mentions import Mention, mentions
from bot.reading.spelling import UNDERSTOOD
from bot.reading.stems import IDLE, all_stems, stem
from bot.reading.text import BARRIER, Word, key, listed, without, words
from metrics.model import Catalog, Metric

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


@dataclass(frozen=True)
class MethodsSaid:
    """The question without the words of the methods; which method each metric has; between which it is open."""

    text: str
    methods: Mapping[str, str]
    unclear: tuple[str, ...] = ()


NO_METHODS = MethodsSaid("", {})


def methods_said(asked: str, names: Lexicon, catalog: Catalog) -> MethodsSaid:
    """The metrics that are named with a method. The words of a method mean nothing else then."""
    text, found, unclear = asked, dict[str, str](), list[str]()
    for mention in reversed(mentions(words(asked), names.varied)):  # what stands before keeps its place
        meant = list[Way]()
        while ways := [way for side in _ways(mention, text, catalog) for way in _best(side)]:
            meant += ways
            text = without(text, *(way.words for way in ways))
        named = list(dict.fromkeys((way.metric, way.method) for way in meant))
        if len(named) > 1:
            unclear += (f"{metric}.{method}" for metric, method in named)
        else:
            found.update(named)
        text = _named(text, meant[0], names) if meant else text
    return MethodsSaid(text, {} if unclear else found, tuple(unclear))


def _best(ways: list[Way]) -> list[Way]:
    """Those that account for the most words; several where they are open."""
    return [way for way in ways if way.weight == max(one.weight for one in ways)]


def _named(text: str, way: Way, names: Lexicon) -> str:
    """The text with a name that means this metric alone: "pipeline" may be anything without its method."""
    start, end = way.name
    if names.metrics.get(key(text[start:end])) == (way.metric,):
        return text
    return f"{text[:start]}{way.metric.replace('_', ' ')}{text[end:]}"


def _ways(mention: Mention, asked: str, catalog: Catalog) -> Iterator[list[Way]]:
    """The methods that stand before the metric's name, and those behind it."""
    spelt = words(asked)
    before = [word for word in spelt if word.end <= mention.start][::-1]
    after = [word for word in spelt if word.start >= mention.end]
    metrics = [catalog.metrics[one] for one in mention.ids if catalog.metrics[one].variants]
    several = [(one, *way) for one in metrics for way in one.methods.items()]
    for side in (before, after):
        found = (_way(*one, asked, mention, side, goes_on=side is after) for one in several)
        yield [way for way in found if way]


def _way(
    metric: Metric, method: str, name: str, asked: str, mention: Mention, side: list[Word], *, goes_on: bool
) -> Way | None:
    """The method, where its words stand on that side of the metric's name."""
    own, spoken = all_stems(metric.name), method.replace("_", " ")
    run = _run(side, all_stems(_OPEN.sub(" ", name)) | all_stems(spoken) | own)
    if not run:
        return None
    start, end = _stretch(asked, mention, run, goes_on=goes_on)
    if spoken.startswith("per ") and asked[start:end].split(maxsplit=1)[0] == "by":
        return None  # "overtime by employee" asks for a split
    exact = max((len(one) for one in (name, spoken) if _stands(one, asked[start:end])), default=0)
    follows = _follows(side[len(run) :], asked, end) if goes_on else ""
    by_name, by_id = (all_stems(one) - own - _JOINING for one in (name, spoken))
    said = {stem(word.text) for word in run}
    named = bool(by_name - _ANYWAY) and by_name <= said
    telling = bool(by_id) and not by_id & _ANYWAY and by_id <= said
    if named or (telling and follows in _OTHERWISE | GOES_ON | {""}) or (exact and follows in GOES_ON | {""}):
        return Way(metric.id, method, (mention.start, mention.end), (start, end), exact)
    return None


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
