"""Stages that only mean that a deal is lost: whoever enters one would have gone on from all stages before it."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.check.remarks import listed
from metrics.engine import Engine
from metrics.engine.tables.lacking import MissingError
from metrics.errors import CompanyError
from metrics.model import Table

STAGES = "opportunity_stage_history"
DEALS = "opportunities"
LOST = ("lost", "disqualified")
FEWEST = 10
"""Deals of a stage of which it is no chance that all of them are lost."""


def lost_stages(engine: Engine, table: Table) -> list[str]:
    """A remark where deals enter stages, after others, of which all that ever did are lost."""
    if table.name != STAGES or DEALS not in engine.company.selects:
        return []
    try:
        names = _found(engine)
    except (CompanyError, MissingError):  # the deals cannot be read, which is said of them
        return []
    if not names:
        return []
    which, rows = listed(repr(name) for name in names), "rows of it" if len(names) == 1 else "rows of them"
    return [
        (
            f"all deals that entered stage {which} are lost: if that is what it says, leave out the {rows}, "
            "for who enters it has gone on from the stages before"
        )
    ]


def _found(engine: Engine) -> list[str]:
    relations = engine.relations
    if not relations.has(DEALS, "opportunity_id", "outcome"):
        return []
    visits, deals = relations.table(STAGES), relations.table(DEALS)
    if not {"opportunity_id", "stage", "stage_order"} <= set(visits.c.keys()):
        return []
    lost = sa.func.min(sa.case((deals.c.outcome.in_(LOST), 1), else_=0))
    first = sa.select(sa.func.min(visits.c.stage_order)).scalar_subquery()
    joined = visits.join(deals, deals.c.opportunity_id == visits.c.opportunity_id)
    stages = (
        sa.select(visits.c.stage)
        .select_from(joined)
        .where(visits.c.stage_order > first)
        .group_by(visits.c.stage)
        .having(lost == 1, sa.func.count(visits.c.opportunity_id.distinct()) >= FEWEST)
        .order_by(visits.c.stage)
    )
    return [str(stage) for (stage,) in engine.warehouse.run(stages).rows]
