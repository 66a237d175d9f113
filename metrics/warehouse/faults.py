"""Whether a database refuses a query because of what its rows hold: a number out of range, a text that is no number.

Such a query fails whenever it runs again and others beside it do not; a limit of time, a lost connection or a
mistake in the SQL is something else.
"""

from __future__ import annotations

SQLITE = ("integer overflow",)
"""What SQLite says of data: its errors have one class for everything, and one code."""


def is_of_data(error: Exception) -> bool:
    """Whether the rows are to blame: what the DB-API calls a ``DataError``, wherever the driver follows it."""
    original = getattr(error, "orig", None) or error
    named = any(kind.__name__ == "DataError" for kind in type(original).__mro__)
    return named or (hasattr(original, "sqlite_errorcode") and str(original) in SQLITE)
