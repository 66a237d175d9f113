"""Counts of the list in a few fixed forms, so that each can be proved: "3 of the 5 targets are met"."""

from __future__ import annotations

import re

from bot import wording
from bot.citations.facts import Facts
from bot.citations.sentences import Mark, Sentence, Token, Word, plain

OF_THE_WHOLE = {
    "met": ("targets", r"targets (?:is|are) met"),
    "missed": ("targets", r"targets (?:is|are) missed"),
    "unmeasured": ("total", r"metrics (?:is|are) not measured"),
    "withheld": ("total", r"metrics (?:is|are) withheld"),
}
"""What is counted, of how many, and the words that say so."""
ONLY_HERE = frozenset([*OF_THE_WHOLE, "targets"])
"""Fields of the mix that stand in these forms alone."""


def counted(clause: tuple[Token, ...], facts: Facts) -> bool:
    """Whether a clause is nothing but a count of the list, and a true one."""
    fields = [token.field for token in clause if isinstance(token, Mark) and token.metric == "mix"]
    said = plain(tuple(token for token in clause if not (isinstance(token, Word) and token.text == ".")))
    tally = wording.tally(facts.scorecard)
    match fields:
        case [part, whole] if part in OF_THE_WHOLE:
            of, words = OF_THE_WHOLE[part]
            return whole == of and re.fullmatch(rf"§ of the § {words}", said) is not None
        case ["targets" | "total" as whole] if all_are := _of_all(said, whole):
            there_are = len(facts.scorecard.rows) if whole == "total" else tally["targets"]
            return tally[all_are] == there_are > 1
        case ["total"]:
            there = any(row.value.value is not None for row in facts.scorecard.rows)
            return said == "the § metrics of this list have no value yet" and not there
    return False


def _of_all(said: str, whole: str) -> str | None:
    """What is said of all that there are: "all § targets are met"."""
    for part, (of, words) in OF_THE_WHOLE.items():
        if of == whole and re.fullmatch(rf"(?:all|the) § {words}", said):
            return part
    return None


def without_counts(sentence: Sentence, facts: Facts) -> str:
    """The words of a sentence without its clauses that count the list."""
    if all(mark.metric != "mix" for mark in sentence.marks):
        return sentence.plain
    return " , ".join(plain(clause) for clause in sentence.clauses if not counted(clause, facts))
