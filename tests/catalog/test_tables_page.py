"""The page of canonical tables equals the code, and what it says a metric needs is what the engine needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from metrics.catalog_text.needs import instead, needed
from metrics.catalog_text.page import tables_page
from metrics.catalog_text.reads import other_methods
from metrics.engine import Engine
from metrics.engine.tables.canonical import LEDGER
from metrics.engine.tables.lacking import MissingError
from metrics.load import SHIPPED, load_catalog
from metrics.model import Table
from metrics.opening import open_company
from metrics.warehouse import Warehouse
from tests.command import company

pytestmark = pytest.mark.slow

CATALOG = load_catalog()
SETTINGS = """[settings]
activation_event = "a"
value_event = "b"
key_event = "c"
key_event_threshold = 1
feature = "d"
support_department = "e"
[external.market_size]
value = 1
source = "a report"
as_of = 2025-01-01
[external.customer_lifespan_years]
value = 1
source = "a report"
as_of = 2025-01-01
"""
DERIVED = [table for table in CATALOG.tables.values() if table.derived]

Columns = dict[str, list[str]]
Having = Callable[[Columns], Engine]


@pytest.fixture(scope="module")
def having(tmp_path_factory: pytest.TempPathFactory) -> Having:
    """Columns of tables -> a company that has these, and one row of nothing in each table; all in one database."""
    some = open_company(company(tmp_path_factory.mktemp("some"), SETTINGS))

    def engine(tables: Columns) -> Engine:
        selects = {name: select(columns) for name, columns in tables.items() if columns}
        bare = some.company.model_copy(update={"selects": selects})
        return Engine(some.catalog, bare, Warehouse(bare, some.warehouse.engine))

    return engine


def select(columns: list[str]) -> str:
    return "SELECT " + ", ".join(f"NULL::VARCHAR AS {column}" for column in columns)


def without(tables: Columns, table: str, column: str) -> Columns:
    return {
        name: [other for other in columns if (name, other) != (table, column)]
        for name, columns in tables.items()
    }


def test_the_page_beside_the_files_says_what_the_files_say() -> None:
    page = (SHIPPED / "tables" / "README.md").read_text(encoding="utf-8")
    assert page == tables_page(CATALOG), "write it again: counterpoise catalog tables --markdown"


def test_every_column_whose_name_does_not_tell_has_a_meaning() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in CATALOG.tables.values()
        for column in table.columns
        if not (table.derived or column.meaning or column.key or column.references)
    ]
    assert silent == []


METHODS = [name for metric in CATALOG.metrics.values() for name, _ in other_methods(CATALOG, metric)]


@pytest.mark.parametrize("metric", [*CATALOG.metrics, *METHODS])
def test_a_metric_is_computed_from_the_columns_it_is_said_to_need(metric: str, having: Having) -> None:
    tables = needed(CATALOG, CATALOG.metric(metric))
    assert having(tables).missing(metric) == ()


@pytest.mark.parametrize("metric", [*CATALOG.metrics, *METHODS])
def test_a_metric_cannot_do_without_any_of_them(metric: str, having: Having) -> None:
    tables = needed(CATALOG, CATALOG.metric(metric))
    for table, columns in tables.items():
        for column in columns:
            less = without(tables, table, column)
            if any(less.values()):
                assert having(less).missing(metric) != ()


@pytest.mark.parametrize("metric", [one for one in CATALOG.metrics if instead(CATALOG, CATALOG.metric(one))])
def test_what_stands_in_place_of_a_column_does_as_well(metric: str, having: Having) -> None:
    for others, place in instead(CATALOG, CATALOG.metric(metric)):
        tables = needed(CATALOG, CATALOG.metric(metric))
        for table, columns in place.items():
            tables[table] = [column for column in tables[table] if column not in columns]
        assert having(tables).missing(metric) != ()
        tables |= {table: [*tables.get(table, []), *columns] for table, columns in others.items()}
        assert having(tables).missing(metric) == ()


def test_where_one_of_several_columns_would_do_only_one_is_missed(having: Having) -> None:
    tables = needed(CATALOG, CATALOG.metric("vacancy_rate"))
    tables["requisitions"].remove("closed_on")
    assert having(tables).missing("vacancy_rate") == ("requisitions.closed_on",)


@pytest.mark.parametrize("table", DERIVED, ids=lambda table: table.name)
def test_a_derived_table_reads_what_it_is_said_to_read(table: Table, having: Having) -> None:
    everything = {name: [c.name for c in CATALOG.tables[name].columns] for name in table.derived}
    if LEDGER in everything:  # of these amount_base can be made, and then it is not missed
        everything[LEDGER] = [name for name in everything[LEDGER] if name not in ("amount", "currency")]
    for source, columns in everything.items():
        for column in columns:
            less = having(without(everything, source, column))
            try:
                less.relations.table(table.name)
            except MissingError:
                assert f"{source}.{column}" in table.reads
            else:
                assert f"{source}.{column}" not in table.reads
