"""A chart block -> a picture of the same chart (PNG) and the words that say it. Pure.

For workspaces that do not take Slack's own charts. Nothing is drawn but what stands in the block, so what was
withheld from the block is in no picture either.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.slack.layout.limits import ALT, Block

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#1264a3", "#c2570c", "#0b6e4f", "#7b2d8b", "#b8860b", "#5c5470")
"""Told apart on white, also by who sees few colours."""
SIZE, DOTS = (8.0, 4.2), 140
"""Inches, and dots in each: Slack shows pictures about 360 points wide, and larger on a click."""
FEW = 12
"""Points of one series whose figures are written beside them."""
LONG = 7
"""Characters of a label above which labels are slanted, where there are many."""
BEHIND = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.8}
"""What is behind a figure, so that no line runs through it."""
DRAWING = Lock()
"""One picture at a time: the library is not made for several threads."""
PLAIN: Mapping[str, Any] = {"parse_math": False}
"""A dollar sign in a label is a dollar sign."""


def picture(block: Block) -> bytes:
    """The chart of a ``data_visualization`` as a PNG. The first one takes about a second: its library is loaded."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    out = io.BytesIO()
    with DRAWING:
        figure = Figure(figsize=SIZE, dpi=DOTS, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        _draw(axes, block["chart"])
        _dress(axes, block)
        figure.savefig(out, format="png")
    return out.getvalue()


def told(block: Block) -> str:
    """The chart in words, with its figures, for who does not see it."""
    chart = block["chart"]
    kind = "Line" if chart["type"] == "line" else "Bar"
    parts = []
    for one in chart["series"]:
        figures = ", ".join(f"{point['label']} {_figure(point['value'])}" for point in one["data"])
        parts.append(f"{one['name']}: {figures}")
    words = f"{kind} chart of {block['title']}. {'; '.join(parts)}."
    return words if len(words) <= ALT else f"{words[: ALT - 1]}…"


def _draw(axes: Axes, chart: Mapping[str, Any]) -> None:
    labels: Sequence[str] = chart["axis_config"]["categories"]
    series: Sequence[Mapping[str, Any]] = chart["series"]
    places = range(len(labels))
    wide = 0.8 / len(series)
    for number, (one, colour) in enumerate(zip(series, COLOURS, strict=False)):
        heights = [point["value"] for point in one["data"]]
        if chart["type"] == "line":
            at = [float(place) for place in places]
            axes.plot(at, heights, color=colour, marker="o", linewidth=2, label=one["name"])
        else:
            at = [place - 0.4 + wide * (number + 0.5) for place in places]
            axes.bar(at, heights, width=wide * 0.92, color=colour, label=one["name"])
        if len(series) == 1 and len(labels) <= FEW:
            _write(axes, at, heights)
    slanted = sum(map(len, labels)) > LONG * FEW
    axes.set_xticks(
        list(places), labels, rotation=35 if slanted else 0, ha="right" if slanted else "center", **PLAIN
    )


def _write(axes: Axes, at: Sequence[float], heights: Sequence[float]) -> None:
    """Each figure above its point."""
    for x, y in zip(at, heights, strict=True):
        axes.annotate(
            _figure(y),
            (x, y),
            (0, 7),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            bbox=BEHIND,
            **PLAIN,
        )


def _dress(axes: Axes, block: Block) -> None:
    """Title, grid, figures on the axis; a legend where there is more than one series."""
    axes.set_title(block["title"], loc="left", fontsize=13, fontweight="bold", **PLAIN)
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.margins(y=0.15)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(length=0)
    axes.yaxis.set_major_formatter(lambda value, _: _figure(value))
    if len(block["chart"]["series"]) > 1:
        for text in axes.legend(frameon=False, ncols=3, loc="best").get_texts():
            text.set_parse_math(False)


def _figure(value: float) -> str:
    """A figure as the block holds it (two places at most), its thousands apart."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")
