"""PostgreSQL's infinite days, with which many a schema says that something has no end, read as the last day there is.

Its driver would refuse them; DuckDB's reads them so.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

INFINITE = {b"infinity": True, b"-infinity": False}


def read_without_end(connection: Any) -> None:
    """Teach a connection of psycopg to read infinite days and moments."""
    from psycopg.types import datetime as own

    for name, loader, kind in (
        ("date", own.DateLoader, date),
        ("timestamp", own.TimestampLoader, datetime),
        ("timestamptz", own.TimestamptzLoader, datetime),
    ):
        connection.adapters.register_loader(name, _endless(loader, kind))


def _endless(loader: Any, kind: type[date]) -> Any:
    class Endless(loader):  # type: ignore[misc]  # which class it is, psycopg alone knows
        def load(self, data: Any) -> Any:
            late = INFINITE.get(bytes(data))
            return super().load(data) if late is None else kind.max if late else kind.min

    return Endless
