"""An old answer's numbers, computed again: same, changed, or no longer computable.

It is done under the rights of whoever runs it: what the engine would not show them now is not shown, and of
values about people only the verdict is given, never the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from metrics import VERSION
from metrics.calendar.periods import Period
from metrics.engine import Ask, Engine
from metrics.engine.evaluation.company_says import DIMENSIONS, own_dimensions
from metrics.errors import GuardedError, UserError
from metrics.lists.wanted import today_in
from metrics.privacy import INSIDE, OffLatticeError, Reader, is_withheld, level_of_recorded
from metrics.values import Citation, Scope, Status, Value

Verdict = Literal["same", "changed", "not_computable"]
Moved = Literal["data", "definition", "engine", "currency", "time zone", "company.toml"]
OUT_OF_RANGE = "a number in the data behind it is out of range now"
FIGURES = ("value", "numerator", "denominator", "n", "status")


@dataclass(frozen=True)
class Recorded:
    """A number as an answer recorded it. ``metric`` may name a variant; ``scope`` is None in very old answers.

    ``status`` is empty where only the number was recorded, and so are ``currency`` (of amounts of money) and
    ``timezone`` where nothing says in which it was. ``declared`` is None where nothing says what of `company.toml` it
    rested on.
    """

    key: str
    metric: str
    version: str
    engine: str
    period: Period
    as_of: date
    scope: Scope | None
    status: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int | None = None
    currency: str = ""
    timezone: str = ""
    declared: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Verified:
    """What became of a number.

    ``moved`` says what moved under it (also where the number stayed the same), ``fields`` which of its figures
    differ, ``why_not`` why it cannot be computed. Of values about people (``guarded``) no figure is given: neither
    ``then`` nor ``now``, nor which of them differ.
    """

    recorded: Recorded
    verdict: Verdict
    moved: tuple[Moved, ...] = ()
    fields: tuple[str, ...] = ()
    then: Decimal | None = None
    now: Decimal | None = None
    guarded: bool = False
    why_not: str = ""


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
            verified.append(Verified(one, "not_computable", guarded=_guarded(engine, one), why_not=table))
        else:
            verified.append(_compared(engine, one, _of_group(table, one)))
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


def _of_group(table: Sequence[Value], one: Recorded) -> Value | None:
    group = () if one.scope is None else one.scope.group
    whole = {Status.NOT_MEASURED, Status.NOT_COMPUTABLE}
    unmeasured = (value for value in table if value.status in whole)
    return next((value for value in table if value.citation.scope.group == group), next(unmeasured, None))


def _compared(engine: Engine, one: Recorded, now: Value | None) -> Verified:
    guarded = _guarded(engine, one)
    if now is None:
        return Verified(one, "not_computable", guarded=guarded, why_not=_why_gone(engine, one))
    if is_withheld(now):
        return Verified(one, "not_computable", guarded=True, why_not="it is not for whoever asks now")
    if now.status is Status.SUPPRESSED and one.status != now.status:
        return Verified(one, "not_computable", guarded=True, why_not="its group is too small to show now")
    if now.status is Status.NOT_MEASURED and one.status != now.status:
        lacking = ", ".join(now.needs)
        return Verified(
            one, "not_computable", guarded=guarded, why_not=f"the company no longer has {lacking}"
        )
    if now.status is Status.NOT_COMPUTABLE and one.status != now.status:
        return Verified(one, "not_computable", guarded=guarded, why_not=OUT_OF_RANGE)
    citation = now.citation
    figures = {
        "value": (one.value, now.value),
        "numerator": (one.numerator, citation.numerator),
        "denominator": (one.denominator, citation.denominator),
        "n": (one.n, now.n),
        "status": (one.status or now.status.value, now.status.value),
    }
    fields = tuple(name for name in FIGURES if figures[name][0] != figures[name][1])
    if one.currency != citation.currency and one.currency and one.value is not None:
        fields = ("value", *(name for name in fields if name != "value"))
    moved = _moved(one, citation, differs=bool(fields))
    then, after = (None, None) if guarded else (one.value, now.value)
    named = () if guarded else fields
    return Verified(one, "changed" if fields else "same", moved, named, then, after, guarded)


def _why_gone(engine: Engine, one: Recorded) -> str:
    """Why a group is not there: a dimension of the company's own is another column now, or the data has none of it."""
    then = one.declared or {}
    names = () if one.scope is None else (*one.scope.by, *one.scope.beside, *dict(one.scope.filters))
    for place, now in own_dimensions(engine.company.file, names).items():
        if then.get(place, now) != now:
            name = place.removeprefix(DIMENSIONS)
            return f"the dimension {name} was {then[place]} then and is {now} in company.toml now"
    return "its group is no longer in the data"


def _other_declared(then: Mapping[str, str] | None, now: Mapping[str, str]) -> bool:
    """Whether `company.toml` says another thing now; which columns its dimensions are was not always recorded."""
    if then is None:
        return False
    return dict(then) != {
        key: text for key, text in now.items() if key in then or not key.startswith(DIMENSIONS)
    }


def _moved(one: Recorded, now: Citation, *, differs: bool) -> tuple[Moved, ...]:
    """What moved since, of what a receipt says a number rests on; a number that differs without is data."""
    changes: tuple[tuple[Moved, bool], ...] = (
        ("definition", one.version != now.version),
        ("engine", one.engine != VERSION),
        ("currency", bool(one.currency) and one.currency != now.currency),
        ("time zone", differs and bool(one.timezone) and one.timezone != now.timezone),
        ("company.toml", _other_declared(one.declared, now.declared)),
    )
    found = tuple(name for name, changed in changes if changed)
    return found if found or not differs else ("data",)


def _guarded(engine: Engine, one: Recorded) -> bool:
    """Whether a number is about people: by its metric, or by what it is grouped or filtered by."""
    scope = one.scope or Scope()
    names = (*scope.by, *scope.beside, *(name for name, _ in scope.filters))
    return level_of_recorded(engine.catalog, one.metric, names) != "open"
