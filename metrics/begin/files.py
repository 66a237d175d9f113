"""A folder of files -> the tables in them, and what was not looked at."""

from __future__ import annotations

from collections.abc import Collection
from os.path import relpath
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from metrics.begin.source import Source, company_at, holds_no_day, quoted_names
from metrics.errors import CompanyError
from metrics.warehouse import open_warehouse
from metrics.warehouse.lead import DATA_FILES, quoted
from metrics.warehouse.reasons import reason

SHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
TEXTS = (".txt", ".dat", ".tab", ".text")
"""What files are called that may well hold a table, and may as well hold a letter."""
MOST_NAMED = 5
"""Files that are named of what is none."""


def files_in(data: Path, folder: Path) -> Source:
    """The tables in the files of a folder, seen from the company folder.

    Raises:
        CompanyError: there is no such folder, or no file in it that can be read.
    """
    if not data.is_dir():
        raise CompanyError(f"There is no folder {data}: give --url a database URL, or a folder of CSV files.")
    there = sorted(path for path in data.iterdir() if not path.name.startswith("."))
    found = [path for path in there if path.is_file() and _is_data(path)]
    passed_over = [_why_not(path) for path in there if path not in found and not _is_ours(path, folder)]
    if not found:
        said = f", only {', '.join(passed_over[:MOST_NAMED])}" if passed_over else ""
        raise CompanyError(f"{data} holds no CSV or Parquet file{said}: give --url the folder that has them.")
    inside = data == folder or folder in data.parents
    company = company_at(folder, "", () if inside else (relpath(data, folder),))
    engine = open_warehouse(company).engine
    tables: dict[str, tuple[Path, list[str]]] = {}
    unread, never = [], {}
    with engine.connect() as connection:
        for path in found:
            name = _name_of(path, tables)
            try:
                rows = connection.exec_driver_sql(f"SELECT * FROM {quoted(path)} WHERE 1 = 0")
                types = [(str(one[0]), str(one[1])) for one in rows.cursor.description] if rows.cursor else []
                tables[name] = (path, list(rows.keys()))
                never[name] = [column for column, type_ in types if holds_no_day(type_)]
            except SQLAlchemyError as error:
                unread.append(f"{path.name}: {reason(error)}")
    return Source(
        {name: columns for name, (_, columns) in tables.items()},
        {name: quoted(relpath(path, folder)) for name, (path, _) in tables.items()},
        quoted_names(engine, [name for _, columns in tables.values() for name in columns]),
        folders=tuple(company.file.folders),
        unread=tuple(unread),
        passed_over=tuple(passed_over),
        never_days=never,
    )


def _name_of(path: Path, taken: Collection[str]) -> str:
    """What a file is called: without all endings, or with more of its name where another file has that already."""
    names = (path.name.partition(".")[0], path.name.rpartition(".")[0])
    return next((name for name in names if name not in taken), path.name)


def _why_not(path: Path) -> str:
    """A file or folder that is not looked at, and why."""
    if path.is_dir():
        return f"{path.name} (a folder: give --url that one)"
    if path.suffix.lower() in SHEETS:
        return f"{path.name} (a workbook: save each sheet as CSV)"
    if path.suffix.lower() in TEXTS:
        return f"{path.name} (if it is a table, call it .csv)"
    return f"{path.name} (none of {', '.join(DATA_FILES)})"


def _is_ours(path: Path, folder: Path) -> bool:
    """Whether something is the new company folder, or a part of it."""
    return path == folder or folder in path.parents or path in folder.parents


def _is_data(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").removesuffix(".zst").endswith(DATA_FILES)
