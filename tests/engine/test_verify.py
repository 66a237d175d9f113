"""An old answer, verified: every number the same, changed, or no longer computable."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.cli import main
from bot.contract_values import value_json
from bot.memory import open_memory
from bot.memory.retention import erase, forget, purge
from bot.model import Question
from bot.receipts import citation, key_of
from bot.recorded import recorded
from bot.slack.layout.cited import Reading
from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.privacy import Reader
from metrics.values import Value
from metrics.verify import Recorded, Verified, verify
from tests.empty_database import opened
from tests.tiny import tiny_folder

AS_OF = "2025-12-31"
ACCOUNTS = "account_id segment\nA big\nB small"
DEALS = "opportunity_id account_id closed_on outcome amount_base"
WON = "\n1 A 2025-11-01 won 10\n2 B 2025-11-01 won 20\n3 A 2025-11-01 lost 10\n4 A 2025-08-01 lost 10"
HEADS = "employee_id employment_type hired_on terminated_on termination_type"


def people(leavers: int) -> str:
    rows = [f"E{i} regular 2020-01-01 {'2025-11-03 voluntary' if i < leavers else '- -'}" for i in range(40)]
    return "\n".join([HEADS, *rows])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tables = {"opportunities": DEALS + WON, "accounts": ACCOUNTS, "employees": people(3)}
    return tiny_folder(tmp_path / "company", tables)


def asked(company: Path | Engine, text: str, state: str) -> dict[str, Any]:
    """An answer as it was recorded."""
    bot = Bot(lambda _: engine_of(company), open_memory(state), None, lambda _zone: date(2025, 12, 31))
    finished = asyncio.run(answer(Question(text, as_of=AS_OF), bot))
    contract = bot.memory.answer(finished.answer_id)
    assert contract is not None
    return contract


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    monkeypatch.setenv("COUNTERPOISE_STATE_URL", url)
    return url


def engine_of(company: Path | Engine) -> Engine:
    return company if isinstance(company, Engine) else opened(company)


def verified(company: Path | Engine, contract: dict[str, Any]) -> dict[str, Verified]:
    engine = engine_of(company)
    found = verify(engine, recorded(contract, engine.company.calendar))
    return {one.recorded.key: one for one in found}


def test_exchange_rates_that_went_are_what_the_company_no_longer_has(tmp_path: Path, state: str) -> None:
    ledger = "account_id effective_on movement_type amount currency\nA 2025-01-02 new 100 EUR"
    rates = "rate_day from_ccy to_ccy rate\n2025-01-01 EUR USD 1.1"
    company = tiny_folder(tmp_path / "euros", {"mrr_movements": ledger, "fx_rates": rates})
    contract = asked(company, "MRR in 2025-Q4", state)
    (company / "tables" / "fx_rates.sql").unlink()
    found = next(iter(verified(company, contract).values()))
    assert (found.verdict, found.why_not) == (
        "not_computable",
        "the company no longer has fx_rates from EUR to USD",
    )


def test_numbers_that_nothing_moved_are_the_same(folder: Path, state: str) -> None:
    for text in ("win rate in 2025-Q4", "win rate in 2025-Q4 by segment", "average deal size by month"):
        found = verified(folder, asked(folder, text, state))
        assert found
        assert {one.verdict for one in found.values()} == {"same"}
        assert all(one.moved == () for one in found.values())


def test_data_that_moved_is_named_with_both_values(folder: Path, state: str) -> None:
    contract = asked(folder, "win rate in 2025-Q4", state)
    tiny_folder(folder, {"opportunities": DEALS + WON + "\n5 A 2025-12-01 lost 10"})
    one = verified(folder, contract)["win_rate:2025-Q4"]
    assert (one.verdict, one.moved) == ("changed", ("data",))
    assert (f"{one.then:.2f}", f"{one.now:.2f}") == ("66.67", "50.00")
    assert one.fields == ("value", "denominator", "n")


def test_numbers_that_stay_while_their_parts_move_have_changed(folder: Path, state: str) -> None:
    contract = asked(folder, "win rate in 2025-Q4", state)
    twice = WON + WON.replace("1 A", "5 A").replace("2 B", "6 B").replace("3 A", "7 A").replace("4 A", "8 A")
    tiny_folder(folder, {"opportunities": DEALS + twice})
    one = verified(folder, contract)["win_rate:2025-Q4"]
    assert (one.verdict, one.fields) == ("changed", ("numerator", "denominator", "n"))
    assert one.then == one.now


def test_a_definition_that_moved_is_told_from_data(folder: Path, state: str) -> None:
    contract = asked(folder, "win rate in 2025-Q4", state)
    dated = DEALS.replace("closed_on", "created_on closed_on") + WON.replace(" 2025-", " 2025-11-01 2025-")
    tiny_folder(folder, {"opportunities": dated}, '[variants]\nwin_rate = "of_all"')
    one = verified(folder, contract)["win_rate:2025-Q4"]
    assert (one.verdict, one.moved) == ("changed", ("definition",))


def test_another_engine_is_named(folder: Path, state: str) -> None:
    contract = asked(folder, "win rate in 2025-Q4", state)
    contract["citations"]["win_rate:2025-Q4"]["engine"] = "0.0.1"
    assert verified(folder, contract)["win_rate:2025-Q4"].moved == ("engine",)


def test_values_of_one_metric_with_other_filters_have_receipts_of_their_own(folder: Path, state: str) -> None:
    contract = asked(folder, "win rate in 2025-Q4", state)
    engine = opened(folder)
    quarter = engine.company.calendar.quarter(2025, 4, fiscal=False)
    kept: list[dict[str, list[str]]] = [
        {},
        {"segment": ["big"]},
        {"segment": ["small"]},
        {"segment": ["big", "small"]},
    ]
    asks = [Ask("win_rate", quarter, filters=filters) for filters in kept]
    values = [value for [value] in engine.compute(asks, date.fromisoformat(AS_OF))]
    contract["values"] = [value_json(value, engine.catalog) for value in values]
    contract["citations"] = {key_of(value): citation(value.citation) for value in values}
    found = verified(folder, contract)
    assert list(found) == [
        "win_rate:2025-Q4",
        "win_rate:2025-Q4:segment=big",
        "win_rate:2025-Q4:segment=small",
        "win_rate:2025-Q4:segment=big, small",
    ]
    assert {one.verdict for one in found.values()} == {"same"}
    assert [f"{one.then:.1f}" for one in found.values()] == ["66.7", "50.0", "100.0", "66.7"]


def test_a_column_that_is_gone_makes_a_number_not_computable(folder: Path, state: str) -> None:
    contract = asked(folder, "win rate in 2025-Q4 by segment", state)
    tiny_folder(folder, {"accounts": "account_id\nA\nB"})
    found = verified(folder, contract)
    assert {one.verdict for one in found.values()} == {"not_computable"}
    assert {one.why_not for one in found.values()} == {"the company no longer has accounts.segment"}


def test_a_group_that_is_gone_makes_its_number_not_computable(folder: Path, state: str) -> None:
    contract = asked(folder, "win rate in 2025-Q4 by segment", state)
    tiny_folder(folder, {"accounts": "account_id segment\nA big\nB big"})
    found = verified(folder, contract)
    assert found["win_rate:2025-Q4:segment=small"].verdict == "not_computable"
    assert found["win_rate:2025-Q4:segment=small"].why_not == "its group is no longer in the data"
    assert found["win_rate:2025-Q4:segment=big"].verdict == "changed"


def test_a_dimension_that_is_another_column_now_is_why_its_group_is_gone(folder: Path, state: str) -> None:
    accounts = {"accounts": "account_id segment land zone\nA big EU north\nB small US south"}
    land, zone = (f'[dimensions.region]\ncolumn = "accounts.{name}"' for name in ("land", "zone"))
    tiny_folder(folder, accounts, land)
    contract = asked(folder, "win rate in 2025-Q4 by region", state)
    assert {one.verdict for one in verified(folder, contract).values()} == {"same"}
    tiny_folder(folder, accounts, zone)
    why = "the dimension region was accounts.land then and is accounts.zone in company.toml now"
    assert {one.why_not for one in verified(folder, contract).values()} == {why}
    tiny_folder(folder, {"accounts": "account_id segment land zone\nA big north EU\nB small south US"}, zone)
    assert {one.moved for one in verified(folder, contract).values()} == {("company.toml",)}


def test_receipts_that_say_nothing_of_dimensions_are_not_called_changed(folder: Path, state: str) -> None:
    tiny_folder(folder, {}, '[dimensions.region]\ncolumn = "accounts.segment"')
    contract = asked(folder, "win rate in 2025-Q4 by region", state)
    for receipt in contract["citations"].values():
        assert receipt["declared"].pop("dimensions.region") == "accounts.segment"
    assert {(one.verdict, one.moved) for one in verified(folder, contract).values()} == {("same", ())}


def test_words_that_mean_another_thing_now_are_not_data_that_moved(tmp_path: Path, state: str) -> None:
    deals = DEALS + WON.replace("won", "yes").replace("lost", "no")
    own = 'values.opportunities.outcome = { "yes" = "won", "no" = "lost" }'
    company = tiny_folder(tmp_path / "own", {"opportunities": deals, "accounts": ACCOUNTS}, own)
    contract = asked(company, "win rate in 2025-Q4", state)
    other = asked(company, "pipeline value by month in 2025", state)
    assert {one.verdict for one in verified(company, contract).values()} == {"same"}
    tiny_folder(company, {}, own.replace('"no" = "lost"', '"no" = "open"'))
    one = verified(company, contract)["win_rate:2025-Q4"]
    assert (one.verdict, one.moved) == ("changed", ("company.toml",))
    assert all(one.moved == () for one in verified(company, other).values())


def test_figures_about_people_are_never_given(folder: Path, state: str) -> None:
    contract = asked(folder, "voluntary turnover rate in 2025-Q4", state)
    tiny_folder(folder, {"employees": people(9)})
    one = verified(folder, contract)["voluntary_turnover_rate:2025-Q4"]
    assert (one.verdict, one.moved) == ("changed", ("data",))
    assert (one.then, one.now, one.fields, one.guarded) == (None, None, (), True)


def test_nor_are_those_of_a_method_that_is_about_people_although_its_metric_is_not(tmp_path: Path) -> None:
    engine, quarter = of_deals_and_staff(tmp_path), Calendar().quarter(2025, 4, fiscal=False)
    [[value]] = engine.compute([Ask("own_metric.of_staff", quarter)], date(2025, 12, 31))
    assert value.value == 12
    [found] = verify(engine, [recorded_of(value, "own_metric.of_staff")])
    assert (found.verdict, found.guarded, found.then, found.now) == ("same", True, None, None)


def test_nor_is_their_receipt_shown_to_whoever_may_see_open_values_alone(tmp_path: Path) -> None:
    engine, quarter = of_deals_and_staff(tmp_path), Calendar().quarter(2025, 4, fiscal=False)
    asks = [Ask("own_metric", quarter), Ask("own_metric.of_staff", quarter)]
    deal, heads = (citation(one.citation) for [one] in engine.compute(asks, date(2025, 12, 31)))
    readers = (Reader(ceiling="open"), Reader(ceiling="people"))
    few, more = (Reading({}, "a1", reader, engine.catalog, "EUR") for reader in readers)
    assert (few.may(deal), few.may(heads), more.may(heads)) == (True, False, True)


def of_deals_and_staff(folder: Path) -> Engine:
    """A company with a metric of its own, of deals, and by another method of people."""
    staff = "employee_id hired_on terminated_on\n" + "\n".join(f"E{i} 2024-01-01 -" for i in range(12))
    deals = "opportunity_id closed_on outcome\nD1 2025-10-02 won"
    company = tiny_folder(folder, {"opportunities": deals, "employees": staff})
    (company / "metrics").mkdir()
    (company / "metrics" / "own.yaml").write_text(OWN)
    return opened(company)


def recorded_of(value: Value, metric: str) -> Recorded:
    receipt = value.citation
    return Recorded(
        "k",
        metric,
        receipt.version,
        receipt.engine,
        value.period,
        receipt.as_of,
        receipt.scope,
        value.status,
        value.value,
        receipt.numerator,
        receipt.denominator,
        value.n,
        receipt.currency,
        receipt.timezone,
    )


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
    formula: deals
    numerator: {table: opportunities, date: closed_on}
    variants:
      - {id: of_staff, name: by head, formula: heads,
         numerator: {table: employees, date: hired_on, until: terminated_on, at: end}}
    sources: [CONV]
    tags: [volume]
"""


