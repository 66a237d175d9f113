"""Parts -> the Bolt app. Nothing connects here: `serve` runs it, tests dispatch to it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp

from bot.audience.policy import Policy
from bot.memory import Memory
from bot.memory.holders import new_holder
from bot.memory.inbox import Inbox
from bot.model import Answer, Question
from bot.slack.sending.pace import Pace
from bot.slack.surfaces import (
    ask_form,
    clicks,
    command,
    feedback,
    home,
    leaving,
    mention,
    messages,
    pane,
    rest,
    shortcuts,
    sources,
)
from bot.slack.tickets.people import People
from bot.slack.work.coverage import Coverage
from bot.slack.work.desk import Desk
from bot.slack.work.lanes import Lanes
from bot.slack.work.serving import Live, Path
from metrics.engine import Engine
from metrics.errors import UserError

log = logging.getLogger(__name__)

SLACK = "https://slack.com/api/"
SURFACES = (
    messages,
    mention,
    command,
    clicks,
    sources,
    feedback,
    shortcuts,
    ask_form,
    pane,
    home,
    leaving,
    rest,
)
"""In the order in which Bolt asks them; ``rest`` takes everything, so it is last."""


def build_app(
    *,
    answer: Callable[[Question], Awaitable[Answer]],
    memory: Memory,
    open_: Callable[[], Engine],
    policy: Policy,
    live: Live | None = None,
    token: str,
    api_url: str = SLACK,
    signing_secret: str | None = None,
    inbox: Inbox | None = None,
    lanes: Lanes | None = None,
    pace: Pace | None = None,
    patience: float = 120.0,
    sign_after: float = 0.3,
) -> tuple[AsyncApp, Desk]:
    """The bot's app for one workspace, and its desk.

    ``answer`` is the path of a question, ``live`` the same with prose to show meanwhile, ``memory`` the bot's own,
    ``open_`` gives the company's engine, ``policy`` says who may see what; ``inbox`` is one in that memory unless
    another is given; ``lanes`` is what to drain before the process ends; ``patience`` and ``sign_after`` are in
    seconds.

    Raises:
        UserError: the environment makes Bolt ignore the token.
    """
    app = AsyncApp(name="counterpoise", token=token, signing_secret=signing_secret or "")
    if app.oauth_flow is not None:
        raise UserError(
            "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set, which makes Slack's library ignore "
            "SLACK_BOT_TOKEN; unset them."
        )
    app.client.base_url = f"{api_url.rstrip('/')}/"
    desk = Desk(
        Path(answer, People(app.client, policy), memory, open_, Coverage(open_), live),
        inbox or Inbox(memory.engine, new_holder()),
        app.client,
        lanes or Lanes(),
        pace or Pace(),
        patience,
        sign_after,
    )
    for surface in SURFACES:
        surface.register(app, desk)
    app.error(_failed)
    return app, desk


async def _failed(error: Exception) -> None:
    """A listener failed, which is a defect: they only take questions, and the desk catches the rest.

    The pause keeps the acknowledgement: Bolt looks for it every 10 ms, and drops it when this returns first.
    """
    log.error("A Slack listener failed", exc_info=error)
    await asyncio.sleep(0.05)
