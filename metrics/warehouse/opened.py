"""Opens a company's warehouse read-only."""

from __future__ import annotations

from functools import partial

from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from metrics.errors import CompanyError
from metrics.folder.company import Company
from metrics.warehouse.address import address
from metrics.warehouse.connect import Warehouse
from metrics.warehouse.habits import habits_of
from metrics.warehouse.limited import reached
from metrics.warehouse.session import read_only_engine


def open_warehouse(company: Company) -> Warehouse:
    """Open the warehouse that a company folder points at, read-only.

    Raises:
        CompanyError: the URL names no known database, or the database cannot be reached.
    """
    url = address(company)
    habits = habits_of(url.get_backend_name())
    try:
        engine = reached(partial(read_only_engine, company, url, habits))
        with reached(engine.connect):
            return Warehouse(company, engine)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        package = f"counterpoise[{habits.extra}]" if habits.extra else "its SQLAlchemy dialect"
        raise CompanyError(
            f"The warehouse's URL names a database without a driver here: install {package}."
        ) from None
