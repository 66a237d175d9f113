from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.calendar.periods import Calendar
from metrics.display import row_change, row_target, row_value, shown
from metrics.model import Metric
from metrics.scorecard import Row, Target
from metrics.values import Citation, Status, Value

PERIOD = Calendar().quarter(2025, 4, fiscal=False)
RECEIPT = Citation(
    metric="win_rate",
    method="default",
    version="0",
    formula="",
    numerator=None,
    denominator=None,
    period=PERIOD,
    filters={},
    n=None,
    as_of=date(2025, 12, 31),
    data_through=None,
    tables=(),
    sql=(),
    parameters=(),
)


def metric(unit: str) -> Metric:
    return Metric.model_validate(
        {
            "id": "win_rate", "name": "Win rate", "side": "business", "dimension": "sales", "unit": unit,
            "direction": "up", "timing": "lagging", "kind": "outcome", "formula": "won / closed",
            "numerator": 1, "sources": ["S"],
        }
    )  # fmt: skip


def value(figure: str | None, status: Status = Status.OK, **more: object) -> Value:
    plain = Value("win_rate", PERIOD, status, RECEIPT, None if figure is None else Decimal(figure))
    return replace(plain, **more)  # type: ignore[arg-type]


def row(unit: str, now: str | None, before: str | None = None, target: Target | None = None) -> Row:
    change = Decimal(now) - Decimal(before) if now is not None and before is not None else None
    previous = None if before is None else value(before)
    return Row(1, metric(unit), value(now), previous, change, target, "why")


@pytest.mark.parametrize(
    ("figure", "unit", "words"),
    [
        ("62.08", "percent", "62.1 %"),
        ("62.05", "percent", "62.1 %"),
        ("-0.04", "percent", "0.0 %"),
        ("3.25", "pp", "3.3 pp"),
        ("1240000", "currency", "EUR 1.24M"),
        ("-1235000", "currency", "-EUR 1.24M"),
        ("12.345", "currency", "EUR 12.35"),
        ("99.995", "currency", "EUR 100"),
        ("9999.4", "currency", "EUR 9,999"),
        ("9999.5", "currency", "EUR 10.0k"),
        ("999949", "currency", "EUR 999.9k"),
        ("999960", "currency", "EUR 1.00M"),
        ("2500000000", "currency", "EUR 2.50B"),
        ("7200000000000", "currency", "EUR 7,200.00B"),
        ("12340", "currency/day", "EUR 12.3k/day"),
        ("31.5", "points", "32 points"),
        ("-12", "points", "-12 points"),
        ("41.25", "days", "41.3 days"),
        ("7.0", "hours/employee", "7.0 hours/employee"),
        ("18", "months", "18.0 months"),
        ("3.456", "ratio", "3.46"),
        ("1204", "count", "1,204"),
        ("7.25", "count", "7.3"),
        ("1.3549", "count/day", "1.35/day"),
        ("2.44", "per 100 FTE", "2.4 per 100 FTE"),
        ("71.26", "index 0-100", "71.3"),
        ("812.5", "milliseconds", "813 ms"),
        ("34.0", "minutes", "34.0 minutes"),
    ],
)
def test_a_figure_is_shown_with_its_unit_and_rounded_half_up(figure: str, unit: str, words: str) -> None:
    assert shown(Decimal(figure), unit, "EUR") == words


@given(st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=4))
def test_compact_money_is_within_half_a_percent_of_what_was_computed(figure: Decimal) -> None:
    words = shown(figure, "currency", "EUR").replace("EUR ", "").replace(",", "")
    power = {"k": 3, "M": 6, "B": 9}.get(words[-1], 0)
    read_back = Decimal(words.rstrip("kMB")).scaleb(power)
    assert abs(read_back - figure) <= max(abs(figure) / 200, Decimal("0.005"))


def test_what_has_no_value_says_why() -> None:
    told = {
        status: row_value(replace(row("percent", None), value=value(None, status)), "EUR")
        for status in Status
    }
    assert told[Status.UNDEFINED] == "undefined: nothing to divide by"
    assert told[Status.SUPPRESSED] == "suppressed: too few people"
    assert told[Status.NOT_BURNING] == "not burning"
    assert told[Status.INSUFFICIENT] == "insufficient data"
    assert told[Status.NOT_MEASURED] == "not measured"


def test_what_is_not_measured_names_what_it_needs() -> None:
    lacking = value(None, Status.NOT_MEASURED, needs=("employees.is_regretted",))
    assert (
        row_value(replace(row("percent", None), value=lacking), "EUR")
        == "not measured: needs employees.is_regretted"
    )
    more = replace(lacking, needs=("employees.is_regretted", "employees.left_on"))
    assert row_value(replace(row("percent", None), value=more), "EUR").endswith(
        "employees.is_regretted and 1 more"
    )


def test_caps_young_cohorts_and_flags_stand_beside_the_value() -> None:
    capped = value("60", Status.CAPPED, flags=("partial_period",))
    assert (
        row_value(replace(row("months", "60"), value=capped), "EUR") == "60.0 months (capped, partial period)"
    )
    young = value("12.5", Status.IMMATURE_COHORT)
    assert row_value(replace(row("percent", "12.5"), value=young), "EUR") == "12.5 % (cohort still maturing)"


@pytest.mark.parametrize(
    ("unit", "before", "now", "words"),
    [
        ("percent", "60", "62.08", "+2.1 pp"),
        ("percent", "62", "62.04", "0.0 pp"),
        ("currency", "1000", "960", "-4.0 %"),
        ("currency/FTE", "1000", "1100", "+10.0 %"),
        ("currency", "0", "500", "+EUR 500"),
        ("count", "-3", "4", "+7"),
        ("days", "40", "36.8", "-3.2 days"),
        ("ratio", "3", "3.456", "+0.46"),
        ("points", "30", "27", "-3 points"),
    ],
)
def test_a_change_is_signed_and_relative_only_for_money_and_counts(
    unit: str, before: str, now: str, words: str
) -> None:
    assert row_change(row(unit, now, before), "EUR") == words


def test_nothing_to_compare_shows_no_change_and_no_target() -> None:
    assert row_change(row("percent", "62"), "EUR") == ""
    assert row_change(row("percent", None, "62"), "EUR") == ""
    assert row_target(row("percent", "62"), "EUR") == ""


def test_a_target_is_a_value_a_band_or_a_bound() -> None:
    assert row_target(row("percent", "62", target=Target(value=Decimal(65))), "EUR") == "65.0 %"
    assert (
        row_target(row("ratio", "2", target=Target(low=Decimal(3), high=Decimal(4))), "EUR") == "3.00 to 4.00"
    )
    assert row_target(row("ratio", "2", target=Target(low=Decimal(3))), "EUR") == "at least 3.00"
    assert row_target(row("days", "2", target=Target(high=Decimal(30))), "EUR") == "at most 30.0 days"
