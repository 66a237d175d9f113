"""Scorecard -> prose: by the language model on a lead, or plainly without it."""

from bot.narrate.asked import Narration, unworded, word

__all__ = ["Narration", "unworded", "word"]
