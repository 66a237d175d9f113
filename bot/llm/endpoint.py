"""A model behind any endpoint that speaks OpenAI's Chat Completions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.llm import faults, responses
from bot.llm.bounds import PLAIN, bounded_client
from bot.llm.breaker import Breaker
from bot.llm.model import Completion, ModelUnavailable

if TYPE_CHECKING:
    from openai import AsyncOpenAI

ALLOW_REAL_CALLS = True
"""Tests set this to False: then a call to anything but this machine is a defect, not a fallback."""

OPENAI = "https://api.openai.com/v1"
OWN_DIALECT = ("openai.com", "openai.azure.com")
"""Hosts whose newer models take ``max_completion_tokens`` and no temperature; others want the old words."""

NO_KEY = "none"
"""Local servers ask for no key, the client insists on one."""

logger = logging.getLogger(__name__)


@dataclass
class OpenAIModel:
    """The adapter. ``deadline`` bounds a whole call in seconds, its one retry included."""

    name: str
    api_key: str | None = None
    base_url: str | None = None
    deadline: float = 20.0
    breaker: Breaker = field(default_factory=Breaker)

    async def complete(
        self, *, system: str, user: str, schema: dict[str, Any] | None, max_tokens: int
    ) -> Completion:
        """Complete a prompt; see :class:`bot.llm.Model`."""
        request = self._request(system, user, schema, max_tokens)
        client = await self._ready()
        try:
            async with asyncio.timeout(self.deadline):
                return responses.completion(await client.chat.completions.create(**request))
        except ModelUnavailable:
            raise
        except Exception as error:
            raise self._unavailable(error) from error

    async def stream(
        self, *, system: str, user: str, schema: dict[str, Any] | None, max_tokens: int
    ) -> AsyncGenerator[Completion, None]:
        """Complete a prompt bit by bit; see :class:`bot.llm.StreamingModel`."""
        request = self._request(system, user, schema, max_tokens)
        request |= {"stream": True, "stream_options": {"include_usage": True}}
        client = await self._ready()
        until = asyncio.get_running_loop().time() + self.deadline
        text, finish, took = "", None, responses.used(None)
        chunks: Any = None
        try:
            async with asyncio.timeout_at(until):
                chunks = await client.chat.completions.create(**request)
            while chunk := await _next(chunks, until):
                more, ended = responses.piece(chunk)
                text, finish = text + more, ended or finish
                took = took if chunk.usage is None else responses.used(chunk)
                if len(text) > responses.LONGEST:
                    raise ModelUnavailable("did not come to an end")  # noqa: TRY301 - one event, one handler
                if more:
                    yield Completion(text)
            yield responses.finished(text, finish, took)
        except ModelUnavailable:
            raise
        except Exception as error:
            raise self._unavailable(error) from error
        finally:
            if chunks is not None:
                await chunks.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    def _request(
        self, system: str, user: str, schema: dict[str, Any] | None, max_tokens: int
    ) -> dict[str, Any]:
        """What a call sends; refused while the endpoint rests, and in tests where it is not on this machine."""
        if not ALLOW_REAL_CALLS and not self._local:
            raise RuntimeError(f"a real model call to {self._host} while ALLOW_REAL_CALLS is False")
        self.breaker.check()
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        return {"model": self.name, "messages": messages, **self._words(max_tokens), **_format(schema)}

    async def _ready(self) -> AsyncOpenAI:
        """The client. To load its package takes a second or more, which must not hold up other answers."""
        return await asyncio.to_thread(lambda: self._client)

    @cached_property
    def _client(self) -> AsyncOpenAI:
        from httpx2 import Timeout
        from openai import AsyncOpenAI

        return AsyncOpenAI(
            api_key=self.api_key or NO_KEY,
            base_url=self._url,
            max_retries=1,
            timeout=Timeout(self.deadline, connect=3.0),
            default_headers=PLAIN,
            http_client=bounded_client(),
        )

    @property
    def _url(self) -> str:
        return (self.base_url or "").strip() or OPENAI  # an empty URL would be taken as it is

    @property
    def _host(self) -> str:
        return urlsplit(self._url).hostname or ""

    @property
    def _local(self) -> bool:
        return self._host in {"127.0.0.1", "localhost", "::1"}

    def _words(self, max_tokens: int) -> dict[str, Any]:
        if any(self._host == own or self._host.endswith(f".{own}") for own in OWN_DIALECT):
            return {"max_completion_tokens": max_tokens}
        return {"max_tokens": max_tokens, "temperature": 0}

    def _unavailable(self, error: Exception) -> ModelUnavailable:
        logger.warning("the model call failed: %s", type(error).__name__)  # its text may hold anything
        if faults.dead(error):
            self.breaker.trip()
        return ModelUnavailable(faults.what(error, name=self.name, seconds=self.deadline))


async def _next(chunks: Any, until: float) -> Any:
    """The next chunk, or None at the end. Only the waiting is bounded here, not what a reader does between."""
    async with asyncio.timeout_at(until):
        return await anext(chunks, None)


def _format(schema: dict[str, Any] | None) -> dict[str, Any]:
    if schema is None:
        return {}
    wanted = {"name": "answer", "strict": True, "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": wanted}}
