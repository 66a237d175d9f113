"""A finished scorecard with everything in it that prose can get wrong, and the catalog behind it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from metrics.calendar.periods import Calendar
from metrics.model import Catalog, Metric, RankedMetric, Role
from metrics.scorecard import Row, Scorecard, Target
from metrics.values import Citation, Status, Value

PERIOD = Calendar().quarter(2025, 4, fiscal=False)

METRICS: tuple[tuple[str, str, str, str, str, list[str]], ...] = (
    ("win_rate", "Win rate", "business", "percent", "up", ["close rate"]),
    (
        "regretted_turnover_rate",
        "Regretted turnover rate",
        "people",
        "percent",
        "down",
        ["regrettable attrition"],
    ),
    ("net_revenue_retention", "Net revenue retention", "business", "percent", "up", ["NRR"]),
    ("engagement_index", "Employee engagement index", "people", "percent", "up", ["favourability"]),
    ("pipeline_coverage", "Pipeline coverage ratio", "business", "ratio", "band", ["coverage"]),
    ("coaching_coverage", "Coaching coverage", "people", "percent", "up", []),
    ("arr", "Annual recurring revenue", "business", "currency", "up", ["ARR"]),
    ("ramp_time", "Ramp time", "people", "months", "down", ["time to productivity"]),
    ("enps", "Employee net promoter score", "people", "points", "up", ["eNPS"]),
    ("rule_of_40", "Rule of 40", "business", "points", "up", ["R40"]),
    ("cac", "Customer acquisition cost", "business", "currency/customer", "down", ["CAC"]),
    ("csat", "Customer satisfaction score", "business", "percent", "up", ["CSAT"]),
    ("lead_to_customer_rate", "Lead to customer rate", "business", "percent", "up", []),
    ("top_performer_retention", "Top performer retention", "people", "percent", "up", []),
)


def metric(metric_id: str, name: str, side: str, unit: str, direction: str, synonyms: list[str]) -> Metric:
    return Metric.model_validate(
        {
            "id": metric_id, "name": name, "synonyms": synonyms, "side": side, "dimension": "d", "unit": unit,
            "direction": direction, "timing": "lagging", "kind": "outcome", "formula": "", "numerator": 1,
            "sources": ["S"],
        }
    )  # fmt: skip


def role(role_id: str, name: str, synonyms: list[str]) -> Role:
    ranked = [RankedMetric(metric=known, weight=1, why="") for known in ("win_rate", "enps")]
    return Role(id=role_id, name=name, synonyms=synonyms, scope="all", executive=True, ranked=ranked)


CATALOG = Catalog(
    metrics={fields[0]: metric(*fields) for fields in METRICS},
    tables={},
    dimensions={},
    roles={
        "cro": role("cro", "Chief Revenue Officer", ["CRO"]),
        "chro": role("chro", "Chief Human Resources Officer", ["CHRO"]),
        "sales_manager": role("sales_manager", "Sales manager", []),
    },
    rules={},
    sources={},
    stages={},
    business_models={},
)


def value(
    metric_id: str, figure: str | None, status: Status = Status.OK, flags: tuple[str, ...] = ()
) -> Value:
    receipt = Citation(
        metric=metric_id,
        method="default",
        version="0",
        formula="",
        numerator=None,
        denominator=None,
        period=PERIOD,
        filters={},
        n=None,
        as_of=date(2025, 12, 31),
        data_through=None,
        tables=(),
        sql=(),
        parameters=(),
    )
    needs = ("employees.hired_on",) if status is Status.NOT_MEASURED else ()
    return Value(
        metric_id,
        PERIOD,
        status,
        receipt,
        None if figure is None else Decimal(figure),
        flags=flags,
        needs=needs,
    )


def row(
    rank: int,
    metric_id: str,
    now: str | None,
    before: str | None = None,
    *,
    target: tuple[str, ...] = (),
    status: Status = Status.OK,
    flags: tuple[str, ...] = (),
) -> Row:
    bounds = [Decimal(bound) for bound in target]
    wanted = (
        Target(value=bounds[0])
        if len(bounds) == 1
        else Target(low=bounds[0], high=bounds[1])
        if bounds
        else None
    )
    change = Decimal(now) - Decimal(before) if now is not None and before is not None else None
    previous = None if before is None else value(metric_id, before)
    known = CATALOG.metrics[metric_id]
    return Row(rank, known, value(metric_id, now, status, flags), previous, change, wanted, "why")


def scorecard(*rows: Row) -> Scorecard:
    return Scorecard("cro", "Chief Revenue Officer", "Northwind", "EUR", PERIOD, date(2025, 12, 31), rows)


CARD = scorecard(
    row(1, "win_rate", "24.1", "27.3", target=("28",)),
    row(2, "regretted_turnover_rate", "6.4", "4.1", target=("4",)),
    row(3, "net_revenue_retention", "108.2", "106.9", target=("105",)),
    row(4, "engagement_index", "71", "71"),
    row(5, "pipeline_coverage", "3.2", "3.6", target=("3", "4")),
    row(6, "coaching_coverage", "55", "48"),
    row(7, "arr", "12400000", "11800000"),
    row(8, "ramp_time", None, status=Status.NOT_MEASURED),
    row(9, "enps", None, "12", status=Status.SUPPRESSED),
    row(10, "rule_of_40", "38", target=("40",)),
)
"""Win rate fell and misses, turnover rose and misses by most, net retention rose and meets, engagement is flat,
coverage fell within its band, coaching rose, ARR rose, two have no value, the last has nothing before it."""
