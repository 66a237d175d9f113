"""`counterpoise init`: a company folder from what there is, that works at once and overwrites nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from shutil import copy

import duckdb
import pytest

from metrics.load import load_catalog
from metrics.opening import open_company
from metrics.warehouse.lead import checked_select
from tests.command import DEALS, Ran, counterpoise

pytestmark = pytest.mark.slow

ODD = 'CREATE TABLE "Deals" ("Opportunity ID" TEXT, "close_date" TEXT, outcome TEXT, "odd ""name" TEXT, "order" TEXT)'


def init(folder: Path, *more: str) -> Ran:
    return counterpoise("init", str(folder), *more)


def win_rate(folder: Path) -> str:
    ran = counterpoise("metric", "win_rate", "--period", "2025-Q1", "--company", str(folder))
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_folder_of_files_becomes_a_company_folder_that_works(tmp_path: Path, kind: str) -> None:
    (tmp_path / "my data").mkdir()
    duckdb.execute(f"COPY ({DEALS}) TO '{tmp_path / 'my data' / f'opportunities.{kind}'}'")
    duckdb.execute(f"COPY (SELECT 1 AS x) TO '{tmp_path / 'my data' / f'whatever.{kind}'}'")
    ran = init(tmp_path / "acme-inc", "--url", str(tmp_path / "my data"))
    assert ran.code == 0
    assert "tables/opportunities.sql  6 columns of opportunities" in ran.out
    assert "not used: whatever" in ran.out
    assert "66.7 %" in win_rate(tmp_path / "acme-inc")
    assert open_company(tmp_path / "acme-inc").company.file.name == "Acme Inc"
    assert counterpoise("check", "--company", str(tmp_path / "acme-inc")).code == 0


def test_files_inside_the_company_folder_need_no_other_folder(tmp_path: Path) -> None:
    (tmp_path / "acme" / "data").mkdir(parents=True)
    duckdb.execute(f"COPY ({DEALS}) TO '{tmp_path / 'acme' / 'data' / 'opportunities.csv'}'")
    assert init(tmp_path / "acme", "--url", str(tmp_path / "acme" / "data")).code == 0
    assert "folders" not in (tmp_path / "acme" / "company.toml").read_text()
    assert "66.7 %" in win_rate(tmp_path / "acme")


def test_a_database_is_read_by_name_whatever_its_names_look_like(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with sqlite3.connect("crm.db") as made:
        made.execute(ODD)
        rows = [("1", "2025-02-01", "won", "", ""), ("2", "2025-02-02", "lost", "", "")]
        made.executemany('INSERT INTO "Deals" VALUES (?, ?, ?, ?, ?)', rows)
    ran = init(Path("acme"), "--url", "sqlite:///crm.db")
    assert ran.code == 0, ran.err
    select = (tmp_path / "acme" / "tables" / "opportunities.sql").read_text()
    assert '"Opportunity ID" AS opportunity_id' in select
    assert "close_date AS closed_on" in select
    assert '-- Not used: odd "name, order' in select
    assert "50.0 %" in win_rate(tmp_path / "acme")
    monkeypatch.setenv("CRM_URL", f"duckdb:///{tmp_path / 'crm.duckdb'}")
    with duckdb.connect(str(tmp_path / "crm.duckdb")) as made_too:
        made_too.execute(f"CREATE VIEW opportunities AS {DEALS}")
    assert init(Path("other"), "--url", "env:CRM_URL").code == 0
    assert 'url = "env:CRM_URL"' in (tmp_path / "other" / "company.toml").read_text()
    assert "66.7 %" in win_rate(tmp_path / "other")


def test_without_a_source_every_canonical_table_has_an_example_that_is_one_select(tmp_path: Path) -> None:
    assert init(tmp_path / "acme").code == 0
    tables = {name for name, table in load_catalog().tables.items() if not table.derived}
    examples = {path.stem: path.read_text() for path in (tmp_path / "acme" / "examples").glob("*.sql")}
    assert set(examples) == tables
    for name, text in examples.items():
        for dialect in ("duckdb", "postgres", "snowflake", "bigquery"):
            assert checked_select(name, text, dialect)
    assert "maps no table" in counterpoise("check", "--company", str(tmp_path / "acme")).sentence


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    init(tmp_path / "acme")
    (tmp_path / "acme" / "company.toml").write_text("mine")
    assert "nothing is overwritten" in init(tmp_path / "acme").sentence
    assert (tmp_path / "acme" / "company.toml").read_text() == "mine"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://ann:hunter2@host/x", 'write url = "env:NAME"'),
        ("sqlite:///missing.db", "The warehouse cannot be reached"),
        ("env:NOBODY_SET_THIS", "set that variable"),
        ("nosuchdb://host/x", "names a database without a driver here"),
        ("nowhere", "There is no folder"),
        (".", "holds no CSV or Parquet file"),
    ],
)
def test_a_source_that_cannot_be_read_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, url: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sentence = init(tmp_path / "acme", "--url", url).sentence
    assert said in sentence
    assert "hunter2" not in sentence
    assert not (tmp_path / "acme").exists()


def test_a_file_that_cannot_be_read_is_named_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    duckdb.execute(f"COPY ({DEALS}) TO '{tmp_path / 'data' / 'opportunities.csv'}'")
    (tmp_path / "data" / "accounts.parquet").write_text("no parquet at all")
    ran = init(tmp_path / "acme", "--url", str(tmp_path / "data"))
    assert ran.code == 0
    assert "not read: accounts.parquet" in ran.out


def test_a_demo_company_begun_anew_gives_the_same_numbers(tmp_path: Path, demo_folder: Path) -> None:
    copy(demo_folder / "demo.duckdb", tmp_path / "copy.duckdb")
    assert init(tmp_path / "acme", "--url", f"duckdb:///{tmp_path / 'copy.duckdb'}").code == 0
    asked = (
        "metric",
        "win_rate",
        "employee_turnover_rate",
        "mrr",
        "--period",
        "2025-Q4",
        "--json",
        "--company",
    )
    old, new = (
        counterpoise(*asked, str(folder)).json["values"] for folder in (demo_folder, tmp_path / "acme")
    )
    assert [one["value"] for one in old] == [one["value"] for one in new]


def written(tmp_path: Path, name: str, select: str) -> dict[str, str]:
    """What is written of one file: the SELECT of each canonical table that was told, by its name."""
    data = tmp_path / name / "data"
    data.mkdir(parents=True)
    duckdb.execute(f"COPY ({select}) TO '{data / f'{name}.csv'}'")
    assert init(tmp_path / name, "--url", str(data)).code == 0
    return {path.stem: path.read_text() for path in (tmp_path / name / "tables").glob("*.sql")}


@pytest.mark.parametrize(
    ("name", "select", "table", "said"),
    [
        ("customers", "SELECT 1 AS CustomerId", "accounts", ["CustomerId AS account_id"]),
        (
            "shop_orders",
            "SELECT 1 AS id, 2 AS customer",
            "orders",
            ["id AS order_id", "customer AS account_id"],
        ),
        (
            "sales_pipeline",
            "SELECT 1 AS opportunity_id, 5 AS Amount",
            "opportunities",
            ["Amount AS amount_base"],
        ),
        (
            "jobs",
            "SELECT 1 AS id, DATE '2025-01-01' AS opened_at",
            "requisitions",
            ["opened_at AS opened_on"],
        ),
        (
            "superstore",
            """SELECT 1 AS "Order ID", DATE '2025-01-01' AS "Order Date", 2 AS "Customer ID" """,
            "orders",
            ['"Order ID" AS order_id', '"Order Date" AS ordered_at', '"Customer ID" AS account_id'],
        ),
        (
            "tickets",
            "SELECT 1 AS id, DATE '2025-01-01' AS solved_at, 2 AS reopens",
            "tickets",
            ["solved_at AS resolved_at", "reopens AS reopened_count"],
        ),
        ("invoices", "SELECT 1 AS id, 1735689600 AS due_date", "invoices", ["due_date AS due_on"]),
    ],
)
def test_what_other_systems_call_things_is_known(
    tmp_path: Path, name: str, select: str, table: str, said: list[str]
) -> None:
    found = written(tmp_path, name, select)
    assert list(found) == [table]
    for line in said:
        assert line in found[table].replace('"CustomerId"', "CustomerId").replace('"Amount"', "Amount")


def test_whether_it_was_paid_is_not_when(tmp_path: Path) -> None:
    found = written(tmp_path, "invoices", "SELECT 1 AS id, true AS paid, DATE '2025-01-05' AS invoice_date")
    assert "-- , ... AS paid_on" in found["invoices"]
    assert "invoice_date AS issued_on" in found["invoices"]


def test_reviews_of_products_are_no_reviews_of_employees(tmp_path: Path) -> None:
    assert written(tmp_path, "order_reviews", "SELECT 1 AS review_id, 5 AS review_score") == {}


def test_an_empty_database_is_said_to_be_empty(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "empty.duckdb")):
        pass
    assert (
        "holds no table"
        in init(tmp_path / "acme", "--url", f"duckdb:///{tmp_path / 'empty.duckdb'}").sentence
    )


def test_what_agents_answered_is_not_taken_for_what_the_customer_wrote(tmp_path: Path) -> None:
    """Zendesk counts as `replies` the public ones of its agents: nearly every ticket has one."""
    (tmp_path / "data").mkdir()
    metrics = "'t1' AS ticket_id, TIMESTAMP '2025-01-05' AS solved_at, 1 AS replies, 0 AS reopens"
    duckdb.execute(f"COPY (SELECT {metrics}) TO '{tmp_path / 'data' / 'tickets.csv'}'")
    init(tmp_path / "acme", "--url", str(tmp_path / "data"))
    written = (tmp_path / "acme" / "tables" / "tickets.sql").read_text()
    assert "solved_at AS resolved_at" in written
    assert "reopens AS reopened_count" in written
    assert "Not used: replies" in written


def test_what_is_not_looked_at_is_named_with_the_reason(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "old").mkdir(parents=True)
    (data / "deals.csv").write_text("id,close_date,outcome,Total\n1,2025-02-01,won,10\n2,2025-02-02,lost,5\n")
    (data / "employees.txt").write_text("employee_id,hired_on\n1,2025-01-01\n")
    for name in ("book.xlsx", "schema.sql", ".DS_Store"):
        (data / name).write_text("x")
    out = " ".join(init(tmp_path / "acme", "--url", str(data)).out.split())
    assert (
        "passed over: book.xlsx (a workbook: save each sheet as CSV), employees.txt (if it is a table, call it .csv), "
        "old (a folder: give --url that one), schema.sql (none of .csv"
    ) in out
    assert "DS_Store" not in out
    (data / "deals.csv").unlink()
    ran = init(tmp_path / "other", "--url", str(data))
    assert "employees.txt (if it is a table, call it .csv)" in ran.sentence


def test_files_of_one_name_are_all_there(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("deals.2024.csv", "deals.2025.csv", "deals.2025.tsv"):
        (tmp_path / "data" / name).write_text(
            "id\tclose_date\n" if name.endswith("tsv") else "id,close_date,outcome\n"
        )
    out = init(tmp_path / "acme", "--url", str(tmp_path / "data")).out
    assert "3 columns of deals\n" in out
    assert "not used: deals.2025, deals.2025.tsv" in out


@pytest.mark.parametrize(
    ("columns", "taken"),
    [
        ("id,close_date,outcome,Total", '"Total" AS amount_base'),
        ("id,close_date,outcome,Deal Value", '"Deal Value" AS amount_base'),
        ("id,close_date,outcome,Total,Amount", '"Amount" AS amount_base'),
    ],
)
def test_the_amount_of_a_deal_goes_by_several_names(tmp_path: Path, columns: str, taken: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "deals.csv").write_text(
        f"{columns}\n1,2025-02-01,won{',10' * (columns.count(',') - 2)}\n"
    )
    assert init(tmp_path / "acme", "--url", str(tmp_path / "data")).code == 0
    assert taken in (tmp_path / "acme" / "tables" / "opportunities.sql").read_text()
