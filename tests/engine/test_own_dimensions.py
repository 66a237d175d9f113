"""A company's own dimension parts what its table reaches, as the shipped ones do: MRR by the industry of accounts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest

from metrics.calendar.periods import Calendar
from metrics.check.checkup import check_company
from metrics.engine import Ask, Engine
from metrics.engine.groups import group_names
from metrics.errors import TooSlowError
from metrics.folder.ways import paths_to
from metrics.load import load_catalog
from metrics.load.columns import resolve
from tests.command import counterpoise
from tests.tiny import tiny, tiny_folder

YEAR = Calendar().year(2025, fiscal=False)
ACCOUNTS = "account_id industry\na1 tools\na2 food\na3 food"
LEDGER = """movement_id account_id effective_on movement_type amount_base
m1 a1 2024-05-01 new 100
m2 a2 2024-06-01 new 40
m3 a3 2024-06-01 new 60
m4 a3 2025-03-01 churn -60"""
STAFF = "employee_id hired_on terminated_on office\n" + "\n".join(
    f"e{n} 2020-01-01 - {'north' if n < 6 else 'south'}" for n in range(12)
)
DEALS = "opportunity_id owner_id closed_on outcome\no1 e1 2025-02-01 won\no2 e7 2025-02-01 lost"


def dimension(name: str, column: str, more: str = "") -> str:
    return f'[dimensions.{name}]\ncolumn = "{column}"\n{more}'


def parted(engine: Engine, metric: str, by: str) -> dict[str, str]:
    """The values of each group, as they would be shown without rounding."""
    [values] = engine.compute([Ask(metric, YEAR, (by,))], date(2025, 12, 31))
    return {str(value.group[by]): str(value.value) for value in values}


def test_what_accounts_have_parts_the_ledger_of_their_revenue(tmp_path: Path) -> None:
    tables = {"accounts": ACCOUNTS, "mrr_movements": LEDGER}
    engine = tiny(tmp_path, tables, dimension("industry", "accounts.industry"))
    assert parted(engine, "mrr", "industry") == {"food": "40", "tools": "100"}
    assert parted(engine, "customer_churn_rate", "industry") == {"food": "50", "tools": "0"}


def test_what_sessions_have_parts_the_orders_made_in_them(tmp_path: Path) -> None:
    sessions = "session_id started_at source\ns1 2025-01-05 ads\ns2 2025-01-05 ads\ns3 2025-01-06 mail"
    orders = "order_id session_id ordered_at net_amount_base\no1 s1 2025-01-05 10\no2 s3 2025-01-06 10"
    engine = tiny(
        tmp_path, {"web_sessions": sessions, "orders": orders}, dimension("source", "web_sessions.source")
    )
    assert parted(engine, "web_conversion_rate", "source") == {"ads": "50", "mail": "100"}


def test_what_people_have_is_guarded_where_it_parts_their_deals(tmp_path: Path) -> None:
    toml = dimension("office", "employees.office")
    engine = tiny(tmp_path, {"employees": STAFF, "opportunities": DEALS}, toml)
    assert engine.catalog.dimensions["office"].sensitivity == "people"
    assert parted(engine, "win_rate", "office") == {"north": "None", "south": "None"}
    assert parted(engine, "employee_turnover_rate", "office") == {"north": "0", "south": "0"}


def test_a_company_may_say_that_what_people_have_is_open(tmp_path: Path) -> None:
    toml = dimension("office", "employees.office", 'sensitivity = "open"')
    engine = tiny(tmp_path, {"employees": STAFF, "opportunities": DEALS}, toml)
    assert parted(engine, "win_rate", "office") == {"north": "100", "south": "0"}


def test_a_table_is_reached_only_by_what_names_one_of_its_rows() -> None:
    tables = load_catalog().tables
    for name, table in tables.items():
        for start, path in paths_to(load_catalog(), name, table.columns[-1].name).items():
            assert resolve(tables, start, path) == table.columns[-1], (name, start, path)
    assert "carts" not in paths_to(load_catalog(), "orders", "region")  # an abandoned cart has no order
    assert "coaching_sessions" not in paths_to(
        load_catalog(), "employees", "office"
    )  # the manager's, or whose?


def test_a_dimension_of_its_own_is_meant_before_a_shipped_one_that_is_called_so(tmp_path: Path) -> None:
    """`region` is a synonym of department."""
    accounts = "account_id region\na1 west\na2 east"
    deals = "opportunity_id account_id closed_on outcome\no1 a1 2025-02-01 won\no2 a2 2025-02-01 lost"
    toml = dimension("region", "accounts.region")
    engine = tiny(tmp_path, {"accounts": accounts, "opportunities": deals}, toml)
    assert engine.resolved("win_rate", {"Region": ["West"]}) == {"region": ["west"]}
    assert parted(engine, "win_rate", "region") == {"east": "0", "west": "100"}
    asked = ("win rate by region in 2025", "--company", str(tmp_path), "--no-llm", "--json")
    told = counterpoise("ask", *asked).json
    assert [value["group"] for value in told["values"]] == [{"region": "west"}, {"region": "east"}]


def test_without_a_name_it_is_called_as_it_is_written(tmp_path: Path) -> None:
    engine = tiny(tmp_path, {"accounts": ACCOUNTS}, dimension("home_market", "accounts.industry"))
    assert engine.catalog.dimensions["home_market"].name == "Home market"


ORDERS = "order_id ordered_at net_amount_base region\no1 2025-01-05 100 West\no2 2025-02-05 300 East"
REGIONAL = """opportunity_id closed_on outcome region
d1 2025-01-05 won West
d2 2025-01-06 lost East
d3 2025-01-07 won North"""
BOTH = '[dimensions.region]\ncolumn = ["orders.region", "opportunities.region"]\n'


def asked(folder: Path, question: str) -> dict[str, Any]:
    return counterpoise("ask", question, "--company", str(folder), "--no-llm", "--json").json


def test_a_dimension_that_several_tables_carry_parts_what_leads_to_any_of_them(tmp_path: Path) -> None:
    engine = tiny(tmp_path, {"orders": ORDERS, "opportunities": REGIONAL}, BOTH)
    assert parted(engine, "average_order_value", "region") == {"East": "300", "West": "100"}
    assert parted(engine, "win_rate", "region") == {"East": "0", "North": "100", "West": "100"}
    assert group_names(engine)["region"] == ("East", "North", "West")


def test_the_names_of_groups_are_asked_for_once_while_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = tiny(
        tmp_path,
        {"accounts": ACCOUNTS, "opportunities": REGIONAL},
        dimension("region", "opportunities.region"),
    )
    first = group_names(engine)
    with monkeypatch.context() as patch:
        patch.setattr(type(engine.warehouse), "run", _asked_again)
        assert group_names(engine) == first
    assert first["region"] == ("East", "North", "West")


def test_names_that_a_slow_warehouse_did_not_give_are_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = tiny(tmp_path, {"opportunities": REGIONAL}, dimension("region", "opportunities.region"))
    with monkeypatch.context() as patch:
        patch.setattr(type(engine.warehouse), "run", _too_slow)
        assert group_names(engine) == {}
    assert group_names(engine)["region"] == ("East", "North", "West")


def _asked_again(*_: object, **__: object) -> NoReturn:
    raise AssertionError("the warehouse is asked again")


def _too_slow(*_: object, **__: object) -> NoReturn:
    raise TooSlowError("The query took longer than 30 s.")


def test_a_table_takes_its_own_column_before_one_that_it_leads_to(tmp_path: Path) -> None:
    toml = '[dimensions.region]\ncolumn = ["accounts.region", "opportunities.region"]\n'
    accounts = "account_id region\na1 Home\na2 Home"
    deals = "opportunity_id account_id closed_on outcome region\nd1 a1 2025-01-05 won West\nd2 a2 2025-01-06 lost East"
    engine = tiny(tmp_path, {"accounts": accounts, "opportunities": deals, "mrr_movements": LEDGER}, toml)
    assert parted(engine, "win_rate", "region") == {"East": "0", "West": "100"}
    assert parted(engine, "mrr", "region") == {"(none)": "0", "Home": "140"}


@pytest.mark.parametrize(
    ("question", "value"),
    [("average order value in the West region in 2025", "100"), ("win rate for North in 2025", "100")],
)
def test_a_value_that_a_question_names_narrows_it_wherever_it_stands(
    tmp_path: Path, question: str, value: str
) -> None:
    tiny_folder(tmp_path, {"orders": ORDERS, "opportunities": REGIONAL}, BOTH)
    told = asked(tmp_path, question)
    assert [one["value"] for one in told["values"]] == [value]
    assert told["request"]["filters"]


def test_what_leads_to_none_of_them_says_that_it_is_not_narrowed(tmp_path: Path) -> None:
    tiny_folder(tmp_path, {"orders": ORDERS, "opportunities": REGIONAL}, dimension("region", "orders.region"))
    told = asked(tmp_path, "win rate in the West region in 2025")
    assert any(note.startswith("Win rate cannot be narrowed to West: ") for note in told["notes"])


def test_of_two_dimensions_with_a_value_in_common_the_one_of_the_metric_is_meant(tmp_path: Path) -> None:
    toml = dimension("region", "orders.region") + dimension("deal_region", "opportunities.region")
    tiny_folder(tmp_path, {"orders": ORDERS, "opportunities": REGIONAL}, toml)
    for question, value in (
        ("average order value in West in 2025", "100"),
        ("win rate in West in 2025", "100"),
    ):
        assert [one["value"] for one in asked(tmp_path, question)["values"]] == [value]


def test_it_is_as_guarded_as_the_most_guarded_table_that_carries_it(tmp_path: Path) -> None:
    toml = '[dimensions.office]\ncolumn = ["orders.office", "employees.office"]\n'
    engine = tiny(tmp_path, {"employees": STAFF}, toml)
    assert engine.catalog.dimensions["office"].sensitivity == "people"
    assert "office" not in group_names(engine)


def test_check_says_how_a_column_of_that_name_becomes_one_with_the_others(tmp_path: Path) -> None:
    toml = dimension("region", "orders.region")
    engine = tiny(tmp_path, {"orders": ORDERS, "opportunities": REGIONAL}, toml)
    deals = next(table for table in check_company(engine).tables if table.name == "opportunities")
    both = 'column = ["orders.region", "opportunities.region"] under [dimensions.region] in company.toml'
    assert deals.remarks == (f"region is not read; {both} makes it one with the others",)
    mended = tiny(tmp_path / "both", {"orders": ORDERS, "opportunities": REGIONAL}, BOTH)
    assert [table.remarks for table in check_company(mended).tables] == [(), ()]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ('["orders.region", "deals.region"]', "Unknown canonical table 'deals'"),
        ('["orders.region", "opportunities"]', "write a table and one column of it"),
        ("[]", "dimensions.region.column names no column"),
    ],
)
def test_a_list_of_columns_that_is_wrong_is_refused_in_a_sentence(
    tmp_path: Path, column: str, said: str
) -> None:
    folder = tiny_folder(tmp_path, {"orders": ORDERS}, f"[dimensions.region]\ncolumn = {column}\n")
    assert said in counterpoise("check", "--company", str(folder)).sentence


def test_a_dimension_that_splits_nothing_is_said_so_and_others_are_not(tmp_path: Path) -> None:
    invites = "survey_id respondent_key floor\ns1 p1 first\ns1 p2 second"
    tables = {"survey_invites": invites, "accounts": ACCOUNTS}
    own = dimension("floor", "survey_invites.floor") + dimension("industry", "accounts.industry")
    said = {table.name: table.remarks for table in check_company(tiny(tmp_path, tables, own)).tables}
    [remark] = said["survey_invites"]
    assert remark.startswith("dimensions.floor in company.toml splits no metric: ")
    assert said["accounts"] == ()


def test_a_column_that_splits_a_method_alone_is_no_idle_one(tmp_path: Path) -> None:
    tables = {"pilots": "pilot_id started_on sponsor\np1 2025-01-05 board"}
    [table] = check_company(tiny(tmp_path, tables, dimension("sponsor", "pilots.sponsor"))).tables
    assert table.remarks == ()
