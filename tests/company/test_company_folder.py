"""Company folders as newcomers and attackers write them: each mistake is one sentence, and nothing leaks."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from metrics.calendar.periods import Calendar
from metrics.check.checkup import check_company
from metrics.engine import Ask, Engine
from metrics.folder.company import FORMS
from metrics.opening import open_company
from metrics.values import Status, Value
from tests.command import DEALS, Ran, company, counterpoise

pytestmark = pytest.mark.slow

Q1 = Calendar().quarter(2025, 1, fiscal=False)
AS_OF = date(2025, 6, 30)


def win_rate(folder: Path, *more: str) -> Ran:
    return counterpoise("metric", "win_rate", "--period", "2025-Q1", "--company", str(folder), *more)


def one(engine: Engine, metric: str) -> Value:
    [[value]] = engine.compute([Ask(metric, Q1)], AS_OF)
    return value


def broken(tmp_path: Path, select: str) -> str:
    return win_rate(company(tmp_path, opportunities=select)).sentence


def test_a_folder_that_works_gives_a_value_and_its_receipt(tmp_path: Path) -> None:
    found = win_rate(company(tmp_path), "--json").json
    [value] = found["values"]
    assert (value["value"], value["numerator"], value["denominator"]) == ("66.66666666666666666667", "2", "3")


# The folder and company.toml


def test_a_missing_folder_is_named_with_how_to_give_another(tmp_path: Path) -> None:
    said = win_rate(tmp_path / "nowhere").sentence
    assert f"There is no company folder at {tmp_path / 'nowhere'}" in said
    assert "--company" in said


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("currency =", "company.toml is no valid TOML"),
        ('currancy = "EUR"', "Unknown key 'currancy'. Did you mean 'currency'?"),
        ("[targets]\nwin_rate = { vlaue = 1 }", "Unknown key 'vlaue'. Did you mean 'value'?"),
        ("[targets]\nwin_rat = { value = 1 }", "Unknown metric 'win_rat'. Did you mean 'win_rate'?"),
        ("[targets]\nwin_rate = { due = 2025-12-31 }", "targets.win_rate: give either value, or low and high"),
        ("[targets]\nwin_rate = { low = 5, high = 3 }", "targets.win_rate: low lies above high"),
        ("[targets]\nwin_rate = 28", "targets.win_rate cannot be read: write it as in targets.win_rate = { value = 28"),
        ("[targets]\nwin_rate = [20, 30]", "or for a band { low = 20, high = 30 }."),
        ('[targets]\nwin_rate = { value = "high" }', "targets.win_rate.value cannot be read: write it as in"),
        ("[external]\nmarket_size = 5", "external.market_size cannot be read: write it as in external.market_size = {"),
        ("[external.market_size]\nvalue = 5", "external.market_size.source is missing: write it as in"),
        ('[dimensions]\nregion = "accounts.region"', "write it as in dimensions.region = { column ="),
        ('[organisations]\nvp_sales = "Sales"', 'write it as in organisations.vp_sales = ["Sales"]'),
        ('[settings]\nfeature = ["export"]', "settings.feature cannot be read: write it as in"),
        ('currency = "euro"', 'currency cannot be read: write it as in currency = "EUR".'),
        ('[organisations]\nvp_sale = ["EMEA"]', "Unknown role 'vp_sale'. Did you mean 'vp_sales'?"),
        ('timezone = "Europe"', "timezone 'Europe' is unknown"),
        ('timezone = "Mars/Base"', "timezone 'Mars/Base' is unknown"),
        ('stage = "huge"', "stage: input should be 'pre_pmf', 'growth' or 'scale'"),
        ("fiscal_year_start = 13", "fiscal_year_start: "),
        ('[variants]\nwin_rate = "of_al"', "of_al"),
        ('[dimensions.x]\ncolumn = "deals.x"', "Unknown canonical table 'deals'"),
        ('[dimensions.segment]\ncolumn = "accounts.x"', "the dimension segment exists already"),
        ('url = "what is this"', "url is no database URL"),
        ('url = "postgresql://host:port/x"', "url is no database URL"),
        ('url = "nosuchdb://host/x"', "names a database without a driver here"),
        ('url = "duckdb:///missing.duckdb"', "The warehouse cannot be reached"),
        ('url = "sqlite:///missing.db"', "The warehouse cannot be reached"),
    ],
)  # fmt: skip
def test_a_mistake_in_company_toml_is_one_sentence(tmp_path: Path, toml: str, said: str) -> None:
    assert said in win_rate(company(tmp_path, toml)).sentence


def test_a_missing_sqlite_file_is_not_made(tmp_path: Path) -> None:
    win_rate(company(tmp_path, 'url = "sqlite:///missing.db"'))
    assert not (tmp_path / "missing.db").exists()


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    folder = company(tmp_path)
    (folder / "tables" / "opportunities.sql").write_bytes(b"SELECT '\xff\xfe'")
    assert win_rate(folder).sentence == "opportunities.sql is not UTF-8: save it as UTF-8 text."


def test_a_byte_order_mark_says_nothing(tmp_path: Path) -> None:
    folder = company(tmp_path)
    for name in ("company.toml", "tables/opportunities.sql"):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())
    assert win_rate(folder).code == 0


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:hunter2@host/x",
        "snowflake://ann@host/x?private_key=hunter2",
        "duckdb:///x.duckdb?motherduck_token=hunter2",
    ],
)
def test_a_url_with_a_secret_is_refused_without_repeating_it(tmp_path: Path, url: str) -> None:
    said = win_rate(company(tmp_path, f'url = "{url}"')).sentence
    assert 'write url = "env:NAME" and set NAME in the environment' in said
    assert "hunter2" not in said


def test_the_url_may_stand_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = company(tmp_path, 'url = "env:SMALL_URL"', opportunities="SELECT * FROM deals")
    assert win_rate(folder).sentence == (
        "company.toml takes the warehouse's URL from SMALL_URL: set that variable."
    )
    with duckdb.connect(str(tmp_path / "small.duckdb")) as made:
        made.execute(f"CREATE TABLE deals AS {DEALS}")
    monkeypatch.setenv("SMALL_URL", "duckdb:///small.duckdb")  # relative to the folder
    assert "66.7 %" in win_rate(folder).out


def test_a_bad_url_in_the_environment_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALL_URL", "hunter2")
    said = win_rate(company(tmp_path, 'url = "env:SMALL_URL"')).sentence
    assert said.startswith("SMALL_URL is no database URL")
    assert "hunter2" not in said


# The SELECTs


def test_a_misspelt_table_file_is_told_its_nearest_name(tmp_path: Path) -> None:
    said = win_rate(company(tmp_path, oportunities=DEALS)).sentence
    assert "Unknown canonical table 'oportunities'. Did you mean 'opportunities'?" in said
    assert "Rename tables/oportunities.sql" in said


def test_a_folder_without_tables_is_told_what_to_put_there(tmp_path: Path) -> None:
    (tmp_path / "company.toml").write_text('name = "Small"')
    assert "maps no table: put one SELECT per canonical table" in win_rate(tmp_path).sentence


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ("", "holds 0 statements: write exactly one SELECT"),
        ("-- nothing", "holds 0 statements"),
        ("SELECT 1; SELECT 2", "holds 2 statements: write exactly one SELECT"),
        ("SELECT 1; DROP TABLE x", "holds 2 statements"),
        ("SELEC 1 FROM", "cannot be read as duckdb SQL"),
        (
            "SELECT id\n    AS opportunity_id outcome\nFROM deals",
            "perhaps a name that wants double quotes, line 2, column 29): write one SELECT.",
        ),
        (
            "SELECT CASE WHEN union = 'yes' THEN 1 END AS a FROM deals",
            "(it makes no sense at union, perhaps a name that wants double quotes, line 1, column 22)",
        ),
        ("DROP TABLE x", "is no SELECT"),
        ("INSERT INTO x VALUES (1)", "is no SELECT"),
        ("CREATE TABLE x AS SELECT 1", "is no SELECT"),
        ("COPY (SELECT 1) TO 'out.csv'", "is no SELECT"),
        ("COPY x FROM 'in.csv'", "is no SELECT"),
        ("ATTACH 'other.duckdb' AS other", "is no SELECT"),
        ("INSTALL httpfs", "is no SELECT"),
        ("PRAGMA database_list", "is no SELECT"),
        ("SET memory_limit = '1GB'", "is no SELECT"),
        ("CALL pragma_version()", "is no SELECT"),
        ("EXPORT DATABASE 'out'", "write one SELECT"),
        ("SELECT * INTO y FROM x", "is no SELECT"),
        ("WITH gone AS (DELETE FROM x RETURNING *) SELECT * FROM gone", "SELECT"),
    ],
)
def test_only_one_select_runs(tmp_path: Path, select: str, said: str) -> None:
    sentence = broken(tmp_path, select)
    assert sentence.startswith("tables/opportunities.sql ")
    assert said in sentence


def test_a_misspelt_column_is_named_with_what_there_is(tmp_path: Path) -> None:
    said = broken(tmp_path, f"SELECT opportunity_idd FROM ({DEALS}) AS d")
    assert said.startswith("tables/opportunities.sql does not run: ")
    assert 'Referenced column "opportunity_idd" not found' in said
    assert "opportunity_id" in said.split("(", 1)[1]
    assert said.endswith("mend that SELECT.")


def test_a_column_given_under_a_wrong_name_counts_as_missing(tmp_path: Path) -> None:
    select = f"SELECT * EXCLUDE (outcome), outcome AS outcom FROM ({DEALS}) AS d"
    folder = company(tmp_path, opportunities=select)
    found = win_rate(folder, "--json").json["values"][0]
    assert (found["status"], found["needs"]) == ("not_measured", ["opportunities.outcome"])
    assert (
        "opportunities: outcom is not read; did you mean outcome?"
        in counterpoise("check", "--company", str(folder)).out
    )


@pytest.mark.parametrize(
    "source",
    [
        "'{outside}/deals.csv'",
        "'{folder}/../outside/deals.csv'",
        "'../outside/deals.csv'",
        "'data/../../outside/deals.csv'",
        "'link.csv'",
        "'linked/deals.csv'",
        "'linked/*.csv'",
        "read_csv('{outside}/deals.csv')",
        "read_csv('{out}' || 'side/deals.csv')",
        "read_csv(['{outside}/deals.csv'])",
        "read_csv('../outside/*.csv')",
        "read_text('{outside}/deals.csv')",
        "read_blob('{outside}/deals.csv')",
        "glob('{outside}/*')",
        "glob('../outside/*')",
        "read_text('/etc/hostname')",
        "'https://example.com/deals.csv'",
        "'s3://bucket/deals.parquet'",
    ],
)
def test_files_outside_the_folder_cannot_be_read(tmp_path: Path, source: str) -> None:
    folder, outside = tmp_path / "small", tmp_path / "outside"
    outside.mkdir()
    (outside / "deals.csv").write_text("opportunity_id,secret\no1,hunter2\n")
    (folder / "data").mkdir(parents=True)
    (folder / "link.csv").symlink_to(outside / "deals.csv")
    (folder / "linked").symlink_to(outside)
    source = source.format(folder=folder, outside=outside, out=f"{tmp_path}/out")
    said = broken(folder, f"SELECT * FROM {source}")
    assert said.startswith("tables/opportunities.sql does not run: ")
    assert "lies outside the folders it may read, which `folders` in company.toml names" in said
    assert "hunter2" not in said


def test_a_folder_that_company_toml_names_may_be_read(tmp_path: Path) -> None:
    folder, outside = tmp_path / "small, and odd's", tmp_path / "outside"
    outside.mkdir()
    (outside / "deals.csv").write_text("opportunity_id,closed_on,outcome\no1,2025-02-01,won\n")
    select = "SELECT * FROM '../outside/deals.csv'"
    assert "100.0 %" in win_rate(company(folder, 'folders = ["../outside"]', opportunities=select)).out


@pytest.mark.parametrize("source", ["'data/*.csv'", "read_csv('data/one.csv')", "read_csv(['data/one.csv'])"])
def test_paths_are_relative_to_the_folder(
    tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "one.csv").write_text("opportunity_id,closed_on,outcome\no1,2025-02-01,won\n")
    assert "100.0 %" in win_rate(company(tmp_path, opportunities=f"SELECT * FROM {source}")).out


def test_a_text_that_only_looks_like_a_file_stays_as_it_is(tmp_path: Path) -> None:
    select = (
        f"SELECT *, 'import.csv' AS came_from FROM ({DEALS}) AS d WHERE 'import.csv' = 'import' || '.csv'"
    )
    assert "66.7 %" in win_rate(company(tmp_path, opportunities=select)).out


@pytest.mark.parametrize("end", [";", " ; ", "; -- the end", " -- the end", "; /* the\nend */", ";\n;"])
def test_what_follows_the_select_is_cut_off(tmp_path: Path, end: str) -> None:
    assert "66.7 %" in win_rate(company(tmp_path, opportunities=DEALS + end)).out


def test_semicolons_colons_and_percents_in_texts_are_texts(tmp_path: Path) -> None:
    where = "WHERE '10:30' = '10' || ':30' AND ';' <> ':x' AND outcome::VARCHAR NOT LIKE '%:no;pe%'"
    select = f"SELECT * FROM ({DEALS}) AS d {where}"
    found = win_rate(company(tmp_path, opportunities=select), "--json").json
    assert found["values"][0]["value"].startswith("66.66")


def test_nothing_is_written_into_a_database_that_is_a_file(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "small.duckdb")) as made:
        made.execute(f"CREATE TABLE deals AS {DEALS}")
    before = (tmp_path / "small.duckdb").read_bytes()
    folder = company(tmp_path, 'url = "duckdb:///small.duckdb"', opportunities="SELECT * FROM deals")
    assert win_rate(folder).code == 0
    assert (tmp_path / "small.duckdb").read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("small*")) == ["small.duckdb"]


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "small.duckdb").write_text("no database at all, but long enough to look at" * 100)
    said = win_rate(company(tmp_path, 'url = "duckdb:///small.duckdb"')).sentence
    assert said.startswith("The warehouse cannot be reached: ")


# Types and what is absent

PEOPLE = """
SELECT 'e' || i AS employee_id, '2020-01-0' || (i % 9 + 1) AS hired_on,
       CASE WHEN i <= 6 THEN '2025-02-1' || i END AS terminated_on,
       CASE WHEN i <= 6 THEN 'voluntary' END AS termination_type,
       CASE WHEN i <= 6 THEN {regretted} END AS is_regretted
