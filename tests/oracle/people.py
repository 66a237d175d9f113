"""A random company of people, the naive value of every people metric, and the engine's beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import duckdb

from metrics.calendar.periods import Period
from metrics.engine import Engine
from metrics.engine.asking.leaves import Frame, Slice, Wanted, leaves, metric_parts
from metrics.engine.evaluation import evaluate
from metrics.engine.evaluation.arithmetic import NoValueError
from metrics.engine.evaluation.formula import Formula
from metrics.engine.fetching.fetch import Fetched, fetch
from metrics.engine.fetching.source import opened
from metrics.engine.queries.cells import Group
from metrics.opening import open_company
from tests.as_it_was import as_they_were
from tests.oracle import people_rows as staff
from tests.oracle import people_rows_money as money
from tests.oracle import people_rows_work as work
from tests.oracle.company import Draw, Maker, Tables, folder, make, select
from tests.oracle.people_base import Answer, Question, Row, jobs_of
from tests.oracle.people_hiring import HIRING
from tests.oracle.people_leading import LEADING
from tests.oracle.people_methods_diversity import DIVERSITY_METHODS
from tests.oracle.people_methods_growing import GROWING_METHODS
from tests.oracle.people_methods_hiring import HIRING_METHODS
from tests.oracle.people_methods_pay import PAY_METHODS
from tests.oracle.people_methods_turnover import TURNOVER_METHODS
from tests.oracle.people_methods_wellbeing import WELLBEING_METHODS
from tests.oracle.people_pay import PAY
from tests.oracle.people_sales import SALES
from tests.oracle.people_surveys import SURVEYS
from tests.oracle.people_turnover import TURNOVER
from tests.oracle.people_wellbeing import WELLBEING

Naive = Callable[[Question], Answer]
FORMULAS: Mapping[str, Naive] = TURNOVER | SURVEYS | LEADING | HIRING | PAY | SALES | WELLBEING
METHODS: Mapping[str, Naive] = (
    TURNOVER_METHODS | GROWING_METHODS | DIVERSITY_METHODS | PAY_METHODS | HIRING_METHODS | WELLBEING_METHODS
)
MAKERS: Mapping[str, Maker] = {
    maker.__name__: maker
    for maker in (
        staff.employees,
        staff.job_history,
        staff.compensation,
        staff.reviews,
        staff.succession,
        work.trainings,
        work.coaching_sessions,
        work.absences,
        work.calendar,
        work.time_entries,
        work.safety_incidents,
        work.requisitions,
        work.applications,
        money.surveys,
        money.survey_invites,
        money.survey_responses,
        money.quotas,
        money.opportunities,
        money.revenue_entries,
        money.cost_entries,
    )
}


OPTIONAL = (
    ("employees", "employment_type"),
    ("job_history", "effective_to"),
    ("job_history", "fte"),
    ("requisitions", "is_evergreen"),
    ("quotas", "ramp_pct"),
    ("surveys", "audience"),
    ("survey_responses", "scale_min"),
    ("survey_responses", "scale_max"),
    ("absences", "working_days"),
)
"""Columns that a company may leave out: nothing in any row is the same."""
ZONES = ("UTC", "UTC", "America/Los_Angeles", "Asia/Tokyo")


class Company(NamedTuple):
    """The rows of a company, its people's jobs among them, where it lives, and an engine that reads it all."""

    tables: Tables
    jobs: Mapping[Any, list[Row]]
    zone: ZoneInfo
    engine: Engine
    past: dict[date, Tables]

    def on(self, day: date) -> Tables:
        """The rows as they were on a day."""
        if day not in self.past:
            self.past[day] = as_they_were(self.tables, day, self.zone)
        return self.past[day]


class Asked(NamedTuple):
    """A metric or a method of one, of a period, as of a day; of everybody, or by a dimension."""

    metric: str
    period: Period
    as_of: date
    by: tuple[str, ...] = ()


def rows_of(seed: int) -> tuple[Tables, set[tuple[str, str]], str]:
    """The rows of the company of that seed, the columns that it leaves out, and where it lives."""
    draw, tables = Draw(Random(seed)), make(seed, MAKERS)  # noqa: S311 - nothing here is secret
    zone, dropped = draw.of(*ZONES), {place for place in OPTIONAL if draw.chance(0.15)}
    for table, column in dropped:
        tables[table] = [{**row, column: None} for row in tables[table]]
    return tables, dropped, zone


def company(path: Path, seed: int) -> Company:
    """The company of that seed. Its rows lie in files, which are read faster than rows in a SELECT."""
    tables, dropped, zone = rows_of(seed)
    folder(path, {}, f'timezone = "{zone}"')
    with duckdb.connect() as connection:
        for name, rows in tables.items():
            gone = ", ".join(sorted(column for table, column in dropped if table == name))
            given = f"* EXCLUDE ({gone})" if gone else "*"
            connection.execute(
                f"COPY (SELECT {given} FROM ({select(name, rows)})) TO '{path / name}.parquet'"
            )
            (path / "tables" / f"{name}.sql").write_text(f"SELECT * FROM read_parquet('{name}.parquet')")
    return Company(tables, jobs_of(tables), ZoneInfo(zone), open_company(path), {})


def computed(company: Company, asked: Sequence[Asked]) -> Iterator[tuple[Asked, str | None, Fraction | None]]:
    """What the engine computes for each, or each of its groups, before privacy has looked at it."""
    engine, frames, wanted = company.engine, [], []
    for one in asked:
        frame = Frame(engine.catalog, one.period, one.as_of, Slice(by=one.by), first=engine.framing.choose)
        parts = metric_parts(engine.catalog.metric(one.metric))
        own = [leaf for part in parts for leaf in leaves(part, frame)]
        wanted += [Wanted(leaf, one.as_of) for leaf in own]
        frames.append((one, frame, own))
    fetched = fetch(opened(engine.setting), tuple(dict.fromkeys(wanted)))
    for one, frame, own in frames:
        found = fetched[one.as_of]
        formula = evaluate.formula(engine.catalog.metric(one.metric), frame)
        parted = [leaf for leaf in own if leaf.slice.by]
        groups = {key[:1] for leaf in parted for key in found.cells[leaf].cells} if one.by else {()}
        for group in sorted(groups, key=str):
            yield one, (group[0] if group else None), _value(formula, found, group)


def _value(formula: Formula, found: Fetched, group: Group) -> Fraction | None:
    try:
        return formula.result(found.cells, group).value
    except NoValueError:
        return None


def expected(company: Company, asked: Asked, group: str | None) -> Answer:
    """What the naive formula gives."""
    [by] = asked.by or (None,)
    question = Question(
        company.on(asked.as_of), company.jobs, company.zone, asked.period, asked.as_of, by, group
    )
    formula = METHODS.get(asked.metric) or FORMULAS[asked.metric]
    return formula(question)
