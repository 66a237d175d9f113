"""The nouns of verifying: a number as an answer recorded it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from metrics.calendar.periods import Period
from metrics.values import Scope

Verdict = Literal["same", "changed", "not_computable"]
Moved = Literal["data", "definition", "engine", "currency", "time zone", "company.toml"]


@dataclass(frozen=True)
class Recorded:
    """A number as an answer recorded it. ``metric`` may name a variant; ``scope`` is None in very old answers.

    ``status`` is empty where only the number was recorded, and so are ``currency`` (of amounts of money) and
    ``timezone`` where nothing says in which it was. ``declared`` is None where nothing says what of `company.toml` it
    rested on.
    """

    key: str
    metric: str
    version: str
    engine: str
    period: Period
    as_of: date
    scope: Scope | None
    status: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int | None = None
    currency: str = ""
    timezone: str = ""
    declared: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Verified:
    """What became of a number.

    ``moved`` says what moved under it (also where the number stayed the same), ``fields`` which of its figures
    differ, ``why_not`` why it cannot be computed. Of values about people (``guarded``) no figure is given: neither
    ``then`` nor ``now``, nor which of them differ.
    """

    recorded: Recorded
    verdict: Verdict
    moved: tuple[Moved, ...] = ()
    fields: tuple[str, ...] = ()
    then: Decimal | None = None
    now: Decimal | None = None
    guarded: bool = False
    why_not: str = ""
