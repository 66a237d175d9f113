"""What is said of the data and not borne out by it: an event that nobody ever did, a score off its scale."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.engine import Engine
from metrics.engine.lacking import MissingError
from metrics.errors import RefusedError, TooSlowError
from metrics.model import Table
from metrics.remarks import listed

NAMES = {
    "activation_event": ("product_events", "event_name"),
    "value_event": ("product_events", "event_name"),
    "key_event": ("product_events", "event_name"),
    "feature": ("product_events", "event_name"),
    "support_department": ("cost_entries", "department_id"),
}
"""Settings that name a value of a column, each with its table and column."""
OFF_SCALE = (
    "score lies off its scale in {rows:,} {answers}: give scale_min and scale_max "
    "(without them NPS goes from 0 to 10, others from 1 to 5)"
)


def not_in_data(engine: Engine, table: Table) -> list[str]:
    """A remark for each setting that names what the table never holds, and one for scores off their scale.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    named = [name for name, (of, _) in NAMES.items() if of == table.name]
    try:
        return [*filter(None, (never_held(engine, name) for name in named)), *_off_scale(engine, table)]
    except (MissingError, RefusedError, TooSlowError):  # a remark is not worth an error
        return []


def never_held(engine: Engine, setting: str) -> str:
    """The remark about a setting that names what its column never holds, looked for again when the table changes.

    Raises:
        MissingError, RefusedError, TooSlowError: the column cannot be looked at.
        CompanyError: the warehouse cannot be reached.
    """
    if setting not in NAMES or setting not in engine.setting.settings:
        return ""
    (table, column), value = NAMES[setting], str(engine.setting.settings[setting])

    def look() -> str:
        held = engine.relations.column(table, column)
        [[rows]] = engine.warehouse.run(sa.select(sa.func.count()).where(held == value)).rows
        if rows:
            return ""
        return f"{column} never holds {listed([repr(value)])}, which settings.{setting} in company.toml names"

    with engine.turn:
        return engine.store.known(("never held", setting, value), frozenset((table,)), look)


def _off_scale(engine: Engine, table: Table) -> list[str]:
    if table.name != "survey_responses":
        return []
    answers = engine.relations.table("survey_answers").c
    off = sa.or_(answers.score < answers.scale_min, answers.score > answers.scale_max)
    [[rows]] = engine.warehouse.run(sa.select(sa.func.count()).where(off)).rows
    return [OFF_SCALE.format(rows=rows, answers="answer" if rows == 1 else "answers")] if rows else []
