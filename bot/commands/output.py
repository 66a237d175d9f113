"""What a command prints: an object as JSON, or text; progress goes to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

WIDEST = 140
PIPED = 100


def print_json(found: Mapping[str, Any]) -> None:
    """Print one object, and nothing else."""
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def console() -> Console:
    """Standard output: as wide as the terminal up to 140 columns; plain, 100 wide, when piped."""
    found = Console(highlight=False)
    if found.is_terminal:
        return Console(highlight=False, width=min(found.width, WIDEST))
    return Console(highlight=False, width=PIPED, color_system=None)


class Bar:
    """A progress bar on standard error, drawn once there is something to show."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` steps are done and ``step`` is under way."""
        if self._progress is None:
            columns = (TextColumn(self._title), BarColumn(), TextColumn("{task.description}"))
            self._progress = Progress(*columns, console=Console(stderr=True), transient=False)
            self._progress.start()
            self._task = self._progress.add_task(step, total=total)
        assert self._task is not None
        self._progress.update(self._task, completed=done, total=total, description=step)
        if done >= total:
            self._progress.stop()
            self._progress = None
