"""What a command prints: an object as JSON, or text; progress goes to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot.terminal import as_plain, bare_console

WIDEST = 140


def print_json(found: Mapping[str, Any]) -> None:
    """Print one object, and nothing else."""
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def print_page(draw: Callable[[Console], None]) -> None:
    """Print what ``draw`` draws: as wide as the terminal up to 140 columns; plain, 100 wide, when piped."""
    out = bare_console()
    if not out.is_terminal:
        sys.stdout.write(as_plain(draw) + "\n")
        return
    out.width = min(out.width, WIDEST)
    draw(out)


@contextmanager
def demo_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error that is drawn once there is something to show, and put away in the end."""
    columns = (TextColumn("Making the demo company"), BarColumn(), TextColumn("{task.description}"))
    bar = Progress(*columns, console=Console(stderr=True))
    task = bar.add_task("", total=None)

    def show(step: str, done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total, description=step)
        if done >= total:
            bar.stop()

    try:
        yield show
    finally:
        if bar.live.is_started:  # it was interrupted: a terminal without a cursor is no thanks
            bar.stop()
