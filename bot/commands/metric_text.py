"""Values as tables of text: one table for each metric, with receipts where they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.commands.metric_values import Compared
from bot.contract import Versus, key_of, plain
from bot.terminal import receipt
from metrics.display import target_words, value_words
from metrics.engine import Engine
from metrics.scorecard import Target
from metrics.values import Value

HEADINGS = {"previous": "Previous", "last-year": "Year before", "target": "Target"}


def draw(
    console: Console,
    found: Iterable[Compared],
    engine: Engine,
    note: str,
    *,
    against: str | None,
    beside: Mapping[str, Sequence[Value]] | None,
) -> None:
    """Draw a table for each metric and method, and a line about the company and the day.

    ``beside`` holds, by the key of a value, those that are shown with it; without it nothing is explained.
    """
    for (metric_id, method), group in groupby(
        found, key=lambda pair: (pair[0].metric, pair[0].citation.method)
    ):
        own = list(group)
        metric = engine.catalog.computed(own[0][0])
        usual = engine.catalog.metric(metric_id).method == method
        name = metric.name if usual else f"{metric.name}, {metric.method_name}"
        console.print(Text(f"{name} ({own[0][0].citation.formula})", style="bold"))
        console.print(_table(own, metric.unit, engine.company.file.currency, against))
        if beside is not None:
            _explain(console, [value for value, _ in own], engine, beside)
    console.print(Text(f"{engine.company.file.name}. {note}", style="dim"))


def _beside(value: Value, engine: Engine) -> str:
    """A value that stands beside another: what it is, and what it rests on."""
    metric = engine.catalog.computed(value)
    return f"{metric.method_name}: {value_words(value, metric.unit, engine.company.file.currency)}"


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


def _explain(
    console: Console, values: Sequence[Value], engine: Engine, beside: Mapping[str, Sequence[Value]]
) -> None:
    for value in values:
        where = " ".join([value.period.label, *value.group.values()])
        console.print(Text(f"{where}: {receipt(value)}"))
        for other in beside.get(key_of(value), ()):
            console.print(Text(f"  {_beside(other, engine)}"))
    metric = engine.catalog.computed(values[0])
    if metric.variants:
        others = ", ".join(f"{metric.id}.{variant.id}" for variant in metric.variants)
        console.print(Text(f"Method: {metric.method} ({metric.method_name}). Also: {others}."))
    if metric.caveat:
        console.print(Text(metric.caveat))
    citation = values[0].citation
    for remark in citation.assumptions:
        console.print(Text(f"Assumed: {remark}"))
    for sql, parameters in zip(citation.sql, citation.parameters, strict=True):
        given = ", ".join(f"{name} = {value!r}" for name, value in plain(parameters).items())
        console.print(Text(f"{sql}\n-- parameters: {given or 'none'}", style="dim"), soft_wrap=True)
