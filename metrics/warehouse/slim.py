"""What a driver would load although nobody needs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from threading import local
from types import ModuleType

NAME = "pandas"
HERE = local()
"""Whether the thread that asks is inside a query; every thread has its own answer."""


class NotHere(MetaPathFinder):
    """Finds no pandas for a thread that runs a query; every other thread finds it where it always is."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Leave every module to the next finder, but pandas inside a query.

        Raises:
            ModuleNotFoundError: pandas is asked for inside a query.
        """
        del path, target
        if fullname == NAME and getattr(HERE, "asking", False):
            raise ModuleNotFoundError(f"{NAME} is not looked for inside a query", name=NAME)


NOT_HERE = NotHere()


@contextmanager
def without_pandas() -> Iterator[None]:
    """Keep DuckDB from importing pandas at the first bound parameter: it only looks for pandas' own NaT there.

    The import takes a third of a second, a tenth of what a question on the command line takes. Whoever has
    imported pandas keeps it, and other threads may import it meanwhile.
    """
    if NAME in sys.modules:
        yield
        return
    if NOT_HERE not in sys.meta_path:
        sys.meta_path.insert(0, NOT_HERE)
    HERE.asking = True
    try:
        yield
    finally:
        HERE.asking = False
