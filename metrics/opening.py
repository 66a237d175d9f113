"""A company folder -> an engine that answers for it, with the catalog as that company has it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from pathlib import Path
from typing import get_args

from metrics.engine import Engine
from metrics.errors import CompanyError, UnknownNameError
from metrics.folder.company import Company, read_company
from metrics.folder.company_file import ExtraDimension
from metrics.folder.ways import paths_to
from metrics.load import load_catalog
from metrics.model import Catalog, Dimension, Sensitivity, Table, TableColumn
from metrics.warehouse import open_warehouse

GUARDED: tuple[Sensitivity, ...] = get_args(Sensitivity)
"""From open to restricted."""


def open_company(folder: Path) -> Engine:
    """The engine of a company folder; its own metrics, roles and rules are added to the shipped ones.

    Raises:
        CompanyError: the folder or its warehouse does not work.
        CatalogError: the company's additions to the catalog are wrong.
    """
    catalog, company = read_folder(folder)
    return Engine(catalog, company, open_warehouse(company))


def read_folder(folder: Path) -> tuple[Catalog, Company]:
    """A company folder and the catalog as that company has it, without its warehouse.

    Raises:
        CompanyError: `company.toml` is wrong, or a SELECT is for no known table.
        UnknownNameError: `company.toml` names something that the catalog does not know.
        CatalogError: the company's additions to the catalog are wrong.
    """
    folder = folder.expanduser().resolve()
    catalog = load_catalog(extra=folder)
    company = read_company(folder, catalog.tables)
    _known(catalog, company)
    return with_variants(with_dimensions(catalog, company), company), company


def _known(catalog: Catalog, company: Company) -> None:
    """Refuse targets, organisations and values of what nobody knows: they would be ignored."""
    for kind, known, named, where in (
        ("metric", catalog.metrics, company.file.targets, "targets"),
        ("role", catalog.roles, company.file.organisations, "organisations"),
    ):
        for name in named:
            if name not in known:
                remedy = f"Mend {where}.{name} in company.toml."
                raise UnknownNameError(kind, name, known, remedy=remedy)
    for table, columns in company.file.values.items():
        for column, words in columns.items():
            _known_values(catalog, table, column, words.values())


def _known_values(catalog: Catalog, table: str, column: str, meant: Iterable[str]) -> None:
    """Refuse values that stand for none of those that the column has a list of."""
    where = f"values.{table}.{column}"
    remedy = f"Mend {where} in company.toml."
    if table not in catalog.tables:
        raise UnknownNameError("canonical table", table, catalog.tables, remedy=remedy)
    listed = {one.name: one for one in catalog.tables[table].columns if one.values}
    if column not in listed:
        raise UnknownNameError(f"column of {table} with a list of values", column, listed, remedy=remedy)
    known = listed[column]
    for value in meant:
        if value not in known.values and not known.others:
            one_of = f"It is one of {', '.join(known.values)}; mend {where} in company.toml."
            raise UnknownNameError(f"value of {table}.{column}", value, known.values, remedy=one_of)


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
        for table, column in extra.places:
            if table not in catalog.tables:
                remedy = f"Mend dimensions.{name} in company.toml."
                raise UnknownNameError("canonical table", table, catalog.tables, remedy=remedy)
            if not column.isidentifier():
                raise CompanyError(
                    f"company.toml: dimensions.{name}.column is {extra.column!r}: write a table and one column of it."
                )
        if not extra.places:
            raise CompanyError(
                f"company.toml: dimensions.{name}.column names no column: write one, or take it out."
            )
        if name in catalog.dimensions:
            raise CompanyError(f"company.toml: the dimension {name} exists already; choose another name.")
        added[name] = Dimension(
            id=name,
            name=extra.name or name.replace("_", " ").capitalize(),
            sensitivity=max(
                (_sensitivity(extra, catalog, *place) for place in extra.places), key=GUARDED.index
            ),
            paths=_paths(catalog, extra),
        )
    if not added:
        return catalog
    own = {word.lower() for one in added.values() for word in (one.id, one.id.replace("_", " "), one.name)}
    shipped = {name: _without(one, own) for name, one in catalog.dimensions.items()}
    return replace(catalog, dimensions={**shipped, **added})


def _without(dimension: Dimension, own: Container[str]) -> Dimension:
    """A shipped dimension that goes by no name of the company's own: with a `region`, that is no department."""
    kept = [word for word in dimension.synonyms if word.lower() not in own]
    return dimension.model_copy(update={"synonyms": kept})


def _paths(catalog: Catalog, extra: ExtraDimension) -> dict[str, str]:
    """The ways to it from each table: one that carries it takes its own column, any other the first it leads to."""
    led = [paths_to(catalog, table, column) for table, column in reversed(extra.places)]
    ways = {start: path for paths in led for start, path in paths.items()}
    return ways | dict(reversed(extra.places))


def _sensitivity(extra: ExtraDimension, catalog: Catalog, table: str, column: str) -> Sensitivity:
    """As guarded as the company says, but never less than the canonical column it is.

    Where it says nothing, a column of a table of people is a fact about them: by way of its owners it parts deals too.
    One of a table of pay is as guarded as pay, and one that names persons is for whoever may see their names.
    """
    own: list[Sensitivity] = [
        "person" if found.names_somebody else found.sensitivity
        for found in catalog.tables[table].columns
        if found.name == column
    ]
    keys = {key.sensitivity for key in _keys(catalog.tables[table])} - {"open"}
    people: list[Sensitivity] = ["restricted" if "restricted" in keys else "people"] if keys else []
    if "person" in own:  # it names somebody, and that says who may see it at all
        people = []
    said = people if extra.sensitivity is None else [extra.sensitivity]
    return max(["open", *said, *own], key=GUARDED.index)


def _keys(table: Table) -> list[TableColumn]:
    return [column for column in table.columns if column.key]
