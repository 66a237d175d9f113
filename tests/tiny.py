"""Tiny companies for tests: tables written as text, read as the catalog says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from metrics.engine import Engine
from tests.empty_database import opened


def tiny_folder(folder: Path, tables: Mapping[str, str], toml: str = "") -> Path:
    """A company folder. Each table is its columns in the first line and a row in each other; ``-`` is empty."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text(f'name = "Tiny"\n{toml}')
    for name, text in tables.items():
        columns, *lines = [line.split() for line in text.strip().splitlines()]
        rows = ", ".join(f"({', '.join('NULL' if f == '-' else repr(f) for f in line)})" for line in lines)
        select = f"SELECT * FROM (VALUES {rows}) AS t({', '.join(columns)})"
        (folder / "tables" / f"{name}.sql").write_text(select)
    return folder


def tiny(folder: Path, tables: Mapping[str, str], toml: str = "") -> Engine:
    """The engine of a tiny company."""
    return opened(tiny_folder(folder, tables, toml))
