"""The three stories planted in the demo company, found again through the engine and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from metrics.calendar.period_words import parse_period
from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine

AS_OF = date(2025, 12, 31)
Find = Callable[..., Decimal]


@pytest.fixture(scope="session")
def find(demo_engine: Engine) -> Find:
    """The value of a metric over a period, of one group where a dimension is given."""

    def found(metric: str, period: str, **kept: str) -> Decimal:
        when = parse_period(period, as_of=AS_OF, calendar=Calendar())
        ask = Ask(metric, when, filters={name: [value] for name, value in kept.items()})
        value = demo_engine.compute([ask], AS_OF)[0][0].value
        assert value is not None, f"{metric} {period} {kept} has no value"
        return value

    return found


def test_regretted_leavers_in_emea_precede_its_falling_win_rate_by_two_quarters(find: Find) -> None:
    emea = {"department": "Sales EMEA"}
    leavers = find("regretted_turnover_rate", "2025-01-01..2025-06-30", **emea)
    assert leavers > 5 * find("regretted_turnover_rate", "2024", **emea) / 2
    before, after = (find("win_rate", when, **emea) for when in ("2024", "2025-07-01..2025-12-31"))
    assert after < before * Decimal("0.85")
    elsewhere = {"department": "Sales Americas"}
    assert find("win_rate", "2025-07-01..2025-12-31", **elsewhere) > find("win_rate", "2024", **elsewhere)


def test_headline_revenue_stays_healthy_while_emea_loses_its_sellers(find: Find) -> None:
    assert find("revenue_growth_rate", "2025") > 25


def test_doubled_coaching_in_the_americas_shortens_ramp_and_lifts_reps_at_quota(find: Find) -> None:
    americas = {"department": "Sales Americas"}
    early, late = (find("coaching_hours_per_rep", when, **americas) for when in ("2024-Q1", "2025-Q1"))
    assert late > early * Decimal("1.7")
    # Their own ramp time of 2024 is hidden: five of nine new reps were theirs, which leaves four others.
    assert find("ramp_time", "2024") < find("ramp_time", "2023")
    assert find("pct_reps_at_quota", "2025", **americas) > find("pct_reps_at_quota", "2024-Q1", **americas)


def test_bigger_discounts_win_smb_deals_and_lose_them_again(find: Find) -> None:
    smb = {"segment": "SMB"}
    assert find("discount_rate", "2025", **smb) > find("discount_rate", "2024", **smb) + 10
    assert find("win_rate", "2025", **smb) > find("win_rate", "2024", **smb) + 3
    lost = find("gross_revenue_retention", "2024", **smb) - find("gross_revenue_retention", "2025", **smb)
    assert lost > 8
    margins = [find("contribution_margin_ratio", when) for when in ("2024-Q4", "2025-Q4")]
    assert margins[1] < margins[0]
