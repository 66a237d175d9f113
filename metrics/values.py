"""What the engine gives back: a Value with its status, and the Citation that proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from metrics.periods import Period


class Status(StrEnum):
    """Whether a value is one, and if not why not. Only ``OK``, ``CAPPED`` and ``IMMATURE_COHORT`` carry a number."""

    OK = "ok"
    UNDEFINED = "undefined_zero_denominator"
    INSUFFICIENT = "insufficient_data"
    IMMATURE_COHORT = "immature_cohort"
    SUPPRESSED = "suppressed"
    NOT_MEASURED = "not_measured"
    CAPPED = "capped"
    NOT_APPLICABLE = "not_applicable"
    NOT_BURNING = "not_burning"


@dataclass(frozen=True)
class Citation:
    """The receipt of one value: all that is needed to compute it again.

    ``method`` names the way the value was computed (``default`` where the metric has only one), and
    ``usual_method`` says that it is the company's own: the shipped one, or the variant that it chose.
    """

    metric: str
    version: str
    formula: str
    numerator: Decimal | None
    denominator: Decimal | None
    period: Period
    filters: Mapping[str, str]
    n: int | None
    as_of: date
    data_through: date | None
    tables: tuple[str, ...]
    sql: tuple[str, ...]
    parameters: tuple[Mapping[str, Any], ...]
    assumptions: tuple[str, ...] = ()
    method: str = "default"
    usual_method: bool = True


@dataclass(frozen=True)
class Value:
    """One metric, one period, one group.

    ``value`` is unrounded and in the metric's unit (percentages in percent). ``needs`` lists the columns
    that are missing where the status is ``not_measured``. ``flags`` are remarks that stand beside a value:
    partial_period, unsettled (a cohort that may still change), skewed (the median tells more), small_sample,
    approximate, rolled_up, outlier, stale.
    """

    metric: str
    period: Period
    status: Status
    citation: Citation
    value: Decimal | None = None
    n: int | None = None
    group: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
