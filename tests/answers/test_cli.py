"""The command line: every call of the contract, as people see it and as programs read it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.commands.output import WIDEST
from bot.memory import open_memory
from tests.command import DEALS, Ran, company, counterpoise

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo_open")]

ROOT = Path(__file__).parents[2]
TOP_15 = "What are the top 15 metrics CROs should be tracking?"
NUMBER = re.compile(r"-?\d+(\.\d+)?")
ROW = {
    "rank", "id", "name", "side", "dimension", "unit", "value", "status", "n", "period", "previous", "change",
    "target", "flags", "why", "rules", "guarded_by", "primary", "citation",
}  # fmt: skip
RECEIPT = {
    "metric", "version", "formula", "numerator", "denominator", "period", "filters", "n", "as_of", "data_through",
    "tables", "sql", "parameters",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _demo(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERPOISE_COMPANY", str(demo_folder))


@pytest.fixture(scope="module")
def top_15(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The answer to the first question of all, asked once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COUNTERPOISE_STATE_URL", f"sqlite:///{tmp_path_factory.mktemp('state')}/memory.db")
        return counterpoise("ask", TOP_15, "--company", str(demo_folder), "--json").json


def process(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def numbers(found: Any, *names: str) -> list[Any]:
    return [found[name] for name in names if found[name] is not None]


# ask


def test_ask_json_has_every_name_of_the_contract(top_15: dict[str, Any]) -> None:
    assert {
        "answer_id", "kind", "question", "request", "text", "metrics", "citations", "rules", "notes", "suggestions",
        "model", "elapsed_ms",
    } <= set(top_15)  # fmt: skip
    assert (top_15["kind"], top_15["question"]) == ("recommendation", TOP_15)
    assert {"role", "count", "metrics", "period", "dimension", "filters"} <= set(top_15["request"])
    assert set(top_15["model"]) == {"used", "name", "calls", "input_tokens", "output_tokens", "fallback"}
    assert all(set(row) >= ROW for row in top_15["metrics"])
    assert all(set(receipt) >= RECEIPT for receipt in top_15["citations"].values())
    assert all(set(rule) == {"id", "severity", "passed", "note"} for rule in top_15["rules"])


def test_numbers_are_texts_in_full_precision_and_percentages_in_percent(top_15: dict[str, Any]) -> None:
    rows = {row["id"]: row for row in top_15["metrics"]}
    for row in rows.values():
        assert all(NUMBER.fullmatch(number) for number in numbers(row, "value", "previous", "change"))
        assert row["n"] is None or isinstance(row["n"], int)
    for receipt in top_15["citations"].values():
        assert all(NUMBER.fullmatch(number) for number in numbers(receipt, "numerator", "denominator"))
    assert 10 < float(rows["win_rate"]["value"]) < 60
    assert rows["win_rate"]["target"] == {"value": "28", "low": None, "high": None, "due": "2026-03-31"}


def test_every_value_of_an_answer_has_its_receipt_with_runnable_sql(top_15: dict[str, Any]) -> None:
    for row in top_15["metrics"]:
        receipt = top_15["citations"][row["citation"]]
        assert receipt["metric"] == row["id"]
        if row["value"] is not None:
            assert receipt["sql"]
            assert len(receipt["sql"]) == len(receipt["parameters"])
            assert receipt["period"] == row["period"]


def test_periods_are_given_as_people_write_them_with_their_last_day(top_15: dict[str, Any]) -> None:
    [win_rate] = [row for row in top_15["metrics"] if row["id"] == "win_rate"]
    assert win_rate["period"] == {"start": "2025-10-01", "end": "2025-12-31", "label": "2025-Q4"}


def test_the_text_of_the_json_is_the_whole_answer(top_15: dict[str, Any]) -> None:
    text = top_15["text"]
    assert text.startswith("Top 15 metrics for the Chief Revenue Officer: Tavenbrook, 2025-Q4\n")
    for expected in ("As of 2025-12-31", "business", "people", "rule R01", "Sources", "[1]", "Ask next"):
        assert expected in " ".join(text.split())
    assert "CRO was read as Chief Revenue Officer; ask for conversion-rate optimisation instead." in text
    assert all(row["name"].split()[0] in text for row in top_15["metrics"])


def test_an_answer_is_remembered_with_its_contract() -> None:
    found = counterpoise("ask", "win rate last quarter", "--json").json
    memory = open_memory(os.environ["COUNTERPOISE_STATE_URL"])
    assert memory.answer(found["answer_id"]) == found


def test_a_thread_goes_on_where_it_was() -> None:
    first = counterpoise("ask", TOP_15, "--thread", "t", "--json").json
    second = counterpoise("ask", "only 10 of those", "--thread", "t", "--json").json
    shown = [row["id"] for row in first["metrics"]]
    assert len(second["metrics"]) == 10
    assert {row["id"] for row in second["metrics"]} <= set(shown)


def test_the_day_the_stage_and_the_business_model_can_be_asked_for() -> None:
    given = ("--as-of", "2025-05-20", "--stage", "scale", "--business-model", "saas", "--no-llm")
    found = counterpoise("ask", "top 5 for a VP Sales", *given, "--json").json
    assert "As of 2025-05-20, as asked." in found["notes"]
    assert found["model"]["fallback"] is None
    assert {row["period"]["label"] for row in found["metrics"]} >= {"2025-Q1"}


@pytest.mark.parametrize("width", [80, WIDEST])
def test_an_answer_fits_the_terminal(width: int, tmp_path: Path, demo_folder: Path) -> None:
    folder = demo_folder if width == 80 else company(tmp_path / "small")  # most values are missing in it
    told = on_a_terminal(width, "ask", "top 15 metrics for a CRO", "--company", str(folder))
    lines = told.splitlines()
    assert max(map(len, lines)) <= width
    [heading] = [line for line in lines if " Metric " in line]
    known = ["Change", "Target"] if width == 80 else []  # a column that holds nothing is left out
    assert heading.split() == ["#", "Metric", "Side", "Value", *known, "Source"]
    ranks = [int(row[1]) for line in lines if (row := re.match(r" ?(\d+) .* (business|people) ", line))]
    assert ranks == list(range(1, 16))
    assert "…" not in told


def on_a_terminal(width: int, *arguments: str) -> str:
    """What a process shows on a terminal of that width, without colours."""
    here, there = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(width), "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "bot", *arguments]
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, stdout=there, stderr=subprocess.DEVNULL, env=environment
    ) as running:
        os.close(there)
        seen = b""
        while piece := _read(here):
            seen += piece
        assert running.wait(60) == 0
    os.close(here)
    assert b"\x1b[" in seen
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.decode()).replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # nobody writes any more
        return b""


def test_what_is_piped_is_plain_text_or_one_object_and_nothing_else(tmp_path: Path) -> None:
    folder = str(company(tmp_path / "small"))
    text = process("metric", "win_rate", "--company", folder)
    assert (text.returncode, text.stderr) == (0, "")
    assert "\x1b" not in text.stdout
    assert all(line == line.rstrip() for line in text.stdout.splitlines())
    answered = process("ask", "win rate last quarter", "--company", folder, "--json")
    assert (answered.returncode, answered.stderr) == (0, "")
    assert json.loads(answered.stdout)["kind"] == "value"


def test_a_reader_that_had_enough_is_no_failure() -> None:
    whole = [sys.executable, "-m", "bot", "catalog"]
    with subprocess.Popen(whole, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # noqa: S603
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert (running.wait(60), running.stderr.read()) == (0, b"")


# metric


def metric(*arguments: str) -> Any:
    return counterpoise("metric", *arguments, "--json").json


def test_metric_json_has_every_name_of_the_contract() -> None:
    found = metric("win_rate", "engagement_index", "--period", "2025-Q4")
    assert [value["id"] for value in found["values"]] == ["win_rate", "engagement_index"]
    for value in found["values"]:
        assert {
            "id", "period", "group", "value", "numerator", "denominator", "n", "status", "unit", "citation",
        } <= set(value)  # fmt: skip
        assert value["group"] == {}
        assert set(found["citations"][value["citation"]]) >= RECEIPT


def test_last_gives_that_many_periods_up_to_the_newest_whole_one() -> None:
    found = metric("win_rate", "--last", "3", "--grain", "month")
    assert [value["period"]["label"] for value in found["values"]] == ["2025-10", "2025-11", "2025-12"]


@pytest.mark.parametrize(
    ("grain", "last"), [("month", "2025-10"), ("quarter", "2025-Q3"), ("week", "2025-W45")]
)
def test_steps_go_on_to_the_newest_that_is_over_within_a_quarter_too(grain: str, last: str) -> None:
    found = metric("win_rate", "--last", "2", "--grain", grain, "--as-of", "2025-11-15")
    assert found["values"][-1]["period"]["label"] == last
    if grain == "month":
        asked = counterpoise("ask", "win rate by month", "--as-of", "2025-11-15", "--no-llm", "--json").json
        assert asked["values"][-1]["period"]["label"] == last


def test_by_gives_one_value_for_each_group_with_its_own_receipt() -> None:
    found = metric("win_rate", "--by", "segment", "--period", "2025-Q4")
    groups = [value["group"]["segment"] for value in found["values"]]
    assert sorted(groups) == ["Enterprise", "Mid-Market", "SMB"]
    assert len({value["citation"] for value in found["values"]}) == 3
    whole = metric("win_rate", "--period", "2025-Q4")["values"][0]
    assert sum(int(value["denominator"]) for value in found["values"]) == int(whole["denominator"])


@pytest.mark.parametrize("name", ["Kind of deal", "type of deal", "deal type", "opp_type"])
def test_a_dimension_goes_by_its_name_as_people_say_it(name: str) -> None:
    ran = counterpoise("metric", "win_rate", "--by", name, "--json")
    assert {tuple(value["group"]) for value in ran.json["values"]} == {("opp_type",)}


def test_a_dimension_goes_by_its_synonyms_too() -> None:
    by_id = metric("win_rate", "--by", "department", "--period", "2025-Q4")["values"]
    assert metric("win_rate", "--by", "Region", "--period", "2025-Q4")["values"] == by_id


def test_top_keeps_the_largest_groups_and_the_others_as_one() -> None:
    found, others = metric("win_rate", "--by", "segment", "--top", "1")["values"]
    every = metric("win_rate", "--by", "segment")["values"]
    assert float(found["value"]) == max(float(value["value"]) for value in every)
    assert others["group"] == {"segment": "other"}
    parts = (int(value["denominator"]) for value in every)
    assert int(others["denominator"]) == sum(parts) - int(found["denominator"])


def test_where_keeps_the_rows_of_a_group_and_may_name_several() -> None:
    parts = metric("win_rate", "--by", "segment")["values"]
    by_name = {value["group"]["segment"]: int(value["denominator"]) for value in parts}
    [two] = metric("win_rate", "--where", "segment=SMB", "--where", "segment=Enterprise")["values"]
    assert int(two["denominator"]) == by_name["SMB"] + by_name["Enterprise"]


def test_vs_previous_gives_the_value_before_and_the_change_each_with_its_receipt() -> None:
    found = metric("win_rate", "--period", "2025-Q4", "--vs", "previous")
    [value] = found["values"]
    before = metric("win_rate", "--period", "2025-Q3")["values"][0]
    assert value["previous"] == before["value"]
    assert value["previous_citation"] in found["citations"]
    assert abs(float(value["value"]) - float(before["value"]) - float(value["change"])) < 1e-9


def test_vs_last_year_and_target_are_shown_beside_the_value() -> None:
    year = counterpoise("metric", "win_rate", "--period", "2025-Q4", "--vs", "last-year").out
    assert "Year before" in year
    target = counterpoise("metric", "win_rate", "--vs", "target")
    assert "28.0 %" in target.out
    assert metric("win_rate", "--vs", "target")["values"][0]["target"]["value"] == "28"


def test_a_variant_has_a_name_and_a_receipt_of_its_own() -> None:
    found = metric("win_rate", "win_rate.of_all")
    assert [value["id"] for value in found["values"]] == ["win_rate", "win_rate.of_all"]
    assert len(found["citations"]) == 2
    assert "Win rate (of all opportunities created) (" in counterpoise("metric", "win_rate.of_all").out


def test_explain_shows_formula_receipt_and_sql() -> None:
    told = counterpoise("metric", "win_rate", "--explain").out
    assert "won / (won + lost)" in told
    assert "SELECT" in told
    assert "-- parameters: 1 = 'won'" in told


@pytest.mark.parametrize(
    "arguments", [["--last", "0"], ["--last", "two"], ["--top", "-1"], ["--last", "9999"]]
)
def test_counts_that_make_no_sense_are_refused(arguments: list[str]) -> None:
    counterpoise("metric", "win_rate", "--by", "segment", *arguments).sentence  # noqa: B018 - it asserts


# rank


def test_rank_json_has_every_name_of_the_contract() -> None:
    found = counterpoise("rank", "chief_revenue_officer", "--count", "12", "--json").json
    assert {"role", "stage", "business_model", "metrics"} <= set(found)
    assert [row["rank"] for row in found["metrics"]] == list(range(1, 13))
    assert all({"rank", "id", "side", "dimension", "why", "rules"} <= set(row) for row in found["metrics"])


def test_rank_needs_neither_data_nor_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERPOISE_COMPANY", "/nowhere")
    monkeypatch.setenv("COUNTERPOISE_STATE_URL", "nonsense")
    ranked = counterpoise("rank", "vp_sales").out
    assert "Win rate" in ranked
    assert "Nothing that was taught is in this list" in ranked


@pytest.mark.parametrize("written", ["vp_sales", "VP Sales", "vp-sales"])
def test_a_role_may_be_written_as_people_write_it(written: str) -> None:
    assert counterpoise("rank", written, "--json").json["role"] == "vp_sales"


@pytest.mark.parametrize("title", ["CRO", "cro"])
def test_rank_reads_a_title_of_several_roles_as_ask_does(title: str) -> None:
    ran = counterpoise("rank", title, "--json")
    assert (ran.code, ran.json["role"]) == (0, "chief_revenue_officer")
    said = "CRO was read as Chief Revenue Officer; ask for conversion-rate optimisation instead."
    assert ran.json["notes"][0] == said
    assert said in " ".join(counterpoise("rank", title).out.split())
    plain = counterpoise("rank", "chief_revenue_officer", "--json").json
    assert plain["metrics"] == ran.json["metrics"]
    assert said not in plain["notes"]


def test_rank_takes_the_role_that_the_company_declares(tmp_path: Path) -> None:
    folder = company(tmp_path, '[organisations]\nconversion_lead = ["Web"]')
    ran = counterpoise("rank", "CRO", "--company", str(folder), "--json").json
    assert ran["role"] == "conversion_lead"
    assert "the only one of them that company.toml knows" in ran["notes"][0]


def test_the_ranking_is_the_list_that_ask_gives(top_15: dict[str, Any]) -> None:
    ranked = counterpoise("rank", "chief_revenue_officer", "--json").json
    assert [row["id"] for row in ranked["metrics"]] == [row["id"] for row in top_15["metrics"]]


@pytest.mark.parametrize(
    "toml",
    [
        'stage = "pre_pmf"',
        'business_model = "ecommerce"',
        'goals = ["efficiency"]',
        'goals = [{goal = "loyalty", until = 2020-01-01}, {goal = "people"}]',
        'traits = ["product_led", "ai"]',
    ],
)
def test_the_ranking_of_a_folder_is_the_list_that_ask_gives_for_it(tmp_path: Path, toml: str) -> None:
    folder = ("--company", str(company(tmp_path, toml, opportunities=DEALS)), "--json")
    ranked = counterpoise("rank", "chief_revenue_officer", *folder).json
    asked = counterpoise("ask", "top 15 metrics for the chief revenue officer", *folder).json
    assert [row["id"] for row in ranked["metrics"]] == [row["id"] for row in asked["metrics"]]


def test_what_rank_is_told_goes_before_what_the_folder_says(tmp_path: Path) -> None:
    folder = str(company(tmp_path, 'stage = "pre_pmf"\nbusiness_model = "ecommerce"'))
    read = counterpoise("rank", "cfo", "--company", folder, "--json").json
    assert (read["stage"], read["business_model"]) == ("pre_pmf", "ecommerce")
    told = counterpoise("rank", "cfo", "--company", folder, "--stage", "scale", "--json").json
    assert (told["stage"], told["business_model"]) == ("scale", "ecommerce")


def test_rank_says_what_it_takes_no_account_of(tmp_path: Path) -> None:
    folder = company(tmp_path, "targets.customer_churn_rate = {value = 2}")
    told = counterpoise("rank", "cfo", "--company", str(folder), "--json").json
    assert "What the values of this company change (R24) is not in this list; `ask` has it." in told["notes"]
    (folder / "company.toml").unlink()
    bare = counterpoise("rank", "cfo", "--company", str(folder), "--json").json
    assert (bare["stage"], bare["business_model"]) == ("growth", "saas")
    assert any(
        note.startswith("Nothing that company.toml declares is in this list: ") for note in bare["notes"]
    )


@pytest.mark.parametrize(
    "arguments", [["vp_sale"], ["vp_sales", "--count", "0"], ["vp_sales", "--count", "1000"], ["nobody"]]
)
def test_a_rank_that_cannot_be_given_is_one_sentence(arguments: list[str]) -> None:
    assert counterpoise("rank", *arguments).sentence


# catalog


def test_the_catalog_lists_metrics_roles_and_rules_and_shows_one_entry_with_sources() -> None:
    assert "win_rate" in counterpoise("catalog").out
    entry = counterpoise("catalog", "win_rate").out
    assert "won / (won + lost)" in entry
    assert "Sources" in entry
    assert counterpoise("catalog", "R01").code == 0
    assert "opportunities" in counterpoise("catalog", "tables").out
    assert counterpoise("catalog", "--json").json
    assert counterpoise("catalog", "win_rate", "--json").json


def test_an_entry_or_a_company_that_nobody_knows_is_one_sentence() -> None:
    assert "Did you mean 'win_rate'?" in counterpoise("catalog", "win_rat").sentence
    assert "There is no company folder" in counterpoise("catalog", "--company", "/nowhere").sentence


# check


def test_check_says_that_all_is_well() -> None:
    assert counterpoise("check").out.endswith("All is well.\n")
    found = counterpoise("check", "--json").json
    assert set(found) == {"ok", "tables", "metrics"}
    assert found["ok"] is True
    assert all(set(table) == {"name", "rows", "problems", "remarks"} for table in found["tables"])
    assert len(found["tables"]) >= 28
    assert "win_rate" in found["metrics"]["computable"]


def test_check_names_every_problem_and_what_each_metric_still_needs(tmp_path: Path) -> None:
    folder = company(
        tmp_path / "c",
        opportunities=f"SELECT * FROM ({DEALS}) AS a UNION ALL SELECT * FROM ({DEALS}) AS b",
        accounts="SELECT account_idd AS account_id",
    )
    ran = counterpoise("check", "--company", str(folder), "--json")
    found = ran.json
    assert (ran.code, found["ok"]) == (2, False)
    [said] = ran.err.splitlines()
    assert said.startswith("tables/accounts.sql does not run: ")
    problems = {table["name"]: table["problems"] for table in found["tables"]}
    assert problems["opportunities"] == ["key (opportunity_id) is not unique: 4 rows too many"]
    assert problems["accounts"][0].startswith("tables/accounts.sql does not run: ")
    assert found["metrics"]["missing"]["engagement_index"] == ["survey_responses", "surveys"]
    told = counterpoise("check", "--company", str(folder)).out
    assert "Mend the problems above, then check again." in told


def test_check_names_a_table_that_gives_none_of_its_columns(tmp_path: Path) -> None:
    folder = company(tmp_path / "c", opportunities="SELECT 1 AS zip, 2 AS zap")
    ran = counterpoise("check", "--company", str(folder), "--json")
    [table] = ran.json["tables"]
    assert ran.code == 2
    assert ran.err.startswith("tables/opportunities.sql: gives none of the columns of opportunities")
    assert table["problems"] == [
        (
            "gives none of the columns of opportunities (2 others): name its columns as "
            "`counterpoise catalog tables` does, first its key (opportunity_id)"
        )
    ]


def test_check_groups_what_is_missing_by_table_unless_all_is_asked_for(tmp_path: Path) -> None:
    folder = company(tmp_path / "c")
    short = counterpoise("check", "--company", str(folder)).out
    assert len(short.splitlines()) < 30
    whole = counterpoise("check", "--company", str(folder), "--all").out
    missing = counterpoise("check", "--company", str(folder), "--json").json["metrics"]["missing"]
    assert [f"  {name} needs {', '.join(needs)}" for name, needs in missing.items()] == [
        line for line in whole.splitlines() if " needs " in line
    ]
    wants = sum(any(need.partition(".")[0] == "employees" for need in needs) for needs in missing.values())
    assert f"  {wants:>3}  employees" in short.splitlines()


def test_brackets_in_a_problem_are_no_markup(tmp_path: Path) -> None:
    folder = company(tmp_path / "c", opportunities="SELECT [1, 2] AS outcome, '[/bold]' || nope AS closed_on")
    assert "nope" in counterpoise("check", "--company", str(folder)).out


# serve and the rest


def test_serve_without_tokens_says_which_and_where_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said = counterpoise("serve").sentence
    assert said.startswith("SLACK_BOT_TOKEN is not set: copy the Bot User OAuth Token (xoxb-)")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert counterpoise("serve").sentence.startswith("SLACK_APP_TOKEN is not set: make an App-Level Token")


def test_serve_looks_at_the_folder_before_it_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    assert "There is no company folder" in counterpoise("serve", "--company", "/nowhere").sentence


@pytest.mark.parametrize("arguments", [[], ["sing"], ["ask"], ["metric"], ["ask", "x", "--bogus"]])
def test_a_call_that_is_none_points_at_the_help(arguments: list[str]) -> None:
    assert "--help` shows what there is." in counterpoise(*arguments).sentence


def test_a_failure_of_ours_shows_an_id_and_keeps_its_words_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Ran:
        raise RuntimeError("figures of the company")

    monkeypatch.setattr("bot.commands.rank.rank", fail)
    ran = counterpoise("rank", "vp_sales")
    [line] = ran.err.splitlines()
    log = Path(os.environ["COUNTERPOISE_STATE_URL"].removeprefix("sqlite:///")).with_name("failures.log")
    assert (ran.code, ran.out) == (1, "")
    assert "figures" not in line
    found = re.match(r"Something of ours failed \((\w{8})\); (\S+) has the details", line)
    assert found
    assert found[2] == str(log)
    assert found[1] in log.read_text()
    assert "figures of the company" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_a_warning_of_a_driver_is_shown_to_who_asks_for_it_only() -> None:
    code = (
        "import warnings; from bot.cli import main; main(['catalog', 'csat']); warnings.warn('of a driver')"
    )
    for asked in ([], ["-W", "default"]):
        command = [sys.executable, *asked, "-c", code]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
        assert ("of a driver" in ran.stderr) is bool(asked)


def test_a_memory_that_cannot_be_opened_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERPOISE_STATE_URL", "sqlite:////proc/nowhere/memory.db")
    assert "COUNTERPOISE_STATE_URL" in counterpoise("ask", "win rate").sentence
