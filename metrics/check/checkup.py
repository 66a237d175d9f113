"""Does a company folder work? Its tables, columns, types and keys; and which metrics it can compute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from metrics.check.days_alone import days_alone
from metrics.check.forecasts_alike import forecasts_alike
from metrics.check.inclusive import inclusive_ends
from metrics.check.left_over import left_over
from metrics.check.lost_stages import lost_stages
from metrics.check.moments_as_days import moments_as_days
from metrics.check.next_steps import Step, nearest_steps, next_steps
from metrics.check.no_rows import without_rows
from metrics.check.not_in_data import not_in_data
from metrics.check.odd_rows import odd_rows
from metrics.check.orphans import orphans
from metrics.check.other_fiscal_days import other_fiscal_days
from metrics.check.other_methods import instead
from metrics.check.quotas_overlap import quotas_overlap
from metrics.check.remarks import absent_dimensions, idle_dimensions, own_splits, unread_columns
from metrics.check.table_problems import other_types, read, same_keys, unnamed, untrue
from metrics.check.unknown_values import unknown_values
from metrics.engine import Engine
from metrics.engine.fetching.broken import unread
from metrics.engine.tables.fingerprint import glance
from metrics.engine.tables.unfit import unfit
from metrics.errors import BrokenTableError, CompanyError, Problem, RefusedError
from metrics.model import Table


@dataclass(frozen=True)
class TableReport:
    """One table: how many rows it has (None where it does not run) and what was ``found`` wrong with it.

    ``remarks`` are what may be meant so: what nobody reads of it, rows that are odd. ``unread`` is the problem, if any,
    for which nothing can be measured with it. ``splits`` are columns of its own that may become dimensions.
    """

    name: str
    rows: int | None
    found: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()
    unread: str = ""
    splits: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with it, in sentences that hold the words of the database."""
        return tuple(map(str, self.found))


@dataclass(frozen=True)
class Report:
    """A checked company. ``missing`` maps each metric that cannot be computed to what it needs.

    ``steps`` are the tables and columns that would open most of these, the best first; ``nearest`` are those among the
    columns of the tables that are there. ``no_rows`` says of computable metrics which rows they would need first.
    ``instead`` maps those of the missing that can be computed by another method to such methods, as they are asked for.
    """

    tables: tuple[TableReport, ...]
    computable: tuple[str, ...]
    missing: Mapping[str, tuple[str, ...]]
    steps: tuple[Step, ...]
    nearest: tuple[Step, ...] = ()
    no_rows: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether no table has a problem."""
        return not any(table.problems for table in self.tables)

    @property
    def first_problem(self) -> str:
        """What to mend first, as a sentence: what keeps a table from being read comes before all else."""
        wrong = [table for table in self.tables if table.problems]
        if not wrong:
            return ""
        unread = next((table for table in wrong if table.unread), wrong[0])
        problem = unread.unread or unread.problems[0]
        return problem if problem.startswith("tables/") else f"tables/{unread.name}.sql: {problem}."

    @property
    def lacking(self) -> dict[str, tuple[dict[str, None], list[str]]]:
        """What is missing by table: its columns (none where it is the whole table), and the metrics that need them.

        The tables that most metrics need come first.
        """
        found: dict[str, tuple[dict[str, None], list[str]]] = {}
        for metric, needs in self.missing.items():
            for need in needs:
                table, _, column = need.partition(".")
                columns, metrics = found.setdefault(need if " " in need else table, ({}, []))
                columns |= {column: None} if column and " " not in need else {}
                metrics += [metric] if metric not in metrics else []
        return dict(sorted(found.items(), key=lambda item: (-len(item[1][1]), item[0])))


def check_company(engine: Engine) -> Report:
    """Look at every table and every metric of a company. Nothing is raised for what is wrong with them."""
    tables = [_in_turn(engine, engine.catalog.tables[name]) for name in engine.company.selects]
    missing = engine.lacking(engine.catalog.metrics)
    computable = tuple(metric_id for metric_id in engine.catalog.metrics if metric_id not in missing)
    return Report(
        tuple(tables),
        computable,
        missing,
        next_steps(missing),
        nearest_steps(engine, missing),
        without_rows(engine, computable),
        instead(engine, missing),
    )


def _in_turn(engine: Engine, table: Table) -> TableReport:
    """One table, while nobody else asks the database: the embedded one has a single connection."""
    with engine.turn:
        return _table(engine, table)


def _table(engine: Engine, table: Table) -> TableReport:
    try:
        given = engine.warehouse.described(table.name)
        rows, filled = read(engine, table.name)
        cannot = list(unfit(engine.relations, table))
        if cannot:
            engine.note_unreadable(table.name, Problem(cannot[0]))
        problems = [
            *unnamed(engine, table, given),
            *cannot,
            *other_types(engine, table, given, filled, cannot),
        ]
        problems += [*untrue(engine, table, given), *same_keys(engine, table, given, rows)]
        remarks = [*absent_dimensions(engine, table, given), *idle_dimensions(engine, table, given)]
        remarks += unread_columns(engine, table, given)
        remarks += unknown_values(engine, table)
        remarks += (
            []
            if cannot
            else [
                *odd_rows(engine, table, given),
                *days_alone(engine, table, given),
                *moments_as_days(engine, table, given),
                *orphans(engine, table),
                *inclusive_ends(engine, table, given),
                *left_over(engine, table),
                *quotas_overlap(engine, table),
                *forecasts_alike(engine, table),
                *other_fiscal_days(engine, table),
                *lost_stages(engine, table),
                *not_in_data(engine, table),
            ]
        )
        found = list(map(Problem, problems))
        if not cannot and (newest := _newest(engine, table)):
            cannot = [str(newest)]
            engine.note_unreadable(table.name, newest)
            found.append(newest)
        splits = tuple(own_splits(engine, table, given))
        return TableReport(table.name, rows, tuple(found), tuple(remarks), next(iter(cannot), ""), splits)
    except RefusedError as error:
        why = unread(table.name, error)
    except BrokenTableError as error:
        why = error.problem
    except (
        CompanyError
    ) as error:  # too slow, or out of reach: that may be over before the next question comes
        return TableReport(table.name, None, (Problem(str(error)),), unread=str(error))
    engine.note_unreadable(table.name, why)
    return TableReport(table.name, None, (why,), unread=str(why))


def _newest(engine: Engine, table: Table) -> Problem | None:
    """Why a table's newest days cannot be read, which every answer looks at first."""
    try:
        engine.warehouse.run(glance(engine.relations, table.name))
    except RefusedError as error:
        return unread(table.name, error)
    return None
