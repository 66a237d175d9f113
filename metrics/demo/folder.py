"""The company folder around the tables: `company.toml` and one SELECT per table."""

from __future__ import annotations

import json
from pathlib import Path

from metrics.demo import product
from metrics.demo.schema import tables

NAME = "Tavenbrook"
DATABASE = "demo.duckdb"
DUE = "2026-03-31"
TARGETS = {
    "net_revenue_retention": "value = 108",
    "gross_revenue_retention": "value = 91",
    "win_rate": "value = 28",
    "pipeline_coverage": "low = 3, high = 5",
    "quota_attainment": "value = 90",
    "pct_reps_at_quota": "low = 60, high = 70",
    "forecast_accuracy": "value = 90",
    "gross_margin": "value = 76",
    "cac_payback_months": "value = 16",
    "csat": "value = 88",
    "engagement_index": "value = 72",
    "regretted_turnover_rate": "value = 1.5",
    "ramp_time": "value = 5",
    "one_on_one_completion": "value = 90",
}
SALES = ("Sales EMEA", "Sales Americas", "Sales APAC")
ORGANISATIONS = {
    "chief_revenue_officer": (*SALES, "Customer Success", "RevOps"),
    "vp_sales": SALES,
    "sales_manager": SALES,
    "revops_lead": (*SALES, "Customer Success", "RevOps"),
    "cmo": ("Marketing",),
    "marketing_leader": ("Marketing",),
    "conversion_lead": ("Marketing", "Product"),
    "cs_leader": ("Customer Success",),
    "support_leader": ("Support",),
    "cpo_product": ("Product", "Engineering"),
    "cto": ("Engineering",),
}
"""Roles that are not here (CEO, CFO, CHRO, COO, founder) answer for the whole company."""


def company_toml() -> str:
    """The text of `company.toml`."""
    lines = [
        f"# {NAME} does not exist: every figure about it is made up.",
        f'name = "{NAME}"',
        'currency = "USD"',
        'timezone = "UTC"',
        "fiscal_year_start = 1",
        'stage = "growth"',
        'business_model = "saas"',
        f'url = "duckdb:///{DATABASE}"',
        "",
        "[organisations]",
        *(f"{role} = {json.dumps(names)}" for role, names in ORGANISATIONS.items()),
        "",
        "[settings]",
        f'activation_event = "{product.ACTIVATION}"',
        f'value_event = "{product.VALUE}"',
        f'key_event = "{product.KEY}"',
        f"key_event_threshold = {product.KEY_THRESHOLD}",
        f'feature = "{product.FEATURE}"',
        'support_department = "Support"',
        "",
        "[external.market_size]",
        "value = 4200000000",
        'source = "made up for the demo company"',
        "as_of = 2025-06-30",
        "",
        "[external.customer_lifespan_years]",
        "value = 4",
        'source = "made up for the demo company"',
        "as_of = 2025-06-30",
        "",
        "[targets]",
        *(f"{metric} = {{ {target}, due = {DUE} }}" for metric, target in TARGETS.items()),
    ]
    return "\n".join(lines) + "\n"


def write_folder(folder: Path) -> None:
    """Write `company.toml` and `tables/NAME.sql` for every table."""
    (folder / "company.toml").write_text(company_toml(), encoding="utf-8")
    (folder / "tables").mkdir()
    for name, columns in tables().items():
        names = ",\n    ".join(column.name for column in columns)
        (folder / "tables" / f"{name}.sql").write_text(
            f"SELECT\n    {names}\nFROM {name}\n", encoding="utf-8"
        )
