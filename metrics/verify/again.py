"""The numbers of an old answer -> the same asks, computed again for whoever asks now."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.engine import Ask, Engine
from metrics.errors import GuardedError, UserError
from metrics.lists.wanted import today_in
from metrics.privacy import INSIDE, OffLatticeError, Reader
from metrics.values import Status, Value
from metrics.verify.compared import compared, is_guarded
from metrics.verify.recorded import Recorded, Verified


def verify(engine: Engine, recorded: Sequence[Recorded], reader: Reader = INSIDE) -> list[Verified]:
    """Each number of an old answer, computed again from the data and the definitions of today, for that reader.

    Raises:
        CompanyError: the warehouse refuses a query.
    """
    asks = {one.key: _ask(engine, one) for one in recorded}
    distinct = list({_identity(ask): ask for ask in asks.values() if isinstance(ask, Ask)}.values())
    tables = _tables(engine, distinct, reader)
    found = {_identity(ask): table for ask, table in zip(distinct, tables, strict=True)}
    verified = []
    for one in recorded:
        ask = asks[one.key]
        table = ask if isinstance(ask, str) else found[_identity(ask)]
        if isinstance(table, str):
            verified.append(Verified(one, "not_computable", guarded=is_guarded(engine, one), why_not=table))
        else:
            verified.append(compared(engine, one, table))
    return verified


def _tables(engine: Engine, asks: Sequence[Ask], reader: Reader) -> list[list[Value] | str]:
    """The values of each ask; or why this reader is not given them. All at once, if they are given all."""
    day = max((ask.as_of for ask in asks if ask.as_of), default=today_in(engine.setting.timezone))
    try:
        return [*engine.compute(asks, day, reader=reader)]
    except (GuardedError, OffLatticeError) as error:
        if len(asks) == 1:
            return [str(error).rstrip(".")]
    return [table for ask in asks for table in _tables(engine, [ask], reader)]


def _identity(ask: Ask) -> tuple[object, ...]:
    """What makes two asks the same question."""
    return (ask.metric, ask.period.start, ask.period.end, ask.slice, ask.as_of, ask.elapsed)


def _ask(engine: Engine, one: Recorded) -> Ask | str:
    """What was asked, to be asked again; or why that is impossible."""
    scope = one.scope
    if scope is None:
        return "it was recorded before receipts could be run again"
    filters = dict(scope.filters)
    ask = Ask(
        one.metric,
        one.period,
        scope.by,
        filters,
        as_of=one.as_of,
        beside=scope.beside,
        besides=scope.besides,
        elapsed=scope.elapsed,
    )
    try:
        engine.catalog.metric(one.metric)
        for name in (*scope.by, *scope.beside, *filters):
            if name in engine.catalog.dimensions and not engine.reaches(one.metric, name):
                return f"{one.metric} no longer knows {name}"
            if name not in engine.catalog.dimensions and "." not in name:
                return f"there is no dimension {name} any more"
        if one.status != Status.NOT_MEASURED and engine.missing(one.metric):
            return f"the company no longer has {', '.join(engine.missing(one.metric))}"
    except UserError as error:
        return str(error).rstrip(".")
    return ask
