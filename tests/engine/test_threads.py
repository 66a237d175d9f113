"""How many threads the embedded database may use, and how many sums its queries may hold for that."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from metrics.definition import Entities
from metrics.engine import Ask
from metrics.engine.fetching.behind import Behind
from metrics.engine.fetching.later import Later
from metrics.engine.fetching.sizes import Sizes
from tests.engine.test_store import AS_OF, MAY
from tests.tiny import tiny

TABLES = {
    "accounts": "account_id\nA1\nA2",
    "mrr_movements": "account_id effective_on amount_base\nA1 2024-01-01 100\nA2 2024-01-01 60\nA1 2025-03-01 40",
}
MOVEMENTS = 2_900_000


@pytest.mark.parametrize(
    ("threads", "accounts", "held"),
    [(1, 1_000_000, 1_000_000), (2, 1_000_000, 2_000_000), (8, 1_000_000, MOVEMENTS), (1, 0, MOVEMENTS)],
)
def test_each_thread_holds_a_record_of_every_account_but_there_are_no_more_than_movements(
    threads: int, accounts: int, held: int, tmp_path: Path
) -> None:
    engine = tiny(tmp_path, TABLES, f"threads = {threads}\n")
    known = {"mrr_movements": MOVEMENTS, "accounts": accounts}
    behind = Behind(engine.relations)
    sizes = Sizes(engine.setting, behind, lambda table: known[table], Later(engine.store, behind))
    [retained, *_] = [leaf.expression for leaf in engine.framing.some_leaves("net_revenue_retention")]
    assert isinstance(retained, Entities)
    assert sizes.held(retained) == held


def test_the_embedded_database_uses_one_thread_unless_the_company_says_more(tmp_path: Path) -> None:
    for said, threads in [("", 1), ("threads = 3\n", 3)]:
        engine = tiny(tmp_path / str(threads), TABLES, said)
        with engine.warehouse.engine.connect() as connection:
            told = connection.execute(sa.text("SELECT current_setting('threads')")).scalar_one()
        [[kept]] = engine.compute([Ask("net_revenue_retention", MAY, usual_window=True)], AS_OF)
        assert (told, kept.value) == (threads, Decimal(125))


def test_whoever_asks_what_splits_a_metric_takes_turns_with_those_who_ask_for_values(tmp_path: Path) -> None:
    engine = tiny(tmp_path, TABLES)
    answered = Event()

    def ask() -> None:
        engine.reaches("mrr", "segment")
        answered.set()

    asking = Thread(target=ask)
    with engine.turn:  # as while a query runs on the one connection
        asking.start()
        assert not answered.wait(0.2)
    asking.join(5)
    assert answered.is_set()
