"""The largest groups, and all the others as one: which they are, what they are called, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.model import Question, Request
from bot.replies import REPLIES, Place
from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.engine.top import is_remainder, top
from metrics.lists.wanted import AsOf
from metrics.values import Value
from tests.tiny import tiny

THIRD, FOURTH = (Calendar().quarter(2025, number, fiscal=False) for number in (3, 4))
DAY = date(2025, 12, 31)
DEALS = """
opportunity_id closed_on outcome amount_base opp_type
1 2025-08-01 won 10 new
2 2025-08-01 won 20 renewal
3 2025-08-01 won 60 other
4 2025-08-01 lost 5 renewal
5 2025-11-01 won 50 new
6 2025-11-01 won 40 renewal
7 2025-11-01 won 30 other
8 2025-11-01 lost 5 renewal
9 2025-11-01 won 1 upsell
10 2025-11-01 lost 1 upsell
11 2025-11-01 lost 1 upsell
"""


def sizes(tables: Sequence[Sequence[Value]]) -> list[dict[str, Decimal | None]]:
    return [{" / ".join(one.group.values()): one.value for one in table} for table in tables]


def test_the_remainder_has_one_name_in_all_periods_and_never_that_of_a_group(tmp_path: Path) -> None:
    deals = "\n".join(line for line in DEALS.splitlines() if not line.startswith("7 "))
    engine = tiny(tmp_path, {"opportunities": deals})
    asks = [Ask("average_deal_size", period, ("opp_type",)) for period in (THIRD, FOURTH)]
    before, now = top(engine, asks, 1, DAY)
    assert sizes([before, now]) == [
        {"new": Decimal(10), "all other": Decimal(40)},
        {"new": Decimal(50), "all other": Decimal("20.5")},
    ]
    assert [is_remainder(one) for one in now] == [False, True]


def test_where_the_newest_period_has_no_values_the_largest_are_those_of_the_one_before(
    tmp_path: Path,
) -> None:
    engine = tiny(tmp_path, {"opportunities": DEALS})
    asks = [Ask("average_deal_size", period, ("opp_type",)) for period in (FOURTH, FOURTH.shifted(1))]
    found = sizes(top(engine, asks, 2, DAY))
    assert [list(table) for table in found] == [["new", "renewal", "all other"]] * 2


def test_costs_that_are_guarded_by_their_nature_are_shown_without_a_remainder(tmp_path: Path) -> None:
    costs = "entry_id incurred_on pnl_line nature amount_base\n" + "\n".join(
        f"{number} 2025-11-0{number} gna {nature} {number}00"
        for number, nature in enumerate(("tools", "rent", "travel"), 1)
    )
    engine = tiny(tmp_path, {"cost_entries": costs})
    [table] = top(engine, [Ask("opex", FOURTH, ("cost_nature",))], 2, DAY)
    assert sizes([table]) == [{"travel": Decimal(300), "rent": Decimal(200)}]


def body_of(engine: Engine, count: int | None, text: str = "", metric: str = "win_rate") -> list[str]:
    request = Request("value", metrics=(metric,), period=FOURTH, dimension="opp_type", count=count)
    return REPLIES["value"](request, Place(engine, Question(text), AsOf(DAY, DAY, ""))).body.splitlines()


def said(engine: Engine, count: int | None) -> str:
    return body_of(engine, count)[0]


def test_a_group_called_other_is_one_like_all_others(tmp_path: Path) -> None:
    body = said(tiny(tmp_path, {"opportunities": DEALS}), None)
    assert body.startswith(
        "Win rate is highest in new [1] and other [2] at 100.0 % and lowest in upsell at 33.3 %"
    )
    deals = DEALS.replace("9 2025-11-01 won 1 upsell", "9 2025-11-01 lost 1 other").replace("upsell", "other")
    body = said(tiny(tmp_path / "other", {"opportunities": deals}), None)
    assert "lowest in other at 25.0 %" in body


def test_of_the_largest_groups_none_is_called_the_lowest(tmp_path: Path) -> None:
    body = said(tiny(tmp_path, {"opportunities": DEALS}), 3)
    assert "highest in" in body
    assert "lowest" not in body


def test_groups_that_share_the_lowest_value_are_all_it_or_counted(tmp_path: Path) -> None:
    lost = "".join(f"{kind}{kind} 2025-11-01 lost 1 {kind}\n" for kind in "abcd")
    body = said(tiny(tmp_path, {"opportunities": DEALS + lost}), None)
    assert body.endswith("and lowest in 4 groups at 0.0 %.")
    body = said(tiny(tmp_path / "two", {"opportunities": DEALS + lost[: len(lost) // 2]}), None)
    assert re.search(r"and lowest in a \[\d\] and b \[\d\] at 0\.0 %\.$", body)


def test_where_all_look_the_same_none_is_the_highest(tmp_path: Path) -> None:
    deals = "\n".join(
        ["opportunity_id closed_on outcome opp_type", *(f"{i} 2025-11-01 won k{i}" for i in range(3))]
    )
    assert said(tiny(tmp_path, {"opportunities": deals}), None) == "Win rate by kind of deal:"


def test_the_best_of_what_should_be_low_are_not_the_largest(tmp_path: Path) -> None:
    rows = [f"{i} 2025-10-0{i} 2025-11-0{i} won {kind}" for i, kind in enumerate("abcd", 1)]
    deals = "\n".join(["opportunity_id created_on closed_on outcome opp_type", *rows])
    engine = tiny(tmp_path, {"opportunities": deals})
    body = body_of(engine, 2, "best 2 kinds of deal by sales cycle length", "sales_cycle_length")
    assert len([line for line in body if " days " in line and line.startswith("  ")]) == 4
    assert "other" not in " ".join(body)
    assert "  other" in "\n".join(body_of(engine, 2, "best 2 kinds of deal by win rate"))
