"""A company folder: `company.toml` and `tables/NAME.sql`, read and checked.

The folder says who the company is, what it aims at, where its warehouse is, and how its own tables give the
canonical ones: one SELECT for each.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from metrics.calendar.periods import Calendar
from metrics.definition import Frozen
from metrics.errors import CompanyError, UnknownNameError
from metrics.folder.company_file import CompanyFile, ExternalFigure, ExtraDimension, TargetSetting
from metrics.folder.files import unfit


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
    def folders(self) -> tuple[Path, ...]:
        """The folders whose files the SELECTs may read: the company's own and those it names."""
        return (self.folder, *((self.folder / name).resolve() for name in self.file.folders))


INNER: Mapping[str, type[Frozen]] = {
    "targets": TargetSetting,
    "external": ExternalFigure,
    "dimensions": ExtraDimension,
}
"""What the entries of a table of `company.toml` are."""
FORMS = {
    "name": 'name = "Acme"',
    "currency": 'currency = "EUR"',
    "fiscal_year_start": "fiscal_year_start = 4",
    "folders": 'folders = ["data"]',
    "goals": 'goals = ["growth"]',
    "targets": "targets.win_rate = { value = 28, due = 2026-03-31 } # or for a band { low = 20, high = 30 }",
    "organisations": 'organisations.vp_sales = ["Sales"]',
    "settings": 'settings.activation_event = "first report"',
    "external": 'external.market_size = { value = 1000000, source = "who says so", as_of = 2025-12-31 }',
    "dimensions": 'dimensions.region = { column = "accounts.region" }',
    "variants": 'variants.win_rate = "of_all"',
    "values": 'values.opportunities.outcome = { "Closed Won" = "won" }',
}
"""How an entry of `company.toml` is written: the sentence about one of another form gives it as an example."""
UNIONS = ("str", "int", "decimal", "list[str]")
"""What pydantic adds to the place of an entry that may be of several types."""
TELLING = ("value_error", "literal_error", "less_than_equal", "greater_than_equal")
"""Mistakes that are told in words of people as they are."""


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
        raw: dict[str, Any] = tomllib.loads(_text(path, (folder,)), parse_float=Decimal)
        file = CompanyFile.model_validate(raw)
    except tomllib.TOMLDecodeError as error:
        raise CompanyError(f"company.toml is no valid TOML ({error}): mend that place.") from None
    except RecursionError:
        raise CompanyError("company.toml is nested too deeply: mend that entry.") from None
    except ValidationError as error:
        raise _mistake(error) from None
    except ValueError:
        raise CompanyError("company.toml holds a number of thousands of digits: mend it.") from None
    try:
        ZoneInfo(file.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CompanyError(
            f"company.toml: timezone {file.timezone!r} is unknown; write one such as Europe/Berlin."
        ) from None
    company = Company(folder=folder, file=file, selects={})
    return company.model_copy(update={"selects": _selects(company, tables)})


def _selects(company: Company, tables: Mapping[str, object]) -> dict[str, str]:
    selects = {}
    for path in sorted((company.folder / "tables").glob("*.sql")):
        if path.stem not in tables:
            remedy = (
                f"Rename tables/{path.name} to the table it gives; `counterpoise catalog tables` lists them."
            )
            raise UnknownNameError("canonical table", path.stem, tables, remedy=remedy)
        selects[path.stem] = _text(path, company.folders)
    if not selects:
        raise CompanyError(
            f"The company folder {company.folder} maps no table: put one SELECT per canonical table into "
            "tables/NAME.sql; `counterpoise catalog tables` lists them."
        )
    return selects


def _text(path: Path, folders: Sequence[Path]) -> str:
    """What a file of the folders says; a byte order mark, as some editors write it, says nothing."""
    if why := unfit(path, folders):
        raise CompanyError(f"{path.name} {why}: put an ordinary file in its place.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CompanyError(f"{path.name} is not UTF-8: save it as UTF-8 text.") from None
    except OSError as error:
        raise CompanyError(f"{path.name} cannot be read ({error.strerror}): check its permissions.") from None


def _mistake(error: ValidationError) -> CompanyError | UnknownNameError:
    """The first mistake of a file, as one sentence."""
    mistake = error.errors()[0]
    places = [str(part) for part in mistake["loc"] if part not in UNIONS]
    where, last = " ".join(".".join(places).split()), places[-1]
    if mistake["type"] == "extra_forbidden":
        known = INNER.get(places[0], CompanyFile).model_fields
        place = f"company.toml: {where}".removesuffix(last).rstrip(" .:")
        return UnknownNameError("key", last, known, remedy=f"Mend it in {place}.")
    if mistake["type"] not in TELLING and (form := FORMS.get(places[0])):
        wrong = "is missing" if mistake["type"] == "missing" else "cannot be read"
        return CompanyError(f"company.toml: {where} {wrong}: write it as in {form}.")
    what = re.sub(r"^Value error, ", "", str(mistake["msg"]))
    return CompanyError(f"company.toml: {where}: {what[:1].lower()}{what[1:]}; mend that entry.")
