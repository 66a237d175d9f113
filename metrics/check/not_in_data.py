"""What is said of the data and not borne out by it: an event that nobody ever did, a score off its scale."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.check.remarks import listed
from metrics.engine import Engine
from metrics.engine.tables.derived.surveys import TO_TEN
from metrics.engine.tables.lacking import MissingError
from metrics.errors import RefusedError, TooSlowError
from metrics.model import Table

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
BEST_OF_NPS = 10
OTHER_SCALE = (
    "scale_max of NPS is not 10 in {rows:,} {answers}: "
    "promoters are from 9 on and detractors up to 6 all the same"
)
HALF_A_SCALE = "no score of NPS is above {highest}: were answers given from 0 to 10?"
ENOUGH = 10
"""Of so many answers somebody gives more than half of what there is to give."""


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
    nps = answers.survey_type.in_(TO_TEN)
    other = sa.and_(nps, sa.not_(off), answers.scale_max != BEST_OF_NPS)
    counts = [sa.func.sum(sa.case((one, 1), else_=0)) for one in (off, other, nps)]
    best = sa.func.max(sa.case((nps, answers.score)))
    [[rows, others, of_nps, highest]] = engine.warehouse.run(sa.select(*counts, best)).rows
    found = [OFF_SCALE.format(rows=rows, answers="answer" if rows == 1 else "answers")] if rows else []
    if others:
        found.append(OTHER_SCALE.format(rows=others, answers="answer" if others == 1 else "answers"))
    if (of_nps or 0) >= ENOUGH and highest <= BEST_OF_NPS / 2:
        found.append(HALF_A_SCALE.format(highest=f"{float(highest):g}"))
    return found
