"""The tables of the memory, and the numbered steps that lead to them.

A step is SQL that both SQLite and PostgreSQL take, and is never changed once it was released: a new shape is
a new step at the end. The tables describe what the last step leaves; a test holds the two together.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    DateTime,
    Integer,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

from bot.memory.metadata import metadata
from bot.memory.slack_tables import BEGUN
from bot.memory.slack_tables import STEP as SLACK
from metrics.errors import UserError

conversations = Table(
    "conversations",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("request", JSON, nullable=False),
    Column("shown", JSON, nullable=False),
    Column("answer_id", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("source", Text, nullable=False, server_default=""),
)

answers = Table(
    "answers",
    metadata,
    Column("answer_id", Text, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("user_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("contract", JSON, nullable=False),
    Column("aside", Integer, nullable=False, server_default="0"),
)
"""``aside``: what the asker alone saw of another answer, which is no answer of its own."""

claims = Table(
    "claims",
    metadata,
    Column("claim_key", Text, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)

coached_rules = Table(
    "coached_rules",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("rule", JSON, nullable=False),
    Column("scope", Text, nullable=False),
    Column("scope_key", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("quoted", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("retired_by", Text),
    Column("retired_at", DateTime(timezone=True)),
)

proposals = Table(
    "proposals",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("rule", JSON, nullable=False),
    Column("scope", Text, nullable=False),
    Column("quoted", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

choices = Table(
    "choices",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("term", Text, primary_key=True),
    Column("chosen", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

usage = Table(
    "usage",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("day", Text, nullable=False),
    Column("answer_id", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("input_tokens", BigInteger, nullable=False),
    Column("output_tokens", BigInteger, nullable=False),
)

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

POSITION = {
    "sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT",
    "postgresql": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
}

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE conversations (position {position}, channel TEXT NOT NULL, thread TEXT NOT NULL,
           user_id TEXT NOT NULL, question TEXT NOT NULL, request JSON NOT NULL, shown JSON NOT NULL,
           answer_id TEXT NOT NULL, at TIMESTAMP WITH TIME ZONE NOT NULL)""",
        "CREATE INDEX conversations_by_thread ON conversations (channel, thread, position)",
        """CREATE TABLE answers (answer_id TEXT NOT NULL PRIMARY KEY, at TIMESTAMP WITH TIME ZONE NOT NULL,
           user_id TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL, contract JSON NOT NULL)""",
        "CREATE TABLE claims (claim_key TEXT NOT NULL PRIMARY KEY, at TIMESTAMP WITH TIME ZONE NOT NULL)",
    ),
    (
        """CREATE TABLE coached_rules (position {position}, rule JSON NOT NULL, scope TEXT NOT NULL,
           scope_key TEXT NOT NULL, company TEXT NOT NULL, quoted TEXT NOT NULL, created_by TEXT NOT NULL,
           created_at TIMESTAMP WITH TIME ZONE NOT NULL, retired_by TEXT, retired_at TIMESTAMP WITH TIME ZONE)""",
        """CREATE TABLE proposals (position {position}, user_id TEXT NOT NULL, channel TEXT NOT NULL,
           thread TEXT NOT NULL, rule JSON NOT NULL, scope TEXT NOT NULL, quoted TEXT NOT NULL,
           at TIMESTAMP WITH TIME ZONE NOT NULL, UNIQUE (user_id, channel, thread))""",
        """CREATE TABLE choices (user_id TEXT NOT NULL, term TEXT NOT NULL, chosen TEXT NOT NULL,
           at TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY (user_id, term))""",
    ),
    SLACK,
    (
        """CREATE TABLE usage (position {position}, at TIMESTAMP WITH TIME ZONE NOT NULL, day TEXT NOT NULL,
           answer_id TEXT NOT NULL, model TEXT NOT NULL, calls INTEGER NOT NULL,
           input_tokens BIGINT NOT NULL, output_tokens BIGINT NOT NULL)""",
        "CREATE INDEX usage_by_day ON usage (day)",
    ),
    BEGUN,
    ("ALTER TABLE conversations ADD COLUMN source TEXT NOT NULL DEFAULT ''",),
    ("ALTER TABLE answers ADD COLUMN aside INTEGER NOT NULL DEFAULT 0",),
)

LOCK = 20_481_729  # any number of our own, so that two processes do not migrate at once


def migrate(connection: Connection) -> None:
    """Bring the tables up to date, inside the caller's transaction, one process at a time.

    Raises:
        UserError: the memory was written by a newer version of the program.
    """
    dialect = connection.dialect.name
    if dialect == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if not inspect(connection).has_table(schema_version.name):
        schema_version.create(connection)
        connection.execute(insert(schema_version).values(version=0))
    done = connection.execute(select(schema_version.c.version)).scalar_one()
    if done > len(STEPS):
        raise UserError("The bot's memory was written by a newer Counterpoise; update this one to use it.")
    if done == len(STEPS):
        return
    for step in STEPS[done:]:
        for statement in step:
            connection.execute(text(statement.format(position=POSITION[dialect])))
    connection.execute(update(schema_version).values(version=len(STEPS)))
