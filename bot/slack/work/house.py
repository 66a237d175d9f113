"""Looking after the desk: leases, what others left, what is too old; and an end that finishes what was begun."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from bot.memory.retention import purge
from bot.settings import DAYS
from bot.slack.work.desk import Desk
from bot.slack.work.pauses import short_pauses, tidy_up

log = logging.getLogger(__name__)

DRAIN = 25.0
"""Seconds that questions under way get after SIGTERM: under the 30 s after which most supervisors kill."""
PURGE = 24 * 3600.0
"""Seconds between two looks for what is too old to be kept."""
PAUSE = 1.0
"""Seconds until the memory is tried again that could not be looked after."""


@asynccontextmanager
async def at_work(
    desk: Desk, stop: asyncio.Event, drain: float = DRAIN, days: int = DAYS
) -> AsyncIterator[asyncio.Event]:
    """Look after the desk while the block runs; ``stop`` is set by signals too. At its end, finish what was begun."""
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await desk.path.people.me()
    await desk.resume()
    keeping = asyncio.create_task(_keep_house(desk, days))
    try:
        with short_pauses():
            yield stop
    finally:
        if left := await desk.lanes.drain(drain):
            log.error("%d questions were left for the next process to answer", left)
        keeping.cancel()
        await asyncio.wait([keeping])
        await desk.at_once(desk.inbox.release)


async def _keep_house(desk: Desk, days: int) -> None:
    """Hold on to what this process works on, take over what others left, and let go of what is too old."""
    purged = -PURGE
    while True:
        try:
            if monotonic() - purged > PURGE:
                gone = await asyncio.to_thread(purge, desk.path.memory.engine, days)
                purged = monotonic()
                log.info("%d records were older than %d days and are gone", gone, days)
            await asyncio.sleep(desk.inbox.lease / 6)
            tidy_up(idle=desk.lanes.idle)
            await desk.at_once(desk.inbox.renew)
            await desk.let_go()
            await desk.resume()
        except Exception:
            log.exception("The memory cannot be looked after")
            await asyncio.sleep(PAUSE)
