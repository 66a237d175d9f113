"""What `company.toml` may say: who the company is, what it aims at, where its warehouse is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from metrics.definition import Frozen
from metrics.model import BusinessModel, GoalType, Line, Sensitivity, Stage, Trait


class TargetSetting(Frozen):
    """A target (`value`) or a band (`low`, `high`) of one metric, in its unit, with a due day.

    `per` is the length of period it is for, where the value grows with that: a quarter unless it says another.
    """

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    due: date | None = None
    per: Literal["month", "quarter", "year"] | None = None

    @model_validator(mode="after")
    def _says_what_is_wanted(self) -> Self:
        if (self.value is None) == (self.low is None and self.high is None):
            raise ValueError("give either value, or low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low lies above high")
        return self


class ExternalFigure(Frozen):
    """A figure from outside the company's data, with where it comes from and of what day.

    `per` is the length of time it is for, where it grows with that, such as the size of a market: it is then taken
    for as long as a value is for. Without it, it is taken as it stands.
    """

    value: Decimal
    source: Line
    as_of: date
    per: Literal["month", "quarter", "year"] | None = None


class ExtraDimension(Frozen):
    """A column beyond the canonical ones that values may be grouped by, and how guarded it is.

    Several tables may carry it: then ``column`` lists it in each. Without ``sensitivity`` it is open, and a fact about
    people in a table of people.
    """

    column: str | list[str]
    name: Line = ""
    sensitivity: Sensitivity | None = None

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The tables that carry it, each with the column there."""
        written = [self.column] if isinstance(self.column, str) else self.column
        return tuple((table, column) for table, _, column in (one.partition(".") for one in written))


class GoalSetting(Frozen):
    """A declared goal, and from which day to which it holds where that is known.

    ``goals = ["growth", "people"]`` is short for goals without days. The first one in force is the first goal.
    """

    goal: GoalType
    since: date | None = None
    until: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        return {"goal": given} if isinstance(given, str) else given


class CompanyFile(Frozen):
    """What `company.toml` may say.

    ``threads`` are those of the database in this process (DuckDB). Each holds its own sums of every account, so that
    several answer sooner and take more memory and processor time in all; and the bot has a machine to share.
    ``values`` says what the values of a column with a list of them are called in the company's own data: by canonical
    table and column, each of its own words with the one that the catalog knows.
    """

    name: Line = Field(min_length=1)
    currency: str = Field(default="USD", pattern="^[A-Z]{3}$")
    timezone: str = "UTC"
    fiscal_year_start: int = Field(default=1, ge=1, le=12)
    stage: Stage = "growth"
    business_model: BusinessModel = "saas"
    url: str = ""
    timeout_seconds: int = Field(default=60, ge=1, le=3600)
    threads: int = Field(default=1, ge=1, le=256)
    freshness_minutes: Decimal = Field(default=Decimal(5), ge=0, le=24 * 60)
    folders: list[str] = []
    targets: dict[str, TargetSetting] = {}
    goals: list[GoalSetting] = []
    traits: list[Trait] = []
    agreed: dict[str, list[Line]] = {}
    organisations: dict[Line, list[Line]] = {}
    settings: dict[str, str | int | Decimal] = {}
    external: dict[str, ExternalFigure] = {}
    dimensions: dict[Line, ExtraDimension] = {}
    variants: dict[str, str] = {}
    values: dict[str, dict[str, dict[str, str]]] = {}

    def meant(self, table: str, column: str) -> dict[str, str]:
        """The company's own words in a column -> those that the catalog knows."""
        return self.values.get(table, {}).get(column, {})
