"""App Home: my scorecard, my role, what the bot was taught, what the data can give; for admins how it fares."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.memory.slack_store import role_of, set_role, thumbs
from bot.model import Answer, Question
from bot.reading.titles import role_of_title
from bot.slack.buttons import button
from bot.slack.desk import Desk
from bot.slack.form import allowed
from bot.slack.limits import Block
from bot.slack.named import named
from bot.slack.pressed import carried
from bot.slack.text import mrkdwn, plain
from bot.slack.written import said, sections, small
from metrics.display import NOTHING, row_change, row_value
from metrics.engine import Engine
from metrics.errors import UserError
from metrics.scorecard import Row, Scorecard

log = logging.getLogger(__name__)

ROLE, TAUGHT = "home_role", "home_taught"
DEFAULT = "chief_revenue_officer"
COUNT = 8
"""Metrics of one's own scorecard."""
LISTS_RULES = "coach list"
FIELDS = 10
MOST = 95
"""Blocks of the page, of which Slack takes 100."""


def register(app: AsyncApp, desk: Desk) -> None:
    """Listen to what is clicked and chosen on the page."""

    async def chosen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        user, role = str(body["user"]["id"]), str(body["actions"][0]["selected_option"]["value"])
        desk.later(("home", user), lambda: _take_role(desk, user, role))

    async def taught(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        if value := carried(body, "ask"):
            user, text = str(body["user"]["id"]), value["ask"]
            desk.later(("home", user), lambda: _do(desk, user, text))

    app.action(ROLE)(chosen)
    app.action(re.compile(rf"^{TAUGHT}:\d+$"))(taught)


async def publish(desk: Desk, user: str, notice: str = "") -> None:
    """Draw somebody's page. A part that fails says so in a sentence, and the others stand."""
    engine = await asyncio.to_thread(desk.path.open)
    viewer = await desk.path.people.viewer(user)
    kept = await asyncio.to_thread(role_of, desk.path.memory.engine, user)
    only = (await desk.path.people.rights_alone(user)).scope.roles
    roles = allowed(engine.catalog, only)
    own = next(
        (one for one in (kept, role_of_title(viewer.title, engine.catalog), DEFAULT) if one in roles), None
    )
    role = own or next(iter(roles))
    name = roles[role]
    blocks = [
        *said(notice),
        *_heading(f"My scorecard: {name}"),
        *_roles(roles, role),
        *await _part(_scorecard(desk, user, name)),
        *_heading("What I was taught"),
        *await _part(_rules(desk, user)),
        *_heading("The data"),
        *await _part(_data(desk, engine)),
    ]
    if viewer.admin:
        blocks += [*_heading("For admins"), *await _part(_admin(desk))]
    view = {"type": "home", "blocks": [dict(block) for block in blocks[:MOST]]}
    await desk.client.views_publish(user_id=user, view=view)


async def _take_role(desk: Desk, user: str, role: str) -> None:
    engine = await asyncio.to_thread(desk.path.open)
    if role in engine.catalog.roles:
        await asyncio.to_thread(set_role, desk.path.memory.engine, user, role)
    await publish(desk, user)


async def _do(desk: Desk, user: str, text: str) -> None:
    """Do what a button of a rule says, and draw the page with what came of it."""
    try:
        answer = await _asked(desk, user, text)
        await publish(desk, user, answer.body or answer.title)
    except UserError as mistake:
        await publish(desk, user, str(mistake))


async def _asked(desk: Desk, user: str, text: str) -> Answer:
    """An answer for one person alone, as in a direct message."""
    rights = await desk.path.people.rights_alone(user)
    question = Question(text, user=user, channel=f"home:{user}", use_model=False, rights=rights)
    return await named(await desk.path.answer(question), desk.path.people)


async def _part(making: Any) -> list[Block]:
    try:
        found: list[Block] = await making
    except UserError as mistake:
        return small([str(mistake)])
    except Exception:
        failure = uuid4().hex[:8]
        log.exception("A part of a home page failed: %s", failure)
        return small([f"This part cannot be shown; it is logged as {failure}."])
    return found


async def _scorecard(desk: Desk, user: str, role: str) -> list[Block]:
    answer = await _asked(desk, user, f"Top {COUNT} metrics for the {role}")
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


async def _rules(desk: Desk, user: str) -> list[Block]:
    """What the bot was taught, with what can be done about it."""
    answer = await _asked(desk, user, LISTS_RULES)
    blocks = sections(mrkdwn(answer.body or answer.title))
    elements = [
        button(f"{TAUGHT}:{place}", label, json.dumps({"ask": text}))
        for place, (label, text) in enumerate(answer.actions[:25])
    ]
    return [*blocks, *([{"type": "actions", "elements": elements}] if elements else [])]


async def _data(desk: Desk, engine: Engine) -> list[Block]:
    report = await asyncio.to_thread(desk.path.coverage.report)
    newest = await asyncio.to_thread(engine.newest_day, datetime.now(UTC).date())
    total = len(report.computable) + len(report.missing)
    return small(
        [
            f"{len(report.computable)} of {total} metrics can be computed.",
            f"The newest data is of {newest.isoformat()}.",
        ]
    )


async def _admin(desk: Desk) -> list[Block]:
    good, bad = await asyncio.to_thread(thumbs, desk.path.memory.engine)
    report = await asyncio.to_thread(desk.path.coverage.report)
    problems = [f"{table.name}: {problem}" for table in report.tables for problem in table.problems]
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


def _heading(text: str) -> list[Block]:
    return [{"type": "header", "text": {"type": "plain_text", "text": plain(text)[:150]}}]


def _roles(roles: Mapping[str, str], role: str) -> list[Block]:
    options: Sequence[dict[str, Any]] = [
        {"text": {"type": "plain_text", "text": name[:75]}, "value": one}
        for one, name in list(roles.items())[:100]
    ]
    initial = next((one for one in options if one["value"] == role), options[0])
    menu = {"type": "static_select", "action_id": ROLE, "options": list(options), "initial_option": initial}
    return [{"type": "actions", "elements": [menu]}]
