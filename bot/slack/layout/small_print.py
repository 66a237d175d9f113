"""Small print under an answer: what it rests on, what is not shown and why, notes, how small its small samples are."""

from __future__ import annotations

from bot.model import Answer
from bot.slack.layout.limits import Block
from bot.slack.layout.table import number
from bot.slack.layout.written import small
from metrics.calendar.periods import Period
from metrics.privacy import is_withheld
from metrics.values import Value

WITHHELD = "{count} not shown here. {why}"
ASKER_HAS = "Only who asked got {which}, alone."
ELSEWHERE = "Ask me in a direct message."
SMALL = "small_sample"
COUNTED = 20
"""So many small samples are told with their n under an answer; all numbers' are in the modal of *Sources*."""


def small_print(answer: Answer, why: str) -> list[Block]:
    """All of it; ``why`` is the reason for what is not shown."""
    notes = [*_withheld(answer, why), *_notes(answer), *_broken(answer), *_worded(answer)]
    return [*small(_basis(answer)), *small(notes), *counted(answer)]


def counted(answer: Answer) -> list[Block]:
    """How many each number rests on of which that is few, and not said above."""
    return small(_samples(answer))


def _basis(answer: Answer) -> list[str]:
    """What the answer rests on, in one line: the mix, the period, what a change is against, the day."""
    if card := answer.scorecard:
        changes = any(row.change is not None for row in card.rows)
        against = f"change against the period before ({card.period.previous().label})"
        parts = [
            f"{card.business} business, {card.people} people",
            card.company,
            _dates(card.period),
            *([against] if changes else []),
            f"as of {card.as_of.isoformat()}",
        ]
        return [" · ".join(parts)]
    days = {value.citation.as_of for value in answer.values}
    if not answer.asides or len(days) != 1:
        return []
    periods = list(dict.fromkeys(_dates(value.period) for value in answer.values))
    return [" · ".join([*(periods if len(periods) == 1 else ()), f"as of {days.pop().isoformat()}"])]


def _notes(answer: Answer) -> list[str]:
    """The notes that change a decision; the others where nothing above says the same."""
    return [note for note in answer.notes if note not in answer.asides] if _basis(answer) else [*answer.notes]


def _worded(answer: Answer) -> list[str]:
    """Who worded the answer, or why it was not worded."""
    if answer.model.fallback:  # a model may have read the question and yet failed at the wording
        return [f"Plain wording: {answer.model.fallback}."]
    if answer.model.used:
        return [f"Worded by {answer.model.name or 'a language model'}; every number is computed."]
    return []


def _dates(period: Period) -> str:
    days = f"{period.start.isoformat()}..{period.last_day.isoformat()}"
    return days if period.label == days else f"{period.label} ({days})"


def _withheld(answer: Answer, why: str) -> list[str]:
    hidden = withheld(answer)
    if not hidden:
        return []
    many = len(hidden) > 1 or any(_all_groups(value, answer) for value in hidden)
    count = f"{len(hidden)} values are" if len(hidden) > 1 else "These values are" if many else "1 value is"
    if answer.alone is None:
        return [
            WITHHELD.format(count=count, why=why.replace("{which}", "them" if many else "it") or ELSEWHERE)
        ]
    got = len(hidden) - len(withheld(answer.alone))
    which = ("them" if many else "it") if got >= len(hidden) or len(hidden) == 1 else f"{got} of them"
    return [WITHHELD.format(count=count, why=ASKER_HAS.format(which=which))]


def withheld(answer: Answer) -> list[Value]:
    """The values of an answer that its readers may not see."""
    rows = answer.scorecard.rows if answer.scorecard else ()
    return [value for value in (*(row.value for row in rows), *answer.values) if is_withheld(value)]


def _all_groups(value: Value, answer: Answer) -> bool:
    """Whether it stands for all groups of a split, which are withheld as one."""
    return bool(answer.request.dimension) and not value.group


def _broken(answer: Answer) -> list[str]:
    return [
        f"{rule.rule} is not kept{f': {rule.note}' if rule.note else '.'}"
        for rule in answer.rules
        if not rule.passed
    ]


def _samples(answer: Answer) -> list[str]:
    """The n of small samples, numbered as the table and the prose number them; the rest is a click."""
    card = answer.scorecard
    numbered = (
        [(number(row), row.value) for row in card.rows if number(row)]
        if card
        else [
            (f"[{place}]", value)
            for place, value in enumerate(answer.values, start=1)
            if value.value is not None
        ]
    )
    few = [(place, value.citation.n) for place, value in numbered if SMALL in value.flags]
    parts = [f"{place} n = {n:,}" for place, n in few if n is not None and f"n = {n:,})" not in answer.body]
    if not parts:
        return []
    more = " …" if len(parts) > COUNTED else ""
    return [f"Small samples: {' · '.join(parts[:COUNTED])}{more}"]
