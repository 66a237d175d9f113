"""Scorecard -> prose by the language model, checked sentence by sentence; plain sentences where it fails.

The model sees the question, and of each metric its id, name, side and what may be said of it: no figures, no
rows, no people, no SQL. What it may not know it cannot tell.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from bot import wording
from bot.citations import Filled, Refusal, fill
from bot.llm import Model, ModelUnavailable, StreamingModel
from bot.model import ModelUse
from bot.narrate import plain
from bot.narrate.heard import SCHEMA, heard, written
from bot.narrate.stating import sayable
from metrics.model import Catalog, Side
from metrics.scorecard import Scorecard
from prompts import Prompt, render

MAX_TOKENS = 800
"""Room for three sentences and for a model that thinks before it writes."""
MAX_QUESTION = 300
MOST_OF_A_SIDE = 4
"""Rows of each side that the model sees: three sentences have no room for more, and a call must stay cheap."""

SIDES: tuple[Side, ...] = ("business", "people")


@dataclass(frozen=True)
class Narration:
    """Prose fit to be shown, what the model had to do with it, which of its sentences stand and which do not."""

    text: str
    model: ModelUse = field(default_factory=ModelUse)
    refused: tuple[Refusal, ...] = ()
    kept: tuple[str, ...] = ()


def unworded(scorecard: Scorecard, catalog: Catalog, *, fallback: str | None = None) -> Narration:
    """Word a scorecard without a model. ``fallback`` says why, where a model was wanted."""
    text = fill(" ".join(plain.sentences(scorecard)), scorecard, catalog).text
    return Narration(text, ModelUse(fallback=fallback))


async def word(question: str, scorecard: Scorecard, catalog: Catalog, model: Model) -> Narration:
    """Ask the model for prose and keep what the figures prove; plain sentences where that is too little."""
    asked = prompt(question, scorecard)
    try:
        took = await model.complete(
            system=asked.system, user=asked.user, schema=SCHEMA, max_tokens=MAX_TOKENS
        )
        filled = fill("\n".join(written(took)), scorecard, catalog)
    except ModelUnavailable as unavailable:
        return _finished(
            Filled(""), scorecard, catalog, ModelUse(name=model.name, fallback=unavailable.reason)
        )
    return _finished(filled, scorecard, catalog, ModelUse(name=model.name))


async def word_live(
    question: str, scorecard: Scorecard, catalog: Catalog, model: StreamingModel
) -> AsyncGenerator[Narration, None]:
    """Word a scorecard as :func:`word` does, and give what may be shown already while the model still writes.

    Each narration begins with the text of the one before, and each of its sentences has passed the check; the
    last one is finished. Where the model breaks off, what was shown stands and plain sentences complete it.
    """
    asked = prompt(question, scorecard)
    use, shown, sentences = ModelUse(name=model.name), Filled(""), tuple[str, ...]()
    call = model.stream(system=asked.system, user=asked.user, schema=SCHEMA, max_tokens=MAX_TOKENS)
    try:
        async with aclosing(call) as completions:
            async for so_far in completions:
                if (now := heard(so_far.text)) == sentences:
                    continue
                sentences, filled = now, fill("\n".join(now), scorecard, catalog)
                if not filled.text.startswith(shown.text):  # all of it is refused now: what was shown stands
                    shown = replace(shown, refused=filled.refused)
                    break
                more, shown = filled.text != shown.text, filled
                if more and filled.marked:
                    yield Narration(filled.text, use, filled.refused)
    except ModelUnavailable as unavailable:
        use = replace(use, fallback=unavailable.reason)
    yield _finished(shown, scorecard, catalog, use)


def _finished(filled: Filled, scorecard: Scorecard, catalog: Catalog, use: ModelUse) -> Narration:
    """What stands of the model's prose, with a plain sentence for a side it left out; else plain sentences."""
    if not filled.marked:
        reason = use.fallback or "the language model wrote nothing that the figures prove"
        return replace(
            unworded(scorecard, catalog), model=replace(use, fallback=reason), refused=filled.refused
        )
    missing = [plain.about_side(scorecard, side) for side in _unspoken(scorecard, filled.marked)]
    beside = [fill(sentence, scorecard, catalog).text for sentence in missing if sentence]
    used = replace(use, used=use.fallback is None)
    return Narration(" ".join([filled.text, *beside]), used, filled.refused, filled.kept)


def prompt(question: str, scorecard: Scorecard) -> Prompt:
    """Build what the model is sent. The question is cut short and cannot close the lines it stands between."""
    harmless = " ".join(question.replace("<", " ").replace(">", " ").split())[:MAX_QUESTION]
    grain = scorecard.period.grain
    return render(
        "narrate",
        role=scorecard.role_name,
        grain="stretch of days" if grain == "custom" else grain,
        rows="\n".join(_listed(scorecard)),
        question=harmless,
    )


def _listed(scorecard: Scorecard) -> Iterator[str]:
    """The rows of each side that miss or moved most, each with what may be said of it. The first comes first."""
    first = plain.worth_saying(scorecard)
    sides = SIDES if first is None or first.metric.side == SIDES[0] else SIDES[::-1]
    for side in sides:
        own = [row for row in scorecard.rows if row.metric.side == side]
        own.sort(key=lambda row: (row is first, wording.miss(row), wording.move_size(row)), reverse=True)
        if own:
            yield f"{side.capitalize()} metrics:"
        for row in own[:MOST_OF_A_SIDE]:
            yield f"- {row.metric.name}: {'; '.join(sayable(row))}"


def _unspoken(scorecard: Scorecard, marked: frozenset[str]) -> tuple[Side, ...]:
    """Sides of the list that the prose has no figure of."""
    spoken = {row.metric.side for row in scorecard.rows if row.metric.id in marked}
    return tuple(side for side in SIDES if side not in spoken)
