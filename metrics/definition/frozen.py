"""Frozen: a value read from a file, which nothing changes afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value read from a file: unknown keys are refused, nothing changes afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @cached_property
    def fingerprint(self) -> str:
        """What it says, as text: equal definitions have equal keys."""
        return self.model_dump_json(exclude_defaults=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with changes, which knows nothing of what was remembered about the original."""
        copy = super().model_copy(update=update, deep=deep)
        for name in list(copy.__dict__):
            if isinstance(getattr(type(self), name, None), cached_property):
                del copy.__dict__[name]
        return copy


class Declared(Frozen):
    """A whole number that a company may declare in ``company.toml`` under ``[settings]``, else ``otherwise``."""

    setting: str
    otherwise: int


Whole = int | Declared
