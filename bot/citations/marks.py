"""Mark -> the text of a computed value; and the check that every mark has one and is used as what it is."""

from __future__ import annotations

import re

from bot.citations.facts import Facts
from bot.citations.names import Name
from bot.citations.sentences import Mark, Sentence, Token, Word, plain
from metrics.display import row_change, row_target, row_value, shown
from metrics.scorecard import Row, Scorecard
from metrics.values import Status

CITED = frozenset(["value", "previous", "change"])
NEAR = 6
"""How many words around a mark say what it is taken for."""

NO_VALUE = re.compile(  # "its target is [x.value]" gives one figure for another
    r"\b(?:from|by|than|after|changed|moved|up|down"
    r"|(?:previous|previously|prior|before|earlier)(?: value| level| figure| reading)?(?: of| is| was| at)?"
    r"|(?:target|goal|change)(?: of| for| in)?(?: the| its)?(?: ¤)?(?: of| is| was| stands| at| stands at)?) $"
)
STANDING = re.compile(
    r"\b(?:above|below|ahead|behind|short|off|on|miss\w*|me(?:e?t|ets|eting)|beats?|exceed\w*|no|within|over|under|"
    r"better|worse|hits?|reach\w*|outside|trail\w*)\b.* (?:target|goal|change) at $|\bthan before at $"
)
PREVIOUS = re.compile(
    r"\b(?:from|after|than|compared with|compared to|previous|previously|before|earlier|prior)(?: \w+){0,2} $"
)
WAS = re.compile(r"\bwas(?: \w+)? $")
OLD = re.compile(
    r"(?:(?:in|of|for|during) )?(?:(?:a|the) )?"
    r"(?:(?:previous|prior|preceding)\b|(?:day|week|month|quarter|year) (?:before|earlier)\b|before\b|earlier\b)"
)
CHANGE = re.compile(
    r"\b(?:by|up|down|chang\w+|mov\w+|rise|fall|gain\w*|lost|drop\w*|increase|decrease|improvement|decline)\b"
)
NO_CHANGE = re.compile(r"\b(?:to|at|from|than|against|target|goal) $")
TARGET = re.compile(r"\b(?:target|goal)\b")
PERIOD = re.compile(
    r"\b(?:in|for|during|of|over|throughout|ends?|ended|ending|close[sd]?|closing|finish\w*) $"
)
AGAINST = re.compile(r"\b(?:against|versus) $")
SAID = re.compile(
    r"\b(?:up|down|rose|risen|rises?|fell|fallen|falls?|drop\w*|declin\w*|grew|grown?|grows|increas\w*|"
    r"decreas\w*|improv\w*|worsen\w*|gain\w*|lost|climb\w*|slip\w*)(?: \w+)? $"
)


def text(mark: Mark, facts: Facts, *, signed: bool = True) -> str:
    """Give the words of a mark, as shown everywhere else; empty where it stands for nothing."""
    if mark.metric == "mix":
        return _mix(facts.scorecard).get(mark.field, "")
    row = facts.row(mark.metric)
    words = _words(row, mark.field, facts.scorecard.currency) if row else ""
    return words if signed or mark.field != "change" else words.lstrip("+-")


def marks_of(row: Row, scorecard: Scorecard) -> tuple[str, ...]:
    """List the figures a row has: of value, previous, change and target, those that a mark may stand for."""
    figures = ("value", "previous", "change", "target")
    return tuple(which for which in figures if _words(row, which, scorecard.currency))


def number(mark: Mark, facts: Facts) -> str:
    """Give the number of the receipt behind a mark, the row's rank: `` [3]``. Empty for what has none."""
    row = facts.row(mark.metric)
    return f" [{row.rank}]" if row is not None and mark.field in CITED else ""


def needs_sign(before: str) -> bool:
    """Whether a change needs its sign after these words: "fell by" and "up" have already said it."""
    return SAID.search(before) is None


def words_before(tokens: tuple[Token, ...], place: int) -> str:
    """Give the last few words before a token, back to the mark before it, each followed by a space."""
    words: list[str] = []
    for token in reversed(tokens[max(0, place - NEAR) : place]):
        if isinstance(token, Mark):
            break
        words.append(token.lower if isinstance(token, Word) else "¤")
    return "".join(f"{word} " for word in reversed(words))


def words_after(tokens: tuple[Token, ...], place: int) -> str:
    """Give the next few words after a token."""
    return plain(tokens[place + 1 : place + 1 + NEAR])


def unfounded(sentence: Sentence, facts: Facts) -> str | None:
    """Refuse a mark that stands for nothing: an unknown metric or field, or a figure that there is not."""
    for mark in sentence.marks:
        if not text(mark, facts):
            return f"{mark.text} stands for nothing in this scorecard"
    return None


def misplaced(sentence: Sentence, facts: Facts) -> str | None:  # noqa: ARG001 - all checks look alike
    """Refuse a mark in the place of another, with a sign before it, or run together with the mark before."""
    once = [mark for mark in sentence.marks if mark.field in CITED]
    if len(set(once)) < len(once):
        return "holds the same figure twice"
    for place, mark in enumerate(sentence.tokens):
        if isinstance(mark, Mark) and not (
            _fits(mark, sentence.tokens, place) and _alone(sentence.tokens[:place])
        ):
            return f"{mark.text} stands where another figure belongs"
    return None


def _mix(card: Scorecard) -> dict[str, str]:
    return {"business": str(card.business), "people": str(card.people), "total": str(len(card.rows))}


def _words(row: Row, field: str, currency: str) -> str:
    if field == "value":
        return row_value(row, currency)
    if field == "period":
        return row.value.period.label
    if field == "target":
        return row_target(row, currency)
    if row.value.status is Status.SUPPRESSED or row.previous is None or row.previous.value is None:
        return ""  # what stood beside a suppressed value could give it away
    if field == "previous":
        return shown(row.previous.value, row.metric.unit, currency)
    return row_change(row, currency) if field == "change" else ""


def _alone(before: tuple[Token, ...]) -> bool:
    """Whether nothing before a mark makes another figure of it: ``-[x.value]``, ``[a.value].[b.value]``."""
    for token in reversed(before):
        if isinstance(token, Mark):
            return False
        if isinstance(token, Name) or token.text[0].isalpha():
            return True
        if token.text in "-–.":
            return False
    return True


def _fits(mark: Mark, tokens: tuple[Token, ...], place: int) -> bool:
    if mark.metric == "mix":
        after = next((token.lower for token in tokens[place + 1 : place + 2] if isinstance(token, Word)), "")
        return after == mark.field if mark.field != "total" else after not in ("business", "people")
    before = words_before(tokens, place)
    after = words_after(tokens, place)
    if mark.field == "value":
        fits = NO_VALUE.search(before) is None or STANDING.search(before) is not None
        return fits and OLD.match(after) is None
    if mark.field == "period":
        return not before or PERIOD.search(before) is not None
    if mark.field == "previous":
        if STANDING.search(before):
            return False
        was = WAS.search(before) and (
            OLD.match(after) or OLD.search(before) or "now" in plain(tokens).split()
        )
        return bool(PREVIOUS.search(before) or was)
    if mark.field == "change":
        return CHANGE.search(before) is not None and NO_CHANGE.search(before) is None
    return (
        mark.field != "target"
        or TARGET.search(f"{before} {plain(tokens[place + 1 : place + 3])}") is not None
        or (AGAINST.search(before) is not None and TARGET.search(plain(tokens[:place])) is not None)
    )
