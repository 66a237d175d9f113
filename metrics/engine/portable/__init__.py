"""SQL that every database says differently, each as one small construct with its spellings by dialect.

blank     whether text says anything at all
types     a value read as an exact number, a whole one, text
moments   a value read as a day or a moment
days      calendar arithmetic: local days, weeks, days and seconds between
sorting   what is empty last, text by its characters' numbers
totals    sums without float noise, and exact quantiles
spelling  how a construct gets its spellings
"""

from metrics.engine.portable.blank import says_something
from metrics.engine.portable.days import days_between, local_day, monday, seconds_between
from metrics.engine.portable.moments import as_day, as_moment, as_told_day, as_told_moment, in_utc, morning
from metrics.engine.portable.sorting import by_code, in_order
from metrics.engine.portable.totals import exact_sum, quantile, tidy
from metrics.engine.portable.types import (
    EXACT,
    as_amount,
    as_exact,
    as_rate,
    as_real,
    as_small,
    as_text,
    as_told_exact,
    as_told_whole,
    as_whole,
    as_whole_text,
    constant,
    from_real,
    nullable,
)

__all__ = [
    "EXACT",
    "as_amount",
    "as_day",
    "as_exact",
    "as_moment",
    "as_rate",
    "as_real",
    "as_small",
    "as_text",
    "as_told_day",
    "as_told_exact",
    "as_told_moment",
    "as_told_whole",
    "as_whole",
    "as_whole_text",
    "by_code",
    "constant",
    "days_between",
    "exact_sum",
    "from_real",
    "in_order",
    "in_utc",
    "local_day",
    "monday",
    "morning",
    "nullable",
    "quantile",
    "says_something",
    "seconds_between",
    "tidy",
]
