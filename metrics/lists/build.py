"""A role and a company -> a finished scorecard: ranked, computed, guarded, checked against the rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from time import perf_counter

from metrics.balance import Gates, check
from metrics.engine import Engine
from metrics.lists.aims import ASSUMED, in_force
from metrics.lists.behind import remarks
from metrics.lists.gates import gates_of
from metrics.lists.holding import unheld, unheld_parts
from metrics.lists.judge import context_of
from metrics.lists.rows import covers, rows_of
from metrics.lists.taught import UNTAUGHT, Taught
from metrics.lists.wanted import Wanted
from metrics.model import BusinessModel, Stage
from metrics.ranking import CLOSED, Ranking, rank
from metrics.scorecard import Row, Scorecard


def build(engine: Engine, wanted: Wanted) -> Scorecard:
    """The scorecard of a role.

    Raises:
        UnknownNameError: a role, metric or dimension nobody knows.
        UserError: so many metrics cannot be listed, and which rule is in the way.
        CompanyError: the warehouse refuses a query.
    """
    started = perf_counter()
    gates = gates_of(engine, wanted.as_of, today=wanted.today)
    ranking = ranked(engine, wanted, gates)
    ranked_at = perf_counter()
    rows, behind = rows_of(engine, wanted, ranking.places)
    computed_at = perf_counter()
    context = context_of(
        engine,
        rows,
        behind,
        role=wanted.role,
        as_of=wanted.as_of,
        stage=ranking.stage,
        business_model=ranking.business_model,
        gates=gates,
        within=wanted.within,
        count=wanted.count,
        taught=wanted.taught,
        filters=wanted.filters,
    )
    rules = (
        *check(engine.catalog, ranking.ids, role=wanted.role, context=context),
        *wanted.taught.results([row.metric for row in rows], wanted.role, wanted.within),
    )
    elapsed = {"rank": (ranked_at - started) * 1000, "compute": (computed_at - ranked_at) * 1000}
    company = engine.company.file
    return Scorecard(
        role=wanted.role,
        role_name=engine.catalog.role(wanted.role).name,
        company=company.name,
        currency=company.currency,
        period=wanted.period,
        as_of=wanted.as_of,
        rows=rows,
        rules=rules,
        notes=(
            *ranking.notes,
            *_assumed_goal(engine, wanted, ranking),
            *covers(engine, wanted, rows),
            *_unheld(engine, wanted, rows),
            *remarks(rows, behind),
        ),
        elapsed_ms=elapsed,
    )


def _unheld(engine: Engine, wanted: Wanted, rows: Sequence[Row]) -> tuple[str, ...]:
    """Which targets are for periods of another length, or for all of one that is not over; a group has none anyway."""
    if wanted.filters or wanted.besides:
        return ()
    file, catalog = engine.company.file, engine.catalog
    lengths = unheld(((row.metric, row.value.period) for row in rows), file, catalog)
    return (*lengths, *unheld_parts((row.value for row in rows), file, catalog))


def ranked(engine: Engine, wanted: Wanted, gates: Gates = CLOSED) -> Ranking:
    """The order of the metrics, as many as were asked for."""
    ranking = order(
        engine,
        wanted.role,
        wanted.as_of,
        stage=wanted.stage,
        business_model=wanted.business_model,
        gates=gates,
        within=wanted.within,
        count=wanted.count,
        taught=wanted.taught,
    )
    return ranking.first(wanted.count)


def order(
    engine: Engine,
    role: str,
    as_of: date,
    *,
    stage: Stage | None = None,
    business_model: BusinessModel | None = None,
    gates: Gates = CLOSED,
    within: Collection[str] | None = None,
    count: int | None = None,
    taught: Taught = UNTAUGHT,
) -> Ranking:
    """The order of a role's metrics, as the company's stage, business model, goals, traits and coaching have it."""
    company = engine.company.file
    wishes = taught.wishes(engine.catalog, role)
    ranking = rank(
        engine.catalog,
        role,
        stage=stage or company.stage,
        business_model=business_model or company.business_model,
        goals=in_force(company.goals, as_of),
        traits=company.traits,
        gates=gates,
        within=within,
        count=count,
        **wishes._asdict(),
    )
    return taught.named(ranking)


def _assumed_goal(engine: Engine, wanted: Wanted, ranking: Ranking) -> list[str]:
    """Which goal is assumed where none is declared (R15), said once in a conversation."""
    company = engine.company.file
    if wanted.again or in_force(company.goals, wanted.as_of):
        return []
    assumed = engine.catalog.goals[ASSUMED[ranking.stage or company.stage]]
    return [f"No goal is declared in company.toml; {assumed.name} is assumed (R15)."]
