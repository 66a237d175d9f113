"""Where a new company's data is: the tables of a database, or the files of a folder."""

from __future__ import annotations

import os
from os.path import relpath
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from metrics.begin.database import tables_of
from metrics.begin.files import files_in
from metrics.begin.source import Source
from metrics.warehouse.address import FILES


def source_of(where: str, folder: Path) -> Source:
    """What ``where`` holds, seen from the company folder.

    Raises:
        CompanyError: there is no such folder, no file in it, or the database cannot be reached.
    """
    if not where:
        return Source()
    if where.startswith("env:") or "://" in where:
        return tables_of(_beside(where, folder), folder)
    return files_in(Path(where).expanduser().resolve(), folder)


def _beside(url: str, folder: Path) -> str:
    """A URL as `company.toml` has it: the path of a file, given from here, is relative to the company folder."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return url
    if parsed.get_backend_name() not in FILES or parsed.database in {None, "", ":memory:"}:
        return url
    path = Path(os.path.abspath(Path(str(parsed.database)).expanduser()))  # noqa: PTH100 - a link stays one
    return parsed.set(database=relpath(path, folder)).render_as_string(hide_password=False)
