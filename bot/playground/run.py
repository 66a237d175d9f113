"""The playground: the look-alike, its page, and the unmodified bot connected to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from secrets import token_urlsafe

from bot.model import Answer, Question
from bot.playground.cast import workspace
from bot.playground.manifest import read_manifest
from bot.playground.page import add_page
from bot.playground.server import Slack
from bot.slack.serve import serve
from metrics.errors import UserError


async def play(
    *,
    answer: Callable[[Question], Awaitable[Answer]],
    claim: Callable[[str], bool],
    opened: Callable[[str], None],
    port: int = 0,
    stop: asyncio.Event | None = None,
) -> None:
    """Run until SIGTERM, SIGINT or ``stop``. ``opened`` is told the page's address once all is connected.

    Raises:
        UserError: the port is taken.
    """
    manifest, key = read_manifest(), token_urlsafe(16)
    bot_token, app_token = f"xoxb-{token_urlsafe(16)}", f"xapp-{token_urlsafe(16)}"
    slack = Slack(
        workspace(manifest.name),
        scopes=manifest.scopes,
        subscribed=manifest.subscribed,
        bot_token=bot_token,
        app_token=app_token,
        port=port,
    )
    add_page(slack, manifest, key)
    try:
        await slack.__aenter__()
    except OSError as error:
        raise UserError(f"Port {port} is taken: give another one with --port, or none at all.") from error
    try:
        telling = asyncio.create_task(_tell(slack, lambda: opened(f"{slack.origin}/?key={key}")))
        await serve(
            answer=answer,
            claim=claim,
            bot_token=bot_token,
            app_token=app_token,
            api_url=slack.api_url,
            stop=stop,
        )
        telling.cancel()
    finally:
        await slack.__aexit__()


async def _tell(slack: Slack, opened: Callable[[], None]) -> None:
    await slack.link.connected.wait()
    opened()
