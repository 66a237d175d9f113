"""Families of column types: what a driver calls a type -> what the engine has to do with it."""

from __future__ import annotations

from typing import Any, Literal

Family = Literal["text", "date", "timestamp", "exact", "float", "integer", "boolean", "unknown"]

BY_PREFIX: tuple[tuple[str, Family], ...] = (
    ("timestamp", "timestamp"),
    ("datetime", "timestamp"),
    ("date", "date"),
    ("decimal", "exact"),
    ("numeric", "exact"),
    ("double", "float"),
    ("float", "float"),
    ("real", "float"),
    ("bool", "boolean"),
    ("varchar", "text"),
    ("text", "text"),
    ("string", "text"),
    ("char", "text"),
    ("uuid", "text"),
    ("enum", "text"),
    ("hugeint", "integer"),
    ("bigint", "integer"),
    ("int", "integer"),
    ("smallint", "integer"),
    ("tinyint", "integer"),
    ("ubigint", "integer"),
    ("uinteger", "integer"),
)


def family(type_code: Any) -> Family:
    """The family of a driver's type code; ``unknown`` is taken to be what the canonical column says."""
    name = str(type_code).lower()
    for prefix, found in BY_PREFIX:
        if name.startswith(prefix):
            return found
    return "unknown"
