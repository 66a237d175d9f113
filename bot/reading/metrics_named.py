"""Which metrics a question names: exactly, by an ambiguous name (R09), or in everyday words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading import cues
from bot.reading.ambiguous import settle
from bot.reading.around import Around
from bot.reading.lexicon import Lexicon
from bot.reading.likeness import Like, clear, like, worth_offering
from bot.reading.mentions import Mention, containing
from bot.reading.nearness import OFFERED, near
from bot.reading.phrasings import meant, narrows
from bot.reading.pointing import Thread
from bot.reading.roles import assumed
from bot.reading.spelling import UNDERSTOOD
from bot.reading.stems import idle, stem
from bot.reading.talk import chatty, of_oneself, off_topic
from bot.reading.text import BARRIER, Word, key, without, words
from bot.reading.thesaurus import telling
from metrics.model import Catalog


@dataclass(frozen=True)
class MetricsRead:
    """The metrics; ``unclear`` between which a name leaves the choice, ``others`` that it may mean as well.

    ``likely`` says that nothing was named, and that the words are only like those that the metric is asked by.
    ``assumed`` says what was assumed, ``chosen`` which meaning the question itself says is meant.
    ``places`` are where each metric stands.
    """

    ids: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    likely: bool = False


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


def in_everyday_words(
    rest: str, names: Lexicon, catalog: Catalog, *, guess: bool = True
) -> tuple[MetricsRead, str]:
    """The metric that a question without a name asks for, and the text without the words that say so.

    With ``guess`` also the one that it is clearly most like.
    """
    rest = cues.HOW_MADE.sub(_blank, rest)
    if of_oneself(rest) or cues.LACKS.search(rest):
        return MetricsRead(), rest
    owners, said = meant(rest, words(rest), names.everyday)
    if not owners:
        still = cues.COMPARE.sub(_blank, cues.TREND.sub(_blank, rest))
        owners, said = meant(still, words(still), names.everyday)
    if not owners:
        return _likely(rest, names, catalog) if guess else (MetricsRead(), rest)
    rest = without(rest, *((word.start, word.end) for word in said))
    if len(owners) != 1:
        return MetricsRead(unclear=owners), rest
    short = (
        (f"This was read as a question about {catalog.metrics[owners[0]].name}.",) if len(said) == 1 else ()
    )
    return MetricsRead(owners, assumed=short), rest


_AROUND = re.compile(
    r"\b(?:why|on|there|here|list|lists?|dashboards?|scorecards?|always|never|include|add|show|put"
    r"|keep|remember|from now on"
    r"|in (?:the )?future|in|every|each|is|are|so (?:high|low)|at the (?:top|bottom)|still|important"
    r"|matters?|drop|remove)\b"
)
"""What is said around a metric that is taught, or asked why it is there."""


def spoken_of(rest: str, thread: Thread, names: Lexicon, catalog: Catalog) -> MetricsRead | None:
    """The metric that a lesson or a why speaks of in one everyday word, where it can be only one: "engagement"."""
    if not (cues.TEACHES.search(rest) or (thread.newest and cues.WHY.search(rest))):
        return None
    if not cues.TEACHES.search(rest):
        rest = next((one for one in re.split(r"(?<=[?!.;])", rest) if cues.WHY.search(one)), rest)
    bare = _AROUND.sub(_blank, rest)
    asked = words(bare)
    owners, said = meant(bare, asked, names.everyday)
    if not cues.TEACHES.search(rest):
        owners = tuple(one for one in owners if one in thread.newest) or _listed(asked, thread, catalog)
    if len(owners) != 1:
        return None
    name = catalog.metrics[owners[0]].name
    return MetricsRead(owners, assumed=(f"This was read as one about {name}.",) if said else ())


def _listed(asked: list[Word], thread: Thread, catalog: Catalog) -> tuple[str, ...]:
    """The metrics of the list shown whose names hold what is left of a question: "turnover"."""
    said = {word.text for word in asked if word.text not in UNDERSTOOD | {BARRIER} and not idle(word.text)}
    return tuple(one for one in thread.newest if said and said <= set(key(catalog.metrics[one].name)))


def _likely(rest: str, names: Lexicon, catalog: Catalog) -> tuple[MetricsRead, str]:
    """The metric that the question is clearly most like; the next ones are offered."""
    found = compared(rest, names)
    if (
        not clear(found, rest)
        or cues.LISTS.search(rest)
        or cues.ADVICE.search(rest)
        or cues.EDITS.search(rest)
    ):
        return MetricsRead(), rest
    owner, *others = found.ids[:OFFERED]
    instead = " or ".join(catalog.metrics[one].name for one in others)
    sentence = f"This was read as a question about {catalog.metrics[owner].name}"
    sentence += f"; ask for {instead} instead." if others else "."
    return MetricsRead((owner,), others=tuple(others), assumed=(sentence,), likely=True), _blank_all(rest)


def compared(rest: str, names: Lexicon) -> Like:
    """What a question is like, with or without its words for a course; unknown places and groups say nothing."""
    found = _like(rest, names)
    still = cues.COMPARE.sub(_blank, cues.TREND.sub(_blank, rest))
    if still == rest or (clear(found, rest) and telling(still)):
        return found
    if not telling(still):
        return Like((), frozenset(), frozenset())
    return max(found, _like(still, names), key=lambda one: (clear(one, rest), one.best))


def _like(rest: str, names: Lexicon) -> Like:
    found = like(rest, names.like())
    places = [w for w in words(rest) if stem(w.text) in found.strange and narrows(rest, w)]
    if places and cues.OURS.search(rest):
        return like(without(rest, *((w.start, w.end) for w in places)), names.like())
    return found


def _blank_all(rest: str) -> str:
    """The text without the words that tell anything, but for what may be a place or a group."""
    return without(rest, *((w.start, w.end) for w in words(rest) if not narrows(rest, w)))


_GROUP = re.compile(r"\b(?:by|per|in|for|at) (?:the |our )?\w+(?= |$|[?.!,])")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def nearest(text: str, names: Lexicon, *, about_metrics: bool = False) -> tuple[str, ...]:
    """The best three metrics where none is named; a group that nobody knows says nothing of them."""
    if off_topic(text):
        return ()
    found = compared(text, names)
    if worth_offering(found, text, about_metrics=about_metrics):
        return found.ids[:OFFERED]
    if chatty(text) and not (about_metrics or cues.ADVICE.search(text)):
        return ()
    text = _GROUP.sub(" ", text)
    return near(words(text), names.near, about_metrics=about_metrics)


def _once(ids: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _slip(asked: str, mention: Mention, catalog: Catalog) -> str:
    return f"{asked[mention.start : mention.end]!r} was read as {catalog.metrics[mention.ids[0]].name}."


def _in_context(mention: Mention, text: list[Word], found: list[Mention], names: Lexicon) -> Mention:
    """A name with a telling word beside it may mean another metric: "MRR churn" is not MRR."""
    free = [w for w in text if not any(m.start <= w.start < m.end for m in found)]
    beside = [w.text for w in free if w.text != BARRIER and _touches(w, mention, text)]
    inside = [w.text for w in text if mention.start <= w.start < mention.end]
    for word in (word for word in beside if word in names.weight):
        owners = containing([*inside, word], names.metrics)
        if owners and not set(owners) & set(mention.ids):
            return Mention(owners, mention.start, mention.end, typo=True)
    return mention


def _touches(word: Word, mention: Mention, text: list[Word]) -> bool:
    places = [i for i, w in enumerate(text) if mention.start <= w.start < mention.end]
    return text.index(word) in (places[0] - 1, places[-1] + 1)
