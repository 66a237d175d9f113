"""Mark -> the text of a computed value, and the check that every mark has one."""

from __future__ import annotations

import re

from bot import wording
from bot.citations.facts import Facts
from bot.citations.sentences import Mark, Sentence, Token, Word
from metrics.display import row_change, row_target, row_value, shown
from metrics.scorecard import Row, Scorecard
from metrics.values import Status

CITED = frozenset(["value", "previous", "change"])
NEAR = 6
"""How many words around a mark say what it is taken for."""

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


def number(mark: Mark, facts: Facts) -> str:
    """Give the number of the receipt behind a mark, the row's rank: `` [3]``. Empty for what has none."""
    row = facts.row(mark.metric)
    return f" [{row.rank}]" if row is not None and mark.field in CITED else ""


def needs_sign(before: str, after: str = "") -> bool:
    """Whether a change needs its sign between these words: "fell by", "up" and "higher" say it themselves."""
    return SAID.search(before) is None and not after.startswith(("higher", "lower"))


def words_before(tokens: tuple[Token, ...], place: int) -> str:
    """Give the last few words before a token, back to the mark before it, each followed by a space."""
    words: list[str] = []
    for token in reversed(tokens[max(0, place - NEAR) : place]):
        if isinstance(token, Mark):
            break
        words.append(token.lower if isinstance(token, Word) else "¤")
    return "".join(f"{word} " for word in reversed(words))


def unfounded(sentence: Sentence, facts: Facts) -> str | None:
    """Refuse a mark that stands for nothing: an unknown metric or field, or a figure that there is not."""
    for mark in sentence.marks:
        if not text(mark, facts):
            return f"{mark.text} stands for nothing in this scorecard"
    return None


def _mix(card: Scorecard) -> dict[str, str]:
    sizes = {"business": card.business, "people": card.people, "total": len(card.rows)}
    return {field: str(count) for field, count in (sizes | wording.tally(card)).items()}


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
