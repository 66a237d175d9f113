"""How long things are kept: a time after which they go, a person who wants to be forgotten, a workspace that leaves.

Coached rules stay until they are retired, as the team agreed on them, and then for that time. Who is forgotten loses
their name and their words on them; the rules go on without both, but for those that were for this person alone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, delete, update

from bot.memory.metadata import metadata
from bot.memory.schema import coached_rules

CLAIMS = timedelta(days=7)
"""How long it is known that an event was seen: Slack repeats one for a few minutes."""
USE = "usage"
"""Counts of tokens, of nobody by name: the budget of a month needs them until it is over, however short the rest."""
LASTING = {"schema_version", "coached_rules"}
FORGOTTEN = "forgotten"


def purge(engine: Engine, days: int, now: datetime | None = None) -> int:
    """Delete what is older than so many days. How many rows that were."""
    now = now or datetime.now(UTC)
    gone = 0
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name in LASTING or "at" not in table.c:
                continue
            gone += connection.execute(
                delete(table).where(table.c.at < _kept_from(table.name, days, now))
            ).rowcount
        over = coached_rules.c.retired_at < now - timedelta(days=days)
        gone += connection.execute(delete(coached_rules).where(over)).rowcount
    if gone:
        _overwrite(engine)
    return gone


def _kept_from(table: str, days: int, now: datetime) -> datetime:
    """Since when the rows of a table stay."""
    if table == "claims":
        return now - CLAIMS
    since = now - timedelta(days=days)
    if table == USE:
        month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return min(since, month)
    return since


def forget(engine: Engine, user: str) -> int:
    """Delete what was kept of a person; coached rules lose their name and words. How many rows that were."""
    gone = 0
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name not in LASTING and "user_id" in table.c:
                gone += connection.execute(delete(table).where(table.c.user_id == user)).rowcount
        gone += _nameless(connection, user)
    _overwrite(engine)
    return gone


def _nameless(connection: Connection, user: str) -> int:
    """Rules that somebody has for themselves go; others keep neither who made nor who retired them."""
    rules = coached_rules
    own = (rules.c.scope == "user") & (rules.c.scope_key == user)
    gone = connection.execute(delete(rules).where(own)).rowcount
    made = update(rules).where(rules.c.created_by == user).values(created_by=FORGOTTEN, quoted="")
    ended = update(rules).where(rules.c.retired_by == user).values(retired_by=FORGOTTEN)
    return gone + connection.execute(made).rowcount + connection.execute(ended).rowcount


def erase(engine: Engine) -> None:
    """Delete everything: the workspace does not want the bot any more."""
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name != "schema_version":
                connection.execute(delete(table))
    _overwrite(engine)


def _overwrite(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which else holds what was deleted for as long as the process runs.

    Where somebody is at work on the memory meanwhile, it is emptied the next time.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
