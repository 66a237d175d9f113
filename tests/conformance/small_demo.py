"""The demo company with every table, but with a part of the largest ones: small enough for any database."""

from __future__ import annotations

from pathlib import Path

import duckdb

from metrics.demo.folder import DATABASE
from metrics.demo.schema import tables

FILES = "files"
"""Where the tables also lie as CSV and Parquet, for whom loads them elsewhere."""
KEPT = {
    "product_events": "CAST(substr(user_id, 2) AS INTEGER) % 24 = 0",
    "web_sessions": "CAST(substr(session_id, 2) AS INTEGER) % 20 = 0",
    "page_views": "CAST(substr(session_id, 2) AS INTEGER) % 20 = 0",
    "time_entries": "CAST(substr(employee_id, 2) AS INTEGER) % 8 = 0",
    "opportunity_stage_history": "CAST(substr(opportunity_id, 2) AS INTEGER) % 6 = 0",
    "tickets": "created_at >= '2024-10-01'",
    "touches": "touched_at >= '2024-10-01'",
    "coaching_sessions": "scheduled_on >= '2024-10-01'",
    **dict.fromkeys(
        ("survey_responses", "survey_invites"),
        "survey_id IN (SELECT survey_id FROM whole.surveys WHERE opened_on >= '2024-10-01')",
    ),
}
"""What is kept of the tables that have more than fifteen thousand rows: the last fifteen months, or every so many."""


def build(whole: Path, folder: Path) -> Path:
    """Write the small company's folder, out of the whole demo company's."""
    copy_folder(whole, folder, f"duckdb:///{DATABASE}")
    with duckdb.connect(str(folder / DATABASE)) as connection:
        connection.execute(f"ATTACH '{whole / DATABASE}' AS whole (READ_ONLY)")
        for name in tables():
            kept = KEPT.get(name, "TRUE")
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM whole.{name} WHERE {kept}")
            (folder / FILES / name).mkdir(parents=True)
            for suffix in ("csv", "parquet"):
                connection.execute(f"COPY {name} TO '{folder / FILES / name / name}.{suffix}'")
    return folder


def copy_folder(source: Path, target: Path, url: str, timezone: str = "UTC") -> Path:
    """The same company folder with its warehouse elsewhere."""
    (target / "tables").mkdir(parents=True)
    for path in (source / "tables").glob("*.sql"):
        (target / "tables" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    lines = (source / "company.toml").read_text(encoding="utf-8").splitlines()
    changed = {"url": f'url = "{url}"', "timezone": f'timezone = "{timezone}"'}
    kept = [changed.get(line.partition(" = ")[0], line) for line in lines if "timeout" not in line]
    (target / "company.toml").write_text("\n".join([*kept[:1], "timeout_seconds = 600", *kept[1:], ""]))
    return target
