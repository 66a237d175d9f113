"""Receipts that can be run again: the cited SQL, with the cited parameters, gives the number."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from metrics import VERSION
from metrics.calendar.periods import Calendar
from metrics.definition import (
    Add,
    Divide,
    Entities,
    Expression,
    External,
    FirstOf,
    Length,
    Measure,
    Multiply,
    Subtract,
)
from metrics.engine import Ask, Engine
from metrics.opening import open_company
from metrics.values import Citation, Status, Step, Value

pytestmark = pytest.mark.slow

AS_OF = date(2025, 12, 31)
QUARTER = Calendar().quarter(2025, 4, fiscal=False)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def values(demo_engine: Engine) -> list[Value]:
    """Every metric of the demo company, and some of them in groups, filtered and over months."""
    engine = demo_engine
    asks = [Ask(metric, QUARTER, usual_window=True) for metric in engine.catalog.metrics]
    asks += [
        Ask(metric, QUARTER, by=("department",))
        for metric in ("employee_turnover_rate", "enps", "opex", "win_rate")
    ]
    asks += [
        Ask("win_rate", QUARTER, by=("segment", "channel")),
        Ask("mrr", QUARTER, filters={"segment": ["SMB", "Enterprise"]}),
        Ask("customer_churn_rate", QUARTER, beside=("segment",), besides=(("SMB",),)),
        Ask("win_rate", QUARTER, filters={"opportunities.opp_type": ["new"]}),
    ]
    return [value for table in engine.compute(asks, AS_OF) for value in table]


def run(connection: duckdb.DuckDBPyConnection, citation: Citation) -> list[Rows]:
    """The rows of each cited statement. Parameters are bound by position, as the receipt counts them."""
    found = []
    for sql, parameters in zip(citation.sql, citation.parameters, strict=True):
        assert list(parameters) == [str(i) for i in range(1, len(parameters) + 1)]
        result = connection.execute(sql, list(parameters.values()))
        names = [column[0] for column in result.description]
        found.append([dict(zip(names, row, strict=True)) for row in result.fetchall()])
    return found


def number(step: Step, rows: Sequence[Rows], group: Sequence[str | None]) -> Fraction | None:
    """One number out of the rows, by what the receipt says of it and nothing else."""

    def own(query: int) -> Rows:
        return [r for r in rows[query] if all(r[f"g{i}"] == part for i, part in enumerate(group))]

    def total(found: Iterator[Any]) -> Fraction:
        return sum((Fraction(str(value)) for value in found if value is not None), Fraction(0))

    if step.take == "days":
        [column] = step.columns
        return step.unit * total(r[column] for r in own(step.query) if step.start <= r["day"] < step.end)
    if step.take == "standing":
        [column] = step.columns
        standing = Fraction(0)
        for instant in step.instants:
            standing += total(r[column] for r in own(step.query) if r["day"] < instant)
        return step.unit * standing / len(step.instants)
    marked = [row for row in own(step.query) if all(row[name] == value for name, value in step.marks)]
    found = [row[column] for row in marked for column in step.columns]
    return step.unit * total(iter(found)) / len(step.columns) if found else Fraction(0)


def again(  # noqa: PLR0911 - one line for each kind of expression
    expression: Expression, engine: Engine, value: Value, found: Mapping[str, Fraction | None]
) -> Fraction | None:
    """Numerator or denominator, from the numbers of its measures; None where it is made of more than measures."""
    match expression:
        case Decimal():
            return Fraction(expression)
        case Measure() | Entities():
            return found.get(expression.fingerprint)
        case FirstOf():
            return again(engine.framing.choose(expression), engine, value, found)
        case External():
            return Fraction(engine.company.file.external[expression.external].value)
        case Length() if expression.length == "days" and expression.over == "period":
            return Fraction(value.period.days)
        case Add() | Subtract() | Multiply() | Divide():
            parts = [again(part, engine, value, found) for part in _parts(expression)]
            known = [part for part in parts if part is not None]
            return _together(expression, known) if len(known) == len(parts) else None
    return None


def _parts(expression: Add | Subtract | Multiply | Divide) -> list[Expression]:
    match expression:
        case Add():
            return expression.add
        case Subtract():
            return expression.subtract
        case Multiply():
            return expression.multiply
        case Divide():
            return list(expression.divide)


def _together(expression: Add | Subtract | Multiply | Divide, parts: list[Fraction]) -> Fraction | None:
    match expression:
        case Add():
            return sum(parts, Fraction(0))
        case Subtract():
            return parts[0] - sum(parts[1:], Fraction(0))
        case Multiply():
            product = Fraction(1)
            for part in parts:
                product *= part
            return product
        case Divide():
            return parts[0] / parts[1] if parts[1] else None


def test_every_number_of_the_demo_company_comes_out_of_its_receipt(
    demo_engine: Engine, demo_folder: Path, values: list[Value], tmp_path: Path
) -> None:
    database = shutil.copy(
        demo_folder / "demo.duckdb", tmp_path
    )  # anyone's own connection: nothing of the engine
    shown = [value for value in values if value.status in {Status.OK, Status.CAPPED}]
    checked: set[str] = set()
    with duckdb.connect(str(database), read_only=True) as connection:
        ran: dict[tuple[Any, ...], list[Rows]] = {}
        for value in shown:
            citation = value.citation
            key = (citation.sql, tuple(str(p) for p in citation.parameters))
            rows = ran[key] if key in ran else ran.setdefault(key, run(connection, citation))
            if holds(demo_engine, value, rows):
                checked.add(value.metric)
    metrics = {value.metric for value in shown}
    assert len(metrics) > 100
    made_of_more = metrics - checked
    assert len(made_of_more) <= 20, sorted(made_of_more)  # made of other metrics, or across a column


def holds(engine: Engine, value: Value, rows: list[Rows]) -> bool:
    """Checks numerator and denominator; false where they are made of more than measures of their own."""
    metric, citation = engine.catalog.metric(value.metric), value.citation
    found = {step.measure: number(step, rows, citation.scope.group) for step in citation.steps}
    top = again(metric.numerator, engine, value, found)
    bottom = None if metric.denominator is None else again(metric.denominator, engine, value, found)
    if top is None or (metric.denominator is not None and bottom is None):
        return False
    assert same(top, citation.numerator), value.metric
    if bottom is not None and value.status is Status.OK:
        assert same(bottom, citation.denominator), value.metric
    return True


def same(found: Fraction, cited: Decimal | None) -> bool:
    """Equal to the twelfth place: sums of doubles differ behind it from run to run."""
    return cited is not None and abs(found - Fraction(cited)) <= Fraction(1, 10**12)


def test_a_receipt_names_the_version_of_the_engine_and_no_path_of_the_machine(
    values: list[Value], demo_folder: Path, tmp_path: Path
) -> None:
    assert all(value.citation.engine == VERSION for value in values)
    assert not any(str(demo_folder) in sql for value in values for sql in value.citation.sql)
    engine = csv_company(tmp_path / "here")
    [[value]] = engine.compute([Ask("win_rate", QUARTER)], AS_OF)
    assert "'data/deals.csv'" in value.citation.sql[0]
    assert str(tmp_path) not in value.citation.sql[0]
    assert "'../elsewhere/more.csv'" in value.citation.sql[0]
    assert (value.citation.numerator, value.citation.denominator) == (Decimal(2), Decimal(3))


def test_a_receipt_over_files_runs_from_the_company_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [[value]] = csv_company(tmp_path / "here").compute([Ask("win_rate", QUARTER)], AS_OF)
    monkeypatch.chdir(tmp_path / "here")
    with duckdb.connect() as connection:
        rows = run(connection, value.citation)
    assert [number(step, rows, ()) for step in value.citation.steps] == [2, 3]


def csv_company(folder: Path) -> Engine:
    """A company whose deals lie in two files, one of them outside its folder and named by its absolute path."""
    (folder / "tables").mkdir(parents=True)
    (folder / "data").mkdir()
    other = folder.parent / "elsewhere"
    other.mkdir()
    (folder / "company.toml").write_text('name = "Files"\nfolders = ["../elsewhere"]\n')
    head = "opportunity_id,closed_on,outcome\n"
    (folder / "data" / "deals.csv").write_text(f"{head}1,2025-10-02,won\n2,2025-11-02,lost\n")
    (other / "more.csv").write_text(f"{head}3,2025-12-02,won\n4,2026-01-01,won\n")
    (folder / "tables" / "opportunities.sql").write_text(
        f"SELECT * FROM 'data/deals.csv' UNION ALL SELECT * FROM '{other.resolve() / 'more.csv'}'"
    )
    return open_company(folder)


def test_a_hidden_value_has_a_receipt_that_cannot_be_run(values: list[Value]) -> None:
    hidden = [value.citation for value in values if value.status is Status.SUPPRESSED]
    assert hidden
    assert not any(one.sql or one.parameters or one.steps or one.numerator for one in hidden)
