"""A new company folder, written from a database or a folder of files: what can be told is mapped, the rest shown.

Nothing is overwritten, and no SELECT goes beyond the names: whoever knows the data looks at each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from metrics.begin.matching import Match, matches
from metrics.begin.place import source_of
from metrics.begin.source import Source
from metrics.begin.writing import company_toml, example, listed, select
from metrics.errors import CompanyError
from metrics.load import load_catalog


@dataclass(frozen=True)
class Begun:
    """What was written: the tables that were mapped, what of the source no canonical table took, what was not read."""

    folder: Path
    mapped: tuple[Match, ...]
    unused: tuple[str, ...]
    unread: tuple[str, ...]
    passed_over: tuple[str, ...]


def begin(folder: Path, where: str) -> Begun:
    """Write a company folder. ``where`` is a database URL, ``env:NAME``, a folder of files, or empty for examples.

    Raises:
        CompanyError: there is a company folder already, it cannot be written, or the source cannot be read.
    """
    folder = folder.expanduser().resolve()
    if (folder / "company.toml").exists() or any((folder / "tables").glob("*.sql")):
        raise CompanyError(
            f"{folder} holds a company folder already: name another, for nothing is overwritten."
        )
    catalog = load_catalog()
    source = source_of(where, folder)
    mapped = matches(catalog, source)
    files = {"company.toml": company_toml(folder.name, source)}
    files |= {f"tables/{match.table}.sql": select(catalog, match, source) for match in mapped}
    rest = [table for name, table in catalog.tables.items() if f"tables/{name}.sql" not in files]
    files |= {f"examples/{table.name}.sql": example(table) for table in rest if not table.derived}
    files |= {"examples/your_tables.txt": listed(source)} if source.tables else {}
    _write(folder, files)
    taken = {match.given for match in mapped}
    unused = tuple(name for name in source.tables if name not in taken)
    return Begun(folder, tuple(mapped), unused, source.unread, source.passed_over)


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        for inner in ("tables", "examples"):
            (folder / inner).mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            with (folder / name).open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise CompanyError(f"{folder} cannot be written ({error.strerror}): choose another folder.") from None


__all__ = ["Begun", "Match", "Source", "begin"]
