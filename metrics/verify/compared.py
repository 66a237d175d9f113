"""A recorded number beside the value that it has now: same, changed and by what, or no longer computable and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metrics import VERSION
from metrics.engine import Engine
from metrics.engine.evaluation.company_says import DIMENSIONS, own_dimensions
from metrics.privacy import is_withheld, level_of_recorded
from metrics.values import Citation, Scope, Status, Value
from metrics.verify.recorded import Moved, Recorded, Verified

OUT_OF_RANGE = "a number in the data behind it is out of range now"
FIGURES = ("value", "numerator", "denominator", "n", "status")


def compared(engine: Engine, one: Recorded, table: Sequence[Value]) -> Verified:
    """What became of a number, by the values that its ask has now."""
    now, guarded = _of_group(table, one), is_guarded(engine, one)
    if now is None:
        return Verified(one, "not_computable", guarded=guarded, why_not=_why_gone(engine, one))
    if why_not := _why_withheld(one, now):
        return Verified(one, "not_computable", guarded=True, why_not=why_not)
    if why_not := _why_none(one, now):
        return Verified(one, "not_computable", guarded=guarded, why_not=why_not)
    fields = _differing(one, now)
    moved = _moved(one, now.citation, differs=bool(fields))
    then, after = (None, None) if guarded else (one.value, now.value)
    named = () if guarded else fields
    return Verified(one, "changed" if fields else "same", moved, named, then, after, guarded)


def _of_group(table: Sequence[Value], one: Recorded) -> Value | None:
    group = () if one.scope is None else one.scope.group
    whole = {Status.NOT_MEASURED, Status.NOT_COMPUTABLE}
    unmeasured = (value for value in table if value.status in whole)
    return next((value for value in table if value.citation.scope.group == group), next(unmeasured, None))


def _why_withheld(one: Recorded, now: Value) -> str:
    """Why a value is not shown to whoever asks now; empty where it is."""
    if is_withheld(now):
        return "it is not for whoever asks now"
    if now.status is Status.SUPPRESSED and one.status != now.status:
        return "its group is too small to show now"
    return ""


def _why_none(one: Recorded, now: Value) -> str:
    """Why a number that there was cannot be computed any more; empty where it can."""
    if one.status == now.status:
        return ""
    if now.status is Status.NOT_MEASURED:
        return f"the company no longer has {', '.join(now.needs)}"
    return OUT_OF_RANGE if now.status is Status.NOT_COMPUTABLE else ""


def _differing(one: Recorded, now: Value) -> tuple[str, ...]:
    """The figures that are others now; an amount in another currency is another amount."""
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
        return ("value", *(name for name in fields if name != "value"))
    return fields


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


def is_guarded(engine: Engine, one: Recorded) -> bool:
    """Whether a number is about people: by its metric, or by what it is grouped or filtered by."""
    scope = one.scope or Scope()
    names = (*scope.by, *scope.beside, *(name for name, _ in scope.filters))
    return level_of_recorded(engine.catalog, one.metric, names) != "open"
