"""Lessons about words and methods: "churn means logo churn", "use headcount at period start for turnover"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.coaching.heard import Choice, Heard, Limited, Understood
from bot.coaching.rules import Alias, Method, methods
from bot.coaching.teacher import Teacher
from bot.memory.coached import Scope
from bot.reading.lexicon import lexicon
from bot.reading.spelling import UNDERSTOOD
from bot.reading.text import FILLER, key
from metrics.model import Catalog

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
_METHODS = (
    re.compile(
        r"\b(?:always )?use (?P<how>.+?) "
        r"(?:for|when (?:you )?(?:comput|calculat)\w+|to (?:compute|calculate)) (?P<metric>.+)"
    ),
    re.compile(
        r"\b(?:compute|calculate|measure|count) (?P<metric>.+?) (?:by|as|with|from|using|over|on|per|of) (?P<how>.+)"
    ),
    re.compile(r"\b(?:we )?(?:define) (?P<metric>.+?) (?:as|by) (?P<how>.+)"),
)
SHORTEST, LONGEST = 2, 60
"""Characters of a name of one's own."""


def read(lesson: str, teacher: Teacher, scope: Scope | None) -> Heard:
    """A name for a metric, or the method by which one is computed."""
    for form in _CALLS:
        if found := form.search(lesson):
            return _named(found["words"], found["metric"], teacher, scope)
    if (found := _CALL.search(lesson)) and (split := _split(found["rest"], teacher)):
        return _named(split[1], split[0], teacher, scope)
    if found := _MEANS.search(lesson):
        return _named(found["words"], found["metric"], teacher, scope)
    for form in _METHODS:
        if found := form.search(lesson):
            return _method(found["how"], found["metric"], teacher, scope)
    return None


def _split(rest: str, teacher: Teacher) -> tuple[str, str] | None:
    """Where "regretted turnover brain drain" goes from the metric over to its new name: the metric is longest."""
    words = rest.split()
    for cut in range(len(words) - 1, 0, -1):
        name = tuple(key(" ".join(words[:cut])))
        if name in lexicon(teacher.catalog).metrics and key(" ".join(words[cut:])):
            return " ".join(words[:cut]), " ".join(words[cut:])
    return None


def _named(words: str, metric: str, teacher: Teacher, scope: Scope | None) -> Heard:
    """Words that mean a metric; or a metric that means one of its methods."""
    words, seen = words.strip(" '\"“”.,:;!?"), teacher.look(metric)
    owners = lexicon(teacher.catalog).metrics.get(key(words), ())
    if not seen.metrics:
        by_method = _method(metric, words, teacher, scope)
        if isinstance(by_method, Understood):
            return by_method
        offered = seen.unclear or seen.nearly
        names = [teacher.catalog.metrics[name].name for name in offered[:3]]
        return Choice(tuple(f"For us “{words}” means {name}" for name in names)) if names else None
    owner = seen.metrics[0]
    if owners == (owner,):
        method = _method(metric, words, teacher, scope)
        return method if isinstance(method, Understood) else Limited("same", word=words)
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


def _method(how: str, metric: str, teacher: Teacher, scope: Scope | None) -> Heard:
    """The variant whose words are nearest to what was said, among those of the metrics that were named."""
    fits = sorted(_fits(how, metric, teacher), reverse=True)
    if not fits:
        return None
    best = [fit for fit in fits if fit[0] == fits[0][0]]
    if len(best) == 1:
        return Understood(Method(metric=best[0][1], variant=best[0][2]), scope)
    said = [
        f"Use {methods(teacher.catalog, name)[variant]} for {teacher.catalog.metrics[name].name}"
        for _, name, variant in sorted(best)[:3]
    ]
    return Choice(tuple(said))


def _fits(how: str, metric: str, teacher: Teacher) -> Iterator[tuple[float, str, str]]:
    """Variants that share words with what was said, each with how much of it they share."""
    asked, catalog = set(key(how)) - {","}, teacher.catalog
    named = set(key(metric)) - {","}
    seen = (
        teacher.look(metric).metrics or teacher.look(f"{metric} rate").metrics
    )  # "turnover", "attrition", "win"
    for name in seen or _holding(named, catalog):
        for variant, spoken in methods(catalog, name).items():
            told = (set(key(spoken)) | set(key(variant.replace("_", " ")))) - {","}
            shared = len(asked & told)
            if asked and shared * 2 >= len(asked):
                whole = len(set(key(catalog.metrics[name].name)))
                yield shared / len(asked) + len(named) / (100 * whole), name, variant


def _holding(words: set[str], catalog: Catalog) -> Iterator[str]:
    """The metrics with variants whose names hold all of these words."""
    for name, metric in catalog.metrics.items():
        if metric.variants and words and words <= set(key(metric.name)):
            yield name
