"""Which metrics a question names: exactly, by an ambiguous name (R09), or in everyday words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.context.around import Around
from bot.reading.names.roles import assumed
from bot.reading.words import cues
from bot.reading.words.ambiguous import settle
from bot.reading.words.lexicon import Lexicon
from bot.reading.words.mentions import Mention, containing
from bot.reading.words.text import BARRIER, Word
from metrics.model import Catalog


@dataclass(frozen=True)
class MetricsRead:
    """The metrics; ``unclear`` between which a name leaves the choice, ``others`` that it may mean as well.

    ``likely`` says that nothing was named, and that the words are only like those that the metric is asked by.
    ``assumed`` says what was assumed, ``chosen`` which meaning the question itself says is meant.
    ``places`` are where each metric stands. ``lacking`` is what no metric holds: those in ``unclear`` are nearest.
    """

    ids: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    likely: bool = False
    lacking: str = ""


def metrics_read(
    found: list[Mention],
    spelt: list[Word],
    asked: str,
    *,
    names: Lexicon,
    catalog: Catalog,
    around: Around,
) -> MetricsRead:
    """The metrics that a question calls by their names."""
    placed = [_in_context(one, spelt, found, names) for one in found]
    plain = [one.ids[0] for one in placed if len(one.ids) == 1]
    ids: list[str] = []
    unclear: list[str] = []
    others: list[str] = []
    said: list[str] = []
    chosen: list[tuple[str, str]] = []
    for mention in placed:
        if len(mention.ids) == 1:
            ids.append(mention.ids[0])
            if mention.typo:
                said.append(_slip(asked, mention, catalog))
            continue
        settled = settle(asked[mention.start : mention.end], asked, catalog, around)
        spelt_out = [one for one in mention.ids if one in plain]
        if settled and spelt_out:
            chosen += [(settled.token, spelt_out[0])] if cues.MEANT.search(asked) else []
        elif settled and (settled.sure or settled.because):
            ids.append(settled.ids[0])
            others += settled.ids[1:]
            said.append(assumed(settled))
        elif not spelt_out:
            unclear += mention.ids
    places = tuple((mention.ids[0], mention.start) for mention in placed)
    return MetricsRead(_once(ids), _once(unclear), _once(others), tuple(said), tuple(chosen), places)


def sharing_an_end(found: list[Mention], spelt: list[Word], names: Lexicon) -> list[Mention]:
    """The metrics named, and those whose name ends with the next one's: "gross and net revenue retention"."""
    whole = list(found)
    for mention in found:
        inside = [place for place, w in enumerate(spelt) if mention.start <= w.start < mention.end]
        first = inside[0] - 2 if inside else -1
        if (
            first < 0
            or spelt[first + 1].text != BARRIER
            or any(m.end > spelt[first].start for m in found if m.start <= spelt[first].start)
        ):
            continue
        ends = [tuple(spelt[place].text for place in inside[start:]) for start in range(1, len(inside))]
        owners = [
            names.metrics[(spelt[first].text, *end)]
            for end in ends
            if (spelt[first].text, *end) in names.metrics
        ]
        if owners and len(owners[0]) == 1 and owners[0] != mention.ids:
            whole.append(Mention(owners[0], spelt[first].start, spelt[first].end))
    return sorted(whole, key=lambda one: one.start)


def _once(ids: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _slip(asked: str, mention: Mention, catalog: Catalog) -> str:
    return f"{asked[mention.start : mention.end]!r} was read as {catalog.metrics[mention.ids[0]].name}."


def _in_context(mention: Mention, text: list[Word], found: list[Mention], names: Lexicon) -> Mention:
    """A name with a telling word beside it may mean another metric: "MRR churn" is not MRR."""
    places = [place for place, w in enumerate(text) if mention.start <= w.start < mention.end]
    touching = [text[place] for place in (places[0] - 1, places[-1] + 1) if 0 <= place < len(text)]
    free = [w for w in touching if not any(m.start <= w.start < m.end for m in found)]
    beside = [w.text for w in free if w.text != BARRIER]
    inside = [text[place].text for place in places]
    for word in (word for word in beside if word in names.weight):
        owners = containing([*inside, word], names.metrics)
        if owners and not set(owners) & set(mention.ids):
            return Mention(owners, mention.start, mention.end, typo=True)
    return mention
