"""A question -> its Request, with all that is known around it: the thread, what was taught, chosen and shown before.

Reading takes a while and asks the company's data for its groups, so it is done in threads, and nobody else's message
waits for it. The deterministic reader goes first; a model may fill only what it left open. Lessons are a conversation
of their own: what waits for a yes, or teaches, is read as coaching.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from bot.coaching.turns import turn
from bot.coaching.understand import teaches
from bot.llm import Model
from bot.memory import Memory
from bot.memory.coached import proposal, spot_of
from bot.model import ModelUse, Question, Request
from bot.reading import read
from bot.reading.overheard import overheard
from bot.reading.with_model import read_with_model
from bot.replies import Place
from bot.replies.choices import settled
from bot.replies.rule import asked_for
from metrics.engine.groups import group_names

UNSURE = ("help", "clarification")
"""What the reader says where it found no question; it may be a lesson in other words than those it knows."""
OVERHEARD = "What you point back at was read from what was said in this thread before."
DEFINES = re.compile(
    r"(?!what|which|who|why|how|do|does|is|are|can)(?!.*\?)\S.* (?:means|stands for|refers to|is short for"
    r"|(?:is|are|should be|must be) (?:always )?(?:defined|computed|calculated|measured|counted)) \S"
    r"|(?:for us |here |please )?,? ?we (?:always )?(?:use|compute|calculate|measure|count|report) (?!.*\?)\S",
    re.IGNORECASE,
)
"""Says what a word means, or how a metric is computed: both sides may be names, which a question could be about."""


async def understood(
    question: Question, place: Place, memory: Memory, model: Model | None
) -> tuple[Request, ModelUse]:
    """What a question means here. A choice that it makes once is remembered for whoever asks."""
    request, use = await _read(question, place, memory, model)
    request = await asyncio.to_thread(settled, request, place)
    if request.kind == "recommendation" and question.groups:
        request = replace(request, filters={**request.filters, **question.groups})
    for term, chosen in request.chosen:
        await asyncio.to_thread(memory.choose, question.user, term, chosen)
    return request, use


async def _read(
    question: Question, place: Place, memory: Memory, model: Model | None
) -> tuple[Request, ModelUse]:
    shown, listed = await asyncio.to_thread(memory.lists, question.channel, question.thread, question.source)
    last = await asyncio.to_thread(memory.last_request, question.channel, question.thread, question.source)
    waiting = await asyncio.to_thread(proposal, memory, spot_of(question))
    if turn(question.text, waiting=waiting is not None):
        return _lesson(Request("coaching"), shown, last), ModelUse()
    if asked_for(question.text, place.engine.catalog):
        return Request("definition"), ModelUse()
    company = place.engine.company
    before = None if shown or last else await asyncio.to_thread(_overheard, question, place)
    known: dict[str, Any] = {
        "catalog": place.engine.catalog,
        "calendar": company.calendar,
        "as_of": place.as_of,
        "shown": [before.metrics] if before else shown,
        "last": before or last,
        "listed": listed,
        "choices": await asyncio.to_thread(memory.choices, question.user),
        "channel_name": question.channel_name,
        "title": question.title,
        "organisations": frozenset(company.file.organisations),
        "groups": partial(group_names, place.engine),
    }
    if model is None:
        request, use = await asyncio.to_thread(read, question.text, **known), ModelUse()
    else:
        request, use = await read_with_model(question.text, model=model, **known)
    request = replace(request, again=bool(shown))
    alone = known | {"shown": (), "last": None}
    if before and _names(request) != _names(await asyncio.to_thread(read, question.text, **alone)):
        request = replace(request, assumed=(*request.assumed, OVERHEARD))
    lesson = request.kind in UNSURE or DEFINES.match(question.text.strip())
    catalog = place.engine.catalog
    if request.kind == "coaching" or (lesson and await asyncio.to_thread(teaches, question.text, catalog)):
        return _lesson(replace(request, kind="coaching"), shown, last), use
    return request, use


def _overheard(question: Question, place: Place) -> Request | None:
    """What a thread was about before the bot was called into it."""
    if not question.before.strip():
        return None
    company = place.engine.company
    return overheard(
        question.before, catalog=place.engine.catalog, calendar=company.calendar, as_of=place.as_of
    )


def _names(request: Request) -> tuple[object, ...]:
    return request.metrics, request.role, request.within


def _lesson(request: Request, shown: Sequence[Sequence[str]], last: Request | None) -> Request:
    """A lesson is about the thread's role and the list shown last, unless it names another."""
    role = request.role or (last.role if last else None)
    return replace(request, role=role, within=tuple(shown[-1]) if shown else ())
