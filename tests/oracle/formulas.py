"""Every naive formula by the id of its metric, or of its method: ``metric.method``."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType

from metrics.model import Catalog
from tests.oracle import (
    marketing,
    methods_marketing,
    methods_money,
    methods_pipeline,
    methods_product,
    methods_retention,
    methods_revenue,
    methods_selling,
    methods_service,
    money,
    operations,
    product,
    retention,
    selling,
    surveys,
    web,
)
from tests.oracle.book import Book, Marked, Span

Formula = Callable[[Book, Span], Fraction | Marked]
FAMILIES: tuple[ModuleType, ...] = (money, retention, selling, marketing, operations, product, web, surveys)
METHODS: tuple[ModuleType, ...] = (
    *(methods_money, methods_revenue, methods_retention, methods_pipeline, methods_selling),
    *(methods_marketing, methods_product, methods_service),
)


def business(catalog: Catalog) -> tuple[set[str], set[str]]:
    """The ids of all business metrics, and of all their other methods."""
    metrics = [metric for metric in catalog.metrics.values() if metric.side == "business"]
    return {metric.id for metric in metrics}, {id_ for metric in metrics for id_ in metric.others}


def formulas(ids: set[str]) -> dict[str, Formula]:
    """The formula of each of these metrics and methods that has one."""
    return {
        id_: getattr(family, id_.replace(".", "_"))
        for id_ in sorted(ids)
        for family in (METHODS if "." in id_ else FAMILIES)
        if hasattr(family, id_.replace(".", "_"))
    }
