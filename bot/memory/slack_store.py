"""What Slack keeps beside questions and answers: asides, feedback, roles. Functions of an engine that block shortly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select

from bot.memory.schema import conversations
from bot.memory.slack_tables import asides, feedback, profiles
from metrics.privacy.thresholds import Ceiling

REASON = 2_000
"""Characters of a reason that are kept."""


@dataclass(frozen=True)
class Aside:
    """What one person alone was shown of an answer, and where the answer stands."""

    answer: str
    user: str
    channel: str
    thread: str
    level: Ceiling
    blocks: Sequence[Mapping[str, Any]]


def put_aside(engine: Engine, aside: Aside) -> None:
    """Keep it, so that it can be shared just as it was shown."""
    values = {
        "answer_id": aside.answer,
        "user_id": aside.user,
        "channel": aside.channel,
        "thread": aside.thread,
        "level": aside.level,
        "blocks": [dict(block) for block in aside.blocks],
        "at": datetime.now(UTC),
    }
    with engine.begin() as connection:
        connection.execute(insert(asides).values(**values))


def aside(engine: Engine, answer: str) -> Aside | None:
    """What was put aside of an answer."""
    with engine.connect().execution_options(reading=True) as connection:
        row = connection.execute(select(asides).where(asides.c.answer_id == answer)).one_or_none()
    if row is None:
        return None
    return Aside(row.answer_id, row.user_id, row.channel, row.thread, row.level, row.blocks)


def note_thumb(engine: Engine, answer: str, user: str, *, good: bool, reason: str = "") -> None:
    """Keep what somebody thought of an answer; what they think last counts."""
    with engine.begin() as connection:
        mine = (feedback.c.answer_id == answer) & (feedback.c.user_id == user)
        connection.execute(delete(feedback).where(mine))
        connection.execute(
            insert(feedback).values(
                answer_id=answer, user_id=user, good=int(good), reason=reason[:REASON], at=datetime.now(UTC)
            )
        )


def thumbs(engine: Engine) -> tuple[int, int]:
    """How many answers were found good, and how many bad."""
    with engine.connect().execution_options(reading=True) as connection:
        rows = connection.execute(select(feedback.c.good, func.count()).group_by(feedback.c.good)).all()
    found = {int(row[0]): int(row[1]) for row in rows}
    return found.get(1, 0), found.get(0, 0)


def set_role(engine: Engine, user: str, role: str) -> None:
    """Keep which role somebody has."""
    with engine.begin() as connection:
        connection.execute(delete(profiles).where(profiles.c.user_id == user))
        connection.execute(insert(profiles).values(user_id=user, role=role, at=datetime.now(UTC)))


def role_of(engine: Engine, user: str) -> str | None:
    """Which role somebody said they have."""
    with engine.connect().execution_options(reading=True) as connection:
        found = connection.execute(select(profiles.c.role).where(profiles.c.user_id == user)).scalar()
    return str(found) if found else None


def start_anew(engine: Engine, channel: str, thread: str) -> None:
    """Forget what was said in a conversation, so that nothing points back at it; answers stay."""
    here = (conversations.c.channel == channel) & (conversations.c.thread == thread)
    with engine.begin() as connection:
        connection.execute(delete(conversations).where(here))
