"""Days, months and chance: whole days since 1970, months since January 2023, and one seeded stream per subject."""

# ruff: noqa: PLR2004 - the days of a week and of a year

from __future__ import annotations

import zlib
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
Array = NDArray[Any]

SEED = 20260107
NOTHING = -(2**62)
"""Stands for an empty cell: frames hold whole numbers, and whole numbers have no NULL."""
DAY = 86_400
HOUR = 3_600


def day(year: int, month: int, of_month: int) -> int:
    """A calendar day as the number of days since 1970-01-01."""
    return date(year, month, of_month).toordinal() - 719_163


FIRST = day(2023, 1, 1)
LAST = day(2025, 12, 31)
END = LAST + 1
MONTHS = 36


def month_start(month: int) -> int:
    """The first day of a month; month 0 is January 2023, negative months are before it."""
    return day(2023 + month // 12, month % 12 + 1, 1)


def month_of(number: int) -> int:
    """The month a day lies in."""
    found = date.fromordinal(number + 719_163)
    return (found.year - 2023) * 12 + found.month - 1


def months_of(days: Array) -> Days:
    """The months that days lie in."""
    found = np.asarray(days).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(found - (2023 - 1970) * 12, dtype=np.int64)


def stream(subject: str) -> np.random.Generator:
    """The chance of one subject: drawing more in one subject changes nothing in another."""
    return np.random.default_rng([SEED, zlib.crc32(subject.encode())])


def business_days() -> Days:
    """The company's working days from 2023 to the last day: weekdays that are no fixed holiday."""
    days = np.arange(FIRST, END, dtype=np.int64)
    return days[is_business_day(days)]


def is_business_day(days: Array) -> NDArray[np.bool_]:
    """Whether days are working days: weekdays other than 1 January, 1 May, 25 and 26 December."""
    dates = np.asarray(days).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    of_month = (dates - months).astype(np.int64) + 1
    month = months.astype(np.int64) % 12 + 1
    holiday = ((month == 1) & (of_month == 1)) | ((month == 5) & (of_month == 1))
    holiday |= (month == 12) & ((of_month == 25) | (of_month == 26))
    weekday = (np.asarray(days) + 3) % 7
    return np.asarray((weekday < 5) & ~holiday)


def moments(days: Array, rng: np.random.Generator) -> Days:
    """A second of each day, between eight in the morning and seven in the evening."""
    within = rng.integers(8 * HOUR, 19 * HOUR, len(days))
    return np.asarray(days, dtype=np.int64) * DAY + within
