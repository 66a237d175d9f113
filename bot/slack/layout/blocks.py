"""Answer -> Block Kit: title, chart, table, prose, small print, buttons. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.model import Answer
from bot.slack.layout.buttons import asking, choices, sharing, thumbs
from bot.slack.layout.chart import charts, undrawn
from bot.slack.layout.limits import Block
from bot.slack.layout.lines import lines_table
from bot.slack.layout.small_print import counted, small_print
from bot.slack.layout.table import tables
from bot.slack.layout.text import mrkdwn
from bot.slack.layout.written import said, sections, small, title
from metrics.privacy import is_withheld


def render(answer: Answer, thread: str = "", *, why: str = "") -> list[Block]:
    """The whole answer, in the order people read it. Never empty, and no block of it is.

    ``thread`` is the conversation that its buttons belong to, ``why`` the reason for what is not shown.
    """
    card = answer.scorecard
    lead, body = _body(answer)
    drawn = charts(answer, _names(answer))
    blocks = [
        *title(answer.title),
        *sections(mrkdwn(answer.first)),
        *lead,
        *drawn,
        *(tables(card) if card and card.rows else ()),
        *body,
        *small(undrawn(answer, drawn)),
        *small_print(answer, why),
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
        return [*title(answer.title), *lead, *body, *counted(answer)]
    hidden = (
        {row.rank for row in public.scorecard.rows if is_withheld(row.value)} if public.scorecard else set()
    )
    shown = replace(card, rows=tuple(row for row in card.rows if row.rank in hidden))
    sides = len({row.metric.side for row in shown.rows}) > 1
    return [*title(answer.title), *tables(shown, sides=sides), *counted(replace(answer, scorecard=shown))]


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


def _next(suggestions: Iterable[str]) -> list[Block]:
    """What to ask next that no button asks."""
    lines = [f"• {mrkdwn(one)}" for one in suggestions]
    return sections("\n".join(["*Ask next*", *lines])) if lines else []
