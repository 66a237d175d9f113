"""Tables that cannot be read, told beside an answer; where it leaves nothing to answer with, instead of one."""

from __future__ import annotations

from collections.abc import Iterable

from metrics.engine import Engine
from metrics.errors import CompanyError
from metrics.values import Status, Value


def unreadable(engine: Engine, values: Iterable[Value]) -> tuple[str, ...]:
    """One note for each table that could not be read and that some of these values would have needed.

    Raises:
        CompanyError: nothing else is measured; it says what is wrong with the first of those tables.
    """
    values, why = tuple(values), engine.unreadable
    unmeasured = [value for value in values if value.status is Status.NOT_MEASURED]
    lacking = {need: None for value in unmeasured for need in value.needs if need in why}
    if lacking and len(unmeasured) == len(values):
        raise CompanyError(why[next(iter(lacking))])
    return tuple(
        f"The table {table} could not be read, so what needs it is not measured; `counterpoise check` says why."
        for table in lacking
    )
