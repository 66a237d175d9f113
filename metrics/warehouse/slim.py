"""What a driver would load although nobody needs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def without_pandas() -> Iterator[None]:
    """Keep DuckDB from importing pandas at the first bound parameter: it only looks for pandas' own NaT there.

    The import takes a third of a second, a tenth of what a question on the command line takes. Whoever has
    imported pandas keeps it.
    """
    modules: dict[str, Any] = sys.modules
    if "pandas" in modules:
        yield
        return
    modules["pandas"] = None
    try:
        yield
    finally:
        if modules.get("pandas", True) is None:
            del modules["pandas"]
