"""Failures of ours as they are logged: which error, where in the code and in a statement; no row of anybody's.

A driver's own words may quote a row ("Could not convert string 'Anna Berg'"), so of its errors only the class is told,
the code that databases give to each kind, and the names and places that are no values; a value that cannot be
converted stays out as well.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from traceback import format_tb

from metrics.errors import CompanyError

MOST = 500_000
"""Characters of `failures.log`: the newest failures are kept."""
BY_DRIVERS = {"DatabaseError", "InterfaceError", "StatementError"}
"""What a driver's errors descend from, by the standard that all of them follow, and SQLAlchemy's around them."""
CODES = ("sqlstate", "pgcode", "sqlite_errorname", "code", "errno", "error_name")
NAMES = ("schema_name", "table_name", "column_name", "constraint_name", "statement_position")
_PLACE = re.compile(
    r"\b(?:(?i:line|position|column|row)[: ]+\d+|Code: \d+|SQLSTATE: \w{5})\b|\[[A-Z][A-Z_.]{4,}\]"
)
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_FAILURE = re.compile(r"^(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*) \w{8}$", re.MULTILINE)


def told(error: BaseException) -> str:
    """An error and those that led to it, the first one first, each with its place in the code."""
    return "\n\n".join(reversed([_one(each) for each in _led_to(error)]))


def _led_to(error: BaseException) -> Iterator[BaseException]:
    seen = list[BaseException]()
    each: BaseException | None = error
    while each is not None and each not in seen:
        yield each
        yield from (inner for inner in getattr(each, "exceptions", ()) if isinstance(inner, BaseException))
        seen.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _one(error: BaseException) -> str:
    places = "".join(format_tb(error.__traceback__))
    return f"{places}{type(error).__module__}.{type(error).__qualname__}: {_words(error)}"


def _words(error: BaseException) -> str:
    """What an error says, as far as no row can stand in it."""
    if isinstance(error, CompanyError):
        return error.plain
    if not any(kind.__name__ in BY_DRIVERS for kind in type(error).__mro__):
        said = str(error)
        return _QUOTED.sub("'...'", said) if isinstance(error, ValueError | ArithmeticError) else said
    original = getattr(error, "orig", None) or error
    found = {name: getattr(original, name, None) for name in CODES}
    found |= {name: getattr(getattr(original, "diag", None), name, None) for name in NAMES}
    known = [f"{name} {value}" for name, value in found.items() if value is not None]
    return ", ".join([type(original).__qualname__, *known, *dict.fromkeys(_PLACE.findall(str(original)))])


class Discreet(logging.Formatter):
    """Lines of a log whose errors are told so."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name that logging calls
        """The error of a line."""
        error = ei[1] if isinstance(ei, tuple) else None
        return told(error) if isinstance(error, BaseException) else ""


def keep(log: Path, failure: str, error: BaseException, days: int) -> None:
    """Put a failure into the log, under the id that whoever met it was told; what is too old leaves it.

    Raises:
        OSError: it cannot be written.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    log.touch(mode=0o600)  # its words may hold figures of the company
    trim(log, days)
    with log.open("a", encoding="utf-8") as kept:
        kept.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {failure}\n{told(error)}\n\n")


def trim(log: Path, days: int) -> None:
    """Take out of the log what is older than so many days, and the oldest where it is too long.

    Raises:
        OSError: it cannot be read or written.
    """
    if not log.exists():
        return
    text = log.read_text(encoding="utf-8", errors="replace")
    since = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    kept = [found.start() for found in _FAILURE.finditer(text) if found["at"] >= since]
    fits = [start for start in kept if len(text) - start <= MOST]
    left = text[fits[0] :] if fits else ""
    if left != text:
        log.write_text(left, encoding="utf-8")
