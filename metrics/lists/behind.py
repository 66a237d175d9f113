"""What stands behind the values of a list: how many answered, how complete the records are, whether work is weighed.

Rules R18, R25 and R39 look at it. Nothing here moves a metric: it is said beside the values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from metrics.balance import parameters
from metrics.balance.readings import CHOSE, LOW, NO_RATE, UNRELIABLE, Quality, Survey, Weighted
from metrics.catalog_text.reads import canonical
from metrics.display import shown
from metrics.model import Catalog, Metric, Side
from metrics.scorecard import Row
from metrics.values import Value

WEIGHTS = "different_weights"
"""The variant of a metric of weighed work that tells how many different weights there are."""


@dataclass(frozen=True)
class Watch:
    """Which metrics have to be asked for beside those of a list, as the catalog's rules have it.

    ``rates`` is survey metric -> the metric of its response rate, ``measures`` metric -> the one that tells how
    complete its records are, ``weighted`` metric -> the variant that counts its weights.
    """

    rates: dict[str, str] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)
    weighted: dict[str, str] = field(default_factory=dict)
    confident_from: int = 0
    least: Decimal = Decimal(0)

    @property
    def metrics(self) -> list[str]:
        """What has to be asked for, each once."""
        return [*dict.fromkeys([*self.rates.values(), *self.measures.values(), *self.weighted.values()])]


def watch(catalog: Catalog, metrics: Sequence[Metric]) -> Watch:
    """What the rules about values want to know of a list."""
    found = Watch()
    for rule in catalog.rules.values():
        match parameters(rule):
            case Survey(tag=tag, rates=rates, confident_from=least):
                asked = {one.id: rates[one.side] for one in metrics if tag in one.tags and one.side in rates}
                found = replace(found, rates=asked, confident_from=least)
            case Quality(measure=measure, tables=tables, least=percent):
                rests = (one.id for one in metrics if not set(tables).isdisjoint(canonical(catalog, one)))
                found = replace(found, measures=dict.fromkeys(rests, measure), least=percent)
            case Weighted(of=names):
                known = (one for one in metrics if one.id in names)
                asked = {one.id: f"{one.id}.{WEIGHTS}" for one in known if _counts_weights(one)}
                found = replace(found, weighted=asked)
    return found


def _counts_weights(metric: Metric) -> bool:
    return any(variant.id == WEIGHTS for variant in metric.variants)


@dataclass(frozen=True)
class Behind:
    """The values that were asked for beside a list, by metric; a variant under its full id."""

    watch: Watch
    values: dict[str, Value]

    def response(self, metric_id: str) -> Value | None:
        """The response rate of the survey behind a metric."""
        return self.values.get(self.watch.rates.get(metric_id, ""))

    def completeness(self, metric_id: str) -> Decimal | None:
        """How complete the records behind a metric are, in percent."""
        value = self.values.get(self.watch.measures.get(metric_id, ""))
        return None if value is None or value.metric == metric_id else value.value

    def equal_weights(self) -> bool | None:
        """Whether all planned work weighs the same; None where nothing says so."""
        counts = [self.values[name] for name in self.watch.weighted.values() if name in self.values]
        known = [one.value for one in counts if one.value is not None and one.n is not None and one.n > 1]
        return any(count == 1 for count in known) if known else None


def flagged(row: Row, behind: Behind) -> Row:
    """A row with what has to be said of its value as flags, and its response rate beside it."""
    if row.value.value is None:
        return row
    flags = [*row.value.flags]
    if row.metric.id in behind.watch.rates and (row.value.n or 0) < behind.watch.confident_from:
        flags.append(LOW)
    complete = behind.completeness(row.metric.id)
    if complete is not None and complete < behind.watch.least:
        flags.append(UNRELIABLE)
    value = replace(row.value, flags=tuple(dict.fromkeys(flags)))
    return replace(row, value=value, response=behind.response(row.metric.id))


def remarked(row: Row, behind: Behind) -> list[str]:
    """What ``remarks`` says of a row that rests on a survey."""
    if row.value.value is None or row.metric.id not in behind.watch.rates:
        return []
    known = row.response is not None and row.response.value is not None
    return [CHOSE] if known else [CHOSE, NO_RATE]


def remarks(rows: Sequence[Row], behind: Behind) -> Iterator[str]:
    """What is said of the rows, in a line for each thing."""
    sides: tuple[Side, ...] = ("people", "business")
    for side in sides:
        found = [row for row in rows if row.metric.side == side and remarked(row, behind)]
        if found:
            rate = found[0].response.value if found[0].response else None
            words = "not known" if rate is None else shown(rate, "percent", "")
            yield f"{_names(found)}: from those who chose to answer; response rate {words} (R25)."
    if low := [row for row in rows if LOW in row.value.flags]:
        yield f"Low confidence, with fewer than {behind.watch.confident_from} answers: {_names(low)} (R25)."
    if poor := [row for row in rows if UNRELIABLE in row.value.flags]:
        complete = shown(behind.completeness(poor[0].metric.id) or Decimal(0), "percent", "")
        yield f"Unreliable, for the records behind it are only {complete} complete: {_names(poor)} (R39)."


def _names(rows: Sequence[Row]) -> str:
    return ", ".join(row.metric.name for row in rows)