def test_a_value_of_people_that_became_too_small_is_not_computable(folder: Path, state: str) -> None:
    contract = asked(folder, "voluntary turnover rate in 2025-Q4", state)
    few = "\n".join([HEADS, *(f"E{i} regular 2020-01-01 - -" for i in range(3))])
    tiny_folder(folder, {"employees": few})
    one = verified(folder, contract)["voluntary_turnover_rate:2025-Q4"]
    assert (one.verdict, one.then, one.now) == ("not_computable", None, None)


def test_every_number_of_a_scorecard_is_verified_its_previous_values_too(
    demo_engine: Engine, state: str
) -> None:
    contract = asked(demo_engine, "top 15 metrics for a CRO", state)
    found = verified(demo_engine, contract)
    rows = contract["metrics"]
    assert {row["citation"] for row in rows} <= set(found)
    assert {row["previous_citation"] for row in rows if row["previous"] is not None} <= set(found)
    assert {one.verdict for one in found.values()} == {"same"}
    shown = {key for key, one in found.items() if one.then is not None}
    assert not any(row["side"] == "people" and row["citation"] in shown for row in rows)


def test_answers_of_every_shape_survive_the_way_through_json(demo_engine: Engine, state: str) -> None:
    for text in ("why did win rate fall in 2025-Q3?", "employee turnover rate by department", "mrr by month"):
        found = verified(demo_engine, json.loads(json.dumps(asked(demo_engine, text, state))))
        assert found
        assert {one.verdict for one in found.values()} == {"same"}


