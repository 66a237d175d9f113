"""Leaves -> statements: how many there are, and what remains of them where one fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.engine.asking.leaves import Wanted
from metrics.engine.queries.entities import chunks
from metrics.errors import TooSlowError
from metrics.warehouse import Warehouse
from metrics.warehouse.answered import Answered
from tests.engine.test_store import AS_OF, CATALOG, MAY, Company

YEAR = [Calendar().containing(date(2025, month, 1), "month") for month in range(1, 13)]
STOOD_OPEN = "canonical_opportunities.created_on AS day"


@dataclass(frozen=True)
class Tiring(Warehouse):
    """A warehouse that is too slow for some statements, and keeps those that it ran."""

    too_slow: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)

    def run_all(self, statements: Sequence[sa.Select[Any]]) -> Iterator[Answered]:
        for statement in statements:
            sql = str(statement)
            if any(words in sql for words in self.too_slow):
                raise TooSlowError("Too slow.")
            self.ran.append(sql)
            yield from super().run_all([statement])


@pytest.mark.parametrize(("held", "queries"), [(1_000, 1), (1_800_000, 1), (2_900_000, 2), (10**9, 2)])
def test_balances_of_a_year_are_one_query_where_memory_allows(
    demo_engine: Engine, held: int, queries: int
) -> None:
    wanted = [
        Wanted(leaf, date(2025, 12, 31))
        for ask in (Ask("net_revenue_retention", month, usual_window=True) for month in YEAR)
        for leaf in demo_engine.framing.leaves(ask, demo_engine.framing.frame(ask, date(2025, 12, 31)))
    ]
    found = chunks(demo_engine.setting, list(dict.fromkeys(wanted)), held)
    assert len(found) == queries
    once = [one for chunk in found for one in chunk]
    assert len(once) == len(set(once))
    assert set(once) == set(wanted)


def test_what_ran_before_a_statement_that_failed_is_kept(tmp_path: Path) -> None:
    small = Company(tmp_path / "company")
    asks = [Ask("win_rate", MAY), Ask("sales_velocity", MAY)]
    given = small.engine.warehouse
    tired = Tiring(given.company, given.engine, too_slow=[STOOD_OPEN])
    engine = Engine(CATALOG, given.company, tired, clock=small.clock)
    with pytest.raises(TooSlowError):
        engine.compute(asks, AS_OF)
    before = [sql for sql in tired.ran if "closed_on AS day" in sql]
    tired.too_slow.clear()
    [[rate], [speed]] = engine.compute(asks, AS_OF)
    assert before
    assert sum(sql in before for sql in tired.ran) == len(before), "nothing that was answered runs again"
    assert [rate.value, speed.value] == [value.value for [value] in small.engine.compute(asks, AS_OF)]
    small.file.close()
