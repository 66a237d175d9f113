"""A role and a company -> a finished scorecard: ranked, computed, guarded, checked against the rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from time import perf_counter

from metrics.aims import ASSUMED, in_force
from metrics.balance import Gates, check
from metrics.behind import Behind, flagged, remarks, watch
from metrics.engine import Ask, Engine
from metrics.gates import gates_of
from metrics.judge import context_of
from metrics.model import BusinessModel, Metric, Stage
from metrics.periods import Period
from metrics.ranking import CLOSED, Place, Ranking, rank
from metrics.scorecard import Row, Scorecard, Target
from metrics.taught import UNTAUGHT, Taught
from metrics.values import Value

WHOLE = "whole company"


@dataclass(frozen=True)
class Wanted:
    """What a scorecard is asked for. ``within`` limits it to metrics shown before (R04).

    ``taught`` are the coached rules it is made with.
    """

    role: str
    count: int
    period: Period
    as_of: date
    today: date | None = None
    stage: Stage | None = None
    business_model: BusinessModel | None = None
    within: Collection[str] | None = None
    filters: Mapping[str, Sequence[str]] | None = None
    taught: Taught = UNTAUGHT


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
            *remarks(rows, behind),
        ),
        elapsed_ms=elapsed,
    )


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
    """Which goal is assumed where none is declared (R15)."""
    company = engine.company.file
    if in_force(company.goals, wanted.as_of):
        return []
    assumed = engine.catalog.goals[ASSUMED[ranking.stage or company.stage]]
    return [f"No goal is declared in company.toml; {assumed.name} is assumed (R15)."]


def rows_of(engine: Engine, wanted: Wanted, places: Sequence[Place]) -> tuple[tuple[Row, ...], Behind]:
    """The rows with their values, and what stands behind those: all computed at once."""
    metrics = [engine.catalog.metric(place.metric) for place in places]
    watched = watch(engine.catalog, metrics)
    now = [ask_of(engine, wanted, metric, steps=0) for metric in metrics]
    before = [ask_of(engine, wanted, metric, steps=-1) for metric in metrics]
    beside = [ask_of(engine, wanted, engine.catalog.metric(name), name=name) for name in watched.metrics]
    values = engine.compute([*now, *before, *beside], wanted.as_of, today=wanted.today)
    found = (one[0] for one in values[2 * len(now) :])
    behind = Behind(watched, dict(zip(watched.metrics, found, strict=True)))
    pairs = zip(values[: len(now)], values[len(now) : 2 * len(now)], strict=True)
    rows = (
        _row(engine, place, metric, current[0], previous[0])
        for place, metric, (current, previous) in zip(places, metrics, pairs, strict=True)
    )
    return tuple(flagged(row, behind) for row in rows), behind


def ask_of(engine: Engine, wanted: Wanted, metric: Metric, *, steps: int = 0, name: str = "") -> Ask:
    """What is asked of the engine for one place; ``steps`` moves it back to an earlier period.

    ``name`` is the metric's id, unless one of its variants is asked for.

    A metric that looks ahead is asked of the running period, as of the same day of each period.
    """
    filters = {**(wanted.filters or {}), **organisation(engine, wanted.role, metric)}
    if not metric.looks_ahead:
        period = wanted.period.shifted(steps) if steps else wanted.period
        return Ask(name or metric.id, period, filters=filters, usual_window=True, roll_up=True)
    running = wanted.period
    if running.last_day <= wanted.as_of:
        running = running.shifted(1)
    period = running.shifted(steps) if steps else running
    day = period.start + (wanted.as_of - running.start)
    return Ask(name or metric.id, period, filters=filters, as_of=min(day, period.last_day), roll_up=True)


def organisation(engine: Engine, role: str, metric: Metric) -> dict[str, Sequence[str]]:
    """The departments a people metric is computed over (R41): the role's own, where the data can tell."""
    departments = engine.company.file.organisations.get(role, [])
    if metric.side != "people" or not departments or not engine.reaches(metric.id, "department"):
        return {}
    return {"department": departments}


def _row(engine: Engine, place: Place, metric: Metric, value: Value, previous: Value) -> Row:
    before = previous if previous.value is not None and comparable(value, previous) else None
    change = None if before is None or value.value is None else value.value - (before.value or 0)
    setting = engine.company.file.targets.get(metric.id)
    target = None if setting is None else Target(setting.value, setting.low, setting.high, setting.due)
    return Row(
        rank=place.rank,
        metric=metric,
        value=value,
        previous=before,
        change=change,
        target=target,
        why=place.why,
        rules=place.rules,
        guarded_by=place.guarded_by,
        primary=place.primary,
    )


def comparable(value: Value, previous: Value) -> bool:
    """Whether two values are of the same people and of periods that follow each other, also where one was rolled up."""
    if "rolled_up" not in {*value.flags, *previous.flags}:
        return True
    same_rows = value.citation.filters == previous.citation.filters
    return (
        same_rows
        and previous.period.end == value.period.start
        and previous.period.grain == value.period.grain
    )


def covers(engine: Engine, wanted: Wanted, rows: Sequence[Row]) -> list[str]:
    """Over whom the people metrics were computed, in one line (R41)."""
    people = [row for row in rows if row.metric.side == "people"]
    departments = engine.company.file.organisations.get(wanted.role, [])
    if not people:
        return []
    if not departments:
        return [f"People metrics cover the {WHOLE}."]
    whole = [row.metric.name for row in people if "department" not in row.value.citation.filters]
    line = f"People metrics cover {', '.join(departments)}"
    return [f"{line}; {', '.join(whole)}: the {WHOLE}." if whole else f"{line}."]


def default_period(engine: Engine, as_of: date) -> Period:
    """The newest quarter that is over: what a scorecard shows unless it is told otherwise."""
    return engine.company.calendar.last_complete("quarter", as_of)


@dataclass(frozen=True)
class AsOf:
    """The day a question is asked for, the day by the clock, and a sentence that says which day was taken.

    A day that was asked for is the clock: nothing after it has happened.
    """

    day: date
    today: date
    note: str


def as_of_day(engine: Engine, asked: date | None, today: date) -> AsOf:
    """The day asked for; else today, or the newest day in the data where that is earlier."""
    if asked is not None:
        return AsOf(asked, asked, f"As of {asked.isoformat()}, as asked.")
    newest = engine.newest_day(today)
    if newest < today - timedelta(days=1):
        return AsOf(newest, today, f"As of {newest.isoformat()}, the newest day in the data.")
    return AsOf(today, today, f"As of today, {today.isoformat()}.")
