"""Remarks that values earn by what they are, or by those beside them: small samples, outliers, old data.

small_sample  a rate, a survey score, a time or what the catalog tags `small_n` that rests on fewer than 30 rows, people
              or answers
below_...     it lies below the line that its metric is marked with (0.80 in the four-fifths rule), by exact fractions:
              what is shown as 0.80 may lie below it, and 0.8 itself does not
outlier       its modified z-score is beyond 3.5 among at least seven values of its kind (Iglewicz and Hoaglin, 1993):
              the groups of one table, or the periods of one series
stale         nothing came in for the last quarter of the period, and for a week at least, neither to the value nor to
              any table behind it; rows of the first day of a period or month may stand for all of it

What follows from the question alone (partial_period, unsettled, approximate), and
part_without_rows, is remarked where values are made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median

from metrics.model import Metric
from metrics.values import Value

SMALL = 30
"""Below this many answers per segment no conclusion is drawn (WYAPY-CSAT, VPSC-30 in `sources.yaml`)."""
SAMPLED = (
    "percent",
    "points",
    "index 0-100",
    "days",
    "hours",
    "minutes",
    "seconds",
    "milliseconds",
    "months",
)
"""Units of what is measured on a sample: shares, survey scores and times."""
FEWEST = 7
LIMIT = Decimal("3.5")
MAD, MEAN_DEVIATION = Decimal("1.482602"), Decimal("1.253314")
"""What makes a median or mean deviation comparable with a standard deviation; the second where the first is 0."""
LATE = timedelta(days=7)

Table = Sequence[Value]


def small_sample(metric: Metric, n: int | None) -> bool:
    """Whether a value rests on too few rows to conclude from."""
    return n is not None and 0 < n < SMALL and (metric.unit in SAMPLED or "small_n" in metric.tags)


def marked(metric: Metric, value: Fraction) -> tuple[str, ...]:
    """The flag of a value that lies below the line of its metric."""
    mark = metric.mark
    return (mark.flag,) if mark is not None and value < Fraction(mark.below) else ()


def is_late(value: Value, through: date | None) -> bool:
    """Whether nothing came after ``through`` for the last quarter of a period that has come to its as-of day."""
    if through is None or value.value is None:
        return False
    period = value.period
    end = min(period.last_day, value.citation.as_of)
    if end - through <= LATE or through in {period.start, end.replace(day=1)}:
        return False
    return end - through > (end - period.start) / 4


def stale(tables: Sequence[Table], newest: Callable[[set[str]], dict[str, date]]) -> list[list[Value]]:
    """The tables with their stale values flagged. ``newest`` gives the newest day of each table, if it has one."""
    late = [value for table in tables for value in table if is_late(value, value.citation.data_through)]
    if not late:
        return [list(table) for table in tables]
    days = newest({name for value in late for name in value.citation.tables})
    return _flagged(tables, [value for value in late if _is_old(value, days)], "stale")


def _is_old(value: Value, newest: dict[str, date]) -> bool:
    """Whether a late value is as late where the newest day of any table behind it is taken for its own."""
    known = [newest[name] for name in value.citation.tables if name in newest]
    return is_late(value, max(known, default=date.max))


def outliers(tables: Sequence[Table]) -> list[list[Value]]:
    """The tables with their outliers flagged, among the groups of each and among the periods of each series."""
    series: dict[tuple[object, ...], list[Value]] = {}
    for table in tables:
        for value in table:
            kind = (value.metric, value.citation.method, value.citation.scope, value.period.grain)
            series.setdefault(kind, []).append(value)
    kin = [one for one in (*tables, *series.values()) if len(one) >= FEWEST]
    return _flagged(tables, [value for one in kin for value in _strange(one)], "outlier")


def _strange(values: Sequence[Value]) -> list[Value]:
    """Those far from the middle. A running period is compared with nothing: it is not over.

    A period that was asked for twice, also as the one before another, counts once.
    """
    known = [
        (value, value.value)
        for value in values
        if value.value is not None and "partial_period" not in value.flags
    ]
    figures = list({(one.period, one.citation.scope.group): figure for one, figure in known}.values())
    if len(figures) < FEWEST:
        return []
    middle = median(figures)
    apart = [abs(figure - middle) for figure in figures]
    spread = median(apart) * MAD or sum(apart, Decimal(0)) / len(apart) * MEAN_DEVIATION
    return [value for value, figure in known if abs(figure - middle) > LIMIT * spread]


def _flagged(tables: Sequence[Table], which: Sequence[Value], flag: str) -> list[list[Value]]:
    """The tables with one more flag for some of their values."""
    marked = {id(value) for value in which}
    if not marked:
        return [list(table) for table in tables]
    return [
        [replace(value, flags=(*value.flags, flag)) if id(value) in marked else value for value in one]
        for one in tables
    ]
