"""Refuse a mark in the place of another: ``its target is [x.value]`` gives one figure for another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.citations.counts import ONLY_HERE, counted
from bot.citations.facts import Facts
from bot.citations.marks import CITED, NEAR, words_before
from bot.citations.names import Name
from bot.citations.sentences import Mark, Sentence, Token, plain

NO_VALUE = re.compile(
    r"\b(?:from|by|than|after|changed|moved|up|down"
    r"|(?:previous|previously|prior|before|earlier)(?: value| level| figure| reading)?(?: of| is| was| at)?"
    r"|(?:target|goal|change)(?: of| for| in)?(?: the| its)?(?: ¤)?(?: of| is| was| stands| at| stands at)?) $"
)
STANDING = re.compile(
    r"\b(?:above|below|ahead|behind|short|off|on|miss\w*|me(?:e?t|ets|eting)|beats?|exceed\w*|no|within|over|under|"
    r"better|worse|hits?|reach\w*|outside|trail\w*)\b.* (?:target|goal|change) at $|\bthan before at $"
)
PREVIOUS = re.compile(
    r"\b(?:from|after|than|compared with|compared to|versus|vs|previous|previously|before|earlier|prior)"
    r"(?: (?!target|goal)[\w']+){0,3} $"
)
WAS = re.compile(r"\b(?:was|against)(?: (?!target|goal)\w+)? $")
OLD = re.compile(
    r"(?:(?:in|of|for|during) )?(?:(?:a|the) )?"
    r"(?:(?:previous|prior|preceding)\b|(?:day|week|month|quarter|year) (?:before|earlier)\b|before\b|earlier\b)"
)
CHANGE = re.compile(
    r"\b(?:by|up|down|chang\w+|mov\w+|rise|fall|gain\w*|lost|drop\w*|increase|decrease|improvement|decline)\b"
)
MOVED = re.compile(
    r"\b(?:rose|risen|rising|fell|fallen|falling|increas(?:ed|ing)|decreas(?:ed|ing)|grew|grown|growing|declin(?:ed|ing)|"
    r"improv(?:ed|ing)|worsen(?:ed|ing)|climb(?:ed|ing)|slip(?:ped|ping)|advanc(?:ed|ing)|eas(?:ed|ing)) $"
)
ASIDE = re.compile(
    r"(?:\)|(?:on|over|from|against) the (?:(?:previous|prior|preceding) )?(?:day|week|month|quarter|year)\b)"
)
NO_CHANGE = re.compile(r"\b(?:to|at|from|than|against|target|goal) $")
TARGET = re.compile(r"\b(?:target|goal)\b")
PERIOD = re.compile(
    r"\b(?:in|for|during|of|over|throughout|ends?|ended|ending|close[sd]?|closing|finish\w*)(?: the)? $"
)
SIDE_NEXT = r"(?:of (?:them|these|which) )?(?:(?:are|is|sit|belong|come) )?(?:(?:on|from|to) the )?(business|people)\b"
MIX = re.compile(
    rf"{SIDE_NEXT}(?= (?:metrics?|measures?)\b"
    r"| (?:and|with|beside|alongside|to|,) § (?:business|people) (?:metrics?|measures?)\b)"
)
"""What is counted are metrics, and it has to say so: "5 people" would be told as employees."""
OF_THEM = re.compile(rf"{SIDE_NEXT}(?: side)?(?= ?(?:[.,;:)]|and §|$))")
"""The same where the sentence has said before that it counts metrics."""
METRICS_COUNTED = re.compile(r"\b(?:list|scorecard|of|of the|of these) (?:\w+ )?§ (?:metrics|measures)\b")
ALL_COUNTED = re.compile(r"(?:metrics?|measures?)\b|in all\b")
OF_WHOM = re.compile(
    r"(?:(?:of|per) )?(?:(?:the|our|its|this) )?(?:people|company|business)\b(?! (?:side|metrics?|measures?))"
    r"|(?:of|per) (?:them|those|these|whom)\b"
)
"""What a value is a share of is for its definition to say."""
AIM = re.compile(
    r"\b(?:targets?|goals?|plan|objective|threshold|bar|band|short|shortfall|gap|distance|difference)\b"
)
FROM_AIM = re.compile(
    r"(?:on|against|over|above|below|under|from|versus|vs) (?:(?:its|the|a|their) )?(?:target|goal|plan)\b"
)
APART = re.compile(r"\b(?:gap|distance|difference|shortfall)\b")
HAS_MOVED = re.compile(
    r"\b(?:up|down|chang\w+|mov\w+|rose|ris\w+|f[ae]ll\w*|gain\w*|lost|drop\w*|increas\w*|decreas\w*|improv\w*"
    r"|worsen\w*|declin\w*|grew|grow\w*|climb\w*|slip\w*|advanc\w*|eas\w+)\b"
)
BE_AT = r"\b(?:is|are|stands?|stood|was|sits?)"
AWAY = re.compile(r"(?:higher|lower) (?:at|than (?:before|(?:in )?the (?:previous|prior|preceding)))\b")
AGAINST = re.compile(r"\b(?:against|versus) $")


@dataclass(frozen=True)
class Around:
    """The words around a mark: the last few before it, the next few after it, and all before it."""

    before: str
    after: str
    all_before: str


def misplaced(sentence: Sentence, facts: Facts) -> str | None:
    """Refuse a mark in the place of another, with a sign before it, or run together with the mark before."""
    once = [mark for mark in sentence.marks if mark.field in CITED or mark.metric == "mix"]
    if len(set(once)) < len(once):
        return "holds the same figure twice"
    counts = {mark for clause in sentence.clauses if counted(clause, facts) for mark in clause}
    for place, mark in enumerate(sentence.tokens):
        if isinstance(mark, Mark) and mark.metric == "mix" and mark in counts:
            continue
        if isinstance(mark, Mark) and not (_fits(mark, sentence, place) and _alone(sentence.tokens[:place])):
            return f"{mark.text} stands where another figure belongs"
    return None


def _alone(before: tuple[Token, ...]) -> bool:
    """Whether nothing before a mark makes another figure of it: ``-[x.value]``, ``[a.value].[b.value]``."""
    for token in reversed(before):
        if isinstance(token, Mark):
            return False
        if isinstance(token, Name) or token.text[0].isalpha() or token.text == "(":
            return True
        if token.text in "-–.":
            return False
    return True


def _fits(mark: Mark, sentence: Sentence, place: int) -> bool:
    tokens = sentence.tokens
    around = Around(
        words_before(tokens, place), plain(tokens[place + 1 : place + 1 + NEAR]), plain(tokens[:place])
    )
    if mark.metric == "mix":
        if mark.field in ONLY_HERE:
            return False
        side = MIX.match(around.after)
        if side is None and METRICS_COUNTED.search(around.all_before):
            side = OF_THEM.match(around.after)
        if mark.field == "total":
            return ALL_COUNTED.match(around.after) is not None and " side" not in around.all_before
        return side is not None and side[1] == mark.field
    fits = PLACES.get(mark.field)
    return fits is None or fits(around)


def _value(around: Around) -> bool:
    named = NO_VALUE.search(around.before) is None or STANDING.search(around.before) is not None
    return named and OLD.match(around.after) is None and OF_WHOM.match(around.after) is None


def _previous(around: Around) -> bool:
    if STANDING.search(around.before):
        return False
    then = OLD.match(around.after) or OLD.search(around.before) or re.search(r"\bnow\b", around.after)
    return PREVIOUS.search(around.before) is not None or (
        WAS.search(around.before) is not None and then is not None
    )


def _change(around: Around) -> bool:
    if _of_a_miss(around.all_before) or FROM_AIM.match(around.after) or APART.search(around.all_before):
        return False
    if AWAY.match(around.after):
        return re.search(rf"{BE_AT} $", around.before) is not None
    if around.before == "( ":
        return ASIDE.match(around.after) is not None
    if MOVED.search(around.before):
        return True
    return CHANGE.search(around.before) is not None and NO_CHANGE.search(around.before) is None


def _of_a_miss(before: str) -> bool:
    """Whether it is taken for how far the target is missed: "misses its target by §". It is the change since before."""
    aims = list(AIM.finditer(before))
    return bool(aims) and before.endswith("by") and HAS_MOVED.search(before, aims[-1].end()) is None


def _target(around: Around) -> bool:
    near = f"{around.before} {' '.join(around.after.split()[:2])}"
    against = AGAINST.search(around.before) is not None and TARGET.search(around.all_before) is not None
    return TARGET.search(near) is not None or against


def _period(around: Around) -> bool:
    return not around.before or PERIOD.search(around.before) is not None


PLACES: dict[str, Callable[[Around], bool]] = {
    "value": _value,
    "previous": _previous,
    "change": _change,
    "target": _target,
    "period": _period,
}
