"""The language model: one Protocol, one kind of failure, and the OpenAI-compatible adapter.

Whatever goes wrong (no connection, an error, HTML instead of JSON, half an answer, too slow, too dear) is the same
event to the rest of the bot: ``ModelUnavailable`` with a reason a user may read, and an answer without it.
"""

from bot.llm.breaker import Breaker
from bot.llm.endpoint import OpenAIModel
from bot.llm.lead import Lead
from bot.llm.model import Completion, Model, ModelUnavailable, NotAsked, StreamingModel

__all__ = [
    "Breaker",
    "Completion",
    "Lead",
    "Model",
    "ModelUnavailable",
    "NotAsked",
    "OpenAIModel",
    "StreamingModel",
]
