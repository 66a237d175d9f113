"""Table and Dimension: what a company folder gives, and what values can be grouped by."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from metrics.definition import Frozen, Measure, Test, column_paths
from metrics.errors import UnknownNameError
from metrics.model.words import Sensitivity


class TableColumn(Frozen):
    """One column of a canonical table.

    ``references`` names a table and column (``accounts.account_id``). Where a company has no such column,
    ``worked_out`` lists the columns it is the sum of (``-name``: less that one), or ``weekdays`` those of the first and
    the last day of which it counts Monday to Friday, if those are there, and ``when_absent`` is what is assumed for
    every row; a column without any is simply missing. ``settings`` are what a company has to declare for a derived
    column to be there, and ``reads`` the columns that it alone is made of. ``values`` are all that may stand there,
    or, with ``others``, those that metrics look for; ``alike`` lists those together that mean the same, which a metric
    that is computed across the column takes for one. A day does not lie before the one that ``after`` names, and
    numbers lie ``within`` a least and perhaps a most: rows that do not are remarked upon, and count all the same.
    ``known_from`` names the day on which a row's column comes to be known, later than the row itself: a deal's outcome
    when it closes. A day may name itself. Before, it is empty, or ``until_then``.
    """

    name: str
    type: Literal["text", "date", "timestamp", "decimal", "integer", "boolean"]
    meaning: str = ""
    key: bool = False
    nullable: bool = False
    references: str | None = None
    worked_out: list[str] = []
    weekdays: list[str] = Field(default=[], max_length=2)
    when_absent: bool | Decimal | str | None = None
    settings: list[str] = []
    reads: list[str] = []
    values: list[str] = []
    others: bool = False
    alike: list[list[str]] = []
    after: str = ""
    known_from: str = ""
    until_then: bool | str | None = None
    within: list[int] = Field(default=[], max_length=2)
    sensitivity: Sensitivity = "open"

    @property
    def names_somebody(self) -> bool:
        """Whether it says who somebody is, in a table of pay too: there whatever there is is guarded as pay."""
        return self.sensitivity == "person" or self.references == "employees.employee_id"

    @property
    def leads_to(self) -> tuple[str, str]:
        """The table and the column of it that it refers to; empty where it refers to none."""
        table, _, column = (self.references or "").partition(".")
        return table, column

    @property
    def worked_out_as(self) -> str:
        """In words what it is worked out as: `gross_amount_base - discount_base`; empty where it is not."""
        if self.weekdays:
            return f"Mondays to Fridays from {self.weekdays[0]} to {self.weekdays[1]}"
        return " + ".join(self.worked_out).replace("+ -", "- ")


class Spell(Frozen):
    """How rows of a history table follow each other: one in force at a time for each ``per``.

    A row ends at ``until``, at the next row's ``since``, or when the path ``ends_with`` does, whichever
    comes first. It begins at ``since``, and not before the path ``begins_with`` does; with ``reaches_back`` the first
    one begins there also where its own day is later. Both paths lead to the same table.
    """

    per: str
    since: str
    until: str | None = None
    begins_with: str | None = None
    reaches_back: bool = False
    ends_with: str | None = None


class Table(Frozen):
    """One canonical table: what a row is, and its columns.

    ``happened`` names the columns whose newest day tells how fresh the data is (never a plan or due date).
    ``planned``: its rows are known beforehand (quotas, the calendar), so that no as-of day cuts them off.
    ``for_all``: its rows are of no group (the days that are worked), and whatever is parted takes all of them.
    ``leave_out`` is a condition on rows that count in no metric. ``derived`` tables are computed from
    canonical ones by the engine, out of the columns that it ``reads`` and of one of ``reads_any``; a company never
    maps them. ``newest`` is the column of a derived table that has the day of the newest record in a row, where the
    row stands for a stretch of days; it is empty where the row rests on plans alone.
    """

    name: str
    tier: int = 1
    grain: str
    happened: list[str] = []
    planned: bool = False
    for_all: bool = False
    spell: Spell | None = None
    leave_out: dict[str, bool] = {}
    derived: list[str] = []
    reads: list[str] = []
    reads_any: list[str] = []
    newest: str = ""
    columns: list[TableColumn]

    def column(self, name: str) -> TableColumn:
        """The column of that name.

        Raises:
            UnknownNameError: the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownNameError(f"column of {self.name}", name, [c.name for c in self.columns])

    @property
    def mapped(self) -> list[str]:
        """The tables that a company maps for it: those it is computed from, or itself."""
        return self.derived or [self.name]

    @property
    def begins(self) -> list[str]:
        """The days with which a row comes to be there: those that happened and are not known later than it is."""
        later = {column.name for column in self.columns if column.known_from}
        return [name for name in self.happened if name not in later]

    def settings_of(self, measure: Measure) -> list[str]:
        """What a measure of this table needs of a company's `[settings]`: for its conditions, or for its columns."""
        conditions = (test for where in (measure.where, *measure.any_of) for test in where.values())
        found = {test.setting: None for test in conditions if isinstance(test, Test) and test.setting}
        columns = {column.name: column for column in self.columns}
        for paths in column_paths(measure):
            found |= {name: None for path in paths if path in columns for name in columns[path].settings}
        return list(found)


class Dimension(Frozen):
    """Something values can be grouped or filtered by, and the way to it from each table.

    Without ``rates`` it says what happened, not to whom or what it could have: it parts counts and sums only.
    """

    id: str
    name: str
    synonyms: list[str] = []
    sensitivity: Sensitivity = "open"
    rates: bool = True
    paths: dict[str, str]
