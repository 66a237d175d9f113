"""The company's own database, read-only: canonical tables as SELECTs over a SQLAlchemy engine."""

from metrics.warehouse.connect import Warehouse
from metrics.warehouse.opened import open_warehouse

__all__ = ["Warehouse", "open_warehouse"]
