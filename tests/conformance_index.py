"""Rows of a list of complaints -> the tests that hold them, looked up by name so that none can be lost."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
SHARED = TESTS.parents[1] / "shared"


def names(file: str) -> set[str]:
    """The tests of a file, in whichever folder; none if there is no such file, or if there are two."""
    found = list(TESTS.rglob(file))
    tree = ast.parse(found[0].read_text(encoding="utf-8") if len(found) == 1 else "")
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, kinds) and node.name.startswith("test_")}


def unknown(rows: dict[int, str]) -> list[str]:
    """The rows that name a test which is not there. A reason instead of a test is a sentence."""
    lost = []
    for number, row in rows.items():
        if "::" in row:
            file, name = row.split("::")
            lost += [] if name in names(file) else [f"{number}: {row}"]
        elif not re.fullmatch(r"[A-Z].{40,}\.", row, re.DOTALL):
            lost.append(f"{number}: no reason either: {row}")
    return lost
