"""sidemantic on the benchmark, in an environment of its own: run by the benchmark, not by hand."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import duckdb
from loop import answer, number
from sidemantic import Dimension, Metric, Model, SemanticLayer

YEAR = "{day} >= DATE '2025-01-01' AND {day} < DATE '2026-01-01'"


def layer() -> Any:
    found = SemanticLayer(auto_register=False)

    def add(name: str, day: str, key: str, metrics: list[Any]) -> None:
        when = Dimension(name="day", type="time", sql=day, granularity="day")
        found.add_model(Model(name=name, table=name, primary_key=key, dimensions=[when], metrics=metrics))

    won = ["{model}.outcome = 'won'"]
    add(
        "opportunities",
        "closed_on",
        "opportunity_id",
        [
            Metric(name="won", agg="count", filters=won),
            Metric(name="closed", agg="count", filters=["{model}.outcome IN ('won', 'lost')"]),
            Metric(name="amount", agg="sum", sql="amount_base", filters=won),
            Metric(name="days", agg="sum", sql="closed_on - created_on", filters=won),
        ],
    )
    add(
        "revenue_entries", "recognised_on", "entry_id", [Metric(name="revenue", agg="sum", sql="amount_base")]
    )
    cogs = Metric(name="cogs", agg="sum", sql="amount_base", filters=["{model}.pnl_line = 'cogs'"])
    add("cost_entries", "incurred_on", "cost_id", [cogs])
    return found


def main(database: str) -> None:
    connection = duckdb.connect(database, read_only=True, config={"threads": 1})
    found = layer()

    def rows(model: str, *metrics: str) -> list[tuple[Any, ...]]:
        sql = found.compile(
            metrics=[f"{model}.{name}" for name in metrics],
            dimensions=[f"{model}.day__month"],
            filters=[YEAR.format(day=f"{model}.day")],
        )
        return connection.execute(sql).fetchall()  # type: ignore[no-any-return]

    def run() -> dict[str, Fraction]:
        values: dict[str, Fraction] = {}
        for month, won, closed, amount, days in rows("opportunities", "won", "closed", "amount", "days"):
            values[f"win_rate {month:%Y-%m}"] = 100 * number(won) / number(closed)
            values[f"average_deal_size {month:%Y-%m}"] = number(amount) / number(won)
            values[f"sales_cycle_length {month:%Y-%m}"] = number(days) / number(won)
        costs = {month: number(cogs) for month, cogs in rows("cost_entries", "cogs")}
        for month, revenue in rows("revenue_entries", "revenue"):
            values[f"gross_margin {month:%Y-%m}"] = 100 * (number(revenue) - costs[month]) / number(revenue)
        return values

    answer(run)


if __name__ == "__main__":
    main(sys.argv[1])
