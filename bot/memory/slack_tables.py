"""The tables that Slack needs: the inbox, what was shown to one person alone, feedback, people's roles."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, DateTime, Float, Integer, Table, Text

from bot.memory.metadata import metadata

inbox = Table(
    "inbox",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("ticket_id", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("work", JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("held_until", Float, nullable=False),
    Column("sent", JSON, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("begun", Integer, nullable=False, server_default="0"),
)
"""Questions that were taken. ``source`` names the message that asked, ``sent`` the messages that answer it;
``begun`` says that one of those may be there which nothing marks yet."""

asides = Table(
    "asides",
    metadata,
    Column("answer_id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("blocks", JSON, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
"""What one person alone was shown, as it was shown, so that it can be shared just so."""

feedback = Table(
    "feedback",
    metadata,
    Column("answer_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("good", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

profiles = Table(
    "profiles",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
"""Which role a person said they have."""

STEP: tuple[str, ...] = (
    """CREATE TABLE inbox (position {position}, ticket_id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL,
       thread TEXT NOT NULL, user_id TEXT NOT NULL, source TEXT NOT NULL, work JSON NOT NULL, state TEXT NOT NULL,
       holder TEXT NOT NULL, held_until DOUBLE PRECISION NOT NULL, sent JSON NOT NULL,
       at TIMESTAMP WITH TIME ZONE NOT NULL)""",
    "CREATE INDEX inbox_by_thread ON inbox (channel, thread, state, position)",
    "CREATE INDEX inbox_by_source ON inbox (source)",
    """CREATE TABLE asides (answer_id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL, channel TEXT NOT NULL,
       thread TEXT NOT NULL, level TEXT NOT NULL, blocks JSON NOT NULL, at TIMESTAMP WITH TIME ZONE NOT NULL)""",
    """CREATE TABLE feedback (answer_id TEXT NOT NULL, user_id TEXT NOT NULL, good INTEGER NOT NULL,
       reason TEXT NOT NULL, at TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY (answer_id, user_id))""",
    """CREATE TABLE profiles (user_id TEXT NOT NULL PRIMARY KEY, role TEXT NOT NULL,
       at TIMESTAMP WITH TIME ZONE NOT NULL)""",
)
"""The step that makes these tables; see ``schema``."""
BEGUN = ("ALTER TABLE inbox ADD COLUMN begun INTEGER NOT NULL DEFAULT 0",)
"""A later step of the same."""
