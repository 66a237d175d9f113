"""The path of one question.

    read      what does it mean?          question -> Request, made only of ids the catalog knows
    reply     what is the answer?         Request -> Draft: ranked, computed and guarded by the engine
    word      how is it said?             Draft -> prose, by the model on a lead or plainly
    remember  what was said?              so that "only 10 of those" is understood, also after a restart

Without a model, or when it fails, the same path gives the same list and the same numbers.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any
from uuid import uuid4

from bot.contract import answer_json
from bot.llm import Lead, Model
from bot.memory import Memory
from bot.model import Answer, ModelUse, Question, Request
from bot.narrate import Narration, unworded, word, word_live
from bot.reading import read
from bot.reading.with_model import read_with_model
from bot.replies import REPLIES, Draft, Place
from bot.terminal import as_text
from metrics.build import as_of_day
from metrics.engine import Engine
from metrics.errors import UserError
from metrics.model import Catalog

NO_MODEL = "no language model is set up"
LONGEST = 1000
"""Characters of a question that are read; a longer one is no question, and would keep others waiting."""

Show = Callable[[str], Awaitable[None]]
"""Takes the prose so far, to show it while the rest is written."""


@dataclass(frozen=True)
class Limits:
    """What the model may take: seconds of one answer altogether, tokens of a calendar month (None: any)."""

    seconds: float = 30.0
    tokens_a_month: int | None = None


@dataclass(frozen=True)
class Bot:
    """What a question needs to be answered. ``open`` gives the engine of a company folder, or of the default."""

    open: Callable[[str | None], Engine]
    memory: Memory
    model: Model | None
    today: Callable[[], date]
    limits: Limits = Limits()


@dataclass
class Stopwatch:
    """How long each step took, in milliseconds."""

    took: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=perf_counter)

    def lap(self, step: str) -> None:
        """Note the time since the last step."""
        now = perf_counter()
        self.took[step] = (now - self._since) * 1000
        self._since = now


async def answer(question: Question, bot: Bot, show: Show | None = None) -> Answer:
    """Answer one question. ``show`` is given the prose so far while the model still writes.

    Each text that is shown has passed every check and begins with the one before; the answer's own begins
    with the last of them.

    Raises:
        UserError: something the asker or the operator can mend.
    """
    if len(question.text) > LONGEST:
        raise UserError(
            f"A question may have {LONGEST} characters; this one has {len(question.text)}: ask in fewer words."
        )
    watch, answer_id = Stopwatch(), uuid4().hex[:12]
    place = await asyncio.to_thread(_place, question, bot)
    watch.lap("open")
    async with _lead(question, bot, answer_id) as model:
        request, reading = await _read(question, place, bot, model)
        watch.lap("read")
        draft = await asyncio.to_thread(REPLIES[request.kind], request, place)
        watch.lap("answer")
        narration = await _word(draft, question, place.engine.catalog, model, show)
        watch.lap("word")
    use = _use(reading, narration.model, model)
    finished = _finished(answer_id, question, request, draft, narration, use, watch, place)
    await asyncio.to_thread(_remember, finished, place.engine.catalog, bot)
    return finished


@asynccontextmanager
async def _lead(question: Question, bot: Bot, answer_id: str) -> AsyncGenerator[Lead | None]:
    """The model on its lead, where there is one and it is wanted; what it took is recorded, come what may."""
    if bot.model is None or not question.use_model:
        yield None
        return
    usage, left = bot.memory.usage, bot.limits.tokens_a_month
    if left is not None:
        left -= await asyncio.to_thread(usage.tokens_since, datetime.now(UTC).date().replace(day=1))
    lead = Lead(bot.model, bot.limits.seconds, left)
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


def _place(question: Question, bot: Bot) -> Place:
    engine = bot.open(question.company)
    asked = None
    if question.as_of:
        try:
            asked = date.fromisoformat(question.as_of)
        except ValueError:
            raise UserError(f"{question.as_of!r} is no day: write one such as 2025-12-31.") from None
    return Place(engine, question, as_of_day(engine, asked, bot.today()))


async def _read(question: Question, place: Place, bot: Bot, model: Model | None) -> tuple[Request, ModelUse]:
    """The deterministic reader first; a model may fill only what it left open."""
    catalog, calendar = place.engine.catalog, place.engine.company.calendar
    shown = await asyncio.to_thread(bot.memory.shown, question.channel, question.thread)
    last = await asyncio.to_thread(bot.memory.last_request, question.channel, question.thread)
    known: dict[str, Any] = {
        "catalog": catalog,
        "calendar": calendar,
        "as_of": place.as_of,
        "shown": shown,
        "last": last,
    }
    if model is None:
        return read(question.text, **known), ModelUse()
    return await read_with_model(question.text, model=model, **known)


async def _word(
    draft: Draft, question: Question, catalog: Catalog, model: Lead | None, show: Show | None
) -> Narration:
    """Words for a scorecard; every other draft brings its own."""
    if draft.scorecard is None:
        return Narration(draft.body)
    if model is None:
        return unworded(draft.scorecard, catalog, fallback=NO_MODEL if question.use_model else None)
    if show is None:
        return await word(question.text, draft.scorecard, catalog, model)
    narration = Narration("")
    async for narration in word_live(question.text, draft.scorecard, catalog, model):
        await show(narration.text)
    return narration


def _use(reading: ModelUse, worded: ModelUse, lead: Lead | None) -> ModelUse:
    """What the model had to do with the whole answer; its lead has counted what it took."""
    use = ModelUse(
        used=reading.used or worded.used,
        name=worded.name or reading.name,
        fallback=worded.fallback or reading.fallback,
    )
    if lead is None:
        return use
    return replace(use, calls=lead.calls, input_tokens=lead.input_tokens, output_tokens=lead.output_tokens)


def _finished(
    answer_id: str,
    question: Question,
    request: Request,
    draft: Draft,
    narration: Narration,
    model: ModelUse,
    watch: Stopwatch,
    place: Place,
) -> Answer:
    return Answer(
        answer_id=answer_id,
        kind=request.kind,
        question=question,
        request=request,
        title=draft.title,
        body=narration.text,
        scorecard=draft.scorecard,
        values=draft.values,
        rules=draft.rules,
        notes=(*request.assumed, *draft.notes),
        suggestions=draft.suggestions,
        company=place.engine.company.file.name,
        model=model,
        elapsed_ms=watch.took | dict(draft.elapsed_ms),
    )


def _remember(finished: Answer, catalog: Catalog, bot: Bot) -> None:
    rows = finished.scorecard.rows if finished.scorecard else ()
    bot.memory.remember(
        finished.question,
        finished.request,
        answer_id=finished.answer_id,
        shown=[row.metric.id for row in rows],
        contract=answer_json(finished, catalog, as_text(finished)),
    )
