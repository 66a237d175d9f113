"""What a company declared under ``[settings]`` -> the number that a definition leaves to it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from metrics.definition import Whole
from metrics.errors import CompanyError


def whole(value: Whole, settings: Mapping[str, Any]) -> int:
    """A whole number as the definition or the company says it.

    Raises:
        CompanyError: the company wrote something else than a whole number of zero or more.
    """
    if isinstance(value, int):
        return value
    given = settings.get(value.setting, value.otherwise)
    if isinstance(given, (int, Decimal)) and given == int(given) and given >= 0:
        return int(given)
    raise CompanyError(
        f"company.toml: settings.{value.setting} is a whole number of days, such as {value.otherwise}, not {given!r}."
    )
