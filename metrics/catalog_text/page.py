"""The canonical tables as a page in Markdown, for whoever maps a company's own tables to them.

`counterpoise catalog tables --markdown` prints it; the copy beside the table files is held to it by a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from metrics.catalog_text.declared import all_needs
from metrics.catalog_text.lines import plain
from metrics.catalog_text.reads import other_methods, readers
from metrics.catalog_text.splits import of_tables
from metrics.model import Catalog, Table, TableColumn

HEAD = """\
# The canonical tables

This page is generated (`counterpoise catalog tables --markdown`) from the files beside it.

A company folder maps its own tables to these: `tables/NAME.sql` holds one SELECT, in the SQL of the company's
warehouse, whose columns have the names below. Map the tables and columns you have, in any order; leave out the rest.
A metric whose columns are not there is "not measured" and says which it needs; nothing else is affected.

- **Types** are what a column is read as. Text that looks like a day, a number or `true` is read as one, so that CSV
  files do; blank text stands for nothing there. Text with a list of values is compared as it is written; other words
  for them are mapped at the top of `company.toml`: `values.opportunities.outcome = { "Closed Won" = "won" }`.
  Timestamps are in UTC, and their day is the company's own (`timezone` in `company.toml`); a timestamp in a date column
  is read as the day it shows, one with a zone as that in UTC, which is another day in the evening of America and in the
  night of Asia and Europe: `CAST(... AT TIME ZONE 'Europe/Berlin' AS DATE)` gives the company's own. A column of type
  date where a timestamp belongs counts on the days it shows; text and timestamps without a time are midnight in UTC,
  which west of it is the day before: `CAST(... AS DATE)` keeps the day.
- **Money** ending in `_base` is in the reporting currency (`currency` in `company.toml`), as exact decimals. Amounts in
  minor units are divided first: by 100, and not at all in currencies that have none, such as JPY.
- **Key** columns together tell the rows of a table apart. `-> table.column` is what a column refers to.
- **Fiscal** quarters and years begin with the month `fiscal_year_start` in `company.toml` (1 to 12), whatever
  `calendar` says of its days. FY2025 is the year that ends in 2025, and FY2025-Q1 its first three months.
- **Where absent** says what is assumed of every row, or how a column is worked out. Whatever is assumed stands in the
  receipt of each value. A row that leaves such a column empty is read in the same way. A column with nothing there is
  simply missing.
- **Empty** fields of other columns are not known. A row without the day that a metric goes by counts in no period, one
  without an amount counts as a row and adds nothing (a won deal in `average_deal_size`), and an empty yes or no is no.
  A median, and what a formula calls a mean, is of the rows that have a value; time between two days of which one is
  not given is in neither.
- **Guarded** columns make every value that touches them guarded: `person` names a person, `people` is a fact about one,
  `restricted` is pay or a protected trait. Small groups are never shown: a value about people needs 5 of them, one that
  touches a restricted column 10 (each side of a comparison, and no count of one or two, nor a share of a protected
  trait of 0 % or 100 %), whoever asks; else its status is `suppressed`, and so is that of months, quarters and groups
  from which the small one could be worked out. They are given for whole months, quarters and years that are over, and
  not for weeks or days: a running month has no value, a running quarter or year is measured to its last whole month.
  To try a metric on a tiny example, repeat its rows under other keys: what is a share, a mean or a median stays the
  same.
- **Splits** are by the dimensions below each table: by each of them some metric that counts its rows can be split, and
  `counterpoise catalog ID` tells which of them a metric knows. A column of your own is one too once `company.toml`
  names it, in its own table and wherever a column leads to that: `[dimensions.industry]` with
  `column = "accounts.industry"` splits revenue, deals and tickets as well. Where several tables carry it, `column`
  lists each: `["orders.region", "opportunities.region"]`. On a table of people it is guarded, unless
  `sensitivity = "open"` stands there. Rows that have nothing there are the group `(none)`, and so are those of a group
  that is called so.
- **Headcounts** are taken at the close of a day, that at the start of a period on the evening before it. Who begins on
  that day is in it, and who leaves on that day is not. An average is that of the opening one and of each month's
  end.
- **Who moves** from one department (level, manager...) to another counts with each row where they were on its day, in
  a headcount where they were at the close of its day, in a cohort where it began, and where they are at the end of the
  period in whatever is worked out person by person (reps at quota). People who did something (who were trained, who
  moved) are in each department in which they did it, once. Between two jobs of `job_history` it is the one before,
  though nobody is in any FTE or under a manager then. Who was invited to a survey in two departments answers in the
  first by its name.
