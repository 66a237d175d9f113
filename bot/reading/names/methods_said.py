"""A question's words -> the metric that they name together with one of its methods: "win rate of all opportunities".

All words of the method's name, or of its id, have to stand right beside the metric's name, but for those that the two
share, and no other word may follow that goes on with them: "win rate of all reps" names no method.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.reading.names.method_words import Way, way_beside
from bot.reading.words.lexicon import Lexicon
from bot.reading.words.mentions import Mention, mentions
from bot.reading.words.text import Word, key, without, words
from metrics.model import Catalog


@dataclass(frozen=True)
class MethodsSaid:
    """The question without the words of the methods; which method each metric has; between which it is open."""

    text: str
    methods: Mapping[str, str]
    unclear: tuple[str, ...] = ()


NO_METHODS = MethodsSaid("", {})


def methods_said(asked: str, names: Lexicon, catalog: Catalog) -> MethodsSaid:
    """The metrics that are named with a method. The words of a method mean nothing else then."""
    spelt = words(asked)
    taken = [
        way
        for one in mentions(spelt, names.varied)
        for side in _ways(one, asked, spelt, catalog)
        for way in _best(side)
    ]
    text, found = _by_their_names(asked, names, taken)
    spelt = words(text)
    named = mentions(spelt, names.varied)
    if text != asked:
        taken = []
    for mention in reversed(named):  # what stands before keeps its place
        if any(_is_of(way, mention) for way in taken):
            continue
        meant = list[Way]()
        while ways := [way for side in _ways(mention, text, spelt, catalog) for way in _best(side)]:
            meant += ways
            text = without(text, *(way.words for way in ways))
            spelt = words(text)
        if meant:
            text = _named(text, meant[0], names)
            spelt = words(text)
        found.setdefault(mention.ids[0], []).extend((way.metric, way.method) for way in meant)
    open_ = [one for ways in found.values() if len(set(ways)) > 1 for one in dict.fromkeys(ways)]
    if open_:
        return MethodsSaid(text, {}, tuple(f"{metric}.{method}" for metric, method in open_))
    return MethodsSaid(text, dict(one for ways in found.values() for one in ways))


def _by_their_names(
    asked: str, names: Lexicon, taken: list[Way]
) -> tuple[str, dict[str, list[tuple[str, str]]]]:
    """The question with the metric in the place of a method that has a name of its own: "EBITDA", "burn rate".

    Where the metric itself is named as well, the name stands beside it and is read with it.
    """
    text, found = asked, dict[str, list[tuple[str, str]]]()
    named = mentions(words(asked), names.by_way)
    metrics = {one for mention in named for one in mention.ids}
    for mention in reversed(named):
        metric, _, method = mention.ids[0].partition(".")
        if not method or len(mention.ids) > 1 or metric in metrics or mention.typo:
            continue
        if not any(_is_of(way, mention) for way in taken):
            text = f"{text[: mention.start]}{metric.replace('_', ' ')}{text[mention.end :]}"
            found.setdefault(metric, []).append((metric, method))
    return text, found


def _is_of(way: Way, mention: Mention) -> bool:
    """Whether a name stands in the words of another metric's method: the ARR of "magic number by net new ARR"."""
    start, end = way.words
    return start <= mention.start and mention.end <= end and way.metric not in mention.ids


def _best(ways: list[Way]) -> list[Way]:
    """Those that account for the most words; several where they are open."""
    most = max((way.weight for way in ways), default=0)
    return [way for way in ways if way.weight == most]


def _named(text: str, way: Way, names: Lexicon) -> str:
    """The text with a name that means this metric alone: "pipeline" may be anything without its method."""
    start, end = way.name
    if names.metrics.get(key(text[start:end])) == (way.metric,):
        return text
    return f"{text[:start]}{way.metric.replace('_', ' ')}{text[end:]}"


def _ways(mention: Mention, asked: str, spelt: list[Word], catalog: Catalog) -> Iterator[list[Way]]:
    """The methods that stand before the metric's name, and those behind it."""
    before = [word for word in spelt if word.end <= mention.start][::-1]
    after = [word for word in spelt if word.start >= mention.end]
    metrics = [catalog.metrics[one] for one in mention.ids if catalog.metrics[one].variants]
    several = [(one, *way) for one in metrics for way in one.methods.items()]
    for side in (before, after):
        found = (way_beside(*one, asked, mention, side, goes_on=side is after) for one in several)
        yield [way for way in found if way]
