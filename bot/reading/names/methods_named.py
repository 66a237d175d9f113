"""Methods that are named for metrics that are known, also from the question before: "and the median?"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from bot.reading.names.method_words import of_a_time
from bot.reading.words.text import Key, key, plain
from metrics.model import Catalog, Metric

BY_ONE_WORD = {"median": "median", "annualised": "annualised", "annualized": "annualised"}
"""Words that name a method by themselves, and the stem of the methods' ids that have them."""


def methods_named(
    text: str, metrics: Iterable[str], catalog: Catalog, *, known: Collection[str] = ()
) -> dict[str, str]:
    """The variant of each metric that is asked for by name, where it is another than the usual one.

    Only whole names count: "of the closed deals" may be anything, "of closed deals, by value" is one method. Metrics
    of ``known`` were named in the same question, where a method stands beside them unless it is one word.
    """
    said = plain(text).translate({ord("("): " ", ord(")"): " "})
    words = key(said)
    found = {}
    for name in metrics:
        metric = catalog.metrics.get(name)
        named = list(_named(metric, said, words, alone=name not in known)) if metric else []
        if len(named) == 1:
            found[name] = named[0]
    return found


def written_out(metric: Metric, said: str) -> list[str]:
    """The methods of a metric that are called as the catalog writes them: `win_rate.of_all`."""
    if not metric.variants:
        return []
    return [way for way in metric.methods if re.search(rf"\b{metric.id}\.{way}\b".replace("_", " "), said)]


def _named(metric: Metric, said: str, words: Key, *, alone: bool) -> Iterator[str]:
    if written := written_out(metric, said):
        yield max(written, key=len)
        return
    single = {BY_ONE_WORD[word] for word in words if word in BY_ONE_WORD}
    for one in metric.variants:
        spoken = one.id.replace("_", " ")
        names = [key(one.name), () if of_a_time(spoken) else key(spoken)]
        whole = alone and any(
            len(name) > 1 and name != key(metric.name) and _in(name, words) for name in names
        )
        if whole or any(word in one.id.split("_") for word in single):
            yield one.id


def _in(name: Key, words: Key) -> bool:
    return any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1))
