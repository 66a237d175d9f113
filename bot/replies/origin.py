"""The effects of groups on a change -> the one sentence on where it came from that they support, in hedged form.

The rule: "most of the fall came from X" is said only where the computed effect of X is more than half of the
change; where no group is, that is said instead. It never says why, and of groups too small to show only that.
"""

from __future__ import annotations

from fractions import Fraction

from metrics.engine.changes.contribution import HIDDEN, Contributions
from metrics.engine.changes.split import Effect

MOST = Fraction(1, 2)


def came_from(found: Contributions) -> str:
    """Where a change came from, as far as its effects bear it out; empty where nothing changed."""
    if not found.change or not found.effects:
        return ""
    move = "rise" if found.change > 0 else "fall"
    first, *others = sorted(found.effects, key=lambda effect: effect.total / found.change, reverse=True)
    part = first.total / found.change
    if part > 1:
        return (
            f"More than the whole {move} came from {_name(first)}; the others together moved the other way."
        )
    if part > MOST:
        size = " That is no more than its size would lead one to expect." if part <= first.share else ""
        return f"Most of the {move} came from {_name(first)}.{size}"
    if others and part + others[0].total / found.change > MOST:
        return f"Most of the {move} came from {_name(first)} and {_name(others[0])} together."
    return f"No group alone accounts for most of the {move}."


def _name(effect: Effect) -> str:
    names = tuple(effect.group.values())
    return "groups too small to show" if HIDDEN in names else " / ".join(names)
