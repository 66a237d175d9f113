"""What was counted of one model (or none), and its line of the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from bot.llm import Lead

HEADINGS = ("model", "read right", "open questions", "spoilt", "sentences kept", "in answers", "unproved numbers",
            "unbalanced lists", "calls", "tokens in", "tokens out", "seconds", "seconds a call",
            "calls that failed")  # fmt: skip


@dataclass
class Score:
    """Reading is right or wrong in every field at once; of a sample of the questions there is no share of all.

    ``opened`` counts the questions that the reader alone leaves something open in, which a model is asked;
    ``alone`` and ``filled`` how many of them are right without and with the model. ``spoilt`` counts those in
    which a field that the reader is sure of came out otherwise. ``voiced`` counts worded scorecards in which a
    sentence of the model stood, of ``worded``. ``refused`` and ``misread`` hold what the guard dropped, and what
    the reader alone reads right and the model does not.
    """

    name: str
    asked: int = 0
    right: int = 0
    opened: int = 0
    alone: int = 0
    filled: int = 0
    spoilt: int = 0
    sentences: int = 0
    kept: int = 0
    worded: int = 0
    voiced: int = 0
    unproved: int = 0
    lists: int = 0
    lopsided: int = 0
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    each: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)

    def add(self, lead: Lead) -> None:
        """Count what the calls of one lead took."""
        self.calls += lead.calls
        self.input_tokens += lead.input_tokens
        self.output_tokens += lead.output_tokens

    def line(self) -> str:
        """The line of the table under ``HEADINGS``."""
        share = 100 * self.right / max(1, self.asked)
        right = f"{self.right}/{self.asked} ({share:.0f} %)" if self.asked else "a sample"
        opened = f"{self.filled}/{self.opened}, alone {self.alone}"
        each = f"{median(self.each):.0f}, at most {max(self.each):.0f}" if self.each else "none"
        cells = (self.name, right, opened, self.spoilt, f"{self.kept}/{self.sentences}",
                 f"{self.voiced}/{self.worded}", self.unproved, f"{self.lopsided}/{self.lists}", self.calls,
                 self.input_tokens, self.output_tokens, f"{self.seconds:.0f}", each, len(self.faults))  # fmt: skip
        return f"| {' | '.join(map(str, cells))} |"
