"""boring-semantic-layer on the benchmark, in an environment of its own: run by the benchmark, not by hand."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import boring_semantic_layer as bsl
import ibis
from loop import answer, number

FIRST, LAST = "2025-01-01", "2026-01-01"


def models(connection: Any) -> dict[str, Any]:
    deals = (
        bsl.to_semantic_table(connection.table("opportunities"), name="deals")
        .with_dimensions(month=lambda t: t.closed_on.truncate("M"), closed_on=lambda t: t.closed_on)
        .with_measures(
            won=lambda t: (t.outcome == "won").sum(),
            closed=lambda t: t.outcome.isin(["won", "lost"]).sum(),
            amount=lambda t: t.amount_base.sum(where=t.outcome == "won"),
            days=lambda t: t.closed_on.delta(t.created_on, unit="day").sum(where=t.outcome == "won"),
        )
    )
    revenue = (
        bsl.to_semantic_table(connection.table("revenue_entries"), name="revenue")
        .with_dimensions(month=lambda t: t.recognised_on.truncate("M"), day=lambda t: t.recognised_on)
        .with_measures(revenue=lambda t: t.amount_base.sum())
    )
    costs = (
        bsl.to_semantic_table(connection.table("cost_entries"), name="costs")
        .with_dimensions(month=lambda t: t.incurred_on.truncate("M"), day=lambda t: t.incurred_on)
        .with_measures(cogs=lambda t: t.amount_base.sum(where=t.pnl_line == "cogs"))
    )
    return {"deals": deals, "revenue": revenue, "costs": costs}


def main(database: str) -> None:
    connection = ibis.duckdb.connect(database, read_only=True, threads=1)
    found = models(connection)

    def rows(model: Any, day: str, *measures: str) -> list[dict[str, Any]]:
        within = model.filter(lambda t: (t[day] >= ibis.date(FIRST)) & (t[day] < ibis.date(LAST)))
        result = within.group_by("month").aggregate(*measures).execute()
        return result.to_dict("records")  # type: ignore[no-any-return]

    def run() -> dict[str, Fraction]:
        values: dict[str, Fraction] = {}
        for row in rows(found["deals"], "closed_on", "won", "closed", "amount", "days"):
            month = f"{row['month']:%Y-%m}"
            won = number(row["won"])
            values[f"win_rate {month}"] = 100 * won / number(row["closed"])
            values[f"average_deal_size {month}"] = number(row["amount"]) / won
            values[f"sales_cycle_length {month}"] = number(row["days"]) / won
        costs = {row["month"]: number(row["cogs"]) for row in rows(found["costs"], "day", "cogs")}
        for row in rows(found["revenue"], "day", "revenue"):
            revenue = number(row["revenue"])
            values[f"gross_margin {row['month']:%Y-%m}"] = 100 * (revenue - costs[row["month"]]) / revenue
        return values

    answer(run)


if __name__ == "__main__":
    main(sys.argv[1])
