"""Answer -> Block Kit: title, chart, table, prose, what it rests on, notes, sources, buttons. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.model import Answer
from bot.slack import limits
from bot.slack.buttons import asking, choices, sharing, thumbs
from bot.slack.chart import charts
from bot.slack.limits import Block
from bot.slack.pages import PART
from bot.slack.table import lines_table, number, tables
from bot.slack.text import mrkdwn, plain, split
from metrics.periods import Period
from metrics.privacy import is_withheld
from metrics.values import Value

WITHHELD = "{count} not shown here. {why}"
ASKER_HAS = "Only who asked got {which}, alone."
ELSEWHERE = "Ask me in a direct message."
COUNTED = 20
"""So many numbers are told with their n under an answer; all are in the modal of *Sources*."""


def render(answer: Answer, thread: str = "", *, why: str = "") -> list[Block]:
    """The whole answer, in the order people read it. Never empty, and no block of it is.

    ``thread`` is the conversation that its buttons belong to, ``why`` the reason for what is not shown.
    """
    card = answer.scorecard
    lead, body = _body(answer)
    blocks = [
        *_title(answer.title),
        *lead,
        *charts(answer, _names(answer)),
        *(tables(card) if card and card.rows else ()),
        *body,
        *small(_basis(answer)),
        *small([*_withheld(answer, why), *_notes(answer), *_broken(answer), *_worded(answer)]),
        *small(_sources(answer)),
        *_next(choices(answer)[1]),
        *asking(answer, thread),
    ]
    return [*blocks, *thumbs(answer)] if blocks else said("I have nothing to say to that. Ask me for `help`.")


def render_alone(answer: Answer, public: Answer) -> list[Block]:
    """What the asker alone sees beside the public answer: the values that were withheld there."""
    return [*values_of(answer, public), *sharing(answer)]


def values_of(answer: Answer, public: Answer) -> list[Block]:
    """The values that the public answer withholds, as the asker may see them, under the title of what was asked."""
    card = answer.scorecard
    if card is None:
        lead, body = _body(answer)
        return [*_title(answer.title), *lead, *body, *small(_sources(answer))]
    hidden = (
        {row.rank for row in public.scorecard.rows if is_withheld(row.value)} if public.scorecard else set()
    )
    shown = replace(card, rows=tuple(row for row in card.rows if row.rank in hidden))
    return [*_title(answer.title), *tables(shown), *small(_sources(replace(answer, scorecard=shown)))]


def said(sentence: str) -> list[Block]:
    """One sentence of our own, as blocks; what is in backticks stays code."""
    return sections(mrkdwn(sentence))


def _title(title: str) -> list[Block]:
    words = plain(title).strip()
    if len(words) > limits.HEADER:
        return sections(mrkdwn(words))
    return [{"type": "header", "text": {"type": "plain_text", "text": words}}] if words else []


def _names(answer: Answer) -> dict[str, str]:
    """The names of the metrics of an answer without a scorecard, as its title lists them."""
    metrics = list(dict.fromkeys(value.metric for value in answer.values))
    names = answer.title.partition(":")[0].split(", ")
    return dict(zip(metrics, names, strict=True)) if len(names) == len(metrics) else {}


def _body(answer: Answer) -> tuple[list[Block], list[Block]]:
    """What is said before a chart, and the rest: prose; values that are given line by line as a native table."""
    lead, _, lines = answer.body.rpartition("\n\n")
    if answer.values and not answer.scorecard:
        return sections(mrkdwn(lead)), lines_table(lines, answer.values) or sections(mrkdwn(lines))
    return [], sections(mrkdwn(answer.body))


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


def _sources(answer: Answer) -> list[str]:
    """How many each number rests on, numbered as the table and the prose number them; the rest is a click."""
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
    parts = [f"{place} {value.citation.n:,}" for place, value in numbered if value.citation.n is not None]
    if not parts:
        return []
    more = " …" if len(parts) > COUNTED else ""
    return [f"n: {' · '.join(parts[:COUNTED])}{more}"]


def _next(suggestions: Iterable[str]) -> list[Block]:
    """What to ask next that no button asks."""
    lines = [f"• {mrkdwn(one)}" for one in suggestions]
    return sections("\n".join(["*Ask next*", *lines])) if lines else []


def sections(text: str) -> list[Block]:
    """Text that is escaped already, as sections; ``verbatim`` keeps Slack from linking names in it."""
    return [
        {"type": "section", "text": {"type": "mrkdwn", "verbatim": True, "text": part}}
        for part in split(text, PART)
    ]


def small(lines: Iterable[str], *, raw: bool = False) -> list[Block]:
    """Small print, a line to an element; ``raw`` lines are markup of ours already."""
    elements: list[Block] = [
        {"type": "mrkdwn", "verbatim": True, "text": part}
        for line in lines
        for part in split(line if raw else mrkdwn(line), PART)
    ]
    parts = limits.batches(
        elements, lambda one: len(one["text"]), most=limits.CONTEXT_ELEMENTS, room=2 * PART
    )
    return [{"type": "context", "elements": part} for part in parts]
