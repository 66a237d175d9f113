"""The parts of App Home: one's own scorecard, what was taught, the data, how the bot fares; and what they ask."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from bot.audience.places import home_of
from bot.memory.slack_store import thumbs
from bot.model import Answer, Question
from bot.slack.layout.buttons import button
from bot.slack.layout.limits import Block
from bot.slack.layout.text import mrkdwn, plain
from bot.slack.layout.written import sections, small
from bot.slack.tickets.named import named
from bot.slack.work.coverage import told
from bot.slack.work.desk import Desk
from bot.slack.work.serving import for_operators
from metrics.display import NOTHING, row_change, row_value
from metrics.engine import Engine
from metrics.errors import UserError
from metrics.scorecard import Row, Scorecard

log = logging.getLogger(__name__)

ROLE, TAUGHT = "home_role", "home_taught"
COUNT = 8
"""Metrics of one's own scorecard."""
LISTS_RULES = "coach list"
FIELDS = 10


async def asked(desk: Desk, user: str, text: str) -> Answer:
    """An answer for one person alone, as in a direct message."""
    rights = await desk.path.people.rights_alone(user)
    question = Question(text, user=user, channel=home_of(user), use_model=False, rights=rights)
    return await named(await desk.path.answer(question), desk.path.people)


async def part(making: Awaitable[list[Block]]) -> list[Block]:
    """A part of the page; where it fails, a sentence in its place."""
    try:
        return await making
    except Exception as mistake:
        if isinstance(mistake, UserError) and not for_operators(mistake):
            return small([str(mistake)])
        failure = uuid4().hex[:8]
        log.exception("A part of a home page failed: %s", failure)
        return small([f"This part cannot be shown; it is logged as {failure}."])


async def scorecard(desk: Desk, user: str, role: str) -> list[Block]:
    """Somebody's own list with its values."""
    answer = await asked(desk, user, f"Top {COUNT} metrics for the {role}")
    card = answer.scorecard
    if card is None:
        return sections(mrkdwn(answer.body))
    fields = [{"type": "mrkdwn", "verbatim": True, "text": _cell(row, card)} for row in card.rows]
    parts = [fields[start : start + FIELDS] for start in range(0, len(fields), FIELDS)]
    found: list[Block] = [{"type": "section", "fields": part} for part in parts]
    basis = f"{card.business} business, {card.people} people · {card.period} · as of {card.as_of.isoformat()}"
    return [*found, *small([basis])]


def _cell(row: Row, card: Scorecard) -> str:
    value, change = row_value(row, card.currency), row_change(row, card.currency)
    moved = f" ({mrkdwn(change)})" if change and change != NOTHING else ""
    return f"*{mrkdwn(row.metric.name)}* · {row.metric.side}\n{mrkdwn(value)}{moved}"


async def rules(desk: Desk, user: str) -> list[Block]:
    """What the bot was taught, with what can be done about it."""
    answer = await asked(desk, user, LISTS_RULES)
    blocks = sections(mrkdwn(answer.body or answer.title))
    elements = [
        button(f"{TAUGHT}:{place}", label, json.dumps({"ask": text}))
        for place, (label, text) in enumerate(answer.actions[:25])
    ]
    return [*blocks, *([{"type": "actions", "elements": elements}] if elements else [])]


async def data(desk: Desk, engine: Engine) -> list[Block]:
    """What can be computed, and how new the data is."""
    report = await asyncio.to_thread(desk.path.coverage.report)
    newest = await asyncio.to_thread(engine.newest_day, datetime.now(UTC).date())
    total = len(report.computable) + len(report.missing)
    return small(
        [
            f"{len(report.computable)} of {total} metrics can be computed.",
            f"The newest data is of {newest.isoformat()}.",
        ]
    )


async def admin(desk: Desk) -> list[Block]:
    """How the bot fares: feedback, access, tables and what is wrong with them."""
    good, bad = await asyncio.to_thread(thumbs, desk.path.memory.engine)
    report = await asyncio.to_thread(desk.path.coverage.report)
    problems = [f"{table.name}: {problem}" for table in report.tables for problem in told(table)]
    rules = len(desk.path.people.policy.rules)
    lines = [
        f"Feedback: {good} good, {bad} bad.",
        f"Access: {rules} rules in access.yaml."
        if rules
        else "Access: no access.yaml; the careful default holds.",
        f"Tables: {len(report.tables)}, with {len(problems)} problems.",
        *problems[:FIELDS],
    ]
    return small(lines)


def heading(text: str) -> list[Block]:
    """What a part of the page is called."""
    return [{"type": "header", "text": {"type": "plain_text", "text": plain(text)[:150]}}]


def role_menu(roles: Mapping[str, str], role: str) -> list[Block]:
    """The menu of roles, with somebody's own chosen."""
    options: Sequence[dict[str, Any]] = [
        {"text": {"type": "plain_text", "text": plain(name)[:75]}, "value": one}
        for one, name in list(roles.items())[:100]
    ]
    initial = next((one for one in options if one["value"] == role), options[0])
    menu = {"type": "static_select", "action_id": ROLE, "options": list(options), "initial_option": initial}
    return [{"type": "actions", "elements": [menu]}]
