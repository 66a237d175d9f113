"""Scorecard -> prose: by the language model on a lead, or plainly without it."""

from bot.narrate.asked import Narration, unworded, word, word_live

__all__ = ["Narration", "unworded", "word", "word_live"]
