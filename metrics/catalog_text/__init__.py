"""The catalog as people read it in a terminal, and as `--json` gives it: `counterpoise catalog`."""

from __future__ import annotations

from typing import Any

from metrics.called import called
from metrics.catalog_text.entries import metric_text, role_text, rule_text
from metrics.catalog_text.lines import pairs
from metrics.catalog_text.looks import looks_at
from metrics.catalog_text.reads import canonical, columns, readers
from metrics.catalog_text.splits import dimensions
from metrics.catalog_text.tables import table_text, tables_text
from metrics.errors import UnknownNameError
from metrics.model import Catalog, Metric, Table

__all__ = [
    "catalog_json",
    "catalog_text",
    "list_text",
    "metric_text",
    "role_text",
    "rule_text",
    "table_text",
    "tables_text",
]

TABLES = "tables"
EXPRESSIONS = {"numerator", "denominator", "n"}


def catalog_text(catalog: Catalog, name: str | None = None) -> str:
    """All of the catalog in short, its ``tables``, or one metric, role, rule or table in full.

    Raises:
        UnknownNameError: nothing has that name; the nearest right one is in the message.
    """
    if name is None:
        return list_text(catalog)
    if name == TABLES:
        return tables_text(catalog)
    name = _id_of(catalog, name)
    if name.partition(".")[0] in catalog.metrics:
        return metric_text(catalog, name)
    if name in catalog.roles:
        return role_text(catalog, name)
    if name in catalog.rules:
        return rule_text(catalog, name)
    if name in catalog.tables:
        return table_text(catalog, name)
    raise _unknown(catalog, name)


def list_text(catalog: Catalog) -> str:
    """Every metric by side and dimension, every role and every rule, a line each."""
    metrics = list(catalog.metrics.values())
    business = sum(metric.side == "business" for metric in metrics)
    lines = [f"{len(metrics)} metrics: {business} business, {len(metrics) - business} people"]
    for side in ("business", "people"):
        for dimension in dict.fromkeys(metric.dimension for metric in metrics if metric.side == side):
            lines += ["", f"{dimension.replace('_', ' ').capitalize()} ({side})"]
            inside = [metric for metric in metrics if (metric.side, metric.dimension) == (side, dimension)]
            lines += pairs((metric.id, metric.name) for metric in inside)
    lines += ["", f"{len(catalog.roles)} roles"]
    lines += pairs((role.id, f"{role.name} ({role.scope})") for role in catalog.roles.values())
    lines += ["", f"{len(catalog.rules)} rules"]
    lines += pairs((rule.id, f"{rule.title} ({rule.severity})") for rule in catalog.rules.values())
    return "\n".join(
        [*lines, "", "`counterpoise catalog ID` shows one, `counterpoise catalog tables` the tables."]
    )


def catalog_json(catalog: Catalog, name: str | None = None) -> dict[str, Any]:
    """The same as data: everything in short, ``tables``, or one metric, role, rule or table in full.

    Raises:
        UnknownNameError: nothing has that name; the nearest right one is in the message.
    """
    if name is None:
        return _short(catalog)
    if name == TABLES:
        needed = readers(catalog)
        return {TABLES: [_table(catalog.tables[table], ids) for table, ids in needed.items()]}
    name = _id_of(catalog, name)
    if name.partition(".")[0] in catalog.metrics:
        return {"metric": _metric(catalog, catalog.metric(name))}
    if name in catalog.roles:
        return {"role": catalog.roles[name].model_dump(mode="json")}
    if name in catalog.rules:
        return {"rule": catalog.rules[name].model_dump(mode="json")}
    if name in catalog.tables:
        return {"table": _table(catalog.tables[name], readers(catalog).get(name, []))}
    raise _unknown(catalog, name)


def _short(catalog: Catalog) -> dict[str, Any]:
    metric = {"id", "name", "side", "dimension", "unit", "tier"}
    return {
        "metrics": [m.model_dump(mode="json", include=metric) for m in catalog.metrics.values()],
        "roles": [r.model_dump(mode="json", include={"id", "name", "scope"}) for r in catalog.roles.values()],
        "rules": [
            r.model_dump(mode="json", include={"id", "title", "severity"}) for r in catalog.rules.values()
        ],
        "tables": [name for name, table in catalog.tables.items() if not table.derived],
    }


def _metric(catalog: Catalog, metric: Metric) -> dict[str, Any]:
    return {
        **metric.model_dump(mode="json", exclude={*EXPRESSIONS, "variants"}),
        "variants": [variant.model_dump(mode="json", exclude_unset=True) for variant in metric.variants],
        **metric.model_dump(mode="json", include=EXPRESSIONS, exclude_defaults=True),
        "version": metric.version,
        "tables": canonical(catalog, metric),
        "reads": columns(catalog, metric),
        "dimensions": dimensions(catalog, metric),
        "looks_at": looks_at(metric),
        "sources": [catalog.sources[source].model_dump(mode="json") for source in metric.sources],
    }


def _table(table: Table, needed_by: list[str]) -> dict[str, Any]:
    return {**table.model_dump(mode="json"), "needed_by": needed_by}


def _id_of(catalog: Catalog, name: str) -> str:
    """The id of what is called so: an id of any kind first, then a name or synonym of a metric, then of a role."""
    if any(name in known for known in (catalog.roles, catalog.rules, catalog.tables)):
        return name
    named = called("metric", name, catalog.metrics)
    return named if named != name else called("role", name, catalog.roles)


def _unknown(catalog: Catalog, name: str) -> UnknownNameError:
    known = [TABLES, *catalog.metrics, *catalog.roles, *catalog.rules, *catalog.tables]
    return UnknownNameError("entry", name, known, remedy="`counterpoise catalog` lists what there is.")
