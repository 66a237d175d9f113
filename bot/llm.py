"""The language model: one Protocol, one kind of failure, and the OpenAI-compatible adapter.

Whatever goes wrong (no connection, an error, HTML instead of JSON, half an answer, too slow) is the same
event to the rest of the bot: ``ModelUnavailable`` with a reason a user may read, and an answer without it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

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


class ModelUnavailable(Exception):  # noqa: N818 - it is an event to answer around, not an error to report
    """There is no answer from the model. ``reason`` says why, fit to be shown: "the language model ..."."""

    def __init__(self, what: str) -> None:
        self.reason = f"the language model {what}"
        super().__init__(self.reason)


@dataclass(frozen=True)
class Completion:
    """What a model wrote, whole, and what it took. Token counts are zero where the server tells none."""

    text: str
    input_tokens: int = 0
    output_tokens: int = 0

    def read(self) -> Mapping[str, Any]:
        """Read the text as one JSON object.

        Raises:
            ModelUnavailable: it is none.
        """
        try:
            value = json.loads(self.text)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise ModelUnavailable("did not answer in the form that was asked for")
        return value


class Model(Protocol):
    """Anything that completes a prompt."""

    @property
    def name(self) -> str:
        """What the model is called in answers and in the record of its use."""
        ...

    async def complete(
        self, *, system: str, user: str, schema: dict[str, Any] | None, max_tokens: int
    ) -> Completion:
        """Complete a prompt, as JSON of that schema where one is given.

        Raises:
            ModelUnavailable: for whatever reason there is no whole answer.
        """
        ...


@dataclass
class Breaker:
    """A rest for a dead endpoint: it is not asked again for a while."""

    rest: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _until: float = field(default=float("-inf"), init=False)

    def check(self) -> None:
        """Raise ModelUnavailable while the endpoint rests."""
        if self.clock() < self._until:
            raise ModelUnavailable("did not answer a moment ago and is not asked again for a minute")

    def trip(self) -> None:
        """Let the endpoint rest."""
        self._until = self.clock() + self.rest


@dataclass
class OpenAIModel:
    """A model behind any endpoint that speaks OpenAI's Chat Completions.

    ``deadline`` bounds a whole call in seconds, its one retry included.
    """

    name: str
    api_key: str | None = None
    base_url: str | None = None
    deadline: float = 20.0
    breaker: Breaker = field(default_factory=Breaker)

    async def complete(
        self, *, system: str, user: str, schema: dict[str, Any] | None, max_tokens: int
    ) -> Completion:
        """Complete a prompt; see :class:`Model`."""
        if not ALLOW_REAL_CALLS and not self._local:
            raise RuntimeError(f"a real model call to {self._host} while ALLOW_REAL_CALLS is False")
        self.breaker.check()
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        request: dict[str, Any] = {"messages": messages, **self._words(max_tokens), **_format(schema)}
        try:
            async with asyncio.timeout(self.deadline):
                response = await self._client.chat.completions.create(model=self.name, **request)
            return _completion(response)
        except ModelUnavailable:
            raise
        except Exception as error:
            raise self._unavailable(error) from error

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    @cached_property
    def _client(self) -> AsyncOpenAI:
        from httpx2 import Timeout
        from openai import AsyncOpenAI

        return AsyncOpenAI(
            api_key=self.api_key or NO_KEY,
            base_url=self._url,
            max_retries=1,
            timeout=Timeout(self.deadline, connect=3.0),
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
        import openai

        logger.warning("the model call failed: %s", type(error).__name__)  # its text may hold anything
        if isinstance(error, TimeoutError | openai.APIConnectionError | openai.InternalServerError):
            self.breaker.trip()
        return ModelUnavailable(_reason(error, self))


def _format(schema: dict[str, Any] | None) -> dict[str, Any]:
    if schema is None:
        return {}
    wanted = {"name": "answer", "strict": True, "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": wanted}}


def _completion(response: Any) -> Completion:
    """What a response holds; servers send anything with status 200, so nothing is taken for granted."""
    choices = getattr(response, "choices", None)
    if not choices or not isinstance(choices, list):
        raise ModelUnavailable("answered with something that is no completion")
    message = getattr(choices[0], "message", None)
    content = getattr(message, "content", None)
    if getattr(message, "refusal", None):
        raise ModelUnavailable("refused to answer")
    if choices[0].finish_reason != "stop":
        raise ModelUnavailable("stopped in the middle of its answer")
    if not isinstance(content, str) or not content.strip():
        raise ModelUnavailable("answered with nothing")
    usage = getattr(response, "usage", None)
    return Completion(content, _tokens(usage, "prompt_tokens"), _tokens(usage, "completion_tokens"))


def _tokens(usage: Any, which: str) -> int:
    count = getattr(usage, which, 0)
    return count if isinstance(count, int) else 0


def _reason(error: Exception, model: OpenAIModel) -> str:
    import openai

    reasons: tuple[tuple[type[Exception], str], ...] = (
        (TimeoutError, f"took longer than {model.deadline:g} seconds"),
        (openai.APITimeoutError, f"took longer than {model.deadline:g} seconds"),
        (openai.APIConnectionError, "could not be reached"),
        (openai.AuthenticationError, "does not accept the key in OPENAI_API_KEY"),
        (openai.PermissionDeniedError, "does not accept the key in OPENAI_API_KEY"),
        (openai.NotFoundError, f"is not there under the name {model.name!r}"),
        (openai.RateLimitError, "is over its limit"),
    )
    for kind, reason in reasons:
        if isinstance(error, kind):
            return reason
    if isinstance(error, openai.APIStatusError):
        return f"answered with error {error.status_code}"
    return "answered with something unreadable"
