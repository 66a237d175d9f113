"""Values that a text gives line by line -> one table: a row for each line, or a column for each metric. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.slack.layout.grid import grid, in_pages, is_long
from bot.slack.layout.limits import TABLE_COLUMNS, Block
from bot.slack.layout.text import plain
from metrics.display import NOTHING
from metrics.values import Value

FEWEST = 2
"""Rows that make a table."""
AGAINST = " against "
BY = " by "
"""Begins what a heading says of the groups: ``Win rate by segment``."""
WINDOW = " to "
"""Parts a period's label that is a window of its own: ``12 months to 2025-01-31``."""
LINE = re.compile(
    r"(?P<figure>[^()\[\]]+?)(?: \((?P<remarks>[^()]*)\))? (?P<source>\[\d+\])(?:[,;] (?P<held>.+))?"
)
"""A value as a line of a text gives it."""


@dataclass(frozen=True)
class Section:
    """A heading and the lines below it, each a label and the words of a value."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def lines_table(body: str, values: Sequence[Value]) -> list[Block]:
    """Values that a text gives line by line, as a table; none if it does not.

    A line is ``  EMEA: 62.1 % [1], +0.4 pp against 2025-Q3``, and the line before such a group is its heading. Under
    one heading value, remarks, change and source get columns of their own; under several each heading is a column.
    """
    sections = _sections(body)
    if not sections:
        return []
    return _one(sections[0], values) if len(sections) == 1 else _side_by_side(sections, values)


def _sections(body: str) -> list[Section]:
    """The headings of a text with their lines; none where it is no such text, or too little for a table."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in filter(str.strip, body.splitlines()):
        label, _, words = line.strip().partition(": ")
        if not line.startswith("  "):
            found.append((plain(line).rstrip(": "), []))
        elif not (found and label and words):
            return []
        else:
            found[-1][1].append((label, words))
    if not found or any(len(lines) < FEWEST for _, lines in found):
        return []
    return [Section(heading, tuple(lines)) for heading, lines in found]


def _one(section: Section, values: Sequence[Value]) -> list[Block]:
    """The lines under one heading."""
    cells = [[plain(label), *map(plain, _parted(words))] for label, words in section.lines]
    if len(values) == len(cells):
        for place, (row, value) in enumerate(zip(cells, values, strict=True), start=1):
            row[-1] = f"[{place}]" if value.value is not None else ""
    changes = {row[3].rpartition(AGAINST)[2] for row in cells if AGAINST in row[3]}
    if len(changes) == 1:
        for row in cells:
            row[3] = row[3].rpartition(AGAINST)[0] or row[3]
    change = f"Change against {changes.pop()}" if len(changes) == 1 else "Change" if changes else "Target"
    names = [section.heading or NOTHING, "Value", "Remarks", change, "Source"]
    kept = [column for column in range(len(names)) if column < FEWEST or any(row[column] for row in cells)]
    names = [names[column] for column in kept]
    shown = [[row[column] or NOTHING for column in kept] for row in cells]
    if not is_long(shown) or len(values) != len(shown):
        return grid(names, shown)
    return in_pages(names[0], names, shown, 1, [one.value for one in values], 0)


def _is_step(line: Sequence[str], value: Value) -> bool:
    """Whether a line tells a value by its period, not by its group."""
    return line[0] == str(value.period)


def _side_by_side(sections: Sequence[Section], values: Sequence[Value]) -> list[Block]:
    """A row for each period or group, a column for each heading.

    Periods that end on the same day share a row, also where one is a window of its own: its column says so.
    """
    lines = [line for section in sections for line in section.lines]
    by_day = len(lines) == len(values) and all(map(_is_step, lines, values))
    days = iter([value.period.last_day.isoformat() for value in values]) if by_day else None
    columns = [{(next(days) if days else line[0]): line for line in one.lines} for one in sections]
    if len(sections) >= TABLE_COLUMNS or sum(map(len, columns)) < len(lines):
        return []
    keys = list(dict.fromkeys(key for column in columns for key in column))
    names = {key: min((column[key][0] for column in columns if key in column), key=len) for key in keys}
    told = [_column(column, keys, names) for column in columns]
    rows = [
        [plain(names[key]), *cells] for key, *cells in zip(keys, *(cells for _, cells in told), strict=True)
    ]
    split = {by for one in sections if (by := one.heading.rpartition(BY)[2]) != one.heading}
    shared = BY + split.pop() if len(split) == 1 else ""
    first = "Period" if by_day else f"By {shared.removeprefix(BY)}" if shared else "Group"
    metrics = [one.heading.removesuffix(shared) for one in sections]
    headings = [first, *(f"{name}{more}" for name, (more, _) in zip(metrics, told, strict=True))]
    if not is_long(rows):
        return grid(headings, rows)
    return in_pages(", ".join(metrics), headings, rows, 0, [None] * len(rows), 0)


def _column(
    column: Mapping[str, tuple[str, str]], keys: Sequence[str], names: Mapping[str, str]
) -> tuple[str, list[str]]:
    """What all cells of a column share, for its heading, and the cells without that.

    That is the window where it is not the rows' own (``, 12 months``), and what changes are held against.
    """
    other = next((label for key, (label, _) in column.items() if label != names[key]), "")
    window = f", {plain(other.partition(WINDOW)[0])}" if WINDOW in other else ""
    cells = [plain(column[key][1]) if key in column else NOTHING for key in keys]
    against = {words.rpartition(AGAINST)[2] for words in cells if AGAINST in words}
    if len(against) != 1:
        return window, cells
    change = f", change against {against.pop()}"
    return f"{window}{change}", [words.rpartition(AGAINST)[0] or words for words in cells]


def _parted(words: str) -> tuple[str, str, str, str]:
    """A value in words, parted: figure, remarks, what it is held against, source."""
    found = LINE.fullmatch(words)
    return (
        (found["figure"], found["remarks"] or "", found["held"] or "", found["source"])
        if found
        else (words, "", "", "")
    )
