"""The tables of a company, made: canonical ones of its own SELECTs, derived ones of those."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.engine.canonical import canonical
from metrics.engine.currency import in_reporting_currency
from metrics.engine.derived import DERIVATIONS
from metrics.engine.pieces import named
from metrics.engine.relations import Relations
from metrics.model import Catalog, Table
from metrics.warehouse import Warehouse


def relations_of(catalog: Catalog, warehouse: Warehouse) -> Relations:
    """The tables of the company behind a warehouse."""
    return Relations(catalog, warehouse, _made)


def _made(relations: Relations, table: Table) -> sa.CTE:
    if not table.derived:
        return canonical(relations, table, in_reporting_currency)
    return named(DERIVATIONS[table.name](relations), f"derived_{table.name}")
