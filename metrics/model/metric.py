"""Metric: what it means, how it is computed, which other ways there are, what keeps it honest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from metrics.definition import Expression, Frozen, Whole, Window
from metrics.model.words import Direction, Kind, Line, NotIf, Side, Timing

DEFINING = {"numerator", "denominator", "scale", "n", "window", "least_denominator", "not_if"}
"""What of a metric says how it is computed; the rest is words about it, and where it stands."""
NAMING = {"id", "name", "title", "synonyms"}
"""What of a variant only names it."""
UNDEFINED = "undefined_zero_denominator"
"""What it is called usually where there is no value."""


class Counters(Frozen):
    """The metrics that keep another one honest.

    ``required``: one of them must stand before it in the same list. ``companions``: shown beside it.
    """

    required: list[str] = []
    companions: list[str] = []


class Mark(Frozen):
    """A published line: a value below it, compared before it is rounded, carries the flag."""

    below: Decimal
    flag: Line


class Variant(Frozen):
    """Another published way to compute the same metric, or a figure of its own that stands beside it.

    What is given takes the place of what the metric has; ``denominator:`` with nothing behind it takes it away.
    ``title`` is what it is called where it is a figure of its own, and ``synonyms`` are more such names: "EBITDA".
    """

    id: Line
    name: Line
    title: Line = ""
    synonyms: list[Line] = []
    formula: str
    numerator: Expression | None = None
    denominator: Expression | None = None
    scale: Decimal = Decimal(1)
    n: Expression | None = None
    unit: Line = ""
    direction: Direction = "up"
    window: Window = "period"
    least_denominator: Decimal | None = None
    not_if: NotIf = ""
    caveat: str = ""
    sources: list[str] = []


class Metric(Frozen):
    """One metric: what it means, how it is computed and how far to trust it.

    ``formula`` is for people; ``scale x numerator / denominator`` is what is computed. ``n`` counts what
    the value rests on, where the denominator does not. ``window`` is the stretch a scorecard looks at by
    default. ``looks_ahead``: a scorecard asks it of the running period, not of the last one.
    ``method`` names the way it is computed where ``variants`` offer others: ``method_name`` in words,
    ``method_title`` what a figure of its own is called. ``win_rate.of_all`` asks for one. ``beside`` lists
    variants that are shown together with the value: its median, or the share of rows that it leaves out.
    ``settles_days`` after the end of a period its cohort may still change; until then a value is flagged
    ``unsettled``. ``mark`` is a line below which a value is flagged.
    ``least_denominator`` stands in for a smaller denominator, with status ``capped``. ``not_if`` says when
    there is no value although the denominator is not zero, and ``status_if_not`` what to call that.
    """

    id: Line
    name: Line
    synonyms: list[Line] = []
    phrasings: list[Line] = []
    side: Side
    dimension: Line
    unit: Line
    direction: Direction
    timing: Timing
    kind: Kind
    formula: str
    numerator: Expression
    denominator: Expression | None = None
    scale: Decimal = Decimal(1)
    n: Expression | None = None
    window: Window = "period"
    looks_ahead: bool = False
    least_denominator: Decimal | None = None
    not_if: NotIf = ""
    status_if_not: Literal["undefined_zero_denominator", "not_burning", "not_applicable"] = (
        "undefined_zero_denominator"
    )
    counters: Counters = Counters()
    caveat: str = ""
    sources: list[str]
    tags: list[Line] = []
    tier: Literal["core", "extended"] = "core"
    method: Line = "default"
    method_name: Line = ""
    method_title: Line = ""
    variants: list[Variant] = []
    beside: list[str] = []
    settles_days: Whole = 0
    mark: Mark | None = None

    @property
    def parts(self) -> list[Expression]:
        """Its numerator, and its denominator where it has one."""
        return [self.numerator, *([] if self.denominator is None else [self.denominator])]

    @property
    def methods(self) -> dict[str, str]:
        """The ways in which it can be computed, by their ids, in words; the usual one first."""
        return {self.method: self.method_name} | {one.id: one.name for one in self.variants}

    @property
    def others(self) -> list[str]:
        """What it is asked for as by its other methods: ``win_rate.of_all``."""
        return [f"{self.id}.{one.id}" for one in self.variants]

    @cached_property
    def varied(self) -> Mapping[str, Metric]:
        """The metric by each of its other methods. Its id stays, and the way it had is one of its variants."""
        return {one.id: self._varied(one) for one in self.variants}

    def _varied(self, variant: Variant) -> Metric:
        given = variant.model_fields_set - NAMING
        changes = {name: getattr(variant, name) for name in given}
        others = [other for other in self.variants if other.id != variant.id]
        names = {"method": variant.id, "method_name": variant.name, "method_title": variant.title}
        return self.model_copy(update={**changes, **names, "variants": [*others, self._usual]})

    @property
    def by_method(self) -> str:
        """What it is called where its method has to be told: "EBITDA", "Win rate (of closed deals, by value)"."""
        return self.method_title or f"{self.name} ({self.method_name})"

    @property
    def _usual(self) -> Variant:
        """The way it is computed, as a variant of what it may be changed into."""
        fields = {name: getattr(self, name) for name in Variant.model_fields if name not in NAMING}
        return Variant(id=self.method, name=self.method_name, **fields)

    @cached_property
    def version(self) -> str:
        """Eight hex digits of the definition: it changes with what is computed, not with how that is written."""
        parts = self.model_dump(include=DEFINING)
        if self.status_if_not != UNDEFINED:
            parts["status_if_not"] = self.status_if_not
        text = json.dumps(_plain(parts), separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:8]


def _plain(part: Any) -> Any:
    """A part of a definition, written in one way only: 100.0 is 100, and a list of one value is that value."""
    match part:
        case Decimal():
            whole = part == part.to_integral_value()
            return str(int(part) if whole else part.normalize())
        case dict():
            return {name: _plain(inner) for name, inner in part.items()}
        case [str() | bool() | Decimal() as alone]:
            return _plain(alone)
        case list() | tuple():
            return [_plain(inner) for inner in part]
    return part
