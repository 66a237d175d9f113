"""The nouns of beginning: the tables that a new company's data has, with their columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from metrics.folder.company import Company
from metrics.folder.company_file import CompanyFile

NO_DAYS = (
    "BOOL",
    "TINYINT",
    "SMALLINT",
    "INT",
    "BIGINT",
    "HUGEINT",
    "DECIMAL",
    "NUMERIC",
    "FLOAT",
    "DOUBLE",
    "REAL",
)
"""What the types of columns begin with that hold no days."""


@dataclass(frozen=True)
class Source:
    """The tables there are, each with its columns, and how a SELECT names them.

    ``url`` and ``folders`` are what `company.toml` says; ``unread`` names what could not be read, and why, and
    ``passed_over`` what was not looked at, and why.
    ``never_days`` are the columns of a table whose type holds no day: a boolean `paid` is not when it was paid.
    """

    tables: Mapping[str, Sequence[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    folders: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    never_days: Mapping[str, Collection[str]] = field(default_factory=dict)


def holds_no_day(type_: str) -> bool:
    """Whether a column of that type, as a database names it, holds no days."""
    return type_.upper().startswith(NO_DAYS)


def company_at(folder: Path, url: str, folders: Sequence[str] = ()) -> Company:
    """A company that has nothing yet but a place for its data."""
    return Company(folder=folder, file=CompanyFile(name="new", url=url, folders=list(folders)), selects={})


def quoted_names(engine: sa.Engine, names: Sequence[str]) -> dict[str, str]:
    """Names as a SELECT writes them."""
    return {name: engine.dialect.identifier_preparer.quote(name) for name in names}
