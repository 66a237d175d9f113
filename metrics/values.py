"""What the engine gives back: a Value with its status, and the Citation that proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from metrics.calendar.periods import Period


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
    NOT_COMPUTABLE = "not_computable"
    """Rows behind it hold what no database can compute with: a sum out of range, a division by zero in a SELECT."""


class Scope(NamedTuple):
    """Which rows a value looks at, exactly: what it takes to ask for it again.

    ``filters`` maps dimensions (or ``table.column``) to the values kept, ``by`` and ``group`` say which group of
    a table it is (None: rows without one), ``besides`` lists the groups of ``beside`` that were left out.
    ``elapsed`` is the day up to which time had passed.
    """

    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    by: tuple[str, ...] = ()
    group: tuple[str | None, ...] = ()
    beside: tuple[str, ...] = ()
    besides: tuple[tuple[str | None, ...], ...] = ()
    elapsed: date | None = None


ALL_ROWS = Scope()
"""No filter, no groups."""


@dataclass(frozen=True)
class Step:
    """How one part of a value comes out of the rows that the cited SQL gives.

    ``measure`` is the definition of what was measured, as JSON; ``of`` says which parts it belongs to
    (numerator, denominator, n); ``query`` is the statement's index, counted from 0. Only rows of the
    group count: the columns g0, g1, ... in the order of the scope; and only those that hold the values of
    ``marks`` in the columns that it names. ``take`` is one of

        days       the days from ``start`` up to ``end`` (excluded) of the column, added up
        standing   for each of ``instants``: all days before it of the column, added up; their mean
        columns    the mean of the columns as they stand (there is mostly one)

    and the result times ``unit``.
    """

    measure: str
    of: tuple[str, ...]
    query: int
    columns: tuple[str, ...]
    take: Literal["days", "standing", "columns"]
    start: date
    end: date
    instants: tuple[date, ...] = ()
    unit: Fraction = Fraction(1)
    marks: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Citation:
    """The receipt of one value: all that is needed to compute it again.

    ``sql`` are the statements as they ran, ``parameters`` what was bound in each: by name, or by position
    counted from 1 where the dialect knows no names. File names in them are relative to the company folder.
    ``steps`` say how the parts come out of their rows. ``method`` names the way the value was computed
    (``default`` where the metric has only one), and ``usual_method`` says that it is the company's own: the
    shipped one, or the variant that it chose. ``engine`` is the version of the package. ``currency`` is that of
    amounts of money (else empty), ``timezone`` the one whose days are counted. ``declared`` is what `company.toml`
    says that the value rests on, as text by its place there: ``settings.support_department``,
    ``external.market_size``, the columns of ``dimensions.region``, the words of
    ``values.opportunities.outcome``.
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
    engine: str = ""
    currency: str = ""
    timezone: str = ""
    scope: Scope = ALL_ROWS
    steps: tuple[Step, ...] = ()
    declared: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Value:
    """One metric, one period, one group.

    ``value`` is unrounded and in the metric's unit (percentages in percent). ``needs`` lists the columns
    that are missing where the status is ``not_measured``. ``flags`` are remarks that stand beside a value:
    partial_period, unsettled (a cohort that may still change), skewed (the median tells more), small_sample,
    approximate, below_four_fifths (or another line its metric is marked with), rolled_up, outlier, stale, withheld
    (whoever reads may not see it), part_without_rows (a table or period of it gave none, taken as 0); in a list also
    low_confidence (few answered), unreliable (its records are incomplete) and whole_company (it cannot be narrowed to
    the group that the list is for).
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
