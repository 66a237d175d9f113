"""Which groups a question that goes on from another keeps of it: those it is narrowed to, left out, or shown alone."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import Request
from bot.reading.seen import Seen


def narrowed(seen: Seen, last: Request) -> Mapping[str, str]:
    """The groups of the last question, those that are named now instead; none of what is now split or left out."""
    gone = {seen.dimension, *seen.besides}
    return {name: value for name, value in {**last.filters, **seen.filters}.items() if name not in gone}


def left_out(seen: Seen, last: Request) -> Mapping[str, tuple[str, ...]]:
    """The groups that are left out now, or were in the last question; none where one of their kind is asked for."""
    left = {**last.besides, **seen.besides}
    return {name: values for name, values in left.items() if name not in seen.filters}


def shown_alone(seen: Seen, last: Request) -> Mapping[str, tuple[str, ...]]:
    """The groups of a split that are shown alone: those named now, or before where nothing else is asked for."""
    if seen.dimension:
        return seen.only
    left = {
        name: tuple(value for value in values if value not in seen.besides.get(name, ()))
        for name, values in last.only.items()
        if name not in seen.filters
    }
    return {name: values for name, values in left.items() if values}
