"""Rows that can hardly be meant so: days out of order, numbers out of their range, no day or number at all.

They count as they stand, so that a value may be wrong without a word: `counterpoise check` is the place to say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import sqlalchemy as sa

from metrics.check.at_odds import DEALS, MONEY, Given, Odd, at_odds
from metrics.engine import Engine
from metrics.engine.portable import as_day
from metrics.engine.tables.canonical import as_meant
from metrics.engine.tables.typed import typed
from metrics.errors import RefusedError, TooSlowError
from metrics.model import Table
from metrics.warehouse.families import Family

HEEDING = ("duckdb", "postgres", "sqlite", "snowflake", "bigquery")
"""Databases of which a moment in text is read with the offset from UTC that is written behind it (`as_told_moment`)."""
ANSWERS = "survey_responses"
"""An answer counts in the period of its wave, whenever it came."""
STAGES = "opportunity_stage_history"
LARGEST = 10**14
DAYS = {"date", "timestamp"}
LAST_DAY = date(9999, 12, 31)
EPOCH = (date(1970, 1, 1), date(1970, 1, 31))
"""Where seconds since 1970 of these years end up that are read as milliseconds, and where 0 does."""
PERCENT = [0, 100]


def odd_rows(engine: Engine, table: Table, families: Mapping[str, Family]) -> list[str]:
    """A remark for each kind of odd row that a table has; the table is known to be read.

    Raises:
        CompanyError: the warehouse cannot be reached.
    """
    source = engine.warehouse.source(table.name).subquery("given")
    trusted = engine.warehouse.habits.typed
    given = {
        column.name: as_meant(
            typed(source.c[column.name], column.type, families[column.name], trusted=trusted),
            engine.company.file.meant(table.name, column.name),
        )
        for column in table.columns
        if column.name in families
    }
    texts = {name: source.c[name] for name in given if families[name] == "text"}
    zoned = () if engine.warehouse.habits.name in HEEDING else _zoned(table, texts)
    odd = [
        *zoned,
        *_unordered(table, given),
        *_outside(table, given),
        *_shares(table, given),
        *_absurd(table, given),
        *_made_of_numbers(table, given),
        *_empty(table, given),
        *at_odds(table, given),
    ]
    if not odd:
        return []
    counts = [sa.func.sum(sa.case((rows, 1), else_=0)) for _, rows in odd]
    try:
        [found] = engine.warehouse.run(sa.select(*counts).select_from(source)).rows
    except (RefusedError, TooSlowError):  # a remark is not worth an error
        return []
    return [say.format(rows=_rows(int(count))) for (say, _), count in zip(odd, found, strict=True) if count]


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _zoned(table: Table, texts: Given) -> Iterator[Odd]:
    """Moments in text whose offset from UTC a cast leaves out."""
    for column in table.columns:
        if column.name in texts and column.type == "timestamp":
            text = texts[column.name]
            zero = sa.or_(*(text.like(f"%:%+{nought}") for nought in ("00", "0000", "00:00")))
            own = sa.and_(sa.or_(text.like("%:%+%"), text.like("%:%-%")), sa.not_(zero))
            how = f"CAST({column.name} AS TIMESTAMPTZ) in its SELECT keeps it"
            yield (
                f"{column.name} is text with its own offset from UTC in {{rows}}, which is left out: {how}",
                own,
            )


def _unordered(table: Table, given: Given) -> Iterator[Odd]:
    """Days that lie before the one they follow; of two timestamps only the days are compared."""
    for column in table.columns:
        if column.name in given and column.after in given:
            earlier = as_day(given[column.name]) < as_day(given[column.after])
            yield f"{column.name} lies before {column.after} in {{rows}}", earlier


def _outside(table: Table, given: Given) -> Iterator[Odd]:
    """Numbers below the least or above the most."""
    for column in table.columns:
        if column.name in given and column.within:
            least, *most = column.within
            ends = f"{least} to {most[0]}" if most else "0 or more" if least == 0 else f"{least} or more"
            value = given[column.name]
            odd = sa.or_(value < least, *(value > top for top in most))
            yield f"{column.name} should be {ends} and is not in {{rows}}", odd


def _shares(table: Table, given: Given) -> Iterator[Odd]:
    """Percentages that were given as shares."""
    for column in table.columns:
        if column.name in given and column.within == PERCENT:
            value = given[column.name]
            say = f"{column.name} is in percent, and looks like a share of 1 in {{rows}}"
            yield say, sa.and_(value > 0, value < 1)


def _absurd(table: Table, given: Given) -> Iterator[Odd]:
    """Numbers that no company has, and with which a sum or a product may run out of the database's range."""
    for column in table.columns:
        bounded = column.type not in {"decimal", "integer"} or column.within[1:]
        if column.name in given and not bounded:
            value = given[column.name]
            beyond = sa.or_(value >= LARGEST, value <= -LARGEST)
            yield f"{column.name} is beyond a hundred trillion in {{rows}}", beyond


def _made_of_numbers(table: Table, given: Given) -> Iterator[Odd]:
    """Days as they come out of a number of seconds that were milliseconds, or the other way round, or 0 for nothing."""
    for column in table.columns:
        if column.name in given and column.type in DAYS:
            day = as_day(given[column.name])
            far = f"{column.name} lies after the year 9999 in {{rows}}, with which nothing can be computed"
            near = (
                f"{column.name} lies in January 1970 in {{rows}}, as 0 and too small a number of seconds do"
            )
            how = "leave empty what has no end, and milliseconds are 1,000 to a second"
            yield f"{far}: {how}", day > LAST_DAY
            yield near, day.between(*EPOCH)


def _empty(table: Table, given: Given) -> Iterator[Odd]:
    """Days without which a row counts in no period, and money without which it adds nothing."""
    for column in table.columns:
        if column.name not in given or column.nullable or column.when_absent is not None:
            continue
        if column.name in table.happened and table.name != ANSWERS:
            say = f"{column.name} is empty in {{rows}}, and without it a row counts in no period"
            yield say, given[column.name].is_(None)
        elif column.name.endswith(MONEY) and table.name not in {DEALS, STAGES}:
            say = f"{column.name} is empty in {{rows}}, and without it a row counts but adds nothing"
            yield say, given[column.name].is_(None)
