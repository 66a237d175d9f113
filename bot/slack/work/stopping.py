"""An answer that nobody waits for any more: the query that runs for it is given up with it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from metrics.warehouse.stopping import WANTED, Stop


@contextmanager
def given_up_when_cancelled() -> Iterator[None]:
    """Around the work on a question: where its task is cancelled, so are the queries in the threads it works in.

    They are told in a thread of its own, which waits for no other work and holds up no end of the process.
    """
    stop = Stop()
    token = WANTED.set(stop)
    try:
        yield
    except asyncio.CancelledError:
        Thread(target=stop.ask, name="stop", daemon=True).start()
        raise
    finally:
        WANTED.reset(token)
