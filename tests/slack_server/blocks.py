"""Slack's rules for blocks, where the tests look for them."""

from bot.playground.blocks import refusal

__all__ = ["refusal"]
