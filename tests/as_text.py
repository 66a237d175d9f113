"""Tiny companies as text: a line with a colon names a table and its columns, the others are its rows.

``-`` is an empty field; ``70* A# ...`` stands for seventy rows in which ``#`` is 0 to 69 (``##`` is 01 to 70), and
``5+70* A# ...`` begins with 5. The tables become ``SELECT * FROM (VALUES ...)`` of text, and ``range`` where a row is
repeated: the engine reads it as the catalog says.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from metrics.calendar.period_words import parse_period
from metrics.engine import Ask, Engine
from metrics.values import Value
from tests.empty_database import opened

AS_OF = date(2026, 6, 30)

DEALS = "opportunities: opportunity_id owner_id created_on closed_on outcome amount_base"
LEDGER = "mrr_movements: account_id effective_on movement_type amount_base"
COSTS = "cost_entries: incurred_on pnl_line nature amount_base"
QUOTAS = "quotas: employee_id period_start period_end quota_base ramp_pct"
STAFF = "employees: employee_id hired_on terminated_on"
WAVES = """surveys: survey_id survey_type closed_on
S engagement 2025-01-31
C csat 2025-01-31
N nps 2025-01-31
"""
ANSWERS = "survey_responses: survey_id respondent_key question_id score"


def company(folder: Path, tables: str, *, head: str = "", settings: str = "") -> Engine:
    """The engine of a company that has these tables and no others."""
    return opened(write(folder, tables, head=head, settings=settings))


def write(folder: Path, tables: str, *, head: str = "", settings: str = "") -> Path:
    """The folder of a company that has these tables and no others."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text(f'name = "Tiny"\n{head}\n[settings]\n{settings}')
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for line in filter(None, map(str.strip, tables.splitlines())):
        name, colon, columns = line.partition(": ")
        if colon:
            rows, many = found.setdefault((name, ", ".join(columns.split())), ([], []))
            continue
        times, star, row = line.partition("* ")
        if star:
            many.append(repeated(times, row))
        else:
            rows.append(f"({', '.join(map(quoted, line.split()))})")
    for (name, columns), (rows, many) in found.items():
        parts = " UNION ALL ".join([f"SELECT * FROM (VALUES {', '.join(rows)})", *many] if rows else many)
        (folder / "tables" / f"{name}.sql").write_text(f"SELECT * FROM ({parts}) AS t({columns})")
    return folder


def repeated(times: str, row: str) -> str:
    """A row as often as it is wanted: the database counts, because a thousand rows take long to read as SQL."""
    first, _, count = times.rpartition("+")
    begin = int(first or 0)
    fields = ", ".join(map(quoted, row.split()))
    counted = fields.replace("##", "' || printf('%02d', i + 1) || '").replace("#", "' || i || '")
    return f"SELECT {counted} FROM range({begin}, {begin + int(count)}) AS r(i)"


def quoted(field: str) -> str:
    """A field as SQL: text, or nothing."""
    return "NULL" if field == "-" else f"'{field}'"


def ask(engine: Engine, metric: str, period: str = "2025-01", as_of: date = AS_OF) -> Value:
    """One value, as `counterpoise metric` gives it."""
    when = parse_period(period, as_of=as_of, calendar=engine.company.calendar)
    [[value]] = engine.compute([Ask(metric, when)], as_of)
    return value


def figure(engine: Engine, metric: str, period: str = "2025-01", as_of: date = AS_OF) -> str:
    """A value to two places, or the word for why there is none."""
    value = ask(engine, metric, period, as_of)
    return shown(value)


def shown(value: Value) -> str:
    """To two places, half-up."""
    if value.value is None:
        return value.status.value
    return str(value.value.quantize(Decimal("0.01"), ROUND_HALF_UP))
