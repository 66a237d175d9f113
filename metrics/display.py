"""Value + unit -> the words people see. The only place where a figure is rounded, half-up and once.

How a figure is rounded depends on its unit, and on nothing else:

    percent, pp, index 0-100, days, hours, minutes, seconds, months                one decimal
    per 100 FTE, per million hours                                                  one decimal
    ratio, and anything per day                                                     two decimals
    points, milliseconds                                                            whole
    count      whole where it is whole or at least 100, else one decimal
    currency   under 100 two decimals, under 10,000 whole, then 12.3k, 1.24M, 1.24B

Compact money keeps at least three digits, so that what is shown is within half a percent of the value.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from metrics.privacy.withhold import is_withheld
from metrics.scorecard import Row, Target
from metrics.values import Status, Value

NOTHING = "–"
"""What stands where there is neither a figure nor a reason to give."""

PLACES = {
    "percent": 1,
    "pp": 1,
    "index 0-100": 1,
    "days": 1,
    "hours": 1,
    "minutes": 1,
    "seconds": 1,
    "months": 1,
    "per 100 FTE": 1,
    "per million hours": 1,
    "points": 0,
    "milliseconds": 0,
}
SUFFIXES = {
    "percent": " %",
    "pp": " pp",
    "points": " points",
    "milliseconds": " ms",
    "ratio": "",
    "count": "",
    "index 0-100": "",
}
SCALES = (("", 0, 100, 2), ("", 0, 10_000, 0), ("k", 3, 1_000, 1), ("M", 6, 1_000, 2))
"""Suffix, power of ten, the figure at which the next scale takes over, decimals. Beyond: billions."""

WORDS = {
    Status.UNDEFINED: "undefined: nothing to divide by",
    Status.INSUFFICIENT: "insufficient data",
    Status.IMMATURE_COHORT: "cohort still maturing",
    Status.SUPPRESSED: "suppressed: too few people",
    Status.NOT_MEASURED: "not measured",
    Status.CAPPED: "capped",
    Status.NOT_APPLICABLE: "not applicable",
    Status.NOT_BURNING: "not burning",
    Status.NOT_COMPUTABLE: "not computable: a number in the data is out of range",
}
WHOLE_FROM = 100
"""Counts this large are shown whole."""

RELATIVE = ("currency", "count")
"""Units whose change is read relative to the value before; all others change in their own unit."""


def shown(value: Decimal | None, unit: str, currency: str, *, signed: bool = False) -> str:
    """A figure with its unit: ``62.1 %``, ``EUR 1.24M``, ``EUR 12.3k/day``, ``32 points``, ``1,204``.

    ``value`` is in ``unit`` (percentages in percent); ``currency`` is the ISO code, used by money only.
    ``signed`` puts a plus before what is positive once rounded. Nothing is ever shown as minus zero.
    """
    if value is None:
        return NOTHING
    base, _, per = unit.partition("/")
    if base == "currency":
        digits, prefix, suffix = _compact(abs(value)), f"{currency} ", ""
    else:
        places = 2 if per == "day" else _places(base, value)
        digits, prefix, suffix = f"{_rounded(abs(value), places):,}", "", SUFFIXES.get(base, f" {base}")
    zero = not any(digit in digits for digit in "123456789")
    sign = "" if zero else "-" if value < 0 else "+" if signed else ""
    return f"{sign}{prefix}{digits}{suffix}{'/' if per else ''}{per}"


def unit_words(unit: str, currency: str) -> str:
    """A unit for the axis of a chart: ``%``, ``EUR``, ``EUR per day``, ``months``. Empty for plain numbers."""
    base, _, per = unit.partition("/")
    name = {"currency": currency, "percent": "%", "ratio": "", "count": "number"}.get(base, base)
    return f"{name} per {per}" if per else name


def row_value(row: Row, currency: str) -> str:
    """The row's value, or why there is none; caps, young cohorts and flags stand in brackets behind it."""
    return value_words(row.value, row.metric.unit, currency)


def value_words(value: Value, unit: str, currency: str, *, counted: bool = False) -> str:
    """A value outside a scorecard, in the same words as :func:`row_value`; ``counted`` tells its n as well."""
    if value.value is None:
        return _reason(value)
    remarks = [] if value.status is Status.OK else [WORDS.get(value.status, value.status)]
    remarks += [flag.replace("_", " ") for flag in value.flags]
    remarks += [f"n = {value.n:,}"] if counted and value.n is not None else []
    return shown(value.value, unit, currency) + (f" ({', '.join(remarks)})" if remarks else "")


def row_change(row: Row, currency: str) -> str:
    """The change against the previous value: ``+2.1 pp``, ``-4.0 %`` of money or counts, ``+3.2 days``.

    Money and counts are compared relative to the previous value where that is positive, else in their own
    unit. Empty where there is nothing to compare.
    """
    previous = row.previous.value if row.previous else None
    if row.value.value is None or previous is None:
        return ""
    return change_words(row.change, previous, row.metric.unit, currency)


def change_words(change: Decimal | None, previous: Decimal | None, unit: str, currency: str) -> str:
    """A change outside a scorecard, in the same words as :func:`row_change`; without a ``previous`` in its own unit."""
    if change is None:
        return ""
    if unit.partition("/")[0] in RELATIVE and previous is not None and previous > 0:
        return shown(100 * change / previous, "percent", currency, signed=True)
    return shown(change, "pp" if unit == "percent" else unit, currency, signed=True)


def row_target(row: Row, currency: str) -> str:
    """The target: ``65.0 %``, a band as ``3.00 to 4.00``, ``at least 3.00``. Empty where there is none."""
    return target_words(row.target, row.metric.unit, currency) if row.target else ""


def target_words(target: Target, unit: str, currency: str) -> str:
    """A target outside a scorecard, in the same words as :func:`row_target`."""
    if target.value is not None:
        return shown(target.value, unit, currency)
    if target.low is not None and target.high is not None:
        return f"{shown(target.low, unit, currency)} to {shown(target.high, unit, currency)}"
    if target.low is not None:
        return f"at least {shown(target.low, unit, currency)}"
    return f"at most {shown(target.high, unit, currency)}" if target.high is not None else ""


def _reason(value: Value) -> str:
    if is_withheld(value):
        return "not shown here"
    if value.status is Status.NOT_MEASURED and value.needs:
        more = f" and {len(value.needs) - 1} more" if len(value.needs) > 1 else ""
        return f"not measured: needs {value.needs[0]}{more}"
    return WORDS.get(value.status, NOTHING)


def _places(base: str, value: Decimal) -> int:
    if base == "count":
        return 0 if value == value.to_integral_value() or abs(value) >= WHOLE_FROM else 1
    return PLACES.get(base, 2)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _compact(value: Decimal) -> str:
    """Money without its sign, at the first scale whose *rounded* figure still fits: 999,960 is 1.00M."""
    for suffix, power, limit, places in SCALES:
        figure = _rounded(value.scaleb(-power), places)
        if figure < limit:
            return f"{figure:,}{suffix}"
    return f"{_rounded(value.scaleb(-9), 2):,}B"
