"""What a server sent -> a Completion, or the reason why it is none. Servers send anything with status 200."""

from __future__ import annotations

from typing import Any

from bot.llm.model import Completion, ModelUnavailable

LONGEST = 20_000
"""Characters after which a stream is cut off: nothing that is asked for here is a tenth as long."""

MOST_TOKENS = 10_000_000
"""Tokens of one call above which a server's count is nonsense, which would use up every budget and no column holds."""


def completion(response: Any) -> Completion:
    """The completion that a whole response holds."""
    choices = getattr(response, "choices", None)
    if not choices or not isinstance(choices, list):
        raise ModelUnavailable("answered with something that is no completion")
    took = used(response)
    message = getattr(choices[0], "message", None)
    if getattr(message, "refusal", None):
        raise ModelUnavailable("refused to answer", **took)
    return finished(getattr(message, "content", None), getattr(choices[0], "finish_reason", None), took)


def finished(text: Any, finish: Any, took: dict[str, int]) -> Completion:
    """A text that came to its end; any other end than ``stop`` is none."""
    if finish != "stop":
        raise ModelUnavailable("stopped in the middle of its answer", **took)
    if not isinstance(text, str) or not text.strip():
        raise ModelUnavailable("answered with nothing", **took)
    return Completion(text, **took)


def used(response: Any) -> dict[str, int]:
    """The token counts of a response or of a stream's last chunk; zero where the server tells none."""
    usage = getattr(response, "usage", None)
    return {
        "input_tokens": _count(usage, "prompt_tokens"),
        "output_tokens": _count(usage, "completion_tokens"),
    }


def piece(chunk: Any) -> tuple[str, Any]:
    """The text that a chunk of a stream adds, and its finish reason; a refusal ends the stream."""
    choices = getattr(chunk, "choices", None)
    if not choices or not isinstance(choices, list):
        return "", None
    delta = getattr(choices[0], "delta", None)
    if getattr(delta, "refusal", None):
        raise ModelUnavailable("refused to answer")
    text = getattr(delta, "content", None)
    return text if isinstance(text, str) else "", getattr(choices[0], "finish_reason", None)


def _count(usage: Any, which: str) -> int:
    count = getattr(usage, which, 0)
    return count if isinstance(count, int) and 0 < count <= MOST_TOKENS else 0
