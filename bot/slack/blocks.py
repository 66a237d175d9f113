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
from bot.terminal import brief
from metrics.periods import Period
from metrics.privacy import is_withheld
from metrics.values import Value

ALONE = "Only you can see this."
WITHHELD = "{count} not shown here: {why}"
ASKER_HAS = "only who asked got them, alone."
ELSEWHERE = "ask me in a direct message."


def render(answer: Answer, thread: str = "", *, why: str = "") -> list[Block]:
    """The whole answer, in the order people read it. Never empty, and no block of it is.

    ``thread`` is the conversation that its buttons belong to, ``why`` the reason for what is not shown.
    """
    card = answer.scorecard
    blocks = [
        *_title(answer.title),
        *charts(answer, _names(answer)),
        *(tables(card) if card and card.rows else ()),
        *_body(answer),
        *small(_basis(answer)),
        *small([*_withheld(answer, why), *answer.notes, *_broken(answer)]),
        *small(_sources(answer)),
        *_next(choices(answer)[1]),
        *asking(answer, thread),
    ]
    return [*blocks, *thumbs(answer)] if blocks else said("I have nothing to say to that. Ask me for `help`.")


def render_alone(answer: Answer, public: Answer) -> list[Block]:
    """What the asker alone sees beside the public answer: the values that were withheld there."""
    return [*small([ALONE]), *values_of(answer, public), *sharing(answer)]


def values_of(answer: Answer, public: Answer) -> list[Block]:
    """The values that the public answer withholds, as the asker may see them."""
    card = answer.scorecard
    if card is None:
        return [*_title(answer.title), *_body(answer), *small(_sources(answer))]
    hidden = (
        {row.rank for row in public.scorecard.rows if is_withheld(row.value)} if public.scorecard else set()
    )
    shown = replace(card, rows=tuple(row for row in card.rows if row.rank in hidden))
    return [*tables(shown), *small(_sources(replace(answer, scorecard=shown)))]


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


def _body(answer: Answer) -> list[Block]:
    """Prose; values that are given line by line as a native table."""
    lead, _, lines = answer.body.rpartition("\n\n")
    if not answer.scorecard and (found := lines_table(lines, answer.values)):
        return [*sections(mrkdwn(lead)), *found]
    return sections(mrkdwn(answer.body))


def _basis(answer: Answer) -> list[str]:
    """What the answer rests on, in one line, and who worded it in another."""
    lines = []
    if card := answer.scorecard:
        lines.append(
            f"{card.business} business, {card.people} people · {card.company} · "
            f"{_dates(card.period)} · as of {card.as_of.isoformat()}"
        )
    if answer.model.fallback:  # a model may have read the question and yet failed at the wording
        lines.append(f"Plain wording: {answer.model.fallback}.")
    elif answer.model.used:
        lines.append(f"Worded by {answer.model.name or 'a language model'}; every number is computed.")
    return lines


def _dates(period: Period) -> str:
    days = f"{period.start.isoformat()}..{period.last_day.isoformat()}"
    return days if period.label == days else f"{period.label} ({days})"


def _withheld(answer: Answer, why: str) -> list[str]:
    rows = answer.scorecard.rows if answer.scorecard else ()
    hidden = sum(is_withheld(value) for value in (*(row.value for row in rows), *answer.values))
    if not hidden:
        return []
    count = f"{hidden} value{'s are' if hidden > 1 else ' is'}"
    return [WITHHELD.format(count=count, why=ASKER_HAS if answer.alone else why or ELSEWHERE)]


def _broken(answer: Answer) -> list[str]:
    return [
        f"{rule.rule} is not kept{f': {rule.note}' if rule.note else '.'}"
        for rule in answer.rules
        if not rule.passed
    ]


def _sources(answer: Answer) -> list[str]:
    """What each number was divided by what, numbered as the table and the prose number them; the rest is a click."""
    card = answer.scorecard
    parts = (
        [_source(number(row), row.value) for row in card.rows if number(row)]
        if card
        else [
            _source(f"[{place}]", value)
            for place, value in enumerate(answer.values, start=1)
            if value.value is not None
        ]
    )
    return [f"Sources: {' · '.join(parts)}"] if parts else []


def _next(suggestions: Iterable[str]) -> list[Block]:
    """What to ask next that no button asks."""
    lines = [f"• {mrkdwn(one)}" for one in suggestions]
    return sections("\n".join(["*Ask next*", *lines])) if lines else []


def _source(place: str, value: Value) -> str:
    receipt = value.citation
    parts = []
    if receipt.numerator is not None and receipt.denominator is not None:
        parts.append(f"{brief(receipt.numerator)} / {brief(receipt.denominator)}")
    if receipt.n is not None:
        parts.append(f"n = {receipt.n}")
    return f"{place} {', '.join(parts) or ', '.join(receipt.tables)}"


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
