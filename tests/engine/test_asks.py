"""What can be asked of the engine: periods, groups, filters, comparisons, and the remarks beside values."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import main
from bot.commands.where import condition
from metrics.calendar.history import history
from metrics.calendar.periods import Calendar, Grain, Period, span
from metrics.engine import Ask, Engine
from metrics.engine.changes.compare import earlier, with_earlier, with_target
from metrics.engine.top import top
from metrics.errors import PeriodError, UnknownNameError, UserError
from metrics.scorecard import Target
from metrics.values import Status, Value
from tests.tiny import tiny, tiny_folder

AS_OF = date(2025, 12, 31)
CALENDAR = Calendar()
QUARTER = CALENDAR.quarter(2025, 4, fiscal=False)
ACCOUNTS = """account_id segment channel
    A big web
    B big web
    C small fair
    D tiny fair
    E - fair"""


def deals(*rows: str) -> str:
    """Closed deals: account, day, outcome, amount."""
    lines = [f"{i} {row}" for i, row in enumerate(rows)]
    return "\n".join(["opportunity_id account_id closed_on outcome amount_base", *lines])


DEALS = deals(
    *["A 2025-11-01 won 10"] * 3,
    *["A 2025-11-02 lost 10"] * 1,
    *["C 2025-11-01 won 50"] * 1,
    *["C 2025-11-01 lost 50"] * 1,
    *["D 2025-11-01 lost 5"] * 7,
    *["E 2025-11-01 won 5"] * 1,
    *["B 2025-08-01 won 10"] * 1,
    *["B 2025-08-01 lost 10"] * 1,
)


@pytest.fixture
def company(tmp_path: Path) -> Engine:
    return tiny(tmp_path / "company", {"opportunities": DEALS, "accounts": ACCOUNTS})


def figures(values: list[Value]) -> dict[tuple[str, ...], str]:
    return {tuple(value.group.values()): f"{value.value:.2f}" for value in values if value.value is not None}


def parts(value: Value) -> tuple[int, int]:
    citation = value.citation
    assert citation.numerator is not None
    assert citation.denominator is not None
    return int(citation.numerator), int(citation.denominator)


def labels(periods: list[Period]) -> list[str]:
    return [period.label for period in periods]


# Periods


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        ("week", ["2025-W51", "2025-W52"]),
        ("month", ["2025-11", "2025-12"]),
        ("quarter", ["2025-Q3", "2025-Q4"]),
        ("year", ["2024", "2025"]),
    ],
)
def test_the_n_periods_that_end_with_one(grain: Grain, expected: list[str]) -> None:
    assert labels(history(QUARTER, 2, AS_OF, CALENDAR, grain=grain)) == expected


def test_fiscal_periods_stay_fiscal() -> None:
    april = Calendar(4)
    fiscal = april.quarter(2026, 1, fiscal=True)
    assert labels(history(fiscal, 3, AS_OF, april)) == ["FY2025-Q3", "FY2025-Q4", "FY2026-Q1"]
    assert labels(history(april.year(2025, fiscal=True), 2, AS_OF, april, grain="quarter")) == [
        "FY2025-Q3",
        "FY2025-Q4",
    ]
    assert labels(history(QUARTER, 2, AS_OF, april, grain="year", fiscal=True)) == ["FY2024", "FY2025"]


@pytest.mark.parametrize("start", range(1, 13))
def test_a_fiscal_quarter_that_is_over_ends_on_or_before_the_day(start: int) -> None:
    calendar = Calendar(start)
    for day in (date(2024, 2, 29), date(2025, 12, 31), date(2025, 3, 31)):
        [last] = history(
            span(date(2000, 1, 1), day + timedelta(days=1)), 1, day, calendar, grain="quarter", fiscal=True
        )
        assert last.last_day <= day < last.shifted(1).last_day
        assert last.label.startswith("FY")


def test_a_period_that_is_running_is_the_last_of_its_own_grain() -> None:
    assert labels(history(QUARTER, 1, date(2025, 11, 1), CALENDAR)) == ["2025-Q4"]
    assert labels(history(QUARTER, 1, date(2025, 11, 15), CALENDAR, grain="month")) == ["2025-10"]


@pytest.mark.parametrize(
    ("period", "a_year_before"),
    [
        (CALENDAR.containing(date(2024, 2, 28), "day"), "2023-02-28"),
        (CALENDAR.containing(date(2024, 2, 29), "day"), "2023-02-28"),
        (CALENDAR.containing(date(2025, 2, 28), "day"), "2024-02-28"),
        (span(date(2024, 2, 1), date(2024, 2, 29)), "2023-02-01..2023-02-28"),
        (span(date(2024, 1, 1), date(2024, 3, 1)), "2023-01-01..2023-02-28"),
        (span(date(2025, 1, 1), date(2025, 3, 1)), "2024-01-01..2024-02-29"),
        (span(date(2025, 1, 15), date(2025, 3, 11)), "2024-01-15..2024-03-10"),
    ],
)
def test_days_are_held_against_the_same_days_a_year_before(period: Period, a_year_before: str) -> None:
    assert period.year_before().label == a_year_before


@pytest.mark.parametrize("count", [0, -1, 401])
def test_a_number_of_periods_nobody_can_show_is_refused(count: int) -> None:
    with pytest.raises(PeriodError, match="give 1 to 400"):
        history(QUARTER, count, AS_OF, CALENDAR)


# Groups, the largest and the others


def test_the_others_are_a_ratio_of_sums_and_never_a_mean_of_ratios(company: Engine) -> None:
    [table] = top(company, [Ask("win_rate", QUARTER, ("segment",))], 2, AS_OF)
    # left over: tiny 0 of 7 and small 1 of 2; their mean of ratios would be 25
    assert figures(table) == {("(none)",): "100.00", ("big",): "75.00", ("other",): "11.11"}
    assert parts(table[-1]) == (1, 9)
    assert table[-1].citation.filters == {"segment": "all but (none), big"}


def test_the_others_of_a_median_are_computed_over_their_rows(tmp_path: Path) -> None:
    leads = "\n".join(
        ["lead_id account_id created_at first_human_response_at"]
        + [
            f"{i} {account} 2025-11-01 2025-11-{day:02}"
            for i, (account, day) in enumerate([("A", 3), ("A", 3), ("C", 2), ("C", 2), ("C", 2), ("D", 21)])
        ]
    )
    engine = tiny(tmp_path, {"leads": leads, "accounts": ACCOUNTS})
    [table] = top(engine, [Ask("lead_response_time", QUARTER, ("segment",))], 1, AS_OF)
    # in minutes: 20 days, and the middle one of 1, 1, 1, 2, 2 days; the mean of the two medians would be 1.5 days
    assert figures(table) == {("tiny",): "28800.00", ("other",): "1440.00"}


def test_rows_without_what_is_measured_count_in_nothing_whatever_else_is_asked(tmp_path: Path) -> None:
    leads = """lead_id created_at first_human_response_at
        1 2025-10-01 2025-10-02
        2 2025-11-01 2025-11-03
        3 2025-11-20 -"""
    october, november = (
        CALENDAR.containing(date(2025, 10, 1), "month"),
        CALENDAR.containing(date(2025, 11, 1), "month"),
    )
    [alone] = tiny(tmp_path, {"leads": leads}).compute([Ask("lead_response_time", november)], AS_OF)
    engine = tiny(tmp_path, {"leads": leads})
    _, beside = engine.compute([Ask("lead_response_time", month) for month in (october, november)], AS_OF)
    for [value] in (alone, beside):
        assert (value.n, value.citation.data_through) == (1, date(2025, 11, 1))


def test_a_group_of_which_nothing_counts_is_shown_as_one(tmp_path: Path) -> None:
    tables = {
        "accounts": ACCOUNTS,
        "mrr_movements": """account_id effective_on movement_type amount_base
            A 2025-01-01 new 10
            C 2025-01-01 new 10""",
        "account_references": """account_id agreed_on withdrawn_on
            A 2025-01-01 -
            D 2025-01-01 -""",
    }
    [table] = tiny(tmp_path, tables).compute([Ask("referenceability_rate", QUARTER, ("segment",))], AS_OF)
    assert {value.group["segment"]: value.status for value in table} == {
        "big": Status.OK,
        "small": Status.OK,
        "tiny": Status.UNDEFINED,
    }


def test_two_dimensions_have_their_largest_pairs_and_the_others(company: Engine) -> None:
    [table] = top(company, [Ask("average_deal_size", QUARTER, ("segment", "channel"))], 1, AS_OF)
    assert figures(table) == {("small", "fair"): "50.00", ("other", "other"): "8.75"}


def test_the_largest_are_those_of_the_newest_period(company: Engine) -> None:
    asks = [Ask("win_rate", period, ("segment",)) for period in (QUARTER.previous(), QUARTER)]
    before, now = top(company, asks, 1, AS_OF)
    assert list(figures(now)) == [("(none)",), ("other",)]
    assert figures(before) == {("other",): "50.00"}


def test_no_remainder_is_made_of_people(demo_engine: Engine) -> None:
    [table] = top(demo_engine, [Ask("employee_turnover_rate", QUARTER, ("department",))], 2, AS_OF)
    assert "other" not in {value.group["department"] for value in table}


def test_a_group_that_is_called_other_is_no_remainder(tmp_path: Path) -> None:
    accounts = ACCOUNTS.replace("small", "other")
    engine = tiny(tmp_path, {"opportunities": DEALS, "accounts": accounts})
    [table] = top(engine, [Ask("win_rate", QUARTER, ("segment",))], 3, AS_OF)
    assert list(figures(table)) == [("(none)",), ("big",), ("other",), ("all other",)]


@pytest.mark.parametrize(
    "metric", ["win_rate", "net_revenue_retention", "mrr", "customer_churn_rate", "dso", "resolution_time"]
)
def test_the_parts_of_the_largest_and_the_others_are_those_of_the_whole(
    demo_engine: Engine, metric: str
) -> None:
    [table] = top(demo_engine, [Ask(metric, QUARTER, ("segment",))], 1, AS_OF)
    [[whole]] = demo_engine.compute([Ask(metric, QUARTER)], AS_OF)
    assert len(table) == 2
    assert sum(value.citation.numerator or 0 for value in table) == whole.citation.numerator
    if whole.citation.denominator is not None:
        assert sum(value.citation.denominator or 0 for value in table) == whole.citation.denominator


# Filters


def test_a_filter_takes_names_and_values_as_people_write_them(company: Engine) -> None:
    assert company.resolved("win_rate", {"Customer Segment": ["BIG", "small"]}) == {
        "segment": ["big", "small"]
    }
    [[value]] = company.compute([Ask("win_rate", QUARTER, filters={"segment": ["big", "small"]})], AS_OF)
    assert parts(value) == (4, 6)


def test_one_dimension_under_two_names_keeps_the_values_of_both(company: Engine) -> None:
    filters = company.resolved("win_rate", {"segment": ["big", "BIG"], "Customer Segment": ["small"]})
    assert filters == {"segment": ["big", "small"]}


def test_rows_without_a_value_can_be_asked_for(company: Engine) -> None:
    [[value]] = company.compute([Ask("win_rate", QUARTER, filters={"segment": ["(none)", "small"]})], AS_OF)
    assert parts(value) == (2, 3)


def test_a_canonical_column_filters_too_also_through_its_key(company: Engine) -> None:
    assert company.resolved("win_rate", {"channel": ["web"]}) == {"channel": ["web"]}
    filters = company.resolved("win_rate", {"accounts.segment": ["Tiny"]})
    assert filters == {"accounts.segment": ["tiny"]}
    [[value]] = company.compute([Ask("win_rate", QUARTER, filters=filters)], AS_OF)
    assert parts(value) == (0, 7)


def test_an_unknown_value_names_the_nearest_one(company: Engine) -> None:
    with pytest.raises(UserError, match=r"Unknown segment 'smal'\. Did you mean 'small'\?"):
        company.resolved("win_rate", {"segment": ["smal"]})
    with pytest.raises(UserError, match="The data has big, small, tiny"):
        company.resolved("win_rate", {"segment": ["zzzz"]})


def test_an_unknown_name_names_the_nearest_one(company: Engine) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'segment'"):
        company.resolved("win_rate", {"segmnt": ["big"]})


@pytest.mark.parametrize("dimension", ["job_family", "level", "manager", "owner"])
def test_no_value_of_a_guarded_dimension_is_ever_named(demo_engine: Engine, dimension: str) -> None:
    metric = "win_rate" if dimension == "owner" else "quota_attainment"
    assert demo_engine.resolved(metric, {dimension: ["Nobody"]}) == {dimension: ["Nobody"]}


@pytest.mark.parametrize(
    ("metric", "name"),
    [
        ("win_rate", "employees.gender"),
        ("enps", "survey_answers.question_id"),
        ("compa_ratio", "compensation.amount"),
    ],
)
def test_people_values_are_never_filtered_by_a_column(demo_engine: Engine, metric: str, name: str) -> None:
    with pytest.raises(UserError):
        demo_engine.compute([Ask(metric, QUARTER, filters={name: ["x"]})], AS_OF)


# Comparisons


def test_a_value_is_held_against_an_earlier_period(company: Engine) -> None:
    now = Ask("win_rate", QUARTER)
    for against, label in (("previous", "2025-Q3"), ("last-year", "2024-Q4")):
        tables = company.compute([now, earlier(now, against)], AS_OF)
        [one] = with_earlier(*tables)
        assert one.other is not None
        assert one.other.period.label == label
    [one] = with_earlier(*company.compute([now, earlier(now, "previous")], AS_OF))
    assert one.change == one.value.value - 50  # type: ignore[operator]  # 5 of 14 against 1 of 2


@pytest.mark.parametrize(
    ("target", "direction", "change", "verdict"),
    [
        (Target(value=Decimal(30)), "up", "5.00", "met"),
        (Target(value=Decimal(30)), "down", "5.00", "missed"),
        (Target(value=Decimal(30)), "band", "5.00", "above"),
        (Target(value=Decimal(40)), "band", "-5.00", "below"),
        (Target(value=Decimal(35)), "band", "0.00", "met"),
        (Target(low=Decimal(20), high=Decimal(40)), "band", "0.00", "within"),
        (Target(low=Decimal(40), high=Decimal(50)), "band", "-5.00", "below"),
        (Target(high=Decimal(30)), "band", "5.00", "above"),
        (Target(low=Decimal(30)), "band", "0.00", "within"),
    ],
)
def test_a_value_is_held_against_a_target_or_a_band(
    company: Engine, target: Target, direction: str, change: str, verdict: str
) -> None:
    [table] = company.compute([Ask("win_rate", QUARTER)], AS_OF)
    [one] = with_target([replaced(table[0], Decimal(35))], target, direction)  # type: ignore[arg-type]  # parametrised
    assert (f"{one.change:.2f}", one.verdict) == (change, verdict)


def replaced(value: Value, figure: Decimal) -> Value:
    return Value(value.metric, value.period, Status.OK, value.citation, figure)


# Remarks beside values


def test_a_rate_of_few_rows_is_a_small_sample(company: Engine) -> None:
    [[rate], [money]] = company.compute([Ask("win_rate", QUARTER), Ask("average_deal_size", QUARTER)], AS_OF)
    assert rate.n == 14
    assert "small_sample" in rate.flags
    assert "small_sample" not in money.flags


def test_thirty_rows_are_no_small_sample(tmp_path: Path) -> None:
    engine = tiny(tmp_path, {"opportunities": deals(*["A 2025-12-30 won 1"] * 29, "A 2025-12-30 lost 1")})
    [[value]] = engine.compute([Ask("win_rate", QUARTER)], AS_OF)
    assert (value.n, value.flags) == (30, ())


def test_a_month_far_from_the_others_is_an_outlier(tmp_path: Path) -> None:
    won = [2, 3, 2, 3, 2, 3, 30, 2, 3, 2]
    rows = [f"A 2025-{month:02}-28 won {count}" for month, count in enumerate(won, 1)]
    engine = tiny(tmp_path, {"opportunities": deals(*rows)})
    months = [CALENDAR.containing(date(2025, month, 1), "month") for month in range(1, 11)]
    values = [
        table[0] for table in engine.compute([Ask("average_deal_size", month) for month in months], AS_OF)
    ]
    assert [value.period.label for value in values if "outlier" in value.flags] == ["2025-07"]
    few = [
        table[0]
        for table in engine.compute([Ask("average_deal_size", month) for month in months[3:9]], AS_OF)
    ]
    assert not any("outlier" in value.flags for value in few)


def test_a_period_that_is_also_the_one_before_another_counts_once_among_its_kind(tmp_path: Path) -> None:
    won = [10, 12, 11, 10, 60]
    rows = [f"A 2025-{month:02}-28 won {count}" for month, count in enumerate(won, 8)]
    engine = tiny(tmp_path, {"opportunities": deals(*rows)})
    asks = [
        Ask("average_deal_size", CALENDAR.containing(date(2025, month, 1), "month")) for month in range(9, 13)
    ]
    tables = engine.compute([*asks, *(earlier(ask, "previous") for ask in asks)], AS_OF)
    assert len(tables) == 8
    assert not any("outlier" in table[0].flags for table in tables)  # they are five months


def test_a_group_far_from_the_others_is_an_outlier(tmp_path: Path) -> None:
    kinds = [f"k{i}" for i in range(8)]
    rows = "\n".join(f"{i} {kind} 2025-11-01 won {100 if i == 0 else 10 + i}" for i, kind in enumerate(kinds))
    engine = tiny(
        tmp_path, {"opportunities": f"opportunity_id opp_type closed_on outcome amount_base\n{rows}"}
    )
    [table] = engine.compute([Ask("average_deal_size", QUARTER, ("opp_type",))], AS_OF)
    assert [value.group["opp_type"] for value in table if "outlier" in value.flags] == ["k0"]


def test_old_data_is_flagged_and_quiet_data_is_not(tmp_path: Path) -> None:
    rows = ["A 2025-10-20 won 1"] * 40
    engine = tiny(tmp_path, {"opportunities": deals(*rows)})
    periods = (QUARTER, CALENDAR.year(2025, fiscal=False), CALENDAR.containing(date(2025, 10, 5), "month"))
    [[quarter], [year], [month]] = engine.compute([Ask("win_rate", period) for period in periods], AS_OF)
    assert "stale" in quarter.flags
    assert "stale" not in year.flags  # 72 days of 365
    assert "stale" in month.flags  # the last eleven days of October
    fresh = tiny(tmp_path / "fresh", {"opportunities": deals(*rows, "A 2025-12-30 disqualified 1")})
    [[value]] = fresh.compute([Ask("win_rate", QUARTER)], AS_OF)
    assert value.citation.data_through == date(2025, 10, 20)
    assert "stale" not in value.flags  # the table is alive: there was just nothing to count


# The command


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["metric", *arguments, "--as-of", "2025-12-31", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_the_command_prints_groups_with_the_others_what_they_are_held_against_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = "[targets]\nwin_rate = { value = 40 }"
    folder = str(tiny_folder(tmp_path, {"opportunities": DEALS, "accounts": ACCOUNTS}, toml))
    common = ["win_rate", "--company", folder, "--period", "2025-Q4", "--by", "segment", "--top", "1"]
    found = asked(capsys, *common, "--vs", "previous", "--explain")
    assert [value["group"] for value in found["values"]] == [{"segment": "(none)"}, {"segment": "other"}]
    [why] = found["contributions"]
    total = sum(Decimal(effect["effect"]) for effect in why["effects"])
    assert abs(total - Decimal(why["change"])) < Decimal("1e-15")
    held = asked(capsys, *common, "--vs", "target")["values"]
    assert [value["verdict"] for value in held] == ["met", "missed"]


def test_the_command_says_where_part_of_a_period_stands_beside_all_of_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leads = "lead_id account_id created_at\n1 A 2025-10-05\n2 A 2025-11-05\n3 A 2025-11-06"
    folder = str(tiny_folder(tmp_path, {"leads": leads, "opportunities": DEALS, "accounts": ACCOUNTS}))
    said = {}
    for metric, period in (("lead_volume", "2025-11"), ("lead_volume", "2025-10"), ("win_rate", "2025-11")):
        given = ["metric", metric, "--period", period, "--as-of", "2025-11-15", "--vs", "previous", "--json"]
        assert main([*given, "--company", folder]) == 0
        said[metric, period] = json.loads(capsys.readouterr().out)["notes"]
    remark = "2025-11 is not over: part of it stands beside all of 2025-10."
    assert [key for key, notes in said.items() if remark in notes] == [("lead_volume", "2025-11")]


def test_the_command_takes_several_metrics_periods_and_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(
        tiny_folder(tmp_path, {"opportunities": DEALS, "accounts": ACCOUNTS}, "fiscal_year_start = 4")
    )
    found = asked(
        capsys, "win_rate", "average_deal_size", "--company", folder, "--period", "FY2026", "--grain", "quarter",
        "--last", "2", "--where", "segment=big,small", "--where", "segment=tiny",
    )  # fmt: skip
    assert [(value["id"], value["period"]["label"]) for value in found["values"]] == [
        ("win_rate", "FY2026-Q2"), ("win_rate", "FY2026-Q3"),
        ("average_deal_size", "FY2026-Q2"), ("average_deal_size", "FY2026-Q3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("segment=big,small", ["big", "small"]),
        (" segment = big , small ,, ", ["big", "small"]),
        ('account="Acme, Inc"', ["Acme, Inc"]),
        ('account="Acme, Inc", Zeta,"Müller, Söhne & Co"', ["Acme, Inc", "Zeta", "Müller, Söhne & Co"]),
        ('account="The ""Best"", Ltd"', ['The "Best", Ltd']),
        ('plan=6" pipe', ['6" pipe']),
        ("note=a=b", ["a=b"]),
    ],
)
def test_a_value_with_a_comma_stands_in_quotes(written: str, values: list[str]) -> None:
    assert condition(written)[1] == values


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), min_size=1), min_size=1))
def test_any_values_can_be_written_in_quotes(values: list[str]) -> None:
    written = ",".join(f'"{value.replace(chr(34), 2 * chr(34))}"' for value in values)
    given_back = [value.strip() for value in values if value.strip()]
    if given_back:
        assert condition(f"segment={written}") == ("segment", given_back)


def test_a_group_with_a_comma_in_its_name_can_be_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tiny_folder(tmp_path, {"opportunities": DEALS})
    select = (folder / "tables" / "opportunities.sql").read_text()
    named = f"SELECT * REPLACE ('Acme, Inc' AS account_id) FROM ({select}) AS d"
    (folder / "tables" / "opportunities.sql").write_text(named)
    all_of_it = asked(capsys, "win_rate", "--company", str(folder), "--period", "2025")["values"]
    of_acme = asked(
        capsys, "win_rate", "--company", str(folder), "--period", "2025", "--where", 'account="Acme, Inc"'
    )["values"]
    assert [one["value"] for one in of_acme] == [one["value"] for one in all_of_it]
    assert main(["metric", "win_rate", "--company", str(folder), "--where", "account=Acme, Inc"]) == 2
    assert "Unknown account 'Acme'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--where", "segment=bgi"], "Unknown segment 'bgi'. Did you mean 'big'?"),
        (["--where", "segmnt=big"], "Did you mean 'segment'"),
        (["--where", "segment"], "is no filter"),
        (["--where", 'segment="big'], "end the value in quotes with one"),
        (["--where", 'segment="big"ger'], "end the value in quotes with one"),
        (["--by", "page"], "cannot be split by page"),
        (["--by", "segment", "--by", "channel", "--by", "opp_type"], "two dimensions at most"),
    ],
)
def test_a_mistake_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    folder = str(tiny_folder(tmp_path, {"opportunities": DEALS, "accounts": ACCOUNTS}))
    assert main(["metric", "win_rate", "--company", folder, "--as-of", "2025-12-31", *arguments]) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.out == ""
