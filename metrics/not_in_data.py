"""What is said of the data and not borne out by it: an event that nobody ever did, a score off its scale."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.engine import Engine
from metrics.engine.lacking import MissingError
from metrics.errors import RefusedError, TooSlowError
from metrics.model import Table
from metrics.remarks import listed

NAMED = {
    "product_events": ("event_name", ("activation_event", "value_event", "key_event", "feature")),
    "cost_entries": ("department_id", ("support_department",)),
}
"""Table -> its column, and the settings that name one of its values."""
OFF_SCALE = (
    "score lies off its scale in {rows:,} {answers}: give scale_min and scale_max "
    "(without them NPS goes from 0 to 10, others from 1 to 5)"
)


def not_in_data(engine: Engine, table: Table) -> list[str]:
    """A remark for each setting that names what the table never holds, and one for scores off their scale.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    try:
        return [*_never_held(engine, table), *_off_scale(engine, table)]
    except (MissingError, RefusedError, TooSlowError):  # a remark is not worth an error
        return []


def _never_held(engine: Engine, table: Table) -> list[str]:
    column, names = NAMED.get(table.name, ("", ()))
    declared = {
        name: str(engine.company.file.settings[name]) for name in names if name in engine.setting.settings
    }
    if not declared:
        return []
    held = engine.relations.column(table.name, column)
    found = engine.warehouse.run(sa.select(held).where(held.in_(list(declared.values()))).distinct()).rows
    known = {str(row[0]) for row in found}
    return [
        f"{column} never holds {listed([repr(value)])}, which settings.{name} in company.toml names"
        for name, value in declared.items()
        if value not in known
    ]


def _off_scale(engine: Engine, table: Table) -> list[str]:
    if table.name != "survey_responses":
        return []
    answers = engine.relations.table("survey_answers").c
    off = sa.or_(answers.score < answers.scale_min, answers.score > answers.scale_max)
    [[rows]] = engine.warehouse.run(sa.select(sa.func.count()).where(off)).rows
    return [OFF_SCALE.format(rows=rows, answers="answer" if rows == 1 else "answers")] if rows else []
