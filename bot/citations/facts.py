"""What the checks compare a sentence with: the scorecard, and what the sentence before was about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.citations.sentences import Sentence
from metrics.scorecard import Row, Scorecard


@dataclass(frozen=True)
class Facts:
    """The scorecard, and the one metric that the last kept sentence spoke of, for "it" in the next."""

    scorecard: Scorecard
    subject: str | None = None

    def row(self, metric: str) -> Row | None:
        """Find the row of a metric, where the scorecard has it."""
        return next((row for row in self.scorecard.rows if row.metric.id == metric), None)


Check = Callable[[Sentence, Facts], str | None]
"""A check gives the reason to refuse a sentence, or None."""
