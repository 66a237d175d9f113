"""A made-up company, generated: Tavenbrook sells planning software, and its last day is 31 December 2025.

`build` writes its company folder: `company.toml`, one SELECT per table, and `demo.duckdb` with all canonical
tables, the same in every run. Three stories are planted in it; `stories.py` tells them as data.

    people    staff, firm, careers, employment, worktime, growth
    sales     reps -> deals -> ledger (who pays what) -> selling, marketing
    the rest  revenue, costs, finance, product, web, support, surveys, operations
    together  world (the order of subjects), store (frames -> DuckDB), folder (company.toml)
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from metrics.errors import CompanyError

Progress = Callable[[str, int, int], None]
"""Hears what is being made, how many steps are done, and of how many."""

STAMP = "demo.version"
STEPS = 8


def _silent(_what: str, _done: int, _of: int) -> None:
    pass


def ensure(folder: Path, progress: Progress = _silent) -> Path:
    """The demo company's folder, built if it is missing or was made by another version of the generator.

    Raises:
        CompanyError: something else stands at ``folder``.
    """
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == version():
        return folder
    return build(folder, progress)


def build(folder: Path, progress: Progress = _silent) -> Path:
    """Write the demo company's folder in a few seconds, replacing an older one only once it is complete.

    Raises:
        CompanyError: something else stands at ``folder``.
    """
    if folder.exists() and not (folder / STAMP).is_file():
        raise CompanyError(
            f"{folder} is not a demo company of ours: name another folder, or remove it yourself."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    try:
        _write(making, progress)
        _replace(folder, making)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


def version() -> str:
    """What made a folder: it changes with every change of the generator."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]


def _write(folder: Path, progress: Progress) -> None:
    """Numpy and DuckDB are imported only here: a folder that stands already is found without them."""
    from metrics.demo.folder import DATABASE, write_folder
    from metrics.demo.store import write
    from metrics.demo.world import company

    told: list[str] = []

    def tell(what: str) -> None:
        progress(what, len(told), STEPS)
        told.append(what)

    frames = company(tell)
    tell("database")
    write(folder / DATABASE, frames)
    write_folder(folder)
    (folder / STAMP).write_text(version() + "\n", encoding="utf-8")
    progress("done", STEPS, STEPS)


def _replace(folder: Path, made: Path) -> None:
    """Put the new folder in the place of the old one. A reader of the old database keeps its file."""
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    if folder.exists():
        folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
