"""Answer -> text for a terminal, or plain where it is piped: something to paste into a board pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.model import Answer
from metrics.calendar.periods import Period
from metrics.display import row_change, row_target, row_value
from metrics.scorecard import Row, Scorecard
from metrics.values import Value

PLAIN_WIDTH = 100
"""Columns of an answer that is written to a file or a pipe."""
WIDE, NARROW = 100, 72
"""Columns from which a table may be airy, and below which every column of it has to give way."""
SIDES = {"business": "cyan", "people": "magenta"}


def show(answer: Answer, console: Console) -> None:
    """Print the whole answer: title, list, prose, notes, sources, what to ask next."""
    console.print(Text(answer.title, style="bold"))
    if answer.first:
        console.print(Text(answer.first))
    card = answer.scorecard
    if card is not None:
        console.print(
            Text(f"As of {card.as_of.isoformat()} · {card.business} business, {card.people} people")
        )
        console.print(_table(card, console.width))
    if answer.body:
        console.print()
        for line in answer.body.splitlines():
            _hang(console, line)
    _section(console, "Notes", [*answer.notes, *_broken(answer), *_model(answer)])
    _section(console, "Sources", list(_sources(answer)))
    _section(console, "Ask next", list(answer.suggestions))
    console.print(Text(f"\nAnswer {answer.answer_id}", style="dim"))


def as_text(answer: Answer, width: int = PLAIN_WIDTH) -> str:
    """The whole answer as plain text."""
    return as_plain(lambda console: show(answer, console), width)


def as_plain(draw: Callable[[Console], None], width: int = PLAIN_WIDTH) -> str:
    """What ``draw`` draws as plain text, without blanks at the ends of lines."""
    paper = StringIO()
    draw(bare_console(file=paper, width=width, color_system=None))
    return "\n".join(line.rstrip() for line in paper.getvalue().splitlines()).strip()


def bare_console(**options: Any) -> Console:
    """A console that prints texts as they are: brackets and colons in names of metrics are no markup."""
    return Console(highlight=False, markup=False, emoji=False, legacy_windows=False, **options)


def _table(card: Scorecard, width: int) -> Table:
    """The list, without columns that hold nothing; in a narrow terminal what is left stands closer."""
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1 if width >= WIDE else 0)
    )
    figures = {"Value": row_value, "Change": row_change, "Target": row_target}
    held = {name: [cell(row, card.currency) for row in card.rows] for name, cell in figures.items()}
    held = {name: cells for name, cells in held.items() if any(cells)}
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Metric", min_width=16 if width >= NARROW else None)
    table.add_column("Side", no_wrap=True)
    for name in held:
        table.add_column(name, justify="right", overflow="fold")
    table.add_column("Source", justify="right", no_wrap=True)
    for index, row in enumerate(card.rows):
        side = Text(row.metric.side, style=SIDES[row.metric.side])
        source = f"[{row.rank}]" if row.value.value is not None else ""
        shown = (cells[index] for cells in held.values())
        table.add_row(str(row.rank), _name(row, card), side, *shown, source)
    return table


def _name(row: Row, card: Scorecard) -> Text:
    """The metric's name, with its period where that is not the scorecard's own."""
    name = Text(row.metric.name)
    if row.value.period.label != card.period.label:
        name.append(f" ({row.value.period.label})", style="dim")
    return name


def _hang(console: Console, line: str) -> None:
    """A line of the body; what is listed hangs, so that one can see where the next one begins."""
    item = line.lstrip(" ")
    depth = len(line) - len(item)
    hanging = depth + 2 if depth or item.startswith("•") else 0
    for number, part in enumerate(Text(item).wrap(console, console.width - hanging) or [Text()]):
        console.print(Text(" " * (hanging if number else depth)).append_text(part))


def _section(console: Console, heading: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print()
    console.print(Text(heading, style="bold"))
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 2), expand=False))


def _broken(answer: Answer) -> list[str]:
    return [f"{rule.rule} is not kept: {rule.note}" for rule in answer.rules if not rule.passed]


def _model(answer: Answer) -> list[str]:
    """What the language model had to do with it, in one line."""
    if answer.model.fallback:
        return [f"Plain wording: {answer.model.fallback}."]
    if not answer.model.used:
        return []
    did = "Worded" if answer.scorecard else "The question was read"
    return [f"{did} by {answer.model.name or 'a language model'}; every number is computed."]


def _sources(answer: Answer) -> Iterator[str]:
    if answer.scorecard is not None:
        for row in answer.scorecard.rows:
            if row.value.value is not None:
                yield f"[{row.rank}] {receipt(row.value, known=answer.scorecard.period)}"
        return
    for index, value in enumerate(answer.values, 1):
        if value.value is not None:
            group = "".join(f" {part}" for part in value.group.values())
            yield f"[{index}] {value.metric}{group}: {receipt(value)}"


def receipt(value: Value, *, known: Period | None = None) -> str:
    """A receipt in one line: what was divided by what, over which days, from which tables.

    Beside a list, what the list says already is left out: its period (``known``), and long filters in full.
    """
    citation = value.citation
    parts = []
    if citation.numerator is not None and citation.denominator is not None:
        parts.append(f"{brief(citation.numerator)} / {brief(citation.denominator)}")
    if citation.n is not None:
        parts.append(f"n = {citation.n:,}")
    if value.period != known:
        parts.append(f"{value.period.start.isoformat()} to {value.period.last_day.isoformat()}")
    for name, kept in citation.filters.items():
        if name not in value.group:
            several = known is not None and kept.count(", ") > 1
            parts.append(f"{name}: {kept.count(', ') + 1} of them" if several else f"{name}: {kept}")
    if citation.data_through is not None:
        parts.append(f"data to {citation.data_through.isoformat()}")
    parts += [", ".join(citation.tables), f"version {citation.version}"]
    if citation.method != "default":
        parts.append(f"method {citation.method.replace('_', ' ')}")
    return "; ".join(parts)


def brief(number: Decimal) -> str:
    """A number as a receipt writes it: whole where it is, else with at most four decimals."""
    rounded = round(number, 4).normalize()
    return f"{int(rounded):,}" if rounded == rounded.to_integral_value() else f"{rounded:,f}"
