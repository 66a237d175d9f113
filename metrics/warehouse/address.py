"""Where a company's warehouse is: `url` of `company.toml` -> a database URL without secrets in the file."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from metrics.errors import CompanyError
from metrics.folder.company import Company

DEFAULT = "duckdb:///:memory:"
FILES = ("duckdb", "sqlite")
"""Databases that are a file; its path is relative to the company folder."""
SECRETS = ("password", "passwd", "pwd", "token", "secret", "credential", "private_key", "api_key")
"""What the names of secret parameters of a URL contain."""


def address(company: Company) -> URL:
    """The warehouse's URL: DuckDB in memory unless `company.toml` names another.

    Raises:
        CompanyError: it is no URL, holds a secret, or the variable that holds it is not set.
    """
    written = company.file.url or DEFAULT
    if not written.startswith("env:"):
        url = _read(written, "company.toml: url")
        _holds_no_secret(url)
        return _placed(url, company.folder)
    name = written.removeprefix("env:").strip()
    found = os.environ.get(name, "").strip() if name else ""
    if not found:
        raise CompanyError(
            f"company.toml takes the warehouse's URL from {name or 'nowhere'}: set that variable."
        )
    return _placed(_read(found, name), company.folder)


def _read(written: str, where: str) -> URL:
    """A URL; `postgres://`, as hosts of databases write it, is PostgreSQL's."""
    try:
        url = make_url(written)
        return url.set(drivername="postgresql+psycopg") if url.drivername == "postgres" else url
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError
        raise CompanyError(
            f"{where} is no database URL; write one such as duckdb:///data.duckdb, or env:NAME."
        ) from None


def _holds_no_secret(url: URL) -> None:
    secret = next((name for name in url.query if any(part in name.lower() for part in SECRETS)), None)
    if url.password or secret:
        raise CompanyError(
            f"company.toml: the url holds a {'password' if url.password else secret}; "
            'write url = "env:NAME" and set NAME in the environment.'
        )


def _placed(url: URL, folder: Path) -> URL:
    if url.get_backend_name() not in FILES or url.database in {None, "", ":memory:"}:
        return url
    return url.set(database=str((folder / str(url.database)).resolve()))
