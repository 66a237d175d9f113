"""One message at a time to a channel, no quicker than Slack allows, and waiting as long as Slack asks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import monotonic
from weakref import WeakValueDictionary

log = logging.getLogger(__name__)


class TryLaterError(Exception):
    """Slack wants the same call again in so many seconds."""

    def __init__(self, seconds: float, why: str) -> None:
        self.seconds = seconds
        super().__init__(why)


class Pace:
    """Turns to post, channel by channel. Slack takes about one message a second in each.

    A call that Slack turned away is repeated up to ``tries`` times. After a 5xx, Slack may have posted it
    all the same: then the message stands there twice, which is better than not at all.
    """

    def __init__(self, *, interval: float = 1.0, tries: int = 6) -> None:
        self._interval = interval
        self._tries = tries
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._free: dict[str, float] = {}

    async def post(self, channel: str, call: Callable[[], Awaitable[None]]) -> None:
        """Make the call when the channel is free.

        Raises:
            TryLaterError: Slack still turned it away after all tries.
        """
        lock = self._turns.setdefault(channel, asyncio.Lock())
        async with lock:
            for left in reversed(range(self._tries)):
                await asyncio.sleep(self._free.get(channel, 0) - monotonic())
                try:
                    await call()
                except TryLaterError as later:
                    log.warning("Slack asks to wait %s s for %s: %s", later.seconds, channel, later)
                    self._wait(channel, later.seconds)
                    if not left:
                        raise
                else:
                    self._wait(channel, self._interval)
                    return

    def _wait(self, channel: str, seconds: float) -> None:
        now = monotonic()
        self._free = {one: until for one, until in self._free.items() if until > now}
        self._free[channel] = now + seconds
