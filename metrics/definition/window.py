"""Which stretch of time, and at which moments of it."""

from __future__ import annotations

from typing import Literal

Window = Literal[
    "period",
    "previous",
    "year_before",
    "next",
    "month_before",
    "trailing_7_days",
    "trailing_30_days",
    "trailing_13_weeks",
    "trailing_52_weeks",
    "trailing_1_month",
    "trailing_3_months",
    "trailing_12_months",
    "twelve_months_a_year_ago",
    "since_start",
]
"""Which stretch of time a measure looks at, relative to the period asked for and ending where it ends.

Those that do not end there say so: ``previous``, ``year_before``, ``next``, ``month_before`` (the last month before it
begins), and ``twelve_months_a_year_ago`` for cohorts that have had a whole year since. ``since_start`` is everything
until the period's end.
"""

Instant = Literal["start", "end", "average", "two_point", "mid_month", "twelfth", "every_day", "known"]
"""When a stock is read: at the start or the end of the window, as the mean of its month ends including the
opening one, as the mean of opening and closing, as the mean over its months of the 15th or of the 12th, as the mean
of all its days, or as far as is known (the end, or the as-of day where that is earlier)."""
