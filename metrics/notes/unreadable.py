"""Tables that cannot be read or computed with, told beside an answer; of unread ones instead, if nothing is left."""

from __future__ import annotations

from collections.abc import Iterable

from metrics.catalog_text.reads import canonical
from metrics.engine import Engine
from metrics.errors import BrokenTableError
from metrics.values import Status, Value


def unreadable(engine: Engine, values: Iterable[Value]) -> tuple[str, ...]:
    """A note for each table that could not be read and that some of these values would have needed.

    One more is on values whose rows cannot be computed with.

    Raises:
        BrokenTableError: nothing else is measured; it says what is wrong with the first of those tables.
    """
    values, why = tuple(values), dict(engine.warehouse.broken)  # others ask meanwhile
    unmeasured = [value for value in values if value.status is Status.NOT_MEASURED]
    lacking = {need: None for value in unmeasured for need in value.needs if need in why}
    if lacking and len(unmeasured) == len(values):
        raise BrokenTableError(why[next(iter(lacking))])
    notes = [
        f"The table {table} could not be read, so what needs it is not measured; `counterpoise check` says why."
        for table in lacking
    ]
    return (*notes, *_out_of_range(engine, values))


def _out_of_range(engine: Engine, values: Iterable[Value]) -> list[str]:
    """A sentence on the values that the database cannot compute, and the tables to look into."""
    refused = [value for value in values if value.status is Status.NOT_COMPUTABLE]
    if not refused:
        return []
    metrics = [engine.catalog.metric(name) for name in dict.fromkeys(value.metric for value in refused)]
    names = dict.fromkeys(metric.name for metric in metrics)
    behind = {table: None for metric in metrics for table in canonical(engine.catalog, metric)}
    tables = [table for table in behind if table in engine.company.selects]
    said = f"{', '.join(names)} cannot be computed: a number behind it is out of range, so the database gives none; "
    return [
        f"{said}look for absurd values in {', '.join(tables)} (`counterpoise check` names rows that look wrong)."
    ]
