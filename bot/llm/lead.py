"""The model on a lead, for one answer: two calls at most, bounded in time altogether, stopped at the budget."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from bot.llm.model import Completion, Model, ModelUnavailable, NotAsked, StreamingModel

MOST_CALLS = 2
"""One to read the question, one to word the answer."""


@dataclass
class Lead:
    """A model whose calls share ``seconds``, and may be made while ``tokens_left`` is not used up (None: no bound).

    More than ``most_calls`` are not made, however the answer comes about.
    ``calls``, ``input_tokens`` and ``output_tokens`` are what the answer took, failed calls included.
    """

    model: Model
    seconds: float
    tokens_left: int | None = None
    most_calls: int = MOST_CALLS
    clock: Callable[[], float] = time.monotonic
    calls: int = field(default=0, init=False)
    input_tokens: int = field(default=0, init=False)
    output_tokens: int = field(default=0, init=False)
    _until: float = field(init=False)

    def __post_init__(self) -> None:
        self._until = self.clock() + self.seconds

    @property
    def name(self) -> str:
        """The model's own name."""
        return self.model.name

    async def complete(
        self, *, system: str, user: str, schema: dict[str, Any] | None, max_tokens: int
    ) -> Completion:
        """Complete a prompt; see :class:`bot.llm.Model`."""
        self._check()
        call = self.model.complete(system=system, user=user, schema=schema, max_tokens=max_tokens)
        took: Completion | ModelUnavailable = Completion("")
        try:
            async with asyncio.timeout(self._left()):
                took = completion = await call
        except TimeoutError:
            raise self._late() from None
        except ModelUnavailable as unavailable:
            took = unavailable
            raise
        finally:  # also where somebody stopped the answer meanwhile
            self._count(took)
        return completion

    async def stream(
        self, *, system: str, user: str, schema: dict[str, Any] | None, max_tokens: int
    ) -> AsyncGenerator[Completion, None]:
        """Complete a prompt bit by bit, or at once where the model cannot; see :class:`bot.llm.StreamingModel`."""
        prompt: dict[str, Any] = {
            "system": system,
            "user": user,
            "schema": schema,
            "max_tokens": max_tokens,
        }
        if not isinstance(self.model, StreamingModel):
            yield await self.complete(**prompt)
            return
        self._check()
        last: Completion | ModelUnavailable = Completion("")
        try:
            async with aclosing(self.model.stream(**prompt)) as written:
                while so_far := await self._next(written):
                    last = so_far
                    yield so_far
        except TimeoutError:
            raise self._late() from None
        except ModelUnavailable as unavailable:
            last = unavailable
            raise
        finally:
            self._count(last)

    async def _next(self, written: AsyncGenerator[Completion, None]) -> Completion | None:
        async with asyncio.timeout(self._left()):
            return await anext(written, None)

    def _check(self) -> None:
        if self.calls >= self.most_calls:
            raise NotAsked("was asked as often as one answer may")
        if self._left() <= 0:
            raise NotAsked("was not asked: the answer had taken its time already")
        if self.tokens_left is not None and self.input_tokens + self.output_tokens >= self.tokens_left:
            raise NotAsked("has used up this month's tokens")

    def _left(self) -> float:
        return self._until - self.clock()

    def _late(self) -> ModelUnavailable:
        return ModelUnavailable(f"took longer than the {self.seconds:g} seconds that an answer may take")

    def _count(self, took: Completion | ModelUnavailable) -> None:
        if not isinstance(took, NotAsked):
            self.calls += 1
            self.input_tokens += took.input_tokens
            self.output_tokens += took.output_tokens
