"""Charts: pie, and line, bar and area over categories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.playground.blocks.texts import number, optional, string

LABEL = 20


def wrong(block: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a ``data_visualization``."""
    yield from string(block.get("title"), 50, "title")
    chart = block.get("chart")
    kind = chart.get("type") if isinstance(chart, dict) else None
    if not isinstance(chart, dict) or kind not in {"pie", "line", "bar", "area"}:
        yield "chart must be a pie, line, bar or area"
    elif kind == "pie":
        yield from _pie(chart)
    else:
        yield from _axes(chart)


def _pie(chart: dict[str, Any]) -> Iterator[str]:
    segments = chart.get("segments") or []
    if set(chart) - {"type", "segments"}:
        yield "invalid additional property in chart"
    if not 1 <= len(segments) <= 12:
        yield "a pie must have 1 to 12 segments"
    for segment in segments:
        yield from _point(segment)
        if isinstance(segment.get("value"), int | float) and segment["value"] <= 0:
            yield "a segment must be greater than 0"


def _axes(chart: dict[str, Any]) -> Iterator[str]:
    series, axis = chart.get("series") or [], chart.get("axis_config") or {}
    categories = axis.get("categories") or []
    if set(chart) - {"type", "series", "axis_config"} or set(axis) - {"categories", "x_label", "y_label"}:
        yield "invalid additional property in chart"
    if not 1 <= len(series) <= 12 or len({one.get("name") for one in series}) != len(series):
        yield "a chart must have 1 to 12 series with names of their own"
    if not 1 <= len(categories) <= 20 or len(set(categories)) != len(categories):
        yield "a chart must have 1 to 20 categories, each once"
    for label in categories:
        yield from string(label, LABEL, "category")
    for name in ("x_label", "y_label"):
        yield from optional(axis.get(name), 50, name)
    for one in series:
        yield from string(one.get("name"), LABEL, "series")
        points = one.get("data") or []
        for point in points:
            yield from _point(point)
        if sorted(str(point.get("label")) for point in points) != sorted(categories):
            yield "every series must have one point for every category"


def _point(point: dict[str, Any]) -> Iterator[str]:
    if set(point) != {"label", "value"}:
        yield "a point must have a label and a value"
    yield from string(point.get("label"), LABEL, "label")
    yield from number(point.get("value"), "value")
