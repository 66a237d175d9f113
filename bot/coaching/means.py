"""Lessons about words: "churn means logo churn", "we call regretted turnover brain drain"; or about methods."""

from __future__ import annotations

import re
import unicodedata

from bot.coaching.heard import Choice, Heard, Limited, Understood
from bot.coaching.rules import Alias
from bot.coaching.teacher import Teacher
from bot.coaching.ways import named_first, way_of, way_taught
from bot.memory.coached import Scope
from bot.reading.words.lexicon import lexicon
from bot.reading.words.spelling import UNDERSTOOD
from bot.reading.words.text import FILLER, key

_Q = r"['\"“”]?"
_CALLS = (
    re.compile(rf"\bwe (?:call|say) (?P<metric>.+?) {_Q}'(?P<words>[^']{{2,60}})'"),
    re.compile(
        r"'(?P<words>[^']{2,60})' (?:means|is|stands for|is (?:our|a|the) (?:name|word|term) for) (?P<metric>.+)"
    ),
    re.compile(r"\bwe say (?P<words>.+?) (?:for|when we mean|and mean) (?P<metric>.+)"),
    re.compile(r"\bwhen we say (?P<words>.+?),? we mean (?P<metric>.+)"),
    re.compile(r"^(?:by )?(?P<words>.+?) is (?:our|a|the|another) (?:name|word|term) for (?P<metric>.+)"),
)
_CALL = re.compile(r"(?:\bwe |^)call (?P<rest>.+)")
_MEANS = re.compile(
    r"^(?:for us|here|with us|in our company|note that|remember that|by)?,? ?(?P<words>.+?) "
    r"(?:always )?(?:means|stands for|is defined as|refers to|is short for) (?P<metric>.+)"
)
SHORTEST, LONGEST = 2, 60
"""Characters of a name of one's own."""


def read(lesson: str, teacher: Teacher, scope: Scope | None) -> Heard:
    """A name for a metric, or the method by which one is computed."""
    for form in _CALLS:
        if found := form.search(lesson):
            return _named(found["words"], found["metric"], teacher, scope)
    if (found := _CALL.search(lesson)) and (split := named_first(found["rest"], teacher)):
        return _named(split[1], split[0], teacher, scope)
    if found := _MEANS.search(lesson):
        return _named(found["words"], found["metric"], teacher, scope)
    return way_taught(lesson, teacher, scope)


def _named(words: str, metric: str, teacher: Teacher, scope: Scope | None) -> Heard:
    """Words that mean a metric; or a metric that means one of its methods."""
    words, seen = words.strip(" '\"“”.,:;!?"), teacher.look(metric)
    owners = lexicon(teacher.catalog).metrics.get(key(words), ())
    if not seen.metrics:
        by_method = way_of(metric, words, teacher, scope)
        if isinstance(by_method, Understood):
            return by_method
        offered = seen.unclear or seen.nearly
        names = [teacher.catalog.metrics[name].name for name in offered[:3]]
        return Choice(tuple(f"For us “{words}” means {name}" for name in names)) if names else None
    owner = seen.metrics[0]
    method = way_of(metric, words, teacher, scope) if len(owners) == 1 else None
    if isinstance(method, Understood):
        return method
    if owners == (owner,):
        return Limited("same", word=words)
    if not _free(words, owners, teacher):
        return Limited("word", word=words)
    return Understood(Alias(words=words, metric=owner), scope, seen.named.assumed)


def _free(words: str, owners: tuple[str, ...], teacher: Teacher) -> bool:
    """Whether words can be given a meaning: they are no name of another metric, role or dimension, and not ordinary.

    Nor may they be a period or a group of the company: what is asked of these would be of all days, or of everybody.
    """
    catalog = teacher.catalog
    names, phrase = lexicon(catalog), key(words)
    if _unseen(words) or teacher.look(words).period or phrase in teacher.groups:
        return False
    if not owners and _run(phrase) in {_run(name) for name in (*names.metrics, *names.roles)}:
        return False
    full = {key(metric.name) for metric in catalog.metrics.values()} | {key(name) for name in catalog.metrics}
    taken = len(owners) == 1 or phrase in full or phrase in names.roles or phrase in names.dimensions.phrases
    ordinary = all(word in UNDERSTOOD or word in FILLER for word in phrase)
    return SHORTEST <= len(words) <= LONGEST and len(phrase) > 0 and not taken and not ordinary


def _run(phrase: tuple[str, ...]) -> str:
    """A name in one run of plain letters: one that differs in blanks or accents only would be taken for it."""
    letters = unicodedata.normalize("NFKD", "".join(phrase))
    return "".join(letter for letter in letters if letter.isalnum())


def _unseen(words: str) -> bool:
    """Whether there is something in words that cannot be seen, or is markup."""
    return any(unicodedata.category(letter)[0] == "C" or letter in "<>`" for letter in words)
