"""What a measure needs and a company does not have."""

from __future__ import annotations


class MissingError(Exception):
    """Something a measure needs is not there: ``table.column`` or ``table``. Caught where values are made."""

    def __init__(self, *what: str) -> None:
        super().__init__(", ".join(what))
        self.what = what


class BrokenError(MissingError):
    """A table that the company maps and that cannot be read: nothing stands in for it, unlike an absent one."""
