"""Every naive formula by the id of its metric."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType

from tests.oracle import marketing, money, operations, product, retention, selling, surveys, web
from tests.oracle.book import Book, Marked, Span

Formula = Callable[[Book, Span], Fraction | Marked]
FAMILIES: tuple[ModuleType, ...] = (money, retention, selling, marketing, operations, product, web, surveys)


def formulas(ids: set[str]) -> dict[str, Formula]:
    """The formula of each of these metrics that has one."""
    return {id_: getattr(family, id_) for family in FAMILIES for id_ in ids if hasattr(family, id_)}
