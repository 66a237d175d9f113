"""A company folder -> an engine that answers for it, with the catalog as that company has it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from metrics.company import Company, read_company
from metrics.engine import Engine
from metrics.errors import CompanyError, UnknownNameError
from metrics.load import load_catalog
from metrics.model import Catalog, Dimension
from metrics.warehouse import open_warehouse


def open_company(folder: Path) -> Engine:
    """The engine of a company folder; its own metrics, roles and rules are added to the shipped ones.

    Raises:
        CompanyError: the folder or its warehouse does not work.
        CatalogError: the company's additions to the catalog are wrong.
    """
    catalog = load_catalog(extra=folder)
    company = read_company(folder, catalog.tables)
    own = with_variants(with_dimensions(catalog, company), company)
    return Engine(own, company, open_warehouse(company))


def with_variants(catalog: Catalog, company: Company) -> Catalog:
    """The catalog with the variants that a company chose as its own way to compute a metric.

    Raises:
        UnknownNameError: a metric or variant nobody knows.
    """
    chosen = {
        metric_id: catalog.metric(f"{metric_id}.{variant}")
        for metric_id, variant in company.file.variants.items()
    }
    return replace(catalog, metrics={**catalog.metrics, **chosen}) if chosen else catalog


def with_dimensions(catalog: Catalog, company: Company) -> Catalog:
    """The catalog with the dimensions that a company declares over columns of its own.

    Raises:
        UnknownNameError: a dimension lies in a table that nobody knows.
        CompanyError: it has the name of a shipped one.
    """
    added = {}
    for name, extra in company.file.dimensions.items():
        table, _, column = extra.column.partition(".")
        if table not in catalog.tables:
            raise UnknownNameError(
                "canonical table", table, catalog.tables, remedy=f"Mend dimensions.{name}."
            )
        if name in catalog.dimensions:
            raise CompanyError(f"company.toml: the dimension {name} exists already; choose another name.")
        added[name] = Dimension(
            id=name, name=extra.name or name, sensitivity=extra.sensitivity, paths={table: column}
        )
    return replace(catalog, dimensions={**catalog.dimensions, **added}) if added else catalog
