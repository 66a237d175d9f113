"""Whether text says anything at all."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.sql.functions import FunctionElement

from metrics.engine.portable.spelling import spelled


class says_something(FunctionElement[bool]):  # noqa: N801 - SQL functions are named as SQL writes them
    """Whether there is more in a text than plain spaces, which files have where there is nothing.

    DuckDB takes three times as long to trim a text as to look at its first character, which mostly tells, and trims
    other spaces too, as no other database does.
    """

    type = sa.Boolean()
    inherit_cache = True


spelled(says_something, "(trim({0}) != '')", duckdb="(ascii({0}) > 32 OR trim({0}, ' ') != '')")
