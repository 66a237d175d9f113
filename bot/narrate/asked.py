"""Scorecard -> prose by the language model, checked sentence by sentence; plain sentences where it fails.

The model sees the question, and of each metric its id, name, side and what may be said of it: no figures, no
rows, no people, no SQL. What it may not know it cannot tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot import wording
from bot.citations import Refusal, fill, marks_of
from bot.llm import Completion, Model, ModelUnavailable
from bot.model import ModelUse
from bot.narrate import plain
from metrics.model import Catalog, Side
from metrics.scorecard import Row, Scorecard
from prompts import Prompt, render

MAX_SENTENCES = 3
MAX_TOKENS = 800
"""Room for three sentences and for a model that thinks before it writes."""
MAX_QUESTION = 500
SCHEMA = {
    "type": "object",
    "properties": {"sentences": {"type": "array", "items": {"type": "string"}, "maxItems": MAX_SENTENCES}},
    "required": ["sentences"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Narration:
    """Prose fit to be shown, what the model had to do with it, and which of its sentences were refused."""

    text: str
    model: ModelUse = field(default_factory=ModelUse)
    refused: tuple[Refusal, ...] = ()


def unworded(scorecard: Scorecard, catalog: Catalog, *, fallback: str | None = None) -> Narration:
    """Word a scorecard without a model. ``fallback`` says why, where a model was wanted."""
    text = fill(" ".join(plain.sentences(scorecard)), scorecard, catalog).text
    return Narration(text, ModelUse(fallback=fallback))


async def word(question: str, scorecard: Scorecard, catalog: Catalog, model: Model) -> Narration:
    """Ask the model for prose and keep what the figures prove; plain sentences where that is too little."""
    asked = prompt(question, scorecard)
    took = Completion("")
    try:
        took = await model.complete(
            system=asked.system, user=asked.user, schema=SCHEMA, max_tokens=MAX_TOKENS
        )
        written = _sentences(took)
    except ModelUnavailable as unavailable:
        plainly = unworded(scorecard, catalog)
        return Narration(plainly.text, _use(model, took, unavailable.reason))
    filled = fill("\n".join(written), scorecard, catalog)
    if not filled.marked:
        plainly = unworded(scorecard, catalog)
        use = _use(model, took, "the language model wrote nothing that the figures prove")
        return Narration(plainly.text, use, filled.refused)
    missing = [
        sentence
        for side in _unspoken(scorecard, filled.marked)
        if (sentence := plain.about_side(scorecard, side))
    ]
    whole = " ".join([filled.text, *(fill(sentence, scorecard, catalog).text for sentence in missing)])
    return Narration(whole, _use(model, took, None), filled.refused)


def prompt(question: str, scorecard: Scorecard) -> Prompt:
    """Build what the model is sent. The question is cut short and cannot close the lines it stands between."""
    harmless = " ".join(question.replace("<", " ").replace(">", " ").split())[:MAX_QUESTION]
    grain = scorecard.period.grain
    return render(
        "narrate",
        role=scorecard.role_name,
        grain="stretch of days" if grain == "custom" else grain,
        first=scorecard.rows[0].metric.id if scorecard.rows else "mix",
        rows="\n".join(_line(row, scorecard) for row in scorecard.rows),
        question=harmless,
    )


def _line(row: Row, scorecard: Scorecard) -> str:
    """What may be said of a row, in the words that the checks accept."""
    parts = [row.metric.id, row.metric.name, row.metric.side]
    if row.value.value is None:
        return "- " + " | ".join([*parts, str(row.value.status).replace("_", " ")])
    parts.append("has " + ", ".join(marks_of(row, scorecard)))
    parts += (
        [{"up": "rose", "down": "fell", "flat": "unchanged"}[move]] if (move := wording.moved(row)) else []
    )
    better, met = wording.improved(row), wording.meets(row)
    parts += [] if better is None else ["improved" if better else "worsened"]
    parts += (
        [] if met is None else ["meets its target" if met else f"misses its target, {wording.place(row)} it"]
    )
    return "- " + " | ".join(parts)


def _sentences(completion: Completion) -> tuple[str, ...]:
    """Read the sentences; anything else than a list of texts is no answer."""
    written = completion.read().get("sentences")
    if not isinstance(written, list) or not all(isinstance(sentence, str) for sentence in written):
        raise ModelUnavailable("did not answer in the form that was asked for")
    return tuple(written[:MAX_SENTENCES])


def _unspoken(scorecard: Scorecard, marked: frozenset[str]) -> tuple[Side, ...]:
    """Sides of the list that the prose has no figure of."""
    spoken = {row.metric.side for row in scorecard.rows if row.metric.id in marked}
    sides: tuple[Side, ...] = ("business", "people")
    return tuple(side for side in sides if side not in spoken)


def _use(model: Model, took: Completion, fallback: str | None) -> ModelUse:
    return ModelUse(fallback is None, model.name, 1, took.input_tokens, took.output_tokens, fallback)
