"""What the language model took: recorded for each answer, summed by day and since a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine, func, insert, select

from bot.memory.schema import answers, usage


@dataclass(frozen=True)
class Day:
    """One day of use, in UTC: answers given (with a model or without), calls of the model and its tokens."""

    day: str
    answers: int = 0
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True)
class Usage:
    """The record of use in a memory. One memory serves one workspace, so its sum is the workspace's."""

    engine: Engine

    def spend(
        self,
        answer_id: str,
        model: str,
        *,
        calls: int,
        input_tokens: int,
        output_tokens: int,
        at: datetime | None = None,
    ) -> None:
        """Record what one answer took, whether it was given in the end or not."""
        at = at or datetime.now(UTC)
        with self.engine.begin() as connection:
            connection.execute(
                insert(usage).values(
                    at=at,
                    day=at.astimezone(UTC).date().isoformat(),
                    answer_id=answer_id,
                    model=model,
                    calls=calls,
                    input_tokens=input_tokens,
                    output_tokens=output_tokens,
                )
            )

    def tokens_since(self, day: date) -> int:
        """Tokens in and out since a day, that day included."""
        total = func.coalesce(func.sum(usage.c.input_tokens + usage.c.output_tokens), 0)
        with self.engine.connect().execution_options(reading=True) as connection:
            return int(connection.execute(select(total).where(usage.c.day >= day.isoformat())).scalar_one())

    def by_day(self, since: date) -> list[Day]:
        """The days since one on which anything was answered or asked of a model, oldest first."""
        begin = datetime(since.year, since.month, since.day, tzinfo=UTC)
        took = (
            select(
                usage.c.day,
                func.sum(usage.c.calls).label("calls"),
                func.sum(usage.c.input_tokens).label("input_tokens"),
                func.sum(usage.c.output_tokens).label("output_tokens"),
            )
            .where(usage.c.day >= since.isoformat())
            .group_by(usage.c.day)
        )
        days: dict[str, Day] = {}
        with self.engine.connect().execution_options(reading=True) as connection:
            whole = (answers.c.at >= begin) & (answers.c.aside == 0)
            given = connection.execute(select(answers.c.at).where(whole)).scalars()
            counts: dict[str, int] = {}
            for at in given:
                counts[_day(at)] = counts.get(_day(at), 0) + 1
            for row in connection.execute(took):
                days[row.day] = Day(row.day, 0, int(row.calls), int(row.input_tokens), int(row.output_tokens))
        found = {day: days.get(day, Day(day)) for day in {*days, *counts}}
        return [
            Day(day, counts.get(day, 0), one.calls, one.input_tokens, one.output_tokens)
            for day, one in sorted(found.items())
        ]


def _day(at: datetime) -> str:
    """The day of an instant; SQLite gives it back without its zone, which is UTC."""
    return (at if at.tzinfo is None else at.astimezone(UTC)).date().isoformat()
