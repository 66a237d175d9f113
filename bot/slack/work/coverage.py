"""What the data can give, looked at now and then: a look goes through every table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from metrics.check.checkup import Report, TableReport, check_company
from metrics.engine import Engine

KEPT = 600.0
"""Seconds that a report is believed."""


@dataclass
class Coverage:
    """The newest report of the company's data. Calls block, the first one for seconds."""

    open: Callable[[], Engine]
    _turn: Lock = field(default_factory=Lock)
    _report: Report | None = None
    _since: float = 0.0

    def report(self) -> Report:
        """The report; made anew where it is too old.

        Raises:
            CompanyError: the company's folder does not work.
        """
        with self._turn:
            if self._report is None or monotonic() - self._since > KEPT:
                self._report, self._since = check_company(self.open()), monotonic()
            return self._report


def told(table: TableReport) -> list[str]:
    """What is wrong with a table, for an admin of Slack: without the words of a database, which may quote a row."""
    return [problem.plain for problem in table.found]
