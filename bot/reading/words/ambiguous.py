"""An ambiguous name -> its meaning (R09): by the words, the thread, a former choice, the place, the company."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.reading.context.around import Around
from bot.reading.words.text import Key, key
from metrics.balance.acronyms import Acronyms, certain, weigh
from metrics.model import Catalog


@dataclass(frozen=True)
class Settled:
    """The meanings, the best first; ``sure`` where the words or the thread leave no doubt.

    ``because`` says what decided, where that was not said in the question.
    """

    token: str
    ids: tuple[str, ...]
    titles: Mapping[str, str]
    sure: bool = False
    because: str = ""


def rules_about_names(catalog: Catalog) -> Iterator[Acronyms]:
    """What the rules say about names that stand for several things (R09)."""
    for rule in catalog.rules.values():
        if rule.kind == "acronym":
            yield Acronyms.model_validate(rule.parameters)


def names_of(catalog: Catalog) -> dict[Key, tuple[str, ...]]:
    """The ambiguous names of metrics, as they are looked up."""
    return {
        key(name): tuple(reading.metric for reading in readings)
        for rule in rules_about_names(catalog)
        for name, readings in rule.names.items()
    }


def settle(typed: str, said: str, catalog: Catalog, around: Around) -> Settled | None:
    """What a name means here; None where no rule calls it ambiguous. ``said`` is the whole question."""
    for rule in rules_about_names(catalog):
        token = next((one for one in (*rule.readings, *rule.names) if key(one) == key(typed)), None)
        if token is None:
            continue
        spoken = re.sub(r"\bnot (?:the )?\w+", " ", said.replace(typed, " ") if token in rule.names else said)
        weighed = weigh(rule, token, spoken)
        ids = tuple(one.reading.id for one in weighed)
        titles = {
            one.reading.id: one.reading.title or catalog.metrics[one.reading.id].name for one in weighed
        }
        found = Settled(token, ids, titles, sure=certain(rule, weighed))
        return found if found.sure else _by_what_is_around(found, rule, spoken, around)
    return None


def _by_what_is_around(open_: Settled, rule: Acronyms, said: str, around: Around) -> Settled:
    thread = around.thread
    named = [one for turn in (thread.last, thread.listed) if turn for one in (*turn.metrics, turn.role)]
    before = next((one for one in named if one in open_.ids), None)
    if before:
        return _first(open_, before, "", sure=True)
    chosen = around.choices.get(open_.token)
    if chosen in open_.ids:
        return _first(open_, chosen, "as you chose before")
    here = weigh(rule, open_.token, f"{said} {around.place}")
    if certain(rule, here):
        return _first(open_, here[0].reading.id, "because of where and by whom it is asked")
    declared = [one for one in open_.ids if one in around.organisations]
    if len(declared) == 1:
        return _first(open_, declared[0], "the only one of them that company.toml knows")
    return open_


def _first(open_: Settled, meant: str, because: str, *, sure: bool = False) -> Settled:
    ids = (meant, *(one for one in open_.ids if one != meant))
    return Settled(open_.token, ids, open_.titles, sure, because)


def token_between(catalog: Catalog, ids: Sequence[str]) -> str | None:
    """The ambiguous name that may mean all of these."""
    for rule in rules_about_names(catalog):
        for token in (*rule.readings, *rule.names):
            if len(set(ids)) > 1 and set(ids) <= {reading.id for reading in rule.of(token)}:
                return token
    return None


def told_by(catalog: Catalog, one: str, among: Sequence[str]) -> frozenset[str]:
    """The words that tell one meaning of an ambiguous name: its title, and what is evidence for it."""
    token = token_between(catalog, among)
    return frozenset(
        word
        for rule in rules_about_names(catalog)
        for reading in (rule.of(token) if token else ())
        if reading.id == one
        for phrase in (reading.title or "", *reading.evidence)
        for word in key(phrase)
    )
