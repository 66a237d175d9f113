"""Pay that is among the costs of a few people is as guarded as their salaries, whichever way it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from metrics.calendar.period_words import parse_period
from metrics.engine import Ask, Engine
from metrics.errors import GuardedError
from metrics.privacy import OffLatticeError, level_of
from tests.as_text import AS_OF, company, figure, shown

COSTS = "cost_entries: cost_id incurred_on pnl_line nature department_id amount_base"
SUPPORT = 'support_department = "Support"'
TICKETS = "tickets: ticket_id created_at resolved_at\n50* t# 2025-01-02T00:00 2025-01-03T00:00"


def firm(folder: Path, support: int, *, head: str = "", costs: str = COSTS) -> Engine:
    """A company of twenty in operations and some in support, whose pay is the cost of what is sold."""
    return company(
        folder,
        f"""employees: employee_id hired_on terminated_on
        {support}* s# 2020-01-01 -
        20* o# 2020-01-01 -
        job_history: employee_id effective_from department_id
        {support}* s# 2020-01-01 Support
        20* o# 2020-01-01 Ops
        {costs}
        1 2025-01-05 cogs payroll Support 9000
        2 2025-01-05 gna payroll Ops 80000
        3 2025-01-05 cogs tools Support 10
        {TICKETS}""",
        head=head,
        settings=SUPPORT,
    )


def asked(engine: Engine, metric: str = "opex.with_cogs", **how: Any) -> list[str]:
    month = parse_period("2025-01", as_of=AS_OF, calendar=engine.company.calendar)
    [values] = engine.compute([Ask(metric, month, **how)], AS_OF)
    return [shown(value) for value in values]


@pytest.mark.parametrize(("support", "expected"), [(2, "suppressed"), (9, "suppressed"), (10, "180.20")])
def test_the_cost_per_ticket_is_shown_where_the_cost_of_its_department_is(
    support: int, expected: str, tmp_path: Path
) -> None:
    engine = firm(tmp_path, support)
    assert figure(engine, "cost_per_ticket") == expected
    [department] = asked(engine, filters={"department": ["Support"]})
    assert (department == "suppressed") is (expected == "suppressed")
    assert level_of(engine.catalog, "cost_per_ticket") == "restricted"


def test_a_company_that_has_no_record_of_its_people_has_a_cost_per_ticket(tmp_path: Path) -> None:
    tables = f"{COSTS}\n1 2025-01-05 cogs payroll Support 9000\n{TICKETS}"
    assert figure(company(tmp_path, tables, settings=SUPPORT), "cost_per_ticket") == "180.00"


@pytest.mark.parametrize("column", ["department_id", "nature", "cost_id", "pnl_line"])
def test_no_column_of_a_cost_filters_what_may_hold_pay(column: str, tmp_path: Path) -> None:
    engine = firm(tmp_path, 2)
    given = {"department_id": "Support", "nature": "payroll", "cost_id": "1", "pnl_line": "cogs"}
    with pytest.raises(GuardedError, match="may hold pay"):
        asked(engine, filters={f"cost_entries.{column}": [given[column]]})
    with pytest.raises(GuardedError, match="may hold pay"):
        engine.resolved("opex", {f"cost_entries.{column}": [given[column]]})


@pytest.mark.parametrize(
    "how",
    [
        {"filters": {"cost_line": ["cogs"], "cost_nature": ["payroll"]}},
        {"by": ("cost_line", "cost_nature")},
        {"by": ("cost_nature",), "filters": {"cost_line": ["cogs"]}},
        {"by": ("department", "cost_line")},
    ],
)
def test_pay_is_not_parted_by_what_nobody_can_be_counted_by(how: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(OffLatticeError, match="nobody can say of how many people"):
        asked(firm(tmp_path, 2), **how)


def test_a_column_of_ones_own_parts_no_pay_either(tmp_path: Path) -> None:
    head = '[dimensions.centre]\ncolumn = "cost_entries.centre"'
    engine = firm(tmp_path, 2, head=head, costs=COSTS.replace("department_id", "centre"))
    with pytest.raises(OffLatticeError):
        asked(engine, by=("centre",))
    with pytest.raises(OffLatticeError):
        asked(engine, filters={"centre": ["Support"]})
    assert asked(engine, by=("cost_line",)) == ["9010.00", "80000.00"]
    assert asked(engine, by=("cost_nature",)) == ["89000.00", "10.00"]
