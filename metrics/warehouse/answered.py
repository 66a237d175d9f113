"""What a statement gave: the text that ran, what was bound in it, and its rows, of which there are never many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from metrics.errors import CompanyError
from metrics.warehouse.prepared import Prepared, Rows

ROW_LIMIT = 200_000


@dataclass(frozen=True)
class Answered:
    """A statement as the database ran it, with its parameters by name (or number) and its rows.

    Files are named relative to the company folder: whoever runs it again does so from there.
    """

    sql: str
    parameters: dict[str, Any]
    rows: Rows


def answered_by(known: Prepared, rows: Rows) -> Answered:
    """The answer of a statement.

    Raises:
        CompanyError: it has more rows than an answer can need.
    """
    if len(rows) > ROW_LIMIT:
        raise CompanyError("The answer would have too many groups: choose a dimension with fewer values.")
    return Answered(known.cited, known.named, rows)
