"""What each kind of question gets: Request -> Draft. Each file answers one kind, without Slack and without a model.

Coaching is a conversation of its own: see ``bot.coaching``.
"""

from collections.abc import Callable, Mapping

from bot.model import Kind, Request
from bot.replies import advice, definition, explanation, guide, plainly, recommendation, values
from bot.replies.draft import Draft, Place

REPLIES: Mapping[Kind, Callable[[Request, Place], Draft]] = {
    "recommendation": recommendation.reply,
    "value": values.reply,
    "comparison": values.reply,
    "trend": values.reply,
    "definition": definition.reply,
    "advice": advice.reply,
    "explanation": explanation.reply,
    "clarification": plainly.clarify,
    "refusal": plainly.refuse,
    "help": guide.reply,
}

__all__ = ["REPLIES", "Draft", "Place"]
