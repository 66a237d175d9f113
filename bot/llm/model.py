"""What a language model is to the bot: something that completes a prompt, or says why it does not."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable


class ModelUnavailable(Exception):  # noqa: N818 - it is an event to answer around, not an error to report
    """There is no whole answer from the model. ``reason`` says why, fit to be shown: "the language model ...".

    ``input_tokens`` and ``output_tokens`` are what the failed call took all the same, where the server told.
    """

    def __init__(self, what: str, *, input_tokens: int = 0, output_tokens: int = 0) -> None:
        self.reason = f"the language model {what}"
        self.input_tokens, self.output_tokens = input_tokens, output_tokens
        super().__init__(self.reason)


class NotAsked(ModelUnavailable):
    """The model was not even asked: it rests, the answer has no time left, or the month no tokens."""


@dataclass(frozen=True)
class Completion:
    """What a model wrote, and what it took. Token counts are zero where the server tells none."""

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


@runtime_checkable
class StreamingModel(Model, Protocol):
    """A model whose answer can be read while it is written."""

    def stream(
        self, *, system: str, user: str, schema: dict[str, Any] | None, max_tokens: int
    ) -> AsyncGenerator[Completion, None]:
        """Give what is written so far, again and again; the last time it is whole and has its token counts.

        Raises:
            ModelUnavailable: the answer breaks off, at whatever point.
        """
        ...
