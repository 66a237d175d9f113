"""A company folder that was made to do harm is refused in one sentence, and loosens nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from bot.audience.policy import read_policy
from metrics.errors import CatalogError, UserError
from metrics.load import load_catalog
from metrics.opening import open_company
from metrics.privacy import level_of
from metrics.ranking import rank
from metrics.warehouse.lead import checked_select
from tests.tiny import tiny_folder

PEOPLE = {"employees": "employee_id hired_on\n1 2020-01-01"}


@pytest.mark.parametrize(
    "column", ["opportunities.owner_id>employees.gender", 'employees.x" FROM y; --', "employees."]
)
def test_an_own_dimension_takes_no_way_round_what_is_guarded(tmp_path: Path, column: str) -> None:
    toml = f"[dimensions.who]\ncolumn = '{column}'\nsensitivity = 'open'\n"
    with pytest.raises(UserError, match="one column"):
        open_company(tiny_folder(tmp_path, PEOPLE, toml))


def test_what_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nested too deeply"):
        open_company(tiny_folder(tmp_path / "toml", PEOPLE, f"x = {'[' * 5000}{']' * 5000}"))
    folder = tiny_folder(tmp_path / "sql", PEOPLE)
    (folder / "tables" / "employees.sql").write_text(f"SELECT {'(' * 3000}1{')' * 3000} AS employee_id")
    with pytest.raises(UserError, match="nested too deeply"):
        open_company(folder).warehouse.described("employees")
    (folder / "access.yaml").write_text("[" * 5000)
    with pytest.raises(UserError, match="cannot be read"):
        read_policy(folder, load_catalog())


def test_a_select_that_is_far_too_wide_or_long_is_refused_before_it_costs_much(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path, PEOPLE)
    select, file = folder / "tables" / "employees.sql", folder / "wide.csv"
    select.write_text(f"SELECT 'e1' AS employee_id, {', '.join(f'{i} AS c{i}' for i in range(5_000))}")
    with pytest.raises(UserError, match="gives 5,001 columns, and 1,000 may be"):
        open_company(folder).warehouse.described("employees")
    file.write_text(",".join(f"c{i}" for i in range(2_000)) + "\n" + "1," * 1_999 + "1\n")
    select.write_text("SELECT *, c0 AS employee_id FROM 'wide.csv'")
    with pytest.raises(UserError, match="gives 2,001 columns"):
        open_company(folder).warehouse.described("employees")
    select.write_text(f"SELECT 'e1' AS employee_id, {', '.join(f'{i} AS column_{i}' for i in range(20_000))}")
    began = process_time()
    with pytest.raises(UserError, match="characters, and 300,000 are read"):
        open_company(folder).warehouse.described("employees")
    assert process_time() - began < 1
    select.write_text("SELECT 'e1' AS employee_id, DATE '2020-01-01' AS hired_on " + " " * 200_000)
    assert set(open_company(folder).warehouse.described("employees")) == {"employee_id", "hired_on"}


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
"""Ten thousand million words in half a kilobyte."""
MAKE: dict[str, Callable[[Path], object]] = {
    "that has no end": lambda path: path.symlink_to("/dev/zero"),
    "that nobody writes to": os.mkfifo,
    "that is a folder": lambda path: path.mkdir(),
    "that is elsewhere": lambda path: path.symlink_to("/etc/passwd"),
    "that is nowhere": lambda path: path.symlink_to("nowhere"),
    "that is huge": lambda path: path.write_bytes(b" " * 9_000_000),
}


def opened(folder: Path) -> None:
    engine = open_company(folder)
    read_policy(folder, engine.catalog)


@pytest.mark.parametrize("where", ["metrics/own.yaml", "tables/accounts.sql", "access.yaml"])
@pytest.mark.parametrize("what", MAKE)
def test_a_file_is_refused(tmp_path: Path, where: str, what: str) -> None:
    folder = tiny_folder(tmp_path, PEOPLE)
    (folder / where).parent.mkdir(exist_ok=True)
    MAKE[what](folder / where)
    with pytest.raises(
        UserError, match=r"is no ordinary file|is a link that leads out|larger than|cannot be read"
    ):
        opened(folder)


def test_a_policy_under_a_name_that_nobody_reads_is_refused_rather_than_passed_over(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path, PEOPLE)
    (folder / "access.yml").write_text("rules: [{ask: false}]")
    with pytest.raises(UserError, match=r"rename it to access\.yaml"):
        opened(folder)


def test_a_number_of_thousands_of_digits_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="thousands of digits"):
        opened(tiny_folder(tmp_path, PEOPLE, f"timeout_seconds = {'9' * 5_000}"))


def test_links_within_the_folder_and_to_folders_that_it_names_are_followed(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path / "small", PEOPLE, 'folders = ["../shared"]\n')
    (tmp_path / "shared").mkdir()
    (folder / "tables" / "employees.sql").rename(tmp_path / "shared" / "people.sql")
    (folder / "tables" / "employees.sql").symlink_to(tmp_path / "shared" / "people.sql")
    (folder / "kept.yaml").write_text("rules: []")
    (folder / "access.yaml").symlink_to("kept.yaml")
    opened(folder)


@pytest.mark.parametrize("where", ["balance/own.yaml", "access.yaml"])
@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        f"{BOMB}metrics: *j",
        f"{BOMB}rules: [{{where: *j}}]",
        "a: " + "[" * 5_000 + "]" * 5_000,
        "a: " + "{b: " * 5_000 + "}" * 5_000,
        "!!python/object/apply:os.abort []",
        "a: !!python/name:os.abort",
        "&a a: *a",
        "a: &a [*a]",
        "<<: *nothing",
        "? [a, b]\n: c",
        "a: \x00",
        "- - - -",
        "%YAML 9.9\n---\na: b",
        "a: b\n---\na: c",
        "0: " + "9" * 5_000,
    ],
    ids=range(16),
)
def test_yaml_that_is_meant_to_hurt_is_one_sentence_at_once(tmp_path: Path, where: str, text: str) -> None:
    folder = tiny_folder(tmp_path, PEOPLE)
    (folder / where).parent.mkdir(exist_ok=True)
    (folder / where).write_text(text)
    with pytest.raises(UserError):
        opened(folder)


@pytest.mark.parametrize(
    "call",
    [
        "set_config('default_transaction_read_only', 'off', false)",
        "pg_catalog.SET_CONFIG('a', 'off', false)",
        "\"set_config\"('a', 'off', false)",
        "U&\"set\\005Fconfig\"('a', 'off', false)",
        "query_to_xml('DELETE FROM t', true, true, '')",
        "dblink_exec('', 'DROP TABLE t')",
        "lo_import('/etc/passwd')",
        "pg_read_file('/etc/passwd')",
        "pg_ls_dir('/')",
        "pg_terminate_backend(1)",
        "nextval('s')",
        "load_extension('x')",
        "pg_notify('channel', 'text')",
        "pg_switch_wal()",
        "pg_file_write('x', 'y', true)",
        "pg_drop_replication_slot('x')",
        "pg_stat_reset()",
    ],
)
@pytest.mark.parametrize(
    "select", ["SELECT {}", "SELECT 1 WHERE {} IS NULL", "WITH x AS (SELECT {}) SELECT 1"]
)
def test_a_select_that_does_more_than_read_is_refused(select: str, call: str) -> None:
    with pytest.raises(UserError, match="does more than read"):
        checked_select("employees", select.format(call), "postgres")


@pytest.mark.parametrize(
    ("dialect", "call"),
    [
        ("duckdb", "* FROM enable_logging('QueryLog', storage = 'file')"),
        ("duckdb", "* FROM checkpoint()"),
        ("duckdb", "write_log('x')"),
        ("spark", "reflect('java.lang.System', 'exit', 0)"),
        ("spark", "`Java_Method`('java.lang.System', 'getenv', 'HOME')"),
        ("databricks", "try_reflect('java.lang.System', 'exit', 0)"),
        ("databricks", "secret('scope', 'key')"),
        ("databricks", "http_request(conn => 'c', method => 'POST', path => '/')"),
        ("snowflake", "SYSTEM$CANCEL_ALL_QUERIES(1)"),
        ("clickhouse", "* FROM executable('script.sh', 'CSV', 'a String')"),
        ("sqlite", "edit('x')"),
    ],
)
def test_a_select_of_another_database_that_does_more_than_read_is_refused(dialect: str, call: str) -> None:
    with pytest.raises(UserError, match="does more than read"):
        checked_select("employees", f"SELECT {call}", dialect)


ELSEWHERE = {
    "clickhouse": "url urlCluster file s3 s3Cluster gcs remote remoteSecure mysql postgresql mongodb redis sqlite jdbc"
    " odbc hdfs input azureBlobStorage deltaLake deltaLakeCluster iceberg icebergS3 hudi Python catboostEvaluate",
    "spark": "read_files read_kafka remote_query",
    "databricks": "read_files read_kinesis remote_query",
    "trino": "query",
    "bigquery": "EXTERNAL_QUERY",
    "mysql": "LOAD_FILE",
}


@pytest.mark.parametrize(
    ("dialect", "function"), [(name, one) for name, several in ELSEWHERE.items() for one in several.split()]
)
@pytest.mark.parametrize(
    "select",
    ["SELECT * FROM {}('x')", "SELECT {}('x') AS a", "SELECT a FROM t WHERE a IN (SELECT b FROM {}('x'))"],
)
def test_a_select_that_reads_from_elsewhere_is_refused(dialect: str, function: str, select: str) -> None:
    with pytest.raises(UserError, match=f"calls {function}, which does more than read tables"):
        checked_select("employees", select.format(function), dialect)


@pytest.mark.parametrize(
    ("dialect", "select"),
    [
        ("clickhouse", "SELECT domain(url) AS url, input AS python FROM file"),
        ("clickhouse", "SELECT * FROM values('a Int', 1, 2)"),
        ("clickhouse", "SELECT * FROM cluster('c', db.deals)"),
        ("duckdb", "SELECT * FROM read_csv('data/deals.csv')"),
        ("duckdb", "SELECT * FROM read_parquet(['a.parquet', 'b.parquet'])"),
        ("postgres", "SELECT url(a) AS b, file FROM t"),
        ("trino", "SELECT query FROM t"),
    ],
)
def test_what_only_bears_such_a_name_and_files_of_the_folder_are_read(dialect: str, select: str) -> None:
    assert checked_select("employees", select, dialect) == select


@pytest.mark.parametrize("dialect", ["spark", "databricks"])
def test_a_select_that_sends_its_rows_through_a_program_is_refused(dialect: str) -> None:
    with pytest.raises(UserError, match="only reads"):
        checked_select("employees", "SELECT TRANSFORM(a) USING 'tee /tmp/x' AS (b) FROM t", dialect)
    assert checked_select("employees", "SELECT transform(a, x -> x + 1) AS b FROM t", dialect)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "sqlite", "clickhouse", "spark"])
@pytest.mark.parametrize(
    ("select", "said", "instead"),
    [
        (
            "VALUES (1, 'a'), (2, 'b')",
            "is a VALUES whose columns have no names: write SELECT * FROM (VALUES ...) AS t(column, ...).",
            "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(a, b)",
        ),
        (
            "SELECT * FROM (VALUES (1, 'a') UNION ALL SELECT 2, 'b') AS t(a, b)",
            "write SELECT * FROM (VALUES ...) AS v UNION ALL SELECT ..., for VALUES before UNION is not read here.",
            "SELECT * FROM (SELECT * FROM (VALUES (1, 'a')) AS v UNION ALL SELECT 2, 'b') AS t(a, b)",
        ),
    ],
)
def test_rows_that_cannot_be_read_as_they_stand_say_what_to_write(
    dialect: str, select: str, said: str, instead: str
) -> None:
    with pytest.raises(UserError) as told:
        checked_select("deals", select, dialect)
    assert str(told.value).endswith(said)
    assert checked_select("deals", instead, dialect) == instead


def test_a_select_may_look_at_what_kind_of_value_there_is() -> None:
    assert checked_select("t", "SELECT a FROM t WHERE pg_input_is_valid(a, 'date')", "postgres")
    assert checked_select("t", "SELECT pg_typeof(a) AS b FROM t", "postgres")


OWN = """\
dimension: sales
side: business
metrics:
  - id: own_metric
    name: Own metric
    synonyms: [our own]
    phrasings: [how are we doing on our own, what is our own metric]
    unit: count
    direction: up
    timing: lagging
    kind: driver
    formula: x
    numerator: {numerator}
    sources: [CONV]
    tags: [volume]
