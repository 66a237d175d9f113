"""What a language model proposes to read, held to the catalog and to the question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.model import Kind
from bot.reading.names.grouping import dimension_of, grain_of
from bot.reading.times.when import when
from bot.reading.words.lexicon import lexicon
from bot.reading.words.text import key, plain, words
from metrics.calendar.period_words import NUMBERS, find_period
from metrics.calendar.periods import GRAINS, Calendar, Period
from metrics.model import Catalog

MOST_METRICS = 5
_ADVERBS = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly"}


class Raw(BaseModel):
    """The JSON as it came: right types, nothing known yet about the names."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    kind: Kind | None = None
    role: str | None = None
    count: Annotated[int, Field(ge=1, le=50)] | None = None
    metrics: Annotated[list[str], Field(max_length=MOST_METRICS)] = []
    period: str | None = None
    dimension: str | None = None


class Proposal(BaseModel):
    """What is left of it: ids that the catalog knows, numbers and periods that the question holds."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    kind: Kind | None = None
    role: str | None = None
    count: int | None = None
    metrics: tuple[str, ...] = ()
    period: Period | None = None
    dimension: str | None = None


def schema(catalog: Catalog) -> dict[str, Any]:
    """The JSON schema of a proposal; ids are an enumeration, so that a grammar can hold the model to them."""
    fields = {
        "kind": _one_of(get_args(Kind)),
        "role": _one_of(catalog.roles),
        "count": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "metrics": {
            "type": "array",
            "items": {"type": "string", "enum": list(catalog.metrics)},
            "maxItems": MOST_METRICS,
        },
        "period": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "dimension": _one_of((*catalog.dimensions, *GRAINS)),
    }
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def proposed(
    raw: Mapping[str, Any], question: str, *, catalog: Catalog, calendar: Calendar, as_of: date
) -> Proposal:
    """Hold what a model wrote to the catalog and the question; what does not fit is left out.

    What the question itself says of when, and by what, holds where the model left it out.
    """
    checked = _typed(raw)
    said = plain(question)
    period = plain(checked.period or "")
    found = find_period(period, as_of=as_of, calendar=calendar) if period and period in said else None
    grain, rest = grain_of(said)
    spoken = grain or dimension_of(rest, lexicon(catalog).dimensions)[0]
    return Proposal(
        kind=checked.kind,
        role=checked.role if checked.role in catalog.roles else None,
        count=checked.count if checked.count in _numbers(said) else None,
        metrics=tuple(dict.fromkeys(metric for metric in checked.metrics if metric in catalog.metrics)),
        period=found[0] if found else when(said, calendar, as_of).period,
        dimension=checked.dimension if _splits(said, checked.dimension, catalog) else spoken,
    )


def _typed(raw: Mapping[str, Any]) -> Raw:
    """The fields of the right type; the others as if they were absent."""
    try:
        return Raw.model_validate(raw)
    except ValidationError as error:
        wrong = {mistake["loc"][0] for mistake in error.errors() if mistake["loc"]}
        return Raw.model_validate({name: value for name, value in raw.items() if name not in wrong})


def _splits(said: str, dimension: str | None, catalog: Catalog) -> bool:
    """Whether the question names what the values would be split by: "by segment", "monthly"."""
    if dimension in GRAINS:
        return bool(re.search(rf"\b{dimension}s?\b|\b{_ADVERBS[dimension]}\b", said))
    if dimension is None or dimension not in catalog.dimensions:
        return False
    known = catalog.dimensions[dimension]
    asked = {word.text for word in words(said)}
    return any(set(key(name)) <= asked for name in (known.name, *known.synonyms))


def _numbers(said: str) -> set[int]:
    spelt = {NUMBERS[word] for word in re.findall(r"[a-z]+", said) if word in NUMBERS}
    return spelt | {int(digits) for digits in re.findall(r"\d{1,3}", said)}


def _one_of(names: Any) -> dict[str, Any]:
    return {"anyOf": [{"type": "string", "enum": list(names)}, {"type": "null"}]}
