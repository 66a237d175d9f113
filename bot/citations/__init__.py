"""Marks -> computed values, and nothing else: every other number and every unproved claim is refused."""

from bot.citations.fill import Filled, Refusal, fill

__all__ = ["Filled", "Refusal", "fill"]
