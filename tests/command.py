"""The command line, run inside the test, and company folders to run it on."""

from __future__ import annotations

import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from bot.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Standard output as the one object it must be."""
        read: dict[str, Any] = json.loads(self.out)
        return read

    @property
    def sentence(self) -> str:
        """The one line of standard error of a command that was refused; nothing else was written."""
        assert (self.code, self.out) == (2, "")
        [line] = self.err.splitlines()
        assert "Traceback" not in line
        return line


def counterpoise(*arguments: str) -> Ran:
    """Run `counterpoise` with these arguments."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())


DEALS = """
SELECT * FROM (VALUES
    ('o1', 'a1', DATE '2025-01-05', DATE '2025-02-10', 'won', 100.00),
    ('o2', 'a1', DATE '2025-01-06', DATE '2025-02-11', 'won', 300.00),
    ('o3', 'a2', DATE '2025-01-07', DATE '2025-02-12', 'lost', 50.00),
    ('o4', 'a2', DATE '2025-01-08', NULL, NULL, 70.00)
) AS deals (opportunity_id, account_id, created_on, closed_on, outcome, amount_base)
"""
"""Two deals won, one lost, one open: a win rate of two thirds in the first quarter of 2025."""


def company(folder: Path, toml: str = "", **tables: str) -> Path:
    """Write a company folder with these SELECTs; without any it has the four deals."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text(f'name = "Small"\n{toml}', encoding="utf-8")
    for name, select in (tables or {"opportunities": DEALS}).items():
        (folder / "tables" / f"{name}.sql").write_text(select, encoding="utf-8")
    return folder
