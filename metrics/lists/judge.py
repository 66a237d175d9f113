"""A finished list -> what every rule of balance looks at: its rows, and what is known of the company."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from metrics.balance import Context, Gates, Reading, receipts
from metrics.engine import Engine
from metrics.lists.aims import ASSUMED, changes, in_force
from metrics.lists.behind import Behind, remarked
from metrics.lists.taught import Taught
from metrics.model import BusinessModel, Stage
from metrics.scorecard import Row


def context_of(
    engine: Engine,
    rows: Sequence[Row],
    behind: Behind,
    *,
    role: str,
    as_of: date,
    stage: Stage | None,
    business_model: BusinessModel | None,
    gates: Gates,
    within: Collection[str] | None,
    count: int,
    taught: Taught,
    filters: Mapping[str, Sequence[str]] | None = None,
) -> Context:
    """All that is known of an answer with one list; ``filters`` are the groups that it was asked for."""
    file = engine.company.file
    coached = taught.of(role, within)
    goals = in_force(file.goals, as_of)
    departments = [*((filters or {}).get("department") or file.organisations.get(role, []))]
    return Context(
        role=role,
        stage=stage,
        business_model=business_model,
        traits=file.traits,
        shares=taught.wishes(engine.catalog, role).shares,
        gates=gates,
        goals=list(goals),
        assumed_goal=None if goals else ASSUMED[stage or file.stage],
        goal_changes=changes(file.goals, as_of),
        shown=list(within) if within else None,
        count=count if within else None,
        lists=1,
        beside={row.metric.id: list(row.guarded_by) for row in rows},
        receipts=receipts(row.value for row in rows),
        readings=[reading(row, behind) for row in rows],
        organisation=departments,
        whole=[row.metric.id for row in rows if departments and not population(row)],
        agreed=file.agreed,
        equal_weights=behind.equal_weights(),
        coached=coached or None,
        coached_before=[rule.id for rule in taught.rules if rule.role in (None, role)] if coached else None,
        user=taught.user,
        channel=taught.channel,
    )


def reading(row: Row, behind: Behind) -> Reading:
    """What a row shows."""
    value, target = row.value, row.target
    return Reading(
        metric=row.metric.id,
        value=value.value,
        status=value.status.value,
        n=value.n,
        response_rate=row.response.value if row.response else None,
        completeness=behind.completeness(row.metric.id),
        target=target.value if target else None,
        due=target.due.isoformat() if target and target.due else None,
        population=population(row),
        flags=list(value.flags),
        remarks=remarked(row, behind),
        needs=list(value.needs),
    )


def population(row: Row) -> list[str]:
    """The departments that a value covers; none: the whole company."""
    return list(dict(row.value.citation.scope.filters).get("department", ()))
