"""The path of one question.

    read      what does it mean?          question -> Request, made only of ids the catalog knows
    audience  may it be asked, and who sees it?
    reply     what is the answer?         Request -> Draft: ranked, computed and guarded by the engine
    word      how is it said?             Draft -> prose, by the model on a lead or plainly
    remember  what was said?              so that "only 10 of those" is understood, also after a restart

Without a model, or when it fails, the same path gives the same list and the same numbers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from time import perf_counter
from typing import Any
from uuid import uuid4

from bot.audience.seeing import more_alone, reader, reader_of, refuse, refuse_asking
from bot.contract import answer_json
from bot.llm import Model
from bot.memory import Memory
from bot.model import Answer, ModelUse, Question, Request
from bot.narrate import Narration, unworded, word
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


@dataclass(frozen=True)
class Bot:
    """What a question needs to be answered. ``open`` gives the engine of a company folder, or of the default."""

    open: Callable[[str | None], Engine]
    memory: Memory
    model: Model | None
    today: Callable[[], date]


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


async def answer(question: Question, bot: Bot) -> Answer:
    """Answer one question.

    Raises:
        UserError: something the asker or the operator can mend.
    """
    if len(question.text) > LONGEST:
        raise UserError(
            f"A question may have {LONGEST} characters; this one has {len(question.text)}: ask in fewer words."
        )
    watch = Stopwatch()
    refuse_asking(question.rights)
    place = await asyncio.to_thread(_place, question, bot)
    watch.lap("open")
    request, reading = await _read(question, place, bot)
    watch.lap("read")
    refuse(request, question.rights, place.engine.catalog)
    draft = await asyncio.to_thread(REPLIES[request.kind], request, place)
    watch.lap("answer")
    narration = await _word(draft, question, place.engine.catalog, bot)
    watch.lap("word")
    company = place.engine.company.file.name
    alone = await asyncio.to_thread(_alone, question, request, draft, place)
    finished = _finished(question, request, draft, narration, reading, watch, company, alone)
    await asyncio.to_thread(_remember, finished, place.engine.catalog, bot)
    return finished


def _place(question: Question, bot: Bot) -> Place:
    engine = bot.open(question.company)
    asked = None
    if question.as_of:
        try:
            asked = date.fromisoformat(question.as_of)
        except ValueError:
            raise UserError(f"{question.as_of!r} is no day: write one such as 2025-12-31.") from None
    seen = engine.seen_by(reader_of(question, engine.catalog))
    return Place(seen, question, as_of_day(engine, asked, bot.today()))


def _alone(question: Question, request: Request, draft: Draft, place: Place) -> Answer | None:
    """The same answer with what the asker alone may see, in plain words, where that is more."""
    rights = question.rights
    if rights is None or not more_alone(rights, draft):
        return None
    engine = place.engine.seen_by(reader(rights, place.engine.catalog, alone=True))
    more = REPLIES[request.kind](request, replace(place, engine=engine))
    said = unworded(more.scorecard, engine.catalog).text if more.scorecard else more.body
    return _finished(
        question, request, more, Narration(said), ModelUse(), Stopwatch(), engine.company.file.name
    )


async def _read(question: Question, place: Place, bot: Bot) -> tuple[Request, ModelUse]:
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
    if bot.model is None or not question.use_model:
        return read(question.text, **known), ModelUse()
    return await read_with_model(question.text, model=bot.model, **known)


async def _word(draft: Draft, question: Question, catalog: Catalog, bot: Bot) -> Narration:
    """Words for a scorecard; every other draft brings its own."""
    if draft.scorecard is None:
        return Narration(draft.body)
    if bot.model is None or not question.use_model:
        return unworded(draft.scorecard, catalog, fallback=NO_MODEL if question.use_model else None)
    return await word(question.text, draft.scorecard, catalog, bot.model)


def _finished(
    question: Question,
    request: Request,
    draft: Draft,
    narration: Narration,
    reading: ModelUse,
    watch: Stopwatch,
    company: str,
    alone: Answer | None = None,
) -> Answer:
    worded = narration.model
    model = ModelUse(
        used=reading.used or worded.used,
        name=worded.name or reading.name,
        calls=reading.calls + worded.calls,
        input_tokens=reading.input_tokens + worded.input_tokens,
        output_tokens=reading.output_tokens + worded.output_tokens,
        fallback=worded.fallback or reading.fallback,
    )
    return Answer(
        answer_id=uuid4().hex[:12],
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
        company=company,
        model=model,
        elapsed_ms=watch.took | dict(draft.elapsed_ms),
        actions=draft.actions,
        alone=alone,
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
    if alone := finished.alone:
        contract = answer_json(alone, catalog, as_text(alone))
        bot.memory.keep(alone.question, answer_id=alone.answer_id, contract=contract)
