"""The canonical tables as plain text: what a company folder may map, and what each is good for."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from metrics.catalog_text.lines import WIDTH, pairs, plain
from metrics.catalog_text.reads import readers
from metrics.catalog_text.splits import of_tables
from metrics.model import Catalog, Table, TableColumn

HEAD = (
    "{count} canonical tables; map those you have, with the columns you have. Timestamps are in UTC; text that looks "
    "like a day or a number is read as one. To split by a column of your own, write [dimensions.region] with column = "
    '"accounts.region" into company.toml. `counterpoise catalog tables --markdown` tells more.'
)


def tables_text(catalog: Catalog) -> str:
    """The canonical tables: rows, columns, types, keys, what may be missing, which metrics need each."""
    needed = readers(catalog)
    lines = ["Computed by the engine, never mapped"]
    derived = [table for table in catalog.tables.values() if table.derived]
    lines += pairs((table.name, f"{table.grain} (from {', '.join(table.derived)})") for table in derived)
    splits = of_tables(catalog)
    blocks = [_block(catalog.tables[name], ids, splits.get(name, [])) for name, ids in needed.items()]
    head = wrap(HEAD.format(count=len(blocks)), WIDTH)
    return "\n\n".join(["\n".join(head), *blocks, "\n".join(lines)])


def table_text(catalog: Catalog, name: str) -> str:
    """One table in full."""
    return _block(catalog.tables[name], readers(catalog).get(name, []), of_tables(catalog).get(name, []))


def _block(table: Table, needed_by: Sequence[str], splits: Sequence[str]) -> str:
    lines = wrap(f"{table.name} (tier {table.tier}): {table.grain}", WIDTH)
    for column in table.columns:
        start = f"  {column.name:<26}{column.type:<10}"
        lines += wrap(_column(column), WIDTH, initial_indent=start, subsequent_indent=" " * 38) or [
            start.rstrip()
        ]
    if table.derived:
        need = f"computed from {', '.join(table.derived)}"
    else:
        need = f"needed by {', '.join(needed_by) or 'no metric yet'}"
    lines += wrap(need, WIDTH, initial_indent="  ", subsequent_indent="    ")
    if splits:
        lines += wrap(f"split by {', '.join(splits)}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines)


def _column(column: TableColumn) -> str:
    """Key, reference, emptiness, default, values, meaning and sensitivity, as far as there is any to tell."""
    facts = ["key"] if column.key else []
    facts += [f"to {column.references}"] if column.references else []
    facts += ["may be empty"] if column.nullable and "empty" not in column.meaning else []
    facts += [f"{plain(column.when_absent)} where absent"] if column.when_absent is not None else []
    facts += [f"{column.worked_out_as} where absent"] if column.worked_out_as else []
    facts += [" | ".join([*column.values, *(["others"] if column.others else [])])] if column.values else []
    facts += [column.meaning] if column.meaning else []
    facts += [f"[{column.sensitivity}]"] if column.sensitivity != "open" else []
    return "; ".join(facts)
