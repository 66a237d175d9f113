"""Which metric a question asks for that names none: by a phrasing, or by what it is most like."""

from __future__ import annotations

import re

from bot.reading.context.pointing import Thread
from bot.reading.conversation.talk import chatty, of_oneself, off_topic, wants_done
from bot.reading.names.clear import clear, worth_offering
from bot.reading.names.metrics_named import MetricsRead
from bot.reading.names.unmeasured import unmeasured
from bot.reading.words import cues
from bot.reading.words.lexicon import Lexicon
from bot.reading.words.likeness import Like, like
from bot.reading.words.nearness import OFFERED, near
from bot.reading.words.phrasings import meant, narrows
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.stems import idle, stem
from bot.reading.words.text import BARRIER, Word, key, without, words
from bot.reading.words.thesaurus import telling
from metrics.model import Catalog

_AROUND = re.compile(
    r"\b(?:why|on|there|here|list|lists?|dashboards?|scorecards?|always|never|include|add|show|put"
    r"|keep|remember|from now on"
    r"|in (?:the )?future|in|every|each|is|are|so (?:high|low)|at the (?:top|bottom)|still|important"
    r"|matters?|drop|remove)\b"
)
"""What is said around a metric that is taught, or asked why it is there."""
_GROUP = re.compile(r"\b(?:by|per|in|for|at) (?:the |our )?\w+(?= |$|[?.!,])")


def in_everyday_words(
    rest: str, names: Lexicon, catalog: Catalog, *, guess: bool = True
) -> tuple[MetricsRead, str]:
    """The metric that a question without a name asks for, and the text without the words that say so.

    With ``guess`` also the one that it is clearly most like.
    """
    rest = cues.HOW_MADE.sub(_blank, rest)
    if of_oneself(rest) or off_topic(rest) or wants_done(rest) or cues.LACKS.search(rest):
        return MetricsRead(), rest
    owners, said = meant(rest, words(rest), names.everyday)
    if not owners:
        still = _without_course(rest)
        owners, said = meant(still, words(still), names.everyday)
    if not owners and guess:
        return _nearest_to(rest, catalog) or _likely(rest, names, catalog)
    if not owners:
        return MetricsRead(), rest
    rest = without(rest, *((word.start, word.end) for word in said))
    if len(owners) != 1:
        return MetricsRead(unclear=owners), rest
    short = (
        (f"This was read as a question about {catalog.metrics[owners[0]].name}.",) if len(said) == 1 else ()
    )
    return MetricsRead(owners, assumed=short), rest


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


def _nearest_to(rest: str, catalog: Catalog) -> tuple[MetricsRead, str] | None:
    """What is nearest to something that no metric holds: it answers, or is offered, and why is said."""
    if cues.EDITS.search(rest) or not (lacking := unmeasured(rest)):
        return None
    first, *others = (one for one in lacking.nearest if one in catalog.metrics)
    rest = lacking.asked.sub(_blank, rest)
    if not lacking.instead:
        return MetricsRead(unclear=(first, *others), lacking=lacking.name), rest
    return MetricsRead((first,), others=tuple(others), assumed=(lacking.instead,)), rest


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
    still = _without_course(rest)
    if still == rest or (clear(found, rest) and len(telling(still)) > 1):
        return found
    if not telling(still):
        return Like((), frozenset(), frozenset())
    alone = _like(still, names)
    if len(telling(still)) == 1 and not set(found.ids[:1]) & set(alone.ids[:OFFERED]):
        return alone  # "turnover" is no growth of revenue because it is said to rise
    return max(found, alone, key=lambda one: (clear(one, rest), one.best))


def _like(rest: str, names: Lexicon) -> Like:
    found = like(rest, names.like())
    places = [w for w in words(rest) if stem(w.text) in found.strange and narrows(rest, w)]
    if places and cues.OURS.search(rest):
        return like(without(rest, *((w.start, w.end) for w in places)), names.like())
    return found


def _blank_all(rest: str) -> str:
    """The text without the words that tell anything, but for what may be a place or a group."""
    return without(rest, *((w.start, w.end) for w in words(rest) if not narrows(rest, w)))


def _without_course(rest: str) -> str:
    """The text without the words for a course over time or a comparison, or for why something moved."""
    if cues.WHY_MOVED.search(rest):
        rest = cues.MOVED.sub(_blank, rest)
    return cues.COMPARE.sub(_blank, cues.TREND.sub(_blank, rest))


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
