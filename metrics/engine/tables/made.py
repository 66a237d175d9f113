"""The tables of a company, made: canonical ones of its own SELECTs, derived ones of those."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.engine.tables.canonical import canonical
from metrics.engine.tables.currency import in_reporting_currency
from metrics.engine.tables.derived import DERIVATIONS
from metrics.engine.tables.known import known_then
from metrics.engine.tables.pieces import named
from metrics.engine.tables.relations import Relations
from metrics.model import Catalog, Table
from metrics.warehouse import Warehouse


def relations_of(catalog: Catalog, warehouse: Warehouse) -> Relations:
    """The tables of the company behind a warehouse."""
    return Relations(catalog, warehouse, _made)


def _made(relations: Relations, table: Table) -> sa.CTE:
    if table.derived:
        return named(DERIVATIONS[table.name](relations), f"derived_{table.name}")
    rows, past = canonical(relations, table, in_reporting_currency), relations.past
    return known_then(relations, table, rows, past.as_of) if past and table.name in past.tables else rows
