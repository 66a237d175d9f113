"""The model's part in one answer: on a lead while it lasts, wording what is computed, counted at the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.llm import Lead, Model
from bot.memory import Memory
from bot.model import ModelUse, Question
from bot.narrate import Narration, unworded, word, word_live
from bot.reading.people.masking import masked
from bot.replies import Draft
from metrics.model import Catalog

NO_MODEL = "no language model is set up"

Show = Callable[[str], Awaitable[None]]
"""Takes the prose so far, to show it while the rest is written."""


@dataclass(frozen=True)
class Limits:
    """What the model may take: seconds of one answer altogether, tokens of a calendar month (None: any)."""

    seconds: float = 30.0
    tokens_a_month: int | None = None


@asynccontextmanager
async def leading(
    model: Model | None, memory: Memory, limits: Limits, answer_id: str
) -> AsyncGenerator[Lead | None]:
    """The model on its lead, where there is one; what it took is recorded, come what may."""
    if model is None:
        yield None
        return
    usage, left = memory.usage, limits.tokens_a_month
    if left is not None:
        left -= await asyncio.to_thread(usage.tokens_since, datetime.now(UTC).date().replace(day=1))
    lead = Lead(model, limits.seconds, left)
    try:
        yield lead
    finally:
        if lead.calls:
            await asyncio.to_thread(
                usage.spend,
                answer_id,
                lead.name,
                calls=lead.calls,
                input_tokens=lead.input_tokens,
                output_tokens=lead.output_tokens,
            )


async def worded(
    draft: Draft, question: Question, catalog: Catalog, model: Lead | None, show: Show | None
) -> Narration:
    """Words for a scorecard; every other draft brings its own."""
    if draft.scorecard is None:
        return Narration(draft.body)
    if model is None:
        fallback = NO_MODEL if question.use_model else None
        return await asyncio.to_thread(unworded, draft.scorecard, catalog, fallback=fallback)
    text = masked(question.text, catalog)
    if show is None:
        return await word(text, draft.scorecard, catalog, model)
    narration = Narration("")
    async for narration in word_live(text, draft.scorecard, catalog, model):
        await show(narration.text)
    return narration


def used(reading: ModelUse, wording: ModelUse, lead: Lead | None) -> ModelUse:
    """What the model had to do with the whole answer; its lead has counted what it took."""
    use = ModelUse(
        used=reading.used or wording.used,
        name=wording.name or reading.name,
        fallback=wording.fallback or reading.fallback,
    )
    if lead is None:
        return use
    return replace(use, calls=lead.calls, input_tokens=lead.input_tokens, output_tokens=lead.output_tokens)
