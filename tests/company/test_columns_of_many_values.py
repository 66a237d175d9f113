"""Columns with more values than anybody reads: a million accounts, words where a few were meant."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.calendar.periods import Period
from metrics.check.checkup import check_company
from metrics.engine import Ask, Engine
from metrics.engine.filters import READ
from metrics.errors import UnknownNameError
from metrics.notes.overlooked import empty_for
from metrics.values import Status
from metrics.warehouse.answered import ROW_LIMIT
from tests.tiny import tiny, tiny_folder

DEALS = """SELECT i AS opportunity_id, 'Acc' || i AS account_id, DATE '2025-10-01' AS created_on,
    DATE '2025-11-01' AS closed_on, {outcome} AS outcome, 5 AS amount_base FROM range({rows}) AS t(i)"""
NOVEMBER = Period(date(2025, 11, 1), date(2025, 12, 1), "2025-11")


def company(folder: Path, rows: int, outcome: str) -> Engine:
    tiny_folder(folder, {})
    (folder / "tables" / "opportunities.sql").write_text(DEALS.format(rows=rows, outcome=outcome))
    return tiny(folder, {})


def test_one_of_too_many_accounts_to_be_read_is_found_in_whatever_case(tmp_path: Path) -> None:
    engine = company(tmp_path, READ + 2, "CASE WHEN i % 2 = 0 THEN 'won' ELSE 'lost' END")
    for written in ("Acc0", "acc9999", f"ACC{READ + 1}"):
        kept = engine.resolved("win_rate", {"account": [written]})
        [value] = engine.compute([Ask("win_rate", NOVEMBER, filters=kept)], NOVEMBER.last_day)[0]
        assert value.n == 1
        assert value.value == Decimal(0 if int(written[3:]) % 2 else 100)


def test_an_account_that_is_none_of_them_is_refused_with_some_of_those_there_are(tmp_path: Path) -> None:
    engine = company(tmp_path, READ + 2, "'won'")
    with pytest.raises(UnknownNameError, match=r"The data has Acc\d+, .* and many more\."):
        engine.resolved("win_rate", {"account": ["Bcc"]})


def test_a_column_of_codes_that_holds_a_word_of_its_own_in_each_row_is_remarked_upon(tmp_path: Path) -> None:
    engine = company(tmp_path, ROW_LIMIT + 2, "'w' || i")
    [value] = engine.compute([Ask("win_rate", NOVEMBER)], NOVEMBER.last_day)[0]
    assert value.status is Status.UNDEFINED
    [note] = empty_for(engine, [value])
    assert "'w0', 'w1', 'w10', 'w100', 'w1000' and at least 45 more" in note
    report = check_company(engine)
    [deals] = report.tables
    assert not deals.problems