FROM range(1, 51) AS numbers (i)
"""


def people(folder: Path, regretted: str) -> Engine:
    return open_company(company(folder, employees=PEOPLE.format(regretted=regretted)))


@pytest.mark.parametrize("words", [("Yes", "no"), ("TRUE", "False"), (" t ", "f"), ("1", "0"), ("y", "")])
def test_booleans_and_dates_may_be_texts(tmp_path: Path, words: tuple[str, str]) -> None:
    engine = people(tmp_path, f"CASE WHEN i <= 4 THEN '{words[0]}' ELSE '{words[1]}' END")
    value = one(engine, "regretted_turnover_rate")
    assert (value.status, str(value.citation.numerator)) == (Status.OK, "4")
    assert check_company(engine).ok


def test_check_says_which_texts_are_neither_true_nor_false(tmp_path: Path) -> None:
    [table] = check_company(people(tmp_path, "'perhaps'")).tables
    [problem] = table.problems
    assert problem.startswith(
        "column is_regretted is neither true nor false in 6 rows: false is taken; say in"
    )
    assert problem.endswith("such as is_regretted = 'yes'")


def test_check_says_which_texts_are_no_dates(tmp_path: Path) -> None:
    select = f"SELECT * REPLACE ('soon' AS closed_on) FROM ({DEALS}) AS d"
    engine = open_company(company(tmp_path, opportunities=select))
    [table] = check_company(engine).tables
    [problem] = table.problems
    assert problem.startswith(
        "tables/opportunities.sql: closed_on should be a date such as 2025-12-31 and is text"
    )


def test_dates_in_csv_files_are_read_whatever_the_reader_takes_them_for(tmp_path: Path) -> None:
    rows = "opportunity_id,closed_on,outcome\no1,2025-02-01,won\no2,2025-02-02,lost\n"
    (tmp_path / "deals.csv").write_text(rows)
    select = "SELECT * FROM read_csv('deals.csv', all_varchar = true)"
    assert "50.0 %" in win_rate(company(tmp_path, opportunities=select)).out


def test_an_optional_column_that_is_absent_is_assumed_and_the_citation_says_so(tmp_path: Path) -> None:
    folder = company(tmp_path, employees=PEOPLE.format(regretted="true"))
    asked = ("metric", "employee_turnover_rate", "--period", "2025-Q1", "--company", str(folder))
    [receipt] = counterpoise(*asked, "--json").json["citations"].values()
    assert receipt["assumptions"] == ["employees.employment_type is absent: taken as regular everywhere"]
    assert "Assumed: employees.employment_type is absent" in counterpoise(*asked, "--explain").out


def test_a_table_that_is_absent_is_named_and_the_metric_keeps_its_place(tmp_path: Path) -> None:
    ran = counterpoise("ask", "top 10 metrics for a VP Sales", "--company", str(company(tmp_path)), "--json")
    rows = ran.json["metrics"]
    assert [row["rank"] for row in rows] == list(range(1, 11))
    [ramp] = [row for row in rows if row["id"] == "ramp_time"]
    assert (ramp["status"], ramp["value"]) == ("not_measured", None)
    assert ramp["needs"]


# Names nobody knows


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["win_rat"], "Unknown metric 'win_rat'. Did you mean 'win_rate'?"),
        (["win_rate.of_al"], "of_all"),
        (["win_rate", "--period", "2025-Q5"], "'2025-Q5' is no period; write "),
        (["win_rate", "--period", "the other day"], "'the other day' is no period; write "),
        (["win_rate", "--by", "segmant"], "Unknown dimension 'segmant'. Did you mean 'segment'?"),
        (["win_rate", "--by", "survey_type"], "win_rate"),
        (["win_rate", "--where", "segment"], "write COLUMN=VALUE"),
        (["win_rate", "--where", "segmant=SMB"], "Did you mean 'segment'?"),
        (["win_rate", "--as-of", "tomorrow"], "'tomorrow' is no day: write one such as 2025-12-31."),
    ],
)
def test_what_nobody_knows_is_one_sentence_with_a_remedy(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    assert said in counterpoise("metric", *arguments, "--company", str(company(tmp_path))).sentence


@pytest.mark.parametrize("how", [("--by", "planet"), ("--where", "planet=mars")])
def test_only_what_a_metric_can_be_split_by_is_suggested(tmp_path: Path, how: tuple[str, str]) -> None:
    """The nearest name of all is `page`, which says nothing of a win rate."""
    said = counterpoise("metric", "win_rate", *how, "--company", str(company(tmp_path))).sentence
    assert said.startswith("Unknown dimension")
    assert "page" not in said


# Receipts


def test_a_receipt_runs_again_and_gives_the_same_figures(demo_folder: Path) -> None:
    ran = counterpoise(
        "metric", "win_rate", "--where", "department=Sales EMEA", "--company", str(demo_folder), "--json"
    )
    [value] = ran.json["values"]
    receipt = ran.json["citations"][value["citation"]]
    with open_company(demo_folder).warehouse.engine.connect() as connection:
        ran_again = connection.exec_driver_sql(receipt["sql"][0], tuple(receipt["parameters"][0].values()))
        rows = ran_again.fetchall()
    days = [row for row in rows if "2025-10-01" <= str(row[0])[:10] <= "2025-12-31"]
    assert "POSTCOMPILE" not in json.dumps(receipt)
    sums = {str(sum(row[place] or 0 for row in days)) for place in range(1, len(rows[0]))}
    assert {value["numerator"], value["denominator"]} <= sums


def test_a_folder_may_be_opened_twice_by_one_process(demo_folder: Path) -> None:
    first, second = open_company(demo_folder), open_company(demo_folder)
    assert first.newest_day(AS_OF) == second.newest_day(AS_OF)


def test_a_file_is_not_opened_again_with_other_folders(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "small.duckdb")) as made:
        made.execute(f"CREATE TABLE deals AS {DEALS}")
    url = f'url = "duckdb:///{tmp_path}/small.duckdb"'
    held = open_company(company(tmp_path / "one", url, opportunities="SELECT * FROM deals"))
    folder = company(tmp_path / "two", url, opportunities="SELECT * FROM deals")
    assert one(held, "win_rate").status is Status.OK
    assert "is open already" in win_rate(folder).sentence


def test_how_entries_are_said_to_be_written_is_how_they_are_read(tmp_path: Path) -> None:
    others = [form for name, form in FORMS.items() if name != "name"]  # a folder has that already
    forms = "\n".join(sorted(others, key=lambda form: "." in form.partition("=")[0]))
    assert win_rate(company(tmp_path, forms)).code == 0
