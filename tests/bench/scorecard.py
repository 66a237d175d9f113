"""What all are asked: the fifteen metrics of a Chief Revenue Officer, each for the twelve months of 2025."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from metrics.calendar.periods import Period, add_months

METRICS = (
    "net_revenue_retention",
    "pct_reps_at_quota",
    "win_rate",
    "pipeline_coverage",
    "regretted_turnover_rate",
    "coaching_coverage",
    "revenue_growth_rate",
    "cac_payback_months",
    "customer_churn_rate",
    "sales_cycle_length",
    "engagement_index",
    "ramp_time",
    "gross_margin",
    "average_deal_size",
    "forecast_accuracy",
)
STARTS = tuple(date(2025, month, 1) for month in range(1, 13))
MONTHS = tuple(Period(start, add_months(start, 1), f"{start:%Y-%m}", "month") for start in STARTS)
MIDDLE = 15
"""Pipeline coverage looks ahead: it is asked for as of the fifteenth of each month."""

Values = Mapping[str, Fraction | None]
"""``metric month`` -> its exact value, unrounded; None where there is none."""


def name_of(metric: str, month: date) -> str:
    """Under what name a value is compared."""
    return f"{metric} {month:%Y-%m}"


def ratio(top: object, bottom: object, scale: int = 1) -> Fraction | None:
    """``scale x top / bottom`` as exactly as the parts are; None over nothing."""
    if top is None or not bottom:
        return None
    return scale * exact(top) / exact(bottom)


def exact(number: object) -> Fraction:
    """A number as a database gives it; nothing is zero."""
    return Fraction(0) if number is None else Fraction(str(number))
