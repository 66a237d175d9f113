"""Scorecard -> what is lopsided about it. Knows nothing of how lists are ranked."""

from __future__ import annotations

from metrics.scorecard import Scorecard

SHARE = 30
"""Percent of each side in a list of five or more, at the least; a role may want more."""


def lopsided(card: Scorecard) -> list[str]:
    """Why a list is not balanced; empty where it is. A list of one metric has no sides."""
    sides = [row.metric.side for row in card.rows]
    found = [
        f"{rule.rule}: {rule.note}" for rule in card.rules if rule.severity == "block" and not rule.passed
    ]
    for size in range(2, len(sides) + 1):
        least = 1 if size < 5 else -(-SHARE * size // 100)
        found += [
            f"{size} metrics, of which {sides[:size].count(side)} {side}"
            for side in ("business", "people")
            if sides[:size].count(side) < least
        ]
    return found
