"""Work in order: one lane for each thread, all lanes at once, nothing lost when the bot stops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[None]]


class Lanes:
    """Jobs in the same lane run one after the other, in the order they were put in.

    Bolt keeps neither order nor a reference to what it started; here both are kept.
    """

    def __init__(self) -> None:
        self._last: dict[Hashable, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def idle(self) -> bool:
        """Whether nothing is being done."""
        return not self._tasks

    def put(self, lane: Hashable, job: Job) -> None:
        """Run the job after all earlier ones of its lane. Returns at once."""
        task = asyncio.create_task(self._run(self._last.get(lane), job))
        self._last[lane] = task
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._forget(lane, done))

    async def drain(self, seconds: float) -> int:
        """Wait until all jobs are done, but no longer than ``seconds``; then end the rest.

        Returns:
            How many jobs were ended unfinished.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self._tasks and loop.time() < end:
            await asyncio.wait(self._tasks, timeout=end - loop.time())
        unfinished = list(self._tasks)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        return len(unfinished)

    async def _run(self, before: asyncio.Task[None] | None, job: Job) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            await job()
        except Exception:
            log.exception("A job failed")

    def _forget(self, lane: Hashable, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._last.get(lane) is task:
            del self._last[lane]
