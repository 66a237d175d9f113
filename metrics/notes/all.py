"""All that is told beside values, by whichever way they were asked for: each note once, in one order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from metrics.check.other_methods import otherwise
from metrics.engine import Engine
from metrics.notes.beginnings import all_but_newest, begun_within
from metrics.notes.overlooked import empty_for, less_for, unsplit, without_a_part
from metrics.notes.unreadable import unreadable
from metrics.notes.why_undefined import leaving_nothing, running_months
from metrics.values import Value


def notes_on(
    engine: Engine, asked: Sequence[Value], *, listed: Sequence[Value] = (), earlier: Iterable[Value] = ()
) -> tuple[str, ...]:
    """What to say of values that miss something, of those that there are in another way, and where data begins.

    ``asked`` are values of metrics that were named; of those of a list (``listed``) less is told, as nobody asked for
    each of them. ``earlier`` are those that any of them are held against.
    """
    values = (*listed, *asked)
    wrong = (*unreadable(engine, values), *empty_for(engine, values))
    notes = (
        *(wrong or leaving_nothing(engine.catalog, asked)),
        *running_months(engine.catalog, asked),
        *less_for(engine, asked),
        *unsplit(engine, asked),
        *without_a_part(engine, values),
        *otherwise(engine, asked),
        *begun_within(engine, values, all_but_newest((*values, *earlier))),
    )
    return tuple(dict.fromkeys(notes))