- **Rows** are each one thing: group order lines into orders first. Only what is there is given: an open deal has no
  `closed_on`, and who is employed has no `terminated_on`, but the column has to be there for its metrics. What is
  deleted, merged, void, a draft or a test where it comes from is left out by the SELECT: a row that is there counts.
- **From outside** come a few figures that no table tells. They stand in `company.toml` with source and day, and `per`
  where they grow with time (a value for a quarter then takes a quarter of a year's market):
  `external.market_size = { value = 4200000000, source = "a report", as_of = 2025-12-31, per = "year" }`.
  So do names that only you know: `settings.activation_event = "first report"`. The last list below says which metric
  needs what.
- **No number** is not zero. A ratio with nothing below the line is `undefined_zero_denominator`; a sum, a count or a
  median of no row at all is `insufficient_data`, because nobody knows whether nothing happened or nothing was written
  down. A sum of rows that have come to nothing is 0; where each of them has an empty amount it is `insufficient_data`,
  too.
- **As of** a day (`--as-of`) no later day is in any period, no window that ends later is over, and a period that is not
  over is measured as far as it has come. What came later is not known yet: a lead that became a customer since then is
  none, a deal that closed is open, and a rep has won what was won by then. That goes by the days that rows have: "not
  before its `closed_on`" below. What has no day, such as who owns a deal, is read as it stands now. Quotas are known
  beforehand: a sum of them is of the whole period. Where a formula says a month, a period that is not over, or not
  made of whole months, has as many as its days by 30.4375. Where no day is asked for and the data ends before today,
  no day after its newest one is looked at, but how many days a period has had is told by the clock.
- `counterpoise check` tells what of a folder works, what each metric still needs, and which rows look wrong.
"""


def tables_page(catalog: Catalog) -> str:
    """The page: every canonical table with its columns, then what each metric cannot do without."""
    splits = of_tables(catalog)
    tables = [
        _table(catalog.tables[name], ids, splits.get(name, [])) for name, ids in readers(catalog).items()
    ]
    return "\n".join([HEAD, *tables, *_metrics(catalog)]) + "\n"


def _table(table: Table, needed_by: Sequence[str], splits: Sequence[str]) -> str:
    rows = [_row(column) for column in table.columns]
    heading = ["| column | type | meaning | where absent | guarded |", "|---|---|---|---|---|"]
    used = ", ".join(f"`{name}`" for name in needed_by)
    note = f"{table.grain[:1].upper()}{table.grain[1:]} (tier {table.tier})."
    told = [f"Used by {used}." if used else "No shipped metric needs it."]
    told += ["", f"Split by {', '.join(splits)}."] if splits else []
    return "\n".join([f"## {table.name}", "", note, "", *heading, *rows, "", *told, ""])


def _row(column: TableColumn) -> str:
    facts = [
        column.meaning,
        *([" / ".join(f"`{value}`" for value in column.values)] if column.values else []),
        *(["or others"] if column.others else []),
    ]
    facts += [f"-> {column.references}"] if column.references else []
    if column.known_from not in {"", column.name}:
        facts += [f"not before its `{column.known_from}`"]
    facts += ["may be empty"] if column.nullable and "empty" not in column.meaning else []
    meaning = "; ".join(filter(None, facts))
    name = f"**{column.name}**" if column.key else column.name
    guarded = "" if column.sensitivity == "open" else column.sensitivity
    cells = [name, column.type, meaning.replace("|", "\\|"), _where_absent(column), guarded]
    return f"| {' | '.join(cells)} |".replace("  ", " ")


def _where_absent(column: TableColumn) -> str:
    if column.worked_out_as:
        return column.worked_out_as
    if column.when_absent is None:
        return ""
    value = column.when_absent
    return f"{value:f}" if isinstance(value, Decimal) else plain(value)


def _metrics(catalog: Catalog) -> Iterator[str]:
    yield "## What each metric cannot do without"
    yield ""
    yield "Another method of a metric is listed where it cannot do without other columns than the usual one."
    yield ""
    yield "| metric | tables and columns |"
    yield "|---|---|"
    for metric in catalog.metrics.values():
        usual = all_needs(catalog, metric)
        yield f"| `{metric.id}` | {usual} |"
        for name, other in other_methods(catalog, metric):
            own = all_needs(catalog, other)
            if own != usual:
                yield f"| `{name}` | {own} |"
