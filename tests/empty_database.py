"""One empty database for all tiny companies of a process: opening one takes longer than many a question."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa

from metrics.engine import Engine
from metrics.folder.company import Company
from metrics.folder.company_file import CompanyFile
from metrics.opening import open_company, read_folder
from metrics.warehouse import Warehouse, open_warehouse


def opened(folder: Path) -> Engine:
    """The engine of a company whose rows are in its SELECTs; one that has a database of its own opens that."""
    catalog, company = read_folder(folder)
    if company.file.model_fields_set & {"url", "threads", "folders"}:
        return open_company(folder)
    return Engine(catalog, company, warehouse_of(company))


def warehouse_of(company: Company) -> Warehouse:
    """The warehouse of a company whose rows are in its SELECTs."""
    return Warehouse(company, _empty())


@cache
def _empty() -> sa.Engine:
    bare = CompanyFile(name="Bare")
    return open_warehouse(Company(folder=Path(), file=bare, selects={})).engine
