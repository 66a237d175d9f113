"""The playground: the look-alike, its page, and whatever bot is told to connect to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine
from secrets import token_urlsafe
from typing import Any, Protocol

from bot.playground.cast import workspace
from bot.playground.manifest import read_manifest
from bot.playground.page import add_page
from bot.playground.server import Slack
from metrics.errors import UserError


class Serve(Protocol):
    """The bot's own `serve`, with all but these settled."""

    def __call__(
        self, *, bot_token: str, app_token: str, api_url: str, stop: asyncio.Event | None
    ) -> Coroutine[Any, Any, None]:
        """Listen and answer until told to stop."""


async def play(
    serve: Serve,
    *,
    opened: Callable[[str], None],
    port: int = 0,
    stop: asyncio.Event | None = None,
    lacking: Collection[str] = (),
) -> None:
    """Run until SIGTERM, SIGINT or ``stop``. ``opened`` is told the page's address once the bot is connected.

    ``lacking`` are kinds of blocks, and methods, that this workspace has not.

    Raises:
        UserError: the port cannot be used.
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
    slack.lacking |= set(lacking)
    add_page(slack, manifest, key)
    try:
        await slack.start()
    except (OSError, OverflowError) as error:
        raise UserError(
            f"Port {port} cannot be used: give another one with --port, or none at all."
        ) from error
    telling = asyncio.create_task(_tell(slack, opened, f"{slack.origin}/?key={key}"))
    try:
        await serve(bot_token=bot_token, app_token=app_token, api_url=slack.api_url, stop=stop)
    finally:
        telling.cancel()
        await slack.stop()


async def _tell(slack: Slack, opened: Callable[[str], None], address: str) -> None:
    await slack.link.connected.wait()
    opened(address)
