"""The nouns of a finished list: a Scorecard, its Rows, their Targets, and how the rules fared on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from metrics.calendar.periods import Period
from metrics.model import Metric, Severity
from metrics.values import Value


@dataclass(frozen=True)
class RuleResult:
    """How one rule fared on a finished list."""

    rule: str
    severity: Severity
    passed: bool
    note: str = ""


@dataclass(frozen=True)
class Target:
    """What the company wants of a metric: a value, or a band; ``due`` where it set a day."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    due: date | None = None


@dataclass(frozen=True)
class Row:
    """One place of the scorecard.

    ``change`` is value minus previous value, in the metric's unit (percentage points for percentages).
    ``why`` is the reason for the place, ``rules`` the rules that had a part in it, ``guarded_by`` the
    counter-metrics that keep this one honest. ``response`` is the response rate of the survey behind it.
    """

    rank: int
    metric: Metric
    value: Value
    previous: Value | None
    change: Decimal | None
    target: Target | None
    why: str
    rules: tuple[str, ...] = ()
    guarded_by: tuple[str, ...] = ()
    primary: bool = False
    response: Value | None = None


@dataclass(frozen=True)
class Scorecard:
    """A finished list with its values. Everything that is worded or rendered comes out of this."""

    role: str
    role_name: str
    company: str
    currency: str
    period: Period
    as_of: date
    rows: tuple[Row, ...]
    rules: tuple[RuleResult, ...] = ()
    notes: tuple[str, ...] = ()
    elapsed_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def business(self) -> int:
        """How many of the rows are business metrics."""
        return sum(row.metric.side == "business" for row in self.rows)

    @property
    def people(self) -> int:
        """How many of the rows are people metrics."""
        return len(self.rows) - self.business
