"""A random company of people, the naive value of every people metric, and the engine's beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from metrics.engine import Engine, evaluate
from metrics.engine.arithmetic import NoValueError
from metrics.engine.fetch import fetch
from metrics.engine.leaves import Frame, Slice, Wanted, leaves, metric_parts
from metrics.engine.source import opened
from metrics.opening import open_company
from metrics.periods import Period
from tests.oracle import people_rows as staff
from tests.oracle import people_rows_money as money
from tests.oracle import people_rows_work as work
from tests.oracle.company import Maker, Tables, folder, make
from tests.oracle.people_base import Answer, Question
from tests.oracle.people_hiring import HIRING
from tests.oracle.people_leading import LEADING
from tests.oracle.people_pay import PAY
from tests.oracle.people_sales import SALES
from tests.oracle.people_surveys import SURVEYS
from tests.oracle.people_turnover import TURNOVER
from tests.oracle.people_wellbeing import WELLBEING

FORMULAS: Mapping[str, Callable[[Question], Answer]] = (
    TURNOVER | SURVEYS | LEADING | HIRING | PAY | SALES | WELLBEING
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


class Company(NamedTuple):
    """The rows of a company, and an engine that reads them."""

    tables: Tables
    engine: Engine


def company(path: Path, seed: int) -> Company:
    """The company of that seed."""
    tables = make(seed, MAKERS)
    return Company(tables, open_company(folder(path, tables)))


def raw(company: Company, metric_id: str, period: Period, as_of: date, *by: str) -> Iterator[tuple[str | None, Fraction | None]]:
    """What the engine computes for the whole company, or each department, before privacy has looked at it."""
    engine = company.engine
    frame = Frame(engine.catalog, period, as_of, Slice(by=by), first=engine.framing.choose)
    metric = engine.catalog.metric(metric_id)
    wanted = tuple(Wanted(leaf, as_of) for part in metric_parts(metric) for leaf in leaves(part, frame))
    fetched = fetch(opened(engine.setting), wanted)[as_of]
    assert not fetched.missing, fetched.missing
    formula = evaluate.formula(metric, frame)
    groups = {key[: len(by)] for cells in fetched.cells.values() for key in cells.cells} if by else {()}
    for group in groups:
        try:
            value = formula.result(fetched.cells, group).value
        except NoValueError:
            value = None
        yield (group[0] if by else None), value
