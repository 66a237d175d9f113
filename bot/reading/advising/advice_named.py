"""Which metrics a question for advice names, by their names or by everyday words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.advising import advice_cues as cues
from bot.reading.seen import Seen
from bot.reading.words.everyday import everyday
from bot.reading.words.lexicon import lexicon
from bot.reading.words.mentions import mentions
from bot.reading.words.text import words
from metrics.advice.model import Topic
from metrics.model import Catalog


@dataclass(frozen=True)
class Named:
    """The metrics of a question in the order they are named, and what was said of those read from everyday words."""

    metrics: tuple[str, ...]
    assumed: tuple[str, ...] = ()


def linked(metrics: tuple[str, ...], seen: Seen, catalog: Catalog) -> bool:
    """Whether the one is said to move the other: a verb stands between them, or the link itself is asked about."""
    spans = {one: start for start, _, one in everyday(seen.rest, catalog)}
    first, second = (spans.get(one) or _place(one, seen, catalog) for one in metrics[:2])
    between = seen.text[min(first, second) : max(first, second)]
    apart = re.search(r"\b(?:and|or)\b|,", between)
    return bool(cues.LINK.search(seen.text) or (cues.VERB.search(between) and not apart))


def no_name(name: str, catalog: Catalog) -> bool:
    """Whether a name is no name of a metric: "it", "a good idea", "the CFO"."""
    said = [word for word in words(name) if word.text.isalpha() and word.text not in {"good", "idea", "best"}]
    return not said or bool(mentions(said, lexicon(catalog).by_role))


def named_in(topic: Topic | None, seen: Seen, metrics: tuple[str, ...], catalog: Catalog) -> Named:
    """The metrics named, with those that everyday words stand for; a second one is looked for where two are needed."""
    if metrics and topic != "drives":
        return Named(metrics)
    side = catalog.metrics[metrics[0]].side if metrics else None
    loose = sorted(everyday(seen.rest, catalog, side))
    placed = [(_place(one, seen, catalog), one) for one in metrics]
    placed += [(start, one) for start, _, one in loose if one not in metrics]
    order = tuple(dict.fromkeys(one for _, one in sorted(placed, reverse=topic == "reward")))
    said = tuple(
        f"{seen.rest[start:end]!r} was read as {catalog.metrics[one].name}."
        for start, end, one in loose
        if one in order[:2] and one not in metrics
    )
    return Named(order, said[: 2 if topic == "drives" else 1])


def _place(metric_id: str, seen: Seen, catalog: Catalog) -> int:
    """Where a metric is named in the text; those that a thread points at come first."""
    names = lexicon(catalog)
    found = mentions(words(seen.text), names.by_metric)
    return next((one.start for one in found if metric_id in one.ids), 0)
