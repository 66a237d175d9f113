"""What SQLite lacks, given to a connection: time zones, exact quantiles, a hash; the will to write, taken from it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from decimal import Decimal
from zlib import crc32
from zoneinfo import ZoneInfo

BEFORE_ALL = "0000-12-31"
"""What the first day of all is where it has not begun yet."""


def prepare(connection: sqlite3.Connection) -> None:
    """Make a connection read-only and teach it the functions that the engine's SQL uses."""
    connection.execute("PRAGMA query_only = ON")
    connection.create_function("local_day", 2, local_day, deterministic=True)
    connection.create_function("content_hash", -1, content_hash, deterministic=True)
    connection.create_aggregate("exact_quantile", 2, ExactQuantile)  # type: ignore[arg-type]  # its step takes both


def local_day(moment: str | None, zone: str) -> str | None:
    """The day that a moment in UTC falls on in a time zone."""
    if moment is None:
        return None
    there = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    try:
        return there.astimezone(ZoneInfo(zone)).date().isoformat()
    except OverflowError:  # the last day of the last year stays that; before the first there is another
        return there.date().isoformat() if there.year > 1 else BEFORE_ALL


def content_hash(*columns: object) -> int:
    """A number that changes with any of the columns; sums of billions of them fit into SQLite's integers."""
    return crc32(repr(columns).encode())


class ExactQuantile:
    """A quantile in decimals, interpolated between its neighbours."""

    def __init__(self) -> None:
        self.share = Decimal(0)
        self.values: list[Decimal] = []

    def step(self, value: float | None, share: float) -> None:
        """Take one more value; empty ones do not count."""
        self.share = Decimal(str(share))
        if value is not None:
            self.values.append(Decimal(str(value)))

    def finalize(self) -> float | None:
        """The quantile, or nothing where there were no values."""
        if not self.values:
            return None
        ordered = sorted(self.values)
        place = self.share * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))
