"""What failed is logged so that its fault can be found, without a row of anybody's, and not for ever."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.failures import MOST, Discreet, keep, told, trim
from bot.settings import read_settings
from metrics.errors import BrokenTableError, CompanyError, Problem

SECRET = "Anna Berg"
QUERY = f"SELECT CAST('{SECRET}' AS INTEGER) AS a"


class Diagnosis:
    """As PostgreSQL's driver gives it."""

    schema_name, table_name, column_name, constraint_name, statement_position = (
        None,
        "staff",
        "pay",
        None,
        "8",
    )


class DatabaseError(Exception):
    """As every driver has one."""

    sqlstate, diag = "22P02", Diagnosis()


def failed(query: str = QUERY) -> Exception:
    """What a company's table raises whose query quotes a row: ours, from SQLAlchemy's, from the driver's."""
    try:
        try:
            with sa.create_engine("duckdb:///:memory:").connect() as connection:
                connection.execute(sa.text(query))
        except sa.exc.DBAPIError as error:
            raise BrokenTableError(Problem("tables/staff.sql does not run", str(error.orig))) from error
    except CompanyError as error:
        return error
    raise AssertionError


def test_a_log_tells_the_class_and_the_place_and_no_value() -> None:
    text = told(failed())
    assert SECRET not in text
    assert "tables/staff.sql does not run; `counterpoise check` says why." in text
    assert "ConversionException" in text
    assert "LINE 1" in text
    assert f"{Path(__file__).name}" in text


def test_the_code_and_the_names_that_a_driver_gives_are_told() -> None:
    text = told(DatabaseError(f'invalid input syntax for type integer: "{SECRET}"'))
    assert "sqlstate 22P02, table_name staff, column_name pay, statement_position 8" in text
    assert SECRET not in text


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (f"Code: 6. DB::Exception: Cannot parse string '{SECRET}' as Int32", "Code: 6"),
        (f"[CAST_INVALID_INPUT] The value '{SECRET}' cannot be cast. SQLSTATE: 22018", "SQLSTATE: 22018"),
        (f"CSV Error on Line: 2\nOriginal Line: {SECRET},12", "Line: 2"),
    ],
)
def test_codes_and_places_in_the_words_are_told(said: str, left: str) -> None:
    text = told(DatabaseError(said))
    assert left in text
    assert SECRET not in text


def test_a_value_that_cannot_be_converted_is_left_out_and_other_words_are_not() -> None:
    assert SECRET not in told(ValueError(f"invalid literal for int() with base 10: '{SECRET}'"))
    assert "KeyError: 'win_rate'" in told(KeyError("win_rate"))


def test_the_log_of_the_service_is_as_discreet() -> None:
    try:
        raise failed()
    except CompanyError:
        record = logging.LogRecord("bot", logging.ERROR, "", 1, "Question %s failed", ("1f",), sys.exc_info())
    line = Discreet("%(levelname)s %(message)s").format(record)
    assert line.startswith("ERROR Question 1f failed\n")
    assert SECRET not in line


def test_failures_are_kept_as_long_as_answers_and_the_newest_ones_only(tmp_path: Path) -> None:
    log = tmp_path / "failures.log"
    old = (datetime.now(UTC) - timedelta(days=200)).isoformat(timespec="seconds")
    log.write_text(f"{old} 0000aaaa\nRuntimeError: long ago\n\n", encoding="utf-8")
    keep(log, "1111bbbb", RuntimeError("now"), 180)
    assert "long ago" not in log.read_text()
    assert "1111bbbb\nbuiltins.RuntimeError: now" in log.read_text()
    for number in range(3):
        keep(log, f"2222ccc{number}", RuntimeError("x" * (MOST // 2)), 180)
    trim(log, 180)
    assert len(log.read_text()) <= MOST
    assert "2222ccc2" in log.read_text()
    assert "1111bbbb" not in log.read_text()


def test_a_setting_that_is_no_number_does_not_keep_a_failure_from_being_logged() -> None:
    assert read_settings({"COUNTERPOISE_RETENTION_DAYS": "long"}).days == 180
    assert read_settings({"COUNTERPOISE_RETENTION_DAYS": "30"}).days == 30
