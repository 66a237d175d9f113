"""What is known about an answer beside its list: gates, readings, receipts, coached rules, what it calls things."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from metrics.definition import Frozen
from metrics.values import Value


class Gates(Frozen):
    """Where a company's own values change the order of a list. Nothing is changed unless a value says so.

    ``engaged``: use of the product held its threshold long enough, so that revenue and retention may lead
    before product-market fit (R19). ``leaks``: watched metrics that miss their target, so that metrics of
    acquisition stand behind those of activation (R24).
    """

    engaged: bool = False
    leaks: tuple[str, ...] = ()


CLOSED = Gates()
"""What holds as long as no value says otherwise."""


class Receipt(Frozen):
    """Which fields of its citation a row has. A row without a number needs none."""

    metric: str
    number: bool = True
    fields: list[str] = []


class Reading(Frozen):
    """What a finished row shows of a metric: its value, what it rests on, and what is said about it.

    ``response_rate`` is in percent. ``completeness`` is how complete, in percent, the records behind it are.
    ``population`` are the departments it was computed over; none: the whole company. ``flags`` stand
    beside the value, ``remarks`` below the list, and ``needs`` are the columns that are named as missing.
    """

    metric: str
    value: Decimal | None = None
    status: str = "ok"
    n: int | None = None
    response_rate: Decimal | None = None
    completeness: Decimal | None = None
    target: Decimal | None = None
    due: str | None = None
    population: list[str] = []
    flags: list[str] = []
    remarks: list[str] = []
    needs: list[str] = []


class Coached(Frozen):
    """A coached rule as an answer is held to it.

    ``scope`` and ``of`` say for whom: ``of`` is the channel or user, and nothing for the workspace.
    ``role``: it is for lists of that role only. ``applied``: this answer was made with it. ``include`` stands
    within the first ten, ``exclude`` nowhere.
    """

    id: str
    scope: Literal["workspace", "channel", "user"] = "workspace"
    of: str = ""
    role: str | None = None
    applied: bool = True
    include: list[str] = []
    exclude: list[str] = []
    people: int | None = None
    business: int | None = None


class Called(Frozen):
    """A metric that the answer calls a KPI or an OKR; an OKR ``points_at`` a KPI."""

    metric: str
    kind: Literal["kpi", "okr"]
    points_at: str = ""


def receipts(values: Iterable[Value]) -> list[Receipt]:
    """What the citations of these values hold, as rule R34 looks at it."""
    return [
        Receipt(
            metric=value.metric,
            number=value.value is not None,
            fields=[name for name, held in vars(value.citation).items() if held not in (None, "", (), {})],
        )
        for value in values
    ]
