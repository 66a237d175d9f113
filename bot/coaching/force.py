"""The coached rules in force for whoever asks, and what they change: the ranking, and the company's own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from bot.coaching.rules import (
    Alias,
    Exclude,
    FiscalYear,
    Include,
    Method,
    Rule,
    Share,
    known,
    readable,
    rule_of,
)
from bot.coaching.scopes import reaches
from bot.memory import Memory
from bot.memory.coached import Kept, rules
from bot.reading.words.text import key
from metrics.balance import Coached
from metrics.engine import Engine
from metrics.lists.taught import Taught
from metrics.model import Catalog, Metric
from metrics.opening import with_variants


class Changes(NamedTuple):
    """What coached rules change of a company: how metrics are computed, what they are called, the calendar."""

    methods: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    fiscal_year_start: int | None = None


@dataclass(frozen=True)
class InForce:
    """All active rules, and for whom they are looked at."""

    kept: tuple[Kept, ...] = ()
    user: str = ""
    channel: str = ""

    @property
    def reaching(self) -> tuple[Kept, ...]:
        """The rules that are for this person in this place."""
        return tuple(kept for kept in self.kept if reaches(kept, self.user, self.channel))

    def taught(self, catalog: Catalog) -> Taught:
        """What lists are made with and held to. What the catalog does not know rests."""
        found = [
            coached(kept, rule_of(kept.rule), reaches(kept, self.user, self.channel))
            for kept in self.kept
            if known(rule_of(kept.rule), catalog)
        ]
        return Taught(tuple(one for one in found if one), self.user, self.channel)

    def definitions(self, engine: Engine) -> list[tuple[Kept, Rule]]:
        """The definitions and the calendar of this company, which are the same for everyone."""
        found = [(kept, rule_of(kept.rule)) for kept in self.reaching]
        return [
            (kept, rule)
            for kept, rule in found
            if kept.company == engine.company.file.name
            and isinstance(rule, Method | Alias | FiscalYear)
            and known(rule, engine.catalog)
        ]

    def engine(self, engine: Engine) -> Engine:
        """The engine as the workspace has it: with its methods, its words and its calendar."""
        found = [rule for _, rule in self.definitions(engine)]
        changes = Changes(
            methods=tuple((rule.metric, rule.variant) for rule in found if isinstance(rule, Method)),
            names=tuple((rule.words, rule.metric) for rule in found if isinstance(rule, Alias)),
            fiscal_year_start=next((rule.month for rule in found if isinstance(rule, FiscalYear)), None),
        )
        return engine if changes == Changes() else adapted(engine, changes)


UNTAUGHT = InForce()
"""Nobody was taught anything."""


def in_force(memory: Memory, user: str, channel: str) -> InForce:
    """The rules as they are now."""
    return InForce(tuple(kept for kept in rules(memory) if readable(kept.rule)), user, channel)


def as_taught(memory: Memory, engine: Engine) -> Engine:
    """The engine as the workspace has it, for whatever asks no person's question."""
    return in_force(memory, "", "").engine(engine)


def coached(kept: Kept, rule: Rule, applied: bool) -> Coached | None:
    """A stored rule as lists are held to it; None where it is not about lists."""
    held = Coached(id=kept.id, scope=kept.scope, of=kept.of, applied=applied)
    match rule:
        case Include(metrics=names, role=role):
            return held.model_copy(update={"include": list(names), "role": role})
        case Exclude(metrics=names, role=role):
            return held.model_copy(update={"exclude": list(names), "role": role})
        case Share(side=side, percent=percent, role=role):
            return held.model_copy(update={side: percent, "role": role})
    return None


@lru_cache(maxsize=32)
def adapted(engine: Engine, changes: Changes) -> Engine:
    """The same engine with those changes; the same one for the next question."""
    file = engine.company.file
    month = changes.fiscal_year_start or file.fiscal_year_start
    own = engine.company.model_copy(
        update={
            "file": file.model_copy(update={"fiscal_year_start": month, "variants": dict(changes.methods)})
        }
    )
    catalog = with_names(with_variants(engine.catalog, own), changes.names)
    both = {"variants": {**file.variants, **dict(changes.methods)}, "fiscal_year_start": month}
    return engine.taught(catalog, own.model_copy(update={"file": file.model_copy(update=both)}))


def with_names(catalog: Catalog, names: tuple[tuple[str, str], ...]) -> Catalog:
    """The catalog in which words mean one metric, and no other."""
    metrics = dict(catalog.metrics)
    for words, owner in names:
        for name, metric in metrics.items():
            metrics[name] = _called(metric, words, own=name == owner)
    return replace(catalog, metrics=metrics) if names else catalog


def _called(metric: Metric, words: str, *, own: bool) -> Metric:
    synonyms = [one for one in metric.synonyms if key(one) != key(words)]
    phrasings = [one for one in metric.phrasings if key(one) != key(words)]
    if own:
        synonyms.append(words)
    if (synonyms, phrasings) == (metric.synonyms, metric.phrasings):
        return metric
    return metric.model_copy(update={"synonyms": synonyms, "phrasings": phrasings})
