"""Families of column types: what a driver calls a type -> what the engine has to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Family = Literal[
    "text", "code", "date", "timestamp", "zoned", "exact", "float", "integer", "boolean", "unknown"
]
"""``zoned`` is a timestamp that knows its zone: it is read in UTC. ``code`` is a type that shows as text and is none,
such as an enum or a UUID: databases compare and trim no such thing as text, and sort it in an order of its own."""

BY_PREFIX: tuple[tuple[str, Family], ...] = (
    ("timestamp with time zone", "zoned"),
    ("timestamptz", "zoned"),
    ("timestamp", "timestamp"),
    ("datetime", "timestamp"),
    ("date", "date"),
    ("decimal", "exact"),
    ("numeric", "exact"),
    ("bignumeric", "exact"),
    ("double", "float"),
    ("float", "float"),
    ("real", "float"),
    ("bool", "boolean"),
    ("varchar", "text"),
    ("text", "text"),
    ("string", "text"),
    ("fixedstring", "code"),
    ("char", "text"),
    ("uuid", "code"),
    ("enum", "code"),
    ("interval", "unknown"),
    ("hugeint", "integer"),
    ("bigint", "integer"),
    ("int", "integer"),
    ("smallint", "integer"),
    ("tinyint", "integer"),
    ("ubigint", "integer"),
    ("uhugeint", "integer"),
    ("usmallint", "integer"),
    ("utinyint", "integer"),
    ("uint", "integer"),
)
POSTGRES: Mapping[int, Family] = {
    16: "boolean",
    20: "integer",
    21: "integer",
    23: "integer",
    25: "text",
    700: "float",
    701: "float",
    790: "unknown",
    1043: "text",
    1082: "date",
    1114: "timestamp",
    1184: "zoned",
    1700: "exact",
}
"""The object ids of PostgreSQL's types, which Redshift shares; 790 is money. Any other is told as text: enums, citext,
char(n) with the blanks that fill it."""
SNOWFLAKE: Mapping[int, Family] = {
    0: "exact",
    1: "float",
    2: "text",
    3: "date",
    4: "timestamp",
    6: "zoned",
    7: "zoned",
    8: "timestamp",
    13: "boolean",
}
"""The numbers that Snowflake's connector gives to types."""
NUMBERED = {"postgres": POSTGRES, "redshift": POSTGRES, "snowflake": SNOWFLAKE}
WRAPPERS = ("nullable(", "lowcardinality(")


def family(type_code: Any, dialect: str = "duckdb") -> Family:
    """The family of a driver's type code; ``unknown`` is taken to be what the canonical column says."""
    numbered = NUMBERED.get(dialect)
    if numbered is not None and isinstance(type_code, int):
        return numbered.get(type_code, "unknown" if dialect == "snowflake" else "code")
    name = str(type_code).lower()
    while name.startswith(WRAPPERS):
        name = name.partition("(")[2]
    if name.startswith("timestamp") and (dialect == "bigquery" or "with time zone" in name):
        return (
            "zoned"  # BigQuery calls DATETIME what others call TIMESTAMP; Trino writes timestamp(3) with ...
        )
    if name.startswith("datetime") and "'" in name:
        return "zoned"  # ClickHouse shows a DateTime('Asia/Tokyo') by the clocks of that place
    for prefix, found in BY_PREFIX:
        if name.startswith(prefix):
            return found
    return "unknown"
