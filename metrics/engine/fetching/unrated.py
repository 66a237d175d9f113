"""Money in a currency that no exchange rate leads out of: what rests on it is not measured, not measured too low."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from metrics.engine.fetching.source import Source
from metrics.engine.tables.canonical import LEDGER
from metrics.engine.tables.currency import RATED, RATES, without_rate
from metrics.engine.tables.lacking import MissingError
from metrics.engine.tables.relations import Relations
from metrics.errors import RefusedError, TooSlowError

CODE = 3
"""Letters of a currency's code (ISO 4217)."""


def unrated(source: Source, tables: Iterable[str]) -> tuple[str, ...]:
    """What the ledger among these tables lacks to be had in the reporting currency: rates, or currencies.

    Raises:
        CompanyError: the warehouse refuses the query.
    """
    if LEDGER not in tables:
        return ()
    return source.store.known(("unrated", LEDGER), source.behind.table(LEDGER), partial(_lacking, source))


def unrated_metrics(source: Source, tables_of: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    """The metrics that rest on such money, given the tables of each; none where that cannot be found out."""
    try:
        rates = unrated(source, {LEDGER})
    except (RefusedError, TooSlowError):  # whoever reads the table is told why
        return {}
    behind = source.behind
    resting = {
        name for name, tables in tables_of.items() if any(LEDGER in behind.table(one) for one in tables)
    }
    return {name: rates for name in tables_of if rates and name in resting}


def _lacking(source: Source) -> tuple[str, ...]:
    relations = source.setting.relations
    try:
        statement = without_rate(relations)
    except MissingError:  # there is no ledger, or the rates cannot be read: what needs them says so
        return ()
    if statement is None:
        return ()
    [(answered, _)] = source.run([statement])
    found = sorted({str(row[0] or "").strip() for row in answered.rows})
    return tuple(dict.fromkeys(_need(code, relations) for code in found))


def _need(code: str, relations: Relations) -> str:
    """What would make money in a currency count; what is no code is not repeated, for it may be any text."""
    home = relations.warehouse.company.file.currency
    if not code:
        return f"{LEDGER}.currency of every amount"
    if relations.mapped(RATES):
        lacking = next((name for name in RATED if not relations.has(RATES, name)), "")
        if lacking:
            return f"{RATES}.{lacking}"
    named = code if len(code) == CODE and code.isascii() and code.isalpha() else "every currency"
    return f"{RATES} from {named} to {home}"
