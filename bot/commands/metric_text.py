"""Values as tables of text: one table for each metric, with receipts where they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.contract import Versus, plain
from bot.terminal import receipt
from metrics.display import target_words, value_words
from metrics.engine import Engine
from metrics.scorecard import Target
from metrics.values import Value

HEADINGS = {"previous": "Previous", "last-year": "Year before", "target": "Target"}
Compared = tuple[Value, Versus | None]


def draw(
    console: Console,
    found: Iterable[Compared],
    engine: Engine,
    note: str,
    *,
    against: str | None,
    explain: bool,
) -> None:
    """Draw a table for each metric and method, and a line about the company and the day."""
    for (metric_id, method), group in groupby(
        found, key=lambda pair: (pair[0].metric, pair[0].citation.method)
    ):
        own = list(group)
        metric = engine.catalog.metric(metric_id)
        name = metric.name if method == metric.method else f"{metric.name}, {method.replace('_', ' ')}"
        console.print(Text(f"{name} ({own[0][0].citation.formula})", style="bold"))
        console.print(_table(own, metric.unit, engine.company.file.currency, against))
        if explain:
            _explain(console, [value for value, _ in own], metric.caveat)
    console.print(Text(f"{engine.company.file.name}. {note}", style="dim"))


def _table(found: Sequence[Compared], unit: str, currency: str, against: str | None) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    dimensions = dict.fromkeys(name for value, _ in found for name in value.group)
    table.add_column("Period")
    for name in dimensions:
        table.add_column(name)
    for heading in ("Value", "n", *([HEADINGS[against]] if against else [])):
        table.add_column(heading, justify="right")
    for value, other in found:
        groups = [value.group.get(name, "") for name in dimensions]
        count = "" if value.n is None else f"{value.n:,}"
        row = [value.period.label, *groups, value_words(value, unit, currency), count]
        table.add_row(*row, *([_other(other, unit, currency)] if against else []))
    return table


def _other(other: Versus | None, unit: str, currency: str) -> str:
    if other is None:
        return ""
    return (
        target_words(other, unit, currency)
        if isinstance(other, Target)
        else value_words(other, unit, currency)
    )


def _explain(console: Console, values: Sequence[Value], caveat: str) -> None:
    for value in values:
        where = " ".join([value.period.label, *value.group.values()])
        console.print(Text(f"{where}: {receipt(value)}"))
    if caveat:
        console.print(Text(caveat))
    citation = values[0].citation
    for remark in citation.assumptions:
        console.print(Text(f"Assumed: {remark}"))
    for sql, parameters in zip(citation.sql, citation.parameters, strict=True):
        given = ", ".join(f"{name} = {value!r}" for name, value in plain(parameters).items())
        console.print(Text(f"{sql}\n-- parameters: {given or 'none'}", style="dim"), soft_wrap=True)
