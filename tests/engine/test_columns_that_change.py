"""Files that are replaced while a company is open: their columns, and the types of these, may be others by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.folder.company import read_company
from metrics.load import load_catalog
from metrics.values import Status, Value
from metrics.warehouse import open_warehouse

CATALOG = load_catalog()
MAY = Calendar().containing(date(2025, 5, 1), "month")
HEAD = "opportunity_id,created_on,closed_on,outcome,amount_base\n"
ROWS = HEAD + "1,2025-04-01,2025-05-10,won,100\n2,2025-04-01,2025-05-12,lost,200\n"
METRICS = ("win_rate", "average_deal_size", "average_deal_size.median", "sales_cycle_length")
REPLACED = {
    "a number with a letter": ROWS + "D3,2025-04-01,2025-05-13,won,10\n",
    "cents": ROWS + "3,2025-04-01,2025-05-13,won,10.55\n",
    "a time of day": ROWS + "3,2025-04-01,2025-05-13 10:00:00,won,10\n",
    "no row": HEAD,
    "a column without anything in it": HEAD + "1,,2025-05-10,won,100\n2,,2025-05-12,lost,200\n",
    "no amount yet": HEAD + "1,2025-04-01,2025-05-10,won,\n",
    "another column": ROWS.replace("amount_base", "amount_base,channel")
    .replace(",100", ",100,web")
    .replace(",200", ",200,web")
    + "3,2025-04-01,2025-05-13,won,10,web\n",
    "a column less": ROWS.replace(",amount_base", "").replace(",100", "").replace(",200", ""),
    "another order": "outcome,closed_on,created_on,amount_base,opportunity_id\nwon,2025-05-02,2025-05-01,7,1\n",
}


@dataclass
class Deals:
    """A company whose deals lie in a CSV file, and its clock."""

    folder: Path
    now: float = 0

    def __post_init__(self) -> None:
        (self.folder / "tables").mkdir()
        (self.folder / "company.toml").write_text('name = "Files"\n')
        (self.folder / "tables" / "opportunities.sql").write_text("SELECT * FROM 'deals.csv'\n")

    def write(self, text: str) -> None:
        (self.folder / "deals.csv").write_text(text)

    def opened(self) -> Engine:
        company = read_company(self.folder, CATALOG.tables)
        return Engine(CATALOG, company, open_warehouse(company), clock=lambda: self.now)


@pytest.fixture
def deals(tmp_path: Path) -> Deals:
    return Deals(tmp_path)


def values(engine: Engine) -> list[Value]:
    return [engine.compute([Ask(metric, MAY)], date(2025, 6, 30))[0][0] for metric in METRICS]


def told(engine: Engine) -> list[tuple[object, ...]]:
    return [(one.metric, one.status, one.value, one.n, one.needs) for one in values(engine)]


def told_again(deals: Deals, engine: Engine) -> list[tuple[object, ...]]:
    """What is told once the file is as it was: a look after it came back, and one after that was noticed."""
    deals.write(ROWS)
    for deals.now in (400, 500):
        after = told(engine)
    return after


@pytest.mark.parametrize("other", REPLACED.values(), ids=REPLACED.keys())
@pytest.mark.parametrize("back", [False, True], ids=["to it", "from it"])
def test_a_file_with_other_columns_is_read_as_it_is_now(deals: Deals, other: str, *, back: bool) -> None:
    before, after = (other, ROWS) if back else (ROWS, other)
    deals.write(before)
    engine = deals.opened()
    told(engine)
    deals.write(after)
    deals.now = 300
    assert told(engine) == told(deals.opened())


def test_a_file_that_went_and_came_back_is_measured_again(deals: Deals) -> None:
    deals.write(ROWS)
    engine = deals.opened()
    as_it_was = told(engine)
    (deals.folder / "deals.csv").unlink()
    deals.now = 300
    assert {value.status for value in values(engine)} == {Status.NOT_MEASURED}
    assert told_again(deals, engine) == as_it_was


def test_a_text_that_is_no_number_takes_its_table_and_gives_it_back(deals: Deals) -> None:
    deals.write(ROWS)
    engine = deals.opened()
    as_it_was = told(engine)
    deals.write(ROWS + "3,2025-04-01,2025-05-13,won,n/a\n")
    deals.now = 300
    assert values(engine)[1].status is Status.NOT_MEASURED
    assert "amount_base should be a number" in engine.unreadable["opportunities"]
    assert told_again(deals, engine) == as_it_was


def test_the_newest_day_is_read_of_other_columns_too(deals: Deals) -> None:
    deals.write(ROWS)
    engine = deals.opened()
    assert engine.newest_day(date(2025, 6, 30)) == date(2025, 5, 12)
    deals.write(ROWS.replace("closed_on", "closed_at").replace("200\n", "200\n3,2025-06-02,,open,7\n"))
    deals.now = 300
    assert engine.newest_day(date(2025, 6, 30)) == date(2025, 6, 2)
    assert values(engine)[0].needs == ("opportunities.closed_on",)
