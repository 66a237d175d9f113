"""MetricFlow on the benchmark, in an environment of its own: run by the benchmark, not by hand."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import duckdb
from loop import answer, number
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantic_interfaces.parsing.dir_to_model import (
    parse_directory_of_yaml_files_to_semantic_manifest,
)
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

MANIFEST = """
project_configuration:
  time_spines:
    - node_relation: {schema_name: main, alias: days}
      primary_column: {name: ds, time_granularity: day}
---
semantic_model:
  name: deals
  node_relation: {schema_name: main, alias: opportunities}
  defaults: {agg_time_dimension: closed_on}
  entities: [{name: deal, type: primary, expr: opportunity_id}]
  dimensions:
    - {name: closed_on, type: time, type_params: {time_granularity: day}}
  measures:
    - {name: won, agg: sum, expr: "CASE WHEN outcome = 'won' THEN 1 ELSE 0 END"}
    - {name: closed, agg: sum, expr: "CASE WHEN outcome IN ('won', 'lost') THEN 1 ELSE 0 END"}
    - {name: amount, agg: sum, expr: "CASE WHEN outcome = 'won' THEN amount_base ELSE 0 END"}
    - {name: days, agg: sum, expr: "CASE WHEN outcome = 'won' THEN closed_on - created_on ELSE 0 END"}
---
semantic_model:
  name: revenue
  node_relation: {schema_name: main, alias: revenue_entries}
  defaults: {agg_time_dimension: recognised_on}
  entities: [{name: entry, type: primary, expr: entry_id}]
  dimensions:
    - {name: recognised_on, type: time, type_params: {time_granularity: day}}
  measures:
    - {name: revenue, agg: sum, expr: amount_base}
---
semantic_model:
  name: costs
  node_relation: {schema_name: main, alias: cost_entries}
  defaults: {agg_time_dimension: incurred_on}
  entities: [{name: cost, type: primary, expr: cost_id}]
  dimensions:
    - {name: incurred_on, type: time, type_params: {time_granularity: day}}
  measures:
    - {name: cogs, agg: sum, expr: "CASE WHEN pnl_line = 'cogs' THEN amount_base ELSE 0 END"}
"""
METRIC = """
---
metric:
  name: {name}
  type: simple
  type_params: {{measure: {name}}}
"""
NAMES = ("won", "closed", "amount", "days", "revenue", "cogs")


class Client:
    """As much of a SQL client as explaining a query needs: MetricFlow writes the SQL, DuckDB runs it."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()

    def __init__(self, database: str) -> None:
        self.connection = duckdb.connect(database, read_only=True, config={"threads": 1})

    def render_bind_parameter_key(self, bind_parameter_key: str) -> str:
        return f"${bind_parameter_key}"

    def close(self) -> None:
        self.connection.close()


def engine(client: Client) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        texts = [*MANIFEST.split("---"), *(METRIC.format(name=name) for name in NAMES)]
        for index, text in enumerate(texts):
            Path(folder, f"part{index}.yaml").write_text(text.replace("---", ""), encoding="utf-8")
        built = parse_directory_of_yaml_files_to_semantic_manifest(folder)
    return MetricFlowEngine(SemanticManifestLookup(built.semantic_manifest), client)


def main(database: str) -> None:
    client = Client(database)
    found = engine(client)

    def rows() -> list[tuple[Any, ...]]:
        request = MetricFlowQueryRequest.create(
            metric_names=NAMES,
            group_by_names=("metric_time__month",),
            time_constraint_start=dt.datetime(2025, 1, 1),  # noqa: DTZ001 - MetricFlow takes no zone
            time_constraint_end=dt.datetime(2025, 12, 31),  # noqa: DTZ001 - the same
        )
        sql = found.explain(request).sql_statement.sql
        return client.connection.execute(sql).fetchall()  # type: ignore[no-any-return]

    def run() -> dict[str, Fraction]:
        values: dict[str, Fraction] = {}
        for month, *sums in rows():
            won, closed, amount, days, revenue, cogs = (number(one) for one in sums)
            values[f"win_rate {month:%Y-%m}"] = 100 * won / closed
            values[f"average_deal_size {month:%Y-%m}"] = amount / won
            values[f"sales_cycle_length {month:%Y-%m}"] = days / won
            values[f"gross_margin {month:%Y-%m}"] = 100 * (revenue - cogs) / revenue
        return values

    answer(run)


if __name__ == "__main__":
    main(sys.argv[1])
