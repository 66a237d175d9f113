"""Values over time or by group -> the one sentence worth saying first, of nothing but what the asker sees."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.wording import UNFINISHED
from metrics.advice.words import joined, spoken
from metrics.display import change_words, shown, value_words
from metrics.engine.top import is_remainder
from metrics.model import Metric
from metrics.values import Status, Value

FEWEST = 2
"""Values that make a highest and a lowest."""
NAMED = 3
"""So many groups that share the highest or the lowest value are named."""
Numbered = tuple[int, Value]
"""A value with the number of its receipt."""


def of_trend(metric: Metric, steps: Sequence[Numbered], currency: str, *, ends: bool = True) -> str:
    """The newest value, how it moved, and between what it was; nothing is said of a move to a period still running.

    Without ``ends`` it is the value and its move alone.
    """
    known = [one for one in steps if one[1].value is not None]
    if len(known) < FEWEST:
        return ""
    newest, now = known[-1]
    said = f"{metric.name} is at {_cited(metric, newest, now, currency)} in {now.period}"
    move = _move(metric, steps, currency) if now is steps[-1][1] else ""
    low, high = _ends([one for one in known if UNFINISHED.isdisjoint(one[1].flags)])
    if not ends or low is None or high is None or low[1].value == high[1].value:
        return f"{said}{move}."
    between = (
        f"lowest {_cited(metric, *low, currency)} in {low[1].period}, "
        f"highest {_cited(metric, *high, currency)} in {high[1].period}"
    )
    return f"{said}{move}; {between}."


def of_groups(metric: Metric, groups: Sequence[Numbered], currency: str) -> str:
    """The highest and the lowest of the groups that are shown; where some are not, it says that it is of those.

    All the others together are neither, and hide which is the lowest. Groups that look the same are both: of many,
    none is named.
    """
    own = [one for one in groups if one[1].value is not None and not is_remainder(one[1])]
    low, high = _ends(own)
    if low is None or high is None:
        return ""
    lowest, highest = (_alike(metric, own, end, currency) for end in (low, high))
    if lowest == highest:
        return ""
    all_shown = all(one.status is not Status.SUPPRESSED for _, one in groups)
    subject = metric.name if all_shown else f"Of the groups that are shown, {spoken(metric.name)}"
    said = f"{subject} is highest in {_all_of(metric, highest, currency)}"
    if any(is_remainder(value) for _, value in groups):
        return f"{said}."
    return f"{said} and lowest in {_all_of(metric, lowest, currency)}."


def _alike(metric: Metric, groups: Sequence[Numbered], end: Numbered, currency: str) -> list[Numbered]:
    """Those that are shown with the same figure as the highest or the lowest, itself among them."""
    figure = shown(end[1].value, metric.unit, currency)
    return [one for one in groups if shown(one[1].value, metric.unit, currency) == figure]


def _all_of(metric: Metric, groups: Sequence[Numbered], currency: str) -> str:
    """One group with its value, or several that share it."""
    if len(groups) == 1:
        return f"{group_of(groups[0][1])} at {_cited(metric, *groups[0], currency)}"
    figure = shown(groups[0][1].value, metric.unit, currency)
    if len(groups) > NAMED:
        return f"{len(groups)} groups at {figure}"
    return f"{joined([f'{group_of(value)} [{number}]' for number, value in groups])} at {figure}"


def group_of(value: Value, otherwise: str = "all") -> str:
    """The group that a value is of, as one name."""
    parts = list(value.group.values())
    return " / ".join(dict.fromkeys(parts) if is_remainder(value) else parts) or otherwise


def _ends(known: Sequence[Numbered]) -> tuple[Numbered | None, Numbered | None]:
    if len(known) < FEWEST:
        return None, None
    return min(known, key=_figure), max(known, key=_figure)


def _figure(one: Numbered) -> Decimal:
    return one[1].value or Decimal(0)


def _move(metric: Metric, steps: Sequence[Numbered], currency: str) -> str:
    """How the newest step moved against the one before, where both may be compared."""
    before, now = steps[-2][1], steps[-1][1]
    sound = all(one.status is Status.OK and UNFINISHED.isdisjoint(one.flags) for one in (before, now))
    if not sound or now.value is None or before.value is None:
        return ""
    change = change_words(now.value - before.value, before.value, metric.unit, currency)
    return f", {change} against {before.period}"


def _cited(metric: Metric, number: int, value: Value, currency: str) -> str:
    return f"{value_words(value, metric.unit, currency)} [{number}]"
