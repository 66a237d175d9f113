"""The target of a KPI: the company's own, or one proposed from the last eight quarters of the metric."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median, quantiles

from metrics.advice.brief import Brief
from metrics.advice.finish import wanted_of
from metrics.advice.model import Kpi
from metrics.calendar.periods import Period
from metrics.display import change_words, shown
from metrics.lists.holding import holds
from metrics.lists.rows import ask_of
from metrics.model import Metric
from metrics.standing import reaches, stands
from metrics.values import Status, Value

QUARTERS = 8
"""How far back the history of a proposal goes."""
LEAST = 4
"""Values below which no target is proposed: three steps are the fewest of which one is typical."""
YEAR = 4
"""Quarters of which the best is aimed at where a metric did not get better."""
PROTECTED = "protected"
"""The tag of metrics about pay and protected traits: yesterday's gap is no target for tomorrow."""
DIGITS = 3
"""Significant digits of a proposed target."""
FULL = Decimal(100)


def stated(brief: Brief, metric: Metric) -> Kpi | None:
    """The company's own target, where it is still to come and has a day."""
    setting = brief.engine.company.file.targets.get(metric.id)
    if setting is None or setting.due is None or setting.due < brief.as_of:
        return None
    how = "company.toml has this target already; it is yours, and not proposed."
    return Kpi(metric.id, setting.due, setting.value, setting.low, setting.high, proposed=False, how=how)


def is_reached(brief: Brief, metric: Metric) -> bool:
    """Whether the newest value reaches the company's own target; a band is there to stay in."""
    setting, past = brief.engine.company.file.targets[metric.id], _history(brief, metric)
    newest = past[-1] if past else None
    if newest is None or newest.value is None or setting.value is None:
        return False
    held = holds(setting, metric, newest.period, brief.engine.catalog)
    return held and reaches(stands(newest.value, setting), setting, metric.direction) is True


def proposed(brief: Brief, metric: Metric, due: Period) -> Kpi:
    """A target from the last eight quarters: one typical step further, or the middle half of them for a band."""
    past = _history(brief, metric)
    values = [value.value for value in past if value.value is not None]
    if PROTECTED in metric.tags:
        how = "what is right here is not told by the past; people have to set it."
        return Kpi(metric.id, due.last_day, how=how, history=tuple(past))
    if len(values) < LEAST:
        how = f"only {len(values)} of the last {QUARTERS} quarters have a value to go by, and {LEAST} are needed"
        return Kpi(metric.id, due.last_day, how=f"{how}; set a target by judgement.", history=tuple(past))
    if metric.direction == "band":
        low, _, high = quantiles(values, n=4, method="inclusive")
        how = f"the middle half of the last {len(values)} quarters that have a value."
        return Kpi(metric.id, due.last_day, low=neat(low), high=neat(high), how=how, history=tuple(past))
    target, how = _further(values, metric, brief.engine.company.file.currency)
    return Kpi(metric.id, due.last_day, neat(_bounded(values, target)), how=how, history=tuple(past))


def _further(values: Sequence[Decimal], metric: Metric, currency: str) -> tuple[Decimal, str]:
    """The pace of the past kept up, where it got better; else back to the best of the last year."""
    step = median(later - earlier for earlier, later in pairwise(values))
    newest = shown(values[-1], metric.unit, currency)
    if step and (step > 0) == (metric.direction == "up"):
        pace = change_words(step, None, metric.unit, currency)
        how = f"the newest quarter ({newest}) and the pace of the last {len(values)}: {pace} a quarter, at the median."
        return values[-1] + step, how
    year = values[-YEAR:]
    best = max(year) if metric.direction == "up" else min(year)
    if best == values[-1]:
        return (
            best,
            f"hold it: the newest quarter ({newest}) is the best of the last {YEAR}, and no pace shows.",
        )
    return best, (
        f"back to the best of the last {YEAR} quarters: over {len(values)} it got no better ({newest} in the newest)."
    )


def _history(brief: Brief, metric: Metric) -> list[Value]:
    """The values of the last quarters that may be compared, oldest first."""
    wanted = wanted_of(brief)
    asks = [ask_of(brief.engine, wanted, metric, steps=-back) for back in reversed(range(QUARTERS))]
    tables = brief.engine.compute(asks, brief.as_of, today=brief.today)
    found = [table[0] for table in tables]
    return [one for one in found if one.status is Status.OK and "rolled_up" not in one.flags]


def _bounded(values: Sequence[Decimal], target: Decimal) -> Decimal:
    """No share beyond all of it, and nothing below nothing, where the past was not there either."""
    if min(values) >= 0:
        target = max(target, Decimal(0))
    return min(target, FULL) if max(values) <= FULL < target else target


def neat(value: Decimal) -> Decimal:
    """Rounded to three significant digits: a target is no measurement."""
    return value if not value else round(value, DIGITS - 1 - value.adjusted())
