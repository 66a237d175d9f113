"""Values as tables of text: one table for each metric, with receipts and reasons where they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.receipts import bound, key_of
from bot.receipts import citation as as_json
from bot.terminal import receipt
from metrics.display import change_words, shown, target_words, value_words
from metrics.engine import Engine
from metrics.engine.changes.compare import Comparison
from metrics.engine.changes.contribution import Contributions
from metrics.engine.evaluation.receipt import decimal
from metrics.values import Value

HEADINGS = {
    "previous": ("Previous", "Change"),
    "last-year": ("Year before", "Change"),
    "target": ("Target", "Gap"),
}


def draw(
    console: Console,
    found: Iterable[Comparison],
    why: Sequence[Contributions],
    engine: Engine,
    notes: Sequence[str],
    *,
    against: str | None,
    beside: Mapping[str, Sequence[Value]] | None,
) -> None:
    """Draw a table for each metric and method, why it changed, and a line about the company and the day.

    ``beside`` holds, by the key of a value, those that are shown with it; without it nothing is explained.
    """
    currency = engine.company.file.currency
    for (metric_id, method), group in groupby(
        found, key=lambda one: (one.value.metric, one.value.citation.method)
    ):
        own = list(group)
        metric = engine.catalog.computed(own[0].value)
        usual = own[0].value.citation.usual_method
        name = metric.name if usual else metric.by_method
        console.print(Text(f"{name} ({own[0].value.citation.formula})", style="bold"))
        if kept := _kept(own[0].value):
            console.print(Text(f"Only where {kept}"))
        console.print(_table(own, metric.unit, currency, against))
        for one in why:
            if (one.now.metric, one.now.citation.method) == (metric_id, method):
                console.print(
                    Text(f"Why it changed from {one.before.period} to {one.now.period}", style="bold")
                )
                console.print(_effects(one, metric.unit, currency))
        if beside is not None:
            _explain(console, [one.value for one in own], engine, beside)
    console.print(Text(f"{engine.company.file.name}. {' '.join(notes)}", style="dim"))


def _kept(value: Value) -> str:
    """What the rows were narrowed to."""
    filters = value.citation.filters.items()
    return " and ".join(f"{name} = {kept}" for name, kept in filters if name not in value.group)


def _beside(value: Value, engine: Engine) -> str:
    """A value that stands beside another: what it is, and how much."""
    metric = engine.catalog.computed(value)
    return f"{metric.method_name}: {value_words(value, metric.unit, engine.company.file.currency)}"


def _table(found: Sequence[Comparison], unit: str, currency: str, against: str | None) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    dimensions = dict.fromkeys(name for one in found for name in one.value.group)
    table.add_column("Period")
    for name in dimensions:
        table.add_column(name)
    for heading in ("Value", "n", *(HEADINGS[against] if against else [])):
        table.add_column(heading, justify="right")
    for one in found:
        value = one.value
        groups = [value.group.get(name, "") for name in dimensions]
        count = "" if value.n is None else f"{value.n:,}"
        row = [value.period.label, *groups, value_words(value, unit, currency), count]
        table.add_row(*row, *(_against(one, unit, currency) if against else []))
    return table


def _against(one: Comparison, unit: str, currency: str) -> tuple[str, str]:
    if one.target is not None:
        gap = change_words(one.change, None, unit, currency)
        return target_words(one.target, unit, currency), f"{gap} {one.verdict or ''}".strip()
    if one.other is None:
        return "", ""
    return value_words(one.other, unit, currency), change_words(one.change, one.other.value, unit, currency)


def _effects(why: Contributions, unit: str, currency: str) -> Table:
    """What each group did to the change, in the metric's unit; ratios in rate and mix."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in why.by:
        table.add_column(name)
    split = ["of it rate", "of it mix"] if why.kind == "ratio" else []
    for heading in ("Effect", *split, "Weight"):
        table.add_column(heading, justify="right")
    points = "pp" if unit == "percent" else unit
    for effect in why.effects:
        parts = [effect.total, *([effect.rate, effect.mix] if split else [])]
        words = [shown(decimal(part), points, currency, signed=True) for part in parts]
        table.add_row(*effect.group.values(), *words, shown(decimal(100 * effect.share), "percent", currency))
    total = shown(decimal(why.change), points, currency, signed=True)
    table.add_row("together", *[""] * (len(why.by) - 1), total, *[""] * len(split), "")
    return table


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
        others = ", ".join(metric.others)
        console.print(Text(f"Method: {metric.method} ({metric.method_name}). Also: {others}."))
    if metric.caveat:
        console.print(Text(metric.caveat))
    citation = values[0].citation
    for remark in citation.assumptions:
        console.print(Text(f"Assumed: {remark}"))
    written = as_json(citation)
    for sql, parameters, types in zip(citation.sql, written["parameters"], written["types"], strict=True):
        given = bound(parameters, types)
        console.print(Text(f"{sql}\n-- parameters: {given or 'none'}", style="dim"), soft_wrap=True)
