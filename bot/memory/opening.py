"""URL -> Memory: the engine behind it, made ready for several processes at once."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from platformdirs import user_data_dir
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.memory.schema import migrate
from bot.memory.store import Memory
from metrics.errors import UserError

WAIT_SECONDS = 30
"""How long a process waits while another one writes."""
UNTOLD = {"hide_parameters": True}
"""What was to be written stands in no error, and so in no log: questions, and answers with their figures."""


def default_state_url() -> str:
    """Where the memory lives unless the settings say otherwise: one SQLite file of the user's."""
    return f"sqlite:///{Path(user_data_dir('counterpoise'), 'memory.db').as_posix()}"


def open_memory(url: str) -> Memory:
    """Open the memory at ``url`` and bring its tables up to date; a missing file and its folder are made.

    Raises:
        UserError: no such kind of database, or it cannot be used; the sentence holds no user, password or
            parameter of the URL.
    """
    parsed = _parsed(url)
    try:
        on_file = parsed.get_backend_name() == "sqlite"
        engine = _sqlite(parsed) if on_file else create_engine(parsed, pool_pre_ping=True, **UNTOLD)
        with engine.begin() as connection:
            migrate(connection)
    except ImportError:
        raise UserError(
            f"The memory at {_place(parsed)} needs a database driver; run `pip install 'psycopg[binary]'`."
        ) from None
    except (SQLAlchemyError, OSError, sqlite3.Error):
        raise UserError(
            f"The bot's memory at {_place(parsed)} cannot be opened; check that the place exists and may be "
            "written, or set COUNTERPOISE_STATE_URL to another."
        ) from None
    return Memory(engine)


def _parsed(url: str) -> URL:
    remedy = "write sqlite:///FILE or postgresql://USER@HOST/DATABASE"
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError
        raise UserError(f"COUNTERPOISE_STATE_URL is no database URL; {remedy}.") from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise UserError(f"The bot's memory cannot live in {parsed.get_backend_name()!r}; {remedy}.")
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise UserError(f"The bot's memory must survive a restart; {remedy}.")
    return parsed


def _place(url: URL) -> str:
    """Where the memory is, without what may be secret."""
    at = url.database if url.host is None else f"{url.host}/{url.database}"
    return f"{url.get_backend_name()}:{at}"


def _sqlite(url: URL) -> Engine:
    """An engine whose writers queue up and whose readers never wait for them (write-ahead log)."""
    file = Path(url.database or "").expanduser()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)  # answers hold figures that others on the machine need not see
    place = url.set(database=str(file))
    engine = create_engine(place, connect_args={"timeout": WAIT_SECONDS}, **UNTOLD)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own: see _begin
    _log_ahead(connection)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(
        "PRAGMA secure_delete=ON"
    )  # what was deleted is overwritten: the file holds it no more


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log. Where others turn it on at once, SQLite refuses without waiting for its lock."""
    until = monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    """A writer takes its place in the queue when it begins: upgrading later could fail at once."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
