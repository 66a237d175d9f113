"""The texts of a new company folder: `company.toml`, the SELECTs that were told, examples of the others."""

from __future__ import annotations

import json

from metrics.begin.matching import Match
from metrics.begin.source import Source
from metrics.model import Catalog, Table, TableColumn

FURTHER = """\
# What the company aims at, and what some metrics leave to it. Take the # away where it holds.
# goals = ["growth"]           # growth, loyalty, satisfaction, efficiency, engagement, people

# [targets]                    # a value, or a band from low to high; due is optional. What grows with its period
# win_rate = { value = 28, due = 2026-03-31 }   # (turnover, bookings) is for a quarter, or for what per says:
# regretted_turnover_rate = { value = 6, per = "year" }
# pipeline_coverage = { low = 3, high = 5 }

# [organisations]              # which departments a role answers for
# vp_sales = ["Sales"]

# [dimensions.region]          # a column of your own by which values may be split
# column = "accounts.region"   # as your SELECT names it; whatever leads to that table is split by it too. Where
#                              # several tables carry it: column = ["orders.region", "opportunities.region"]
# name = "Region"

# [values.opportunities.outcome]   # what your own data calls the values of a column with a list of them
# "Closed Won" = "won"

# [external]                   # what no data of yours tells; per where it grows with time
# market_size = { value = 4200000000, source = "where it is from", as_of = 2025-12-31, per = "year" }

# [variants]                   # the method that is meant here, where there are several: `counterpoise catalog ID`
# win_rate = "of_all"

# [settings]                   # `counterpoise catalog tables --markdown` tells which metric needs which
# activation_event = "first report"
"""


def company_toml(name: str, source: Source) -> str:
    """The text of `company.toml`."""
    lines = [
        "# Who the company is. Look at each line: nobody but you knows whether it holds.",
        f"name = {json.dumps(name.replace('_', ' ').replace('-', ' ').strip().title() or 'Company')}",
        'currency = "USD"               # of every column that ends in _base',
        'timezone = "UTC"               # of the company\'s days, such as Europe/Berlin; timestamps are read as UTC',
        "fiscal_year_start = 1          # the month, 1 to 12",
        'stage = "growth"               # pre_pmf, growth or scale',
        'business_model = "saas"        # `counterpoise catalog` lists the others',
        *([f"url = {json.dumps(source.url)}"] if source.url else []),
        *([f"folders = {json.dumps(list(source.folders))}"] if source.folders else []),
    ]
    return "\n".join(lines) + "\n\n" + FURTHER


def select(catalog: Catalog, match: Match, source: Source) -> str:
    """The SELECT of a table that was told, with what of it was not, as comments."""
    table = catalog.tables[match.table]
    given = [column for column in table.columns if column.name in match.columns]
    rest = [column for column in table.columns if column.name not in match.columns]
    columns = [_given(column, source.quotes[match.columns[column.name]]) for column in given]
    lines = [
        f"-- {table.grain[:1].upper()}{table.grain[1:]}. Told by names alone: look at every line.",
        "SELECT",
    ]
    lines += [f"    {'  ' if place == 0 else ', '}{text}" for place, text in enumerate(columns)]
    lines += [f"    -- , ... AS {column.name}{_about(column)}" for column in rest]
    lines += [f"FROM {source.names[match.given]}"]
    taken = set(match.columns.values())
    unused = [name for name in source.tables[match.given] if name not in taken]
    if unused:
        lines += [f"-- Not used: {', '.join(' '.join(name.split()) for name in unused)}"]
    return "\n".join(lines) + "\n"


def example(table: Table) -> str:
    """The SELECT of a table that was not told, to be filled in."""
    lines = [
        f"-- {table.grain[:1].upper()}{table.grain[1:]}.",
        f"-- Give the columns you have, leave out the rest, and move this file to tables/{table.name}.sql.",
        "SELECT",
    ]
    for place, column in enumerate(table.columns):
        lines.append(f"    {'  ' if place == 0 else ', '}your_column AS {column.name}{_about(column)}")
    return "\n".join([*lines, "FROM your_table"]) + "\n"


def listed(source: Source) -> str:
    """The tables of the source with their columns, to fill the examples from."""
    lines = [f"{source.names[name]}\n    {', '.join(columns)}" for name, columns in source.tables.items()]
    return "\n".join(["What the source holds, as a SELECT names it.", "", *lines]) + "\n"


def _given(column: TableColumn, quoted: str) -> str:
    values = (
        f"  -- {'such as' if column.others else 'one of'} {', '.join(column.values)}" if column.values else ""
    )
    return f"{quoted}{values}" if quoted == column.name else f"{quoted} AS {column.name}{values}"


def _about(column: TableColumn) -> str:
    """What a column holds, as a comment."""
    facts = [f"{column.type}{', key' if column.key else ''}", column.meaning]
    facts += (
        [f"{'such as' if column.others else 'one of'} {', '.join(column.values)}"] if column.values else []
    )
    facts += [f"as in {column.references}"] if column.references else []
    told = "; ".join(filter(None, facts))
    return f"  -- {' '.join(told.split())}"
