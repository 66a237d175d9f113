"""A company folder: `company.toml` and `tables/NAME.sql`, read and checked.

The folder says who the company is, what it aims at, where its warehouse is, and how its own tables give the
canonical ones: one SELECT for each.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from metrics.definition import Frozen
from metrics.errors import CompanyError, UnknownNameError
from metrics.model import BusinessModel, Sensitivity, Stage
from metrics.periods import Calendar


class TargetSetting(Frozen):
    """A target (`value`) or a band (`low`, `high`) of one metric, in its unit, with a due day."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    due: date | None = None


class ExternalFigure(Frozen):
    """A figure from outside the company's data, with where it comes from and of what day."""

    value: Decimal
    source: str
    as_of: date


class ExtraDimension(Frozen):
    """A column beyond the canonical ones that values may be grouped by, and how guarded it is."""

    column: str
    name: str = ""
    sensitivity: Sensitivity = "open"


class CompanyFile(Frozen):
    """What `company.toml` may say."""

    name: str
    currency: str = Field(default="USD", pattern="^[A-Z]{3}$")
    timezone: str = "UTC"
    fiscal_year_start: int = Field(default=1, ge=1, le=12)
    stage: Stage = "growth"
    business_model: BusinessModel = "saas"
    url: str = ""
    timeout_seconds: int = Field(default=60, ge=1, le=3600)
    folders: list[str] = []
    targets: dict[str, TargetSetting] = {}
    goals: list[str] = []
    organisations: dict[str, list[str]] = {}
    settings: dict[str, str | int | Decimal] = {}
    external: dict[str, ExternalFigure] = {}
    dimensions: dict[str, ExtraDimension] = {}
    variants: dict[str, str] = {}


class Company(Frozen):
    """A company folder, read. ``selects`` holds the operator's SELECT for each canonical table it maps."""

    folder: Path
    file: CompanyFile
    selects: dict[str, str]

    @property
    def calendar(self) -> Calendar:
        """The fiscal calendar of the company."""
        return Calendar(self.file.fiscal_year_start)

    @property
    def url(self) -> str:
        """The warehouse's URL: DuckDB in memory unless `company.toml` names another."""
        return _warehouse_url(self.file.url, self.folder)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders whose files the SELECTs may read: the company's own and those it names."""
        return (self.folder, *((self.folder / name).resolve() for name in self.file.folders))


def read_company(folder: Path, tables: Mapping[str, object]) -> Company:
    """Read a company folder. ``tables`` are the canonical tables by name.

    Raises:
        CompanyError: the folder is missing, `company.toml` is wrong, or a SELECT is for no known table.
    """
    folder = folder.expanduser().resolve()
    path = folder / "company.toml"
    if not path.is_file():
        raise CompanyError(
            f"There is no company folder at {folder}: it needs a company.toml; "
            "give the folder with --company or COUNTERPOISE_COMPANY."
        )
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        file = CompanyFile.model_validate(raw)
        ZoneInfo(file.timezone)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CompanyError(f"{path.name} is no valid TOML: {error}.") from None
    except ValidationError as error:
        raise CompanyError(_first_mistake(error)) from None
    except (ZoneInfoNotFoundError, ValueError):
        raise CompanyError(
            f"company.toml: timezone {file.timezone!r} is unknown; write one such as Europe/Berlin."
        ) from None
    return Company(folder=folder, file=file, selects=_selects(folder / "tables", tables))


def _selects(folder: Path, tables: Mapping[str, object]) -> dict[str, str]:
    selects = {}
    for path in sorted(folder.glob("*.sql")):
        if path.stem not in tables:
            raise UnknownNameError(
                "canonical table",
                path.stem,
                tables,
                remedy=f"Rename tables/{path.name} to the table it gives.",
            )
        selects[path.stem] = path.read_text(encoding="utf-8").strip().rstrip(";").strip()
    if not selects:
        raise CompanyError(
            f"The company folder {folder.parent} maps no table: put one SELECT per canonical table into "
            "tables/NAME.sql; `counterpoise catalog tables` lists them."
        )
    return selects


def _warehouse_url(written: str, folder: Path) -> str:
    if not written:
        return "duckdb:///:memory:"
    if written.startswith("env:"):
        name = written.removeprefix("env:")
        found = os.environ.get(name, "")
        if not found:
            raise CompanyError(f"company.toml takes the warehouse's URL from {name}: set that variable.")
        return found
    try:
        url = make_url(written)
    except ArgumentError:
        raise CompanyError(
            "company.toml: url is no database URL; write one such as duckdb:///data.duckdb, or env:NAME."
        ) from None
    if url.password:
        raise CompanyError(
            'company.toml: the url holds a password; write url = "env:NAME" and set NAME in the environment.'
        )
    if url.get_backend_name() in {"duckdb", "sqlite"} and url.database not in {None, "", ":memory:"}:
        return url.set(database=str((folder / str(url.database)).resolve())).render_as_string()
    return written


def _first_mistake(error: ValidationError) -> str:
    mistake = error.errors()[0]
    where = ".".join(str(part) for part in mistake["loc"])
    if mistake["type"] == "extra_forbidden":
        unknown = UnknownNameError("key", where, CompanyFile.model_fields)
        return f"company.toml: {unknown}"
    what = re.sub(r"^Value error, ", "", str(mistake["msg"]))
    return f"company.toml: {where}: {what[:1].lower()}{what[1:]}."