"""
DEALS = "table: opportunities, date: closed_on"


@pytest.mark.parametrize(
    "numerator",
    [
        f"{{{DEALS}, where: {{owner_id: E1}}}}",
        f"{{{DEALS}, where: {{owner_id: [E1, E2]}}}}",
        f"{{{DEALS}, where: {{owner_id: {{is_not: E1}}}}}}",
        f"{{{DEALS}, any_of: [{{owner_id: E1}}]}}",
        "{table: survey_answers, date: survey_id>surveys.closed_on, where: {respondent_key: R1}}",
    ],
)
def test_an_own_metric_is_about_nobody_by_name(tmp_path: Path, numerator: str) -> None:
    folder = tiny_folder(tmp_path, PEOPLE)
    (folder / "metrics").mkdir()
    (folder / "metrics" / "own.yaml").write_text(OWN.replace("{numerator}", numerator))
    with pytest.raises(UserError, match="about nobody by name"):
        opened(folder)


@pytest.mark.parametrize(
    ("numerator", "level"),
    [
        (f"{{{DEALS}}}", "open"),
        ("{table: employees, date: hired_on}", "people"),
        (
            "{table: compensation, date: effective_from, aggregate: sum, column: annual_salary_base}",
            "restricted",
        ),
        (f"{{{DEALS}, where: {{owner_id>employees.gender: [x]}}}}", "restricted"),
        ("{metric: employee_turnover_rate}", "people"),
        (f"{{{DEALS}}}\n    n: {{table: employees, date: hired_on, where: {{gender: [x]}}}}", "restricted"),
    ],
)
def test_an_own_metric_on_the_business_side_is_as_guarded_as_the_columns_it_copies(
    tmp_path: Path, numerator: str, level: str
) -> None:
    folder = tiny_folder(tmp_path, PEOPLE)
    (folder / "metrics").mkdir()
    (folder / "metrics" / "own.yaml").write_text(OWN.replace("{numerator}", numerator))
    catalog = open_company(folder).catalog
    assert level_of(catalog, "own_metric") == level


def test_an_own_role_of_business_metrics_alone_still_gets_both_sides(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path, PEOPLE)
    (folder / "roles").mkdir()
    names = ("win_rate", "net_revenue_retention", "gross_margin", "sales_cycle_length", "pipeline_coverage")
    ranked = "".join(f"  - {{metric: {name}, weight: 90, why: x}}\n" for name in names)
    head = "id: own_role\nname: Own role\nscope: whole company\nexecutive: true\nranked:\n"
    (folder / "roles" / "own.yaml").write_text(head + ranked)
    catalog = open_company(folder).catalog
    for count in range(2, 21):
        sides = [one.side for one in rank(catalog, "own_role", count=count).places]
        assert len(sides) == count
        assert sides.count("people") >= max(1, -(-30 * count // 100) if count >= 5 else 1)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("name: Own metric", 'name: "Own\\nmetric"'),
        ("name: Own metric", 'name: "Own \\e[31mmetric"'),
        ("name: Own metric", 'name: "Own \\u202emetric"'),
        ("name: Own metric", "name: |\n      Own metric\n      <!channel>"),
        ("synonyms: [our own]", 'synonyms: [our own, "our\\u2028own"]'),
        ("unit: count", 'unit: "count\\n"'),
        ("id: own_metric", 'id: "own_metric\\n"'),
    ],
)
def test_a_name_of_ones_own_is_one_line(tmp_path: Path, written: str, instead: str) -> None:
    folder = tiny_folder(tmp_path, PEOPLE)
    (folder / "metrics").mkdir()
    text = OWN.replace("{numerator}", f"{{{DEALS}}}").replace(written, instead, 1)
    (folder / "metrics" / "own.yaml").write_text(text)
    with pytest.raises(
        CatalogError, match=r"line break or a control character .*: write it in one line"
    ) as told:
        open_company(folder)
    [line] = [line for line in str(told.value).splitlines() if "write it in one line" in line]
    assert "own.yaml:" in line


@pytest.mark.parametrize(
    "toml",
    [
        'name = "Own\\ncompany"',
        'name = "T"\ndimensions.tier = { column = "accounts.tier", name = "Tier\\u0007" }',
        'name = "T"\norganisations = { "Sales\\nteam" = ["a"] }',
    ],
)
def test_a_name_in_company_toml_is_one_line(tmp_path: Path, toml: str) -> None:
    folder = tiny_folder(tmp_path, PEOPLE)
    (folder / "company.toml").write_text(toml)
    with pytest.raises(UserError, match="write it in one line; mend that entry") as told:
        open_company(folder)
    assert len(str(told.value).splitlines()) == 1
