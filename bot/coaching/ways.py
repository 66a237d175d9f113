"""How a metric is to be computed, as people say it: "use starting headcount for turnover", "use win_rate.of_all"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.coaching.heard import Choice, Heard, Understood
from bot.coaching.rules import Method
from bot.coaching.teacher import Teacher
from bot.memory.coached import Scope
from bot.reading.names.methods_named import written_out
from bot.reading.words.lexicon import lexicon
from bot.reading.words.stems import all_stems
from bot.reading.words.text import key
from metrics.model import Catalog

_WORKS_OUT = r"(?:comput|calculat|measur|count|defin|report)e?"
_METHODS = (
    re.compile(r"\b(?:always )?use (?P<how>.+) for (?P<metric>.+)"),  # a method's own name may hold a "for"
    re.compile(
        r"\b(?:always )?use (?P<how>.+?) "
        r"(?:for|when (?:you )?(?:comput|calculat)\w+|to (?:compute|calculate)) (?P<metric>.+)"
    ),
    re.compile(
        r"\b(?:always )?use (?P<how>.+?) (?:definition|method|version|form|variant) (?:of|for) (?P<metric>.+)"
    ),
    re.compile(
        rf"\b{_WORKS_OUT} (?P<metric>.+?) (?:by|as|with|from|using|over|on|per|of|against|after|in) (?P<how>.+)"
    ),
    re.compile(
        rf"^(?:for us|here|with us)?,? ?(?P<metric>.+?) (?:is|are|should be|must be|has to be) (?:always |to be )?"
        rf"{_WORKS_OUT}d? (?P<how>.+)"
    ),
)
_WE = re.compile(rf"\b{_WORKS_OUT} (?P<rest>.+)")
_INSTEAD = re.compile(r",? (?:and )?(?:not|instead of|rather than) ")


def way_taught(lesson: str, teacher: Teacher, scope: Scope | None) -> Heard:
    """The method that a lesson asks for."""
    said = []
    if (found := _WE.search(lesson)) and (split := named_first(found["rest"], teacher)):
        said.append((split[1], split[0]))
    said += [(found["how"], found["metric"]) for form in _METHODS if (found := form.search(lesson))]
    heard = [one for how, metric in said if (one := way_of(how, metric, teacher, scope)) is not None]
    return next((one for one in heard if isinstance(one, Understood)), heard[0] if heard else None)


def way_of(how: str, metric: str, teacher: Teacher, scope: Scope | None) -> Heard:
    """The variant whose words are nearest to what was said, among those of the metrics that were named."""
    fits = sorted(_fits(how, metric, teacher), reverse=True)
    if not fits:
        said = _INSTEAD.split(how, maxsplit=1)[0]
        return way_of(said, metric, teacher, scope) if said != how else None
    best = [fit for fit in fits if fit[0] == fits[0][0]]
    if len(best) == 1:
        return Understood(Method(metric=best[0][1], variant=best[0][2]), scope)
    offered = [
        f"Use {teacher.catalog.metrics[name].methods[variant]} for {teacher.catalog.metrics[name].name}"
        for _, name, variant in sorted(best)[:3]
    ]
    return Choice(tuple(offered))


def _fits(how: str, metric: str, teacher: Teacher) -> Iterator[tuple[float, str, str]]:
    """Variants that share words with what was said, each with how much of it they share; first who share all."""
    asked, catalog = all_stems(how), teacher.catalog
    named = set(key(metric)) - {","}
    seen = teacher.look(metric).metrics or teacher.look(f"{metric} rate").metrics  # "turnover", "win"
    for name in seen or _holding(named, catalog):
        names = {
            one.id: [all_stems(called) for called in one.synonyms] for one in catalog.metrics[name].variants
        }
        for variant, spoken in catalog.metrics[name].methods.items():
            told, own = all_stems(spoken), all_stems(variant.replace("_", " "))
            called = names.get(variant, [])
            shared = len(asked & told.union(own, *called))
            if asked and shared * 2 >= len(asked):
                whole = len(set(key(catalog.metrics[name].name)))
                exact = 2 if asked in (told, *called) else int(asked == own)
                yield exact + shared / len(asked) + len(named) / (100 * whole), name, variant


def _holding(words: set[str], catalog: Catalog) -> Iterator[str]:
    """The metrics with variants whose names hold all of these words."""
    for name, metric in catalog.metrics.items():
        if metric.variants and words and words <= set(key(metric.name)):
            yield name


def by_id(lesson: str, catalog: Catalog) -> Method | None:
    """A method as the catalog writes it: `win_rate.of_all`, in a sentence that asks for it."""
    if not re.search(rf"\b(?:use|using|always|{_WORKS_OUT}\w*|means)\b", lesson):
        return None
    found = [
        Method(metric=one.id, variant=way)
        for one in catalog.metrics.values()
        for way in written_out(one, lesson)
    ]
    return max(found, key=lambda rule: len(rule.metric) + len(rule.variant), default=None)


def named_first(rest: str, teacher: Teacher) -> tuple[str, str] | None:
    """Where "regretted turnover brain drain" goes from the metric over to its new name: the metric is longest."""
    words = rest.split()
    for cut in range(len(words) - 1, 0, -1):
        name = tuple(key(" ".join(words[:cut])))
        if name in lexicon(teacher.catalog).metrics and key(" ".join(words[cut:])):
            return " ".join(words[:cut]), " ".join(words[cut:])
    return None