def test_the_command_says_what_became_of_each_number(
    folder: Path, state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = asked(folder, "win rate in 2025-Q4", state)
    tiny_folder(folder, {"opportunities": DEALS + WON + "\n5 A 2025-12-01 lost 10"})
    assert main(["verify", contract["answer_id"], "--company", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    counts = found["same"], found["changed"], found["not_computable"]
    assert counts == (1, 1, 0), "the quarter before, which the change is counted from, is the same"
    assert Decimal(found["numbers"][0]["now"]) == 50
    assert main(["verify", contract["answer_id"], "--company", str(folder)]) == 0
    assert "changed: data moved" in capsys.readouterr().out


def test_an_answer_nobody_gave_and_the_wrong_company_are_refused(
    folder: Path, tmp_path: Path, state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = asked(folder, "win rate in 2025-Q4", state)
    assert main(["verify", "nothing", "--company", str(folder)]) == 2
    assert "No answer 'nothing' is remembered" in capsys.readouterr().err
    other = tiny_folder(tmp_path / "other", {"accounts": ACCOUNTS})
    (other / "company.toml").write_text('name = "Other"')
    assert main(["verify", contract["answer_id"], "--company", str(other)]) == 2
    assert "was given for Tiny" in capsys.readouterr().err


@pytest.mark.parametrize(
    "guess",
    ["", "%", "____________", "' OR 1=1 --", "a\x00b", "\ud800", "../x", "a" * 100_000, "0", "None", "*"],
)
def test_a_guessed_id_gives_nothing_away(
    folder: Path, state: str, guess: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(folder, "win rate in 2025-Q4", state)
    assert main(["verify", f" {guess}", "--company", str(folder)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "is remembered here" in said.err


@pytest.mark.parametrize("how", ["forget", "purge", "erase"])
def test_what_was_erased_is_verified_by_nobody(
    folder: Path, state: str, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = asked(folder, "employee turnover rate in 2025-Q4", state)
    memory = open_memory(state)
    if how == "forget":
        forget(memory.engine, Question("").user)
    elif how == "purge":
        purge(memory.engine, 180, datetime.now(UTC) + timedelta(days=181))
    else:
        erase(memory.engine)
    assert main(["verify", contract["answer_id"], "--company", str(folder)]) == 2
    assert "is remembered here" in capsys.readouterr().err


def test_an_answer_of_before_receipts_could_run_again_says_so(folder: Path, state: str) -> None:
    contract = asked(folder, "win rate in 2025-Q4", state)
    del contract["citations"]["win_rate:2025-Q4"]["scope"]
    one = verified(folder, contract)["win_rate:2025-Q4"]
    assert (one.verdict, one.why_not) == (
        "not_computable",
        "it was recorded before receipts could be run again",
    )


def test_the_contract_of_an_answer_names_its_company(folder: Path, state: str) -> None:
    assert asked(folder, "win rate", state)["company"] == "Tiny"


def test_an_amount_in_another_currency_is_not_the_same(folder: Path, state: str) -> None:
    contract = asked(folder, "average deal size in 2025-Q4", state)
    (folder / "company.toml").write_text('name = "Tiny"\ncurrency = "JPY"')
    [one] = [found for key, found in verified(folder, contract).items() if key == "average_deal_size:2025-Q4"]
    assert (one.verdict, one.moved, one.fields) == ("changed", ("currency",), ("value",))
    rate = asked(folder, "win rate in 2025-Q4", state)
    (folder / "company.toml").write_text('name = "Tiny"\ncurrency = "EUR"')
    assert {found.verdict for found in verified(folder, rate).values()} == {"same"}


def test_both_amounts_are_shown_in_their_own_currency(
    folder: Path, state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "company.toml").write_text('name = "Tiny"\ncurrency = "EUR"')
    contract = asked(folder, "average deal size in 2025-Q4", state)
    (folder / "company.toml").write_text('name = "Tiny"\ncurrency = "JPY"')
    assert main(["verify", contract["answer_id"], "--company", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "EUR 15" in said
    assert "JPY 15" in said


def test_days_that_another_time_zone_moved_are_told_as_such(tmp_path: Path, state: str) -> None:
    leads = "lead_id created_at\n1 2025-10-01T02:00:00\n2 2025-11-01T12:00:00"
    company = tiny_folder(tmp_path / "zones", {"leads": leads})
    contract = asked(company, "lead volume in 2025-Q4", state)
    (company / "company.toml").write_text('name = "Tiny"\ntimezone = "America/Los_Angeles"')
    one = verified(company, contract)["lead_volume:2025-Q4"]
    assert (one.verdict, one.moved, one.then, one.now) == ("changed", ("time zone",), Decimal(2), Decimal(1))


USE = {
    "users": "user_id created_at\n1 2025-10-01T09:00:00\n2 2025-10-02T09:00:00",
    "product_events": """event_id user_id account_id event_name occurred_at
        1 1 A opened 2025-12-20T09:00:00
        2 2 B opened 2025-12-20T09:00:00
        3 1 A done 2025-10-11T09:00:00""",
}


def test_a_setting_that_is_another_now_is_told_from_data(tmp_path: Path, state: str) -> None:
    company = tiny_folder(tmp_path / "feature", USE, 'settings.feature = "done"')
    contract = asked(company, "feature adoption rate in 2025-Q4", state)
    [receipt] = contract["citations"].values()
    assert receipt["declared"] == {"settings.feature": "done"}
    tiny_folder(company, USE, 'settings.feature = "opened"')
    [one] = verified(company, contract).values()
    assert (one.verdict, one.moved, one.then, one.now) == (
        "changed",
        ("company.toml",),
        Decimal(50),
        Decimal(100),
    )


def test_a_figure_from_outside_that_is_another_now_is_told_from_data(tmp_path: Path, state: str) -> None:
    revenue = {"revenue_entries": "entry_id recognised_on amount_base\n1 2025-11-01 30"}
    size = 'external.market_size = {{ value = {}, source = "a survey", as_of = 2025-01-01 }}'
    company = tiny_folder(tmp_path / "market", revenue, size.format(100))
    contract = asked(company, "market share in 2025-Q4", state)
    tiny_folder(company, revenue, size.format(60))
    [one] = verified(company, contract).values()
    assert (one.verdict, one.moved, one.then, one.now) == (
        "changed",
        ("company.toml",),
        Decimal(30),
        Decimal(50),
    )


def test_a_setting_that_is_declared_since_is_told_where_it_counts(tmp_path: Path, state: str) -> None:
    event = 'settings.activation_event = "done"\n'
    company = tiny_folder(tmp_path / "users", USE, event)
    contract = asked(company, "product activation rate in 2025-Q4", state)
    tiny_folder(company, USE, f"{event}settings.activation_days = 14")
    [one] = verified(company, contract).values()
    assert (one.verdict, one.moved, one.then, one.now) == (
        "changed",
        ("company.toml",),
        Decimal(0),
        Decimal(50),
    )


def test_what_was_not_measured_then_is_not_lost_now(folder: Path, state: str) -> None:
    contract = asked(folder, "win rate and MRR in 2025-Q4", state)
    found = verified(folder, contract)
    assert found["mrr:2025-Q4"].recorded.status == "not_measured"
    assert {one.verdict for one in found.values()} == {"same"}


def test_names_of_persons_are_for_the_operator_and_hide_nothing_else_from_the_rest(
    tmp_path: Path, state: str
) -> None:
    owned = "opportunity_id owner_id closed_on outcome\n1 E1 2025-11-01 won\n2 E2 2025-11-01 lost"
    company = tiny_folder(tmp_path / "owned", {"opportunities": owned})
    by_owner = asked(company, "win rate in 2025-Q4 by owner", state)
    assert main(["verify", by_owner["answer_id"], "--company", str(company)]) == 0
    whole = asked(company, "win rate in 2025-Q4", state)
    both = by_owner | {"citations": by_owner["citations"] | whole["citations"]}
    both["values"] = [*by_owner["values"], *whole["values"]]
    found = verified(company, both)
    assert found["win_rate:2025-Q4"].verdict == "same"
    [one] = [one for key, one in found.items() if key == "win_rate:2025-Q4:owner=E1"]
    assert (one.verdict, one.now) == ("not_computable", None)
    assert "names persons" in one.why_not
