"""Values over time or by group -> Slack's native chart; a line for a trend, bars for a comparison. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.model import Answer
from bot.slack.limits import Block
from bot.slack.text import plain
from metrics.periods import Period
from metrics.values import Value

TITLE, LABEL = 50, 20
MOST_POINTS, MOST_SERIES, FEWEST = 20, 6, 2
GRAINS = {"day", "week", "month", "quarter", "year"}


def chart(answer: Answer, names: Mapping[str, str]) -> list[Block]:
    """The chart of an answer about a trend or groups; none where there is too little to draw.

    ``names`` maps metrics to their names. Only points that every series has are drawn.
    """
    trend = answer.kind == "trend" or answer.request.dimension in GRAINS
    if answer.scorecard or not (trend or answer.request.dimension):
        return []
    series: dict[str, dict[str, Value]] = {}
    for value in answer.values:
        label = _when(value.period) if trend else " / ".join(value.group.values()) or "all"
        series.setdefault(value.metric, {})[label] = value
    kept = _everywhere(list(series.values()))
    if len(kept) < FEWEST or not 0 < len(series) <= MOST_SERIES:
        return []
    shorter = [_short(label) for label in kept]
    if len(set(shorter)) < len(shorter):
        return []
    lines: list[dict[str, Any]] = [
        {
            "name": _short(names.get(metric, metric)),
            "data": [
                {"label": short, "value": float(round(points[label].value or Decimal(0), 2))}
                for label, short in zip(kept, shorter, strict=True)
            ],
        }
        for metric, points in series.items()
    ]
    if len({one["name"] for one in lines}) < len(lines):
        return []
    title = plain(" and ".join(names.get(metric, metric) for metric in series))[:TITLE].strip()
    return [
        {
            "type": "data_visualization",
            "title": title,
            "chart": {
                "type": "line" if trend else "bar",
                "series": lines,
                "axis_config": {"categories": shorter},
            },
        }
    ]


def _everywhere(series: Sequence[Mapping[str, Value]]) -> list[str]:
    """The labels that have a number in every series, in their order; the newest where there are too many."""
    if not series:
        return []
    labels = [
        label for label in series[0] if all(label in one and one[label].value is not None for one in series)
    ]
    return labels[-MOST_POINTS:]


def _when(period: Period) -> str:
    """A period on the axis; a long one by its end: ``to 2025-01`` for the twelve months to 2025-01-31."""
    if len(period.label) <= LABEL:
        return period.label
    whole = period.end.day == 1
    return f"to {period.last_day:%Y-%m}" if whole else f"to {period.last_day.isoformat()}"


def _short(label: str) -> str:
    words = plain(label).strip() or "–"
    return words if len(words) <= LABEL else f"{words[: LABEL - 1]}…"
