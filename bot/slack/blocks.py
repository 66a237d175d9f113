"""Answer -> Block Kit: title, table, prose, what it rests on, notes, sources, what to ask next. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import Answer
from bot.slack import limits
from bot.slack.limits import Block
from bot.slack.pages import PART
from bot.slack.table import number, tables
from bot.slack.text import mrkdwn, plain, split
from bot.terminal import receipt
from metrics.periods import Period
from metrics.values import Value


def render(answer: Answer) -> list[Block]:
    """The whole answer, in the order people read it. Never empty, and no block of it is."""
    card = answer.scorecard
    blocks = [
        *_title(answer.title),
        *(tables(card) if card and card.rows else ()),
        *_sections(mrkdwn(answer.body)),
        *_contexts(_basis(answer)),
        *_contexts([*answer.notes, *_broken(answer)]),
        *_sources(answer),
        *_next(answer.suggestions),
    ]
    return blocks or said("I have nothing to say to that. Ask me for `help`.")


def said(sentence: str) -> list[Block]:
    """One sentence of our own, as blocks; what is in backticks stays code."""
    return _sections(mrkdwn(sentence))


def _title(title: str) -> list[Block]:
    words = plain(title).strip()
    if len(words) > limits.HEADER:
        return _sections(mrkdwn(words))
    return [{"type": "header", "text": {"type": "plain_text", "text": words}}] if words else []


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


def _broken(answer: Answer) -> list[str]:
    return [
        f"{rule.rule} is not kept{f': {rule.note}' if rule.note else '.'}"
        for rule in answer.rules
        if not rule.passed
    ]


def _sources(answer: Answer) -> list[Block]:
    """A receipt in a line for each value, numbered as the table and the prose number them."""
    card = answer.scorecard
    lines = (
        [_source(number(row), row.metric.name, row.value) for row in card.rows if number(row)]
        if card
        else [
            _source(f"[{place}]", " ".join([value.metric, *value.group.values()]), value)
            for place, value in enumerate(answer.values, start=1)
            if value.value is not None
        ]
    )
    return _sections("\n".join(["*Sources*", *lines])) if lines else []


def _source(place: str, name: str, value: Value) -> str:
    line = f"{place} {name} = {value.citation.formula}: {receipt(value)}"
    return mrkdwn(" ".join(line.split()))


def _next(suggestions: Iterable[str]) -> list[Block]:
    lines = [f"• {mrkdwn(one)}" for one in suggestions if one.strip()]
    return _sections("\n".join(["*Ask next*", *lines])) if lines else []


def _sections(text: str) -> list[Block]:
    """Text that is escaped already, as sections; ``verbatim`` keeps Slack from linking names in it."""
    return [
        {"type": "section", "text": {"type": "mrkdwn", "verbatim": True, "text": part}}
        for part in split(text, PART)
    ]


def _contexts(lines: Iterable[str]) -> list[Block]:
    """Small print, a line to an element."""
    elements: list[Block] = [
        {"type": "mrkdwn", "verbatim": True, "text": part}
        for line in lines
        for part in split(mrkdwn(line), PART)
    ]
    parts = limits.batches(
        elements, lambda one: len(one["text"]), most=limits.CONTEXT_ELEMENTS, room=2 * PART
    )
    return [{"type": "context", "elements": part} for part in parts]
