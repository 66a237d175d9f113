"""Values over time or by group -> Slack's native charts; a line for a trend, bars for a comparison. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.model import Answer
from bot.slack.layout.limits import Block
from bot.slack.layout.text import plain
from metrics.calendar.periods import GRAINS, Period
from metrics.values import Value

TITLE, LABEL = 50, 20
MOST_POINTS, FEWEST = 20, 2
MOST = 4
"""Metrics that are drawn, in two messages; further ones stand in the table alone."""


def charts(answer: Answer, names: Mapping[str, str]) -> list[Block]:
    """The charts of an answer about a trend or groups, one for each metric: two units share no axis.

    None where there is too little to draw. ``names`` maps metrics to their names.
    """
    trend = answer.kind == "trend" or answer.request.dimension in GRAINS
    if answer.scorecard or not (trend or answer.request.dimension):
        return []
    if trend and any(value.group for value in answer.values):
        return []  # the courses of several groups are read side by side in the table
    series: dict[str, dict[str, Value]] = {}
    for value in answer.values:
        label = _when(value.period) if trend else " / ".join(value.group.values()) or "all"
        series.setdefault(value.metric, {})[label] = value
    drawn = (
        _chart(names.get(metric, metric), answer.units.get(metric, ""), points, trend=trend)
        for metric, points in list(series.items())[:MOST]
    )
    return [one for one in drawn if one]


def undrawn(answer: Answer, drawn: Sequence[Block]) -> list[str]:
    """Said where an answer has more metrics than are drawn."""
    metrics = len({value.metric for value in answer.values})
    return [f"Drawn are the first {MOST} of {metrics} metrics."] if drawn and metrics > MOST else []


def _chart(name: str, unit: str, points: Mapping[str, Value], *, trend: bool) -> Block | None:
    """The chart of one metric: where too many points have a number, of the newest, or of the first groups."""
    known = [label for label, value in points.items() if value.value is not None]
    kept = known[-MOST_POINTS:] if trend else known[:MOST_POINTS]
    shorter = [_short(label) for label in kept]
    counted = f" ({plain(unit)})" if unit else ""
    title = f"{plain(name)[: TITLE - len(counted)].strip()}{counted}"
    if len(kept) < FEWEST or len(set(shorter)) < len(shorter) or not plain(name).strip():
        return None
    data: list[dict[str, Any]] = [
        {"label": short, "value": float(round(points[label].value or Decimal(0), 2))}
        for label, short in zip(kept, shorter, strict=True)
    ]
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {
            "type": "line" if trend and _unbroken(points, kept) else "bar",
            "series": [{"name": _short(name), "data": data}],
            "axis_config": {"categories": shorter},
        },
    }


def _unbroken(points: Mapping[str, Value], kept: Sequence[str]) -> bool:
    """Whether no period between the first and the last drawn is without a number: a line would hide that one is.

    Slack's charts have no gaps, as every series has to cover every category.
    """
    every = list(points)
    return every.index(kept[-1]) - every.index(kept[0]) == len(kept) - 1


def _when(period: Period) -> str:
    """A period on the axis; a long one by its end: ``to 2025-01`` for the twelve months to 2025-01-31."""
    if len(period.label) <= LABEL:
        return period.label
    whole = period.end.day == 1
    return f"to {period.last_day:%Y-%m}" if whole else f"to {period.last_day.isoformat()}"


def _short(label: str) -> str:
    words = plain(label).strip() or "–"
    return words if len(words) <= LABEL else f"{words[: LABEL - 1]}…"
