"""A connection for one statement under its limit of time; what goes wrong on it is told in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from metrics.errors import CompanyError, RefusedError, StoppedError, TooSlowError
from metrics.warehouse.habits import Habits
from metrics.warehouse.reasons import REFUSED, UNREADABLE, reason
from metrics.warehouse.stopping import stopped, wanted
from metrics.warehouse.watch import Watch, watched

TOO_SLOW = (
    "The warehouse took longer than {seconds} seconds, so the query was cancelled: ask for less, "
    "or raise timeout_seconds in company.toml."
)
UNREACHED = "The warehouse cannot be reached: {reason}; look at `url` in company.toml."
OURS = {"builtins", "metrics", "sqlalchemy"}
"""Where the classes of errors are from that are no driver's."""
UNFIT = (ValueError, OverflowError)
"""What drivers raise where a row holds a day or a number that Python does not know."""
C = TypeVar("C")
Refused = Callable[[Exception], CompanyError]
"""The driver's error -> what a refused statement is told as."""


@contextmanager
def connected(engine: sa.Engine, habits: Habits, seconds: int, refused: Refused) -> Iterator[sa.Connection]:
    """A connection as SQLAlchemy has it.

    Raises:
        TooSlowError: the statement took longer than it may, and was cancelled.
        StoppedError: nobody wants its answer any more.
        CompanyError: the database cannot be reached, or what ``refused`` makes of its refusal.
    """
    with reached(engine.connect) as connection:
        driver: Any = connection.connection.driver_connection
        give_up = getattr(driver, habits.gives_up, None) if habits.gives_up else None
        with wanted(give_up), watched(driver if habits.interrupts else None, seconds) as watch:
            try:
                yield connection
            except UNFIT:
                raise _unreadable() from None
            except Exception as error:
                if not by_driver(error):
                    raise
                raise _told(error, refused, seconds, over=watch.over) from error


@contextmanager
def driven(
    engine: sa.Engine, connection: PoolProxiedConnection, seconds: int, refused: Refused
) -> Iterator[Watch]:
    """The driver's own connection to a database of this process is used: for statements that have run before.

    Whoever runs several says with ``Watch.renew`` when the next one begins.

    Raises:
        TooSlowError, StoppedError, CompanyError: as for :func:`connected`.
    """
    driver: Any = connection.driver_connection
    with wanted(driver.interrupt), watched(driver, seconds) as watch:
        try:
            yield watch
        except engine.dialect.loaded_dbapi.Error as error:
            raise _told(error, refused, seconds, over=watch.over) from error
        except UNFIT:
            raise _unreadable() from None


def reached(opened: Callable[[], C]) -> C:
    """A connection; a server that answered before may be away by now.

    Raises:
        CompanyError: the database cannot be reached.
    """
    try:
        return opened()
    except Exception as error:
        if not by_driver(error):
            raise
        raise CompanyError(UNREACHED.format(reason=reason(error))) from error


def by_driver(error: Exception) -> bool:
    """Whether a driver says so. Not all say it as their standard asks: Thrift and Google have errors of their own."""
    if isinstance(error, DBAPIError | OSError):
        return True
    return type(error).__module__.partition(".")[0] not in OURS


def _unreadable() -> CompanyError:
    return RefusedError(REFUSED.format(reason=UNREADABLE), UNREADABLE, of_data=True)


def _told(error: Exception, refused: Refused, seconds: int, *, over: bool) -> Exception:
    if stopped():
        return StoppedError()
    return TooSlowError(TOO_SLOW.format(seconds=seconds)) if over else refused(error)
