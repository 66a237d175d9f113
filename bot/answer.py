"""The path of one question.

    open      for whom, by which rules?   the company's data, as those who ask have taught it
    read      what does it mean?          question -> Request, made only of ids the catalog knows
    audience  may it be asked, and who sees it?
    reply     what is the answer?         Request -> Draft: ranked, computed and guarded by the engine
    word      how is it said?             Draft -> prose, by the model on a lead or plainly
    remember  what was said?              so that "only 10 of those" is understood, also after a restart

Without a model, or when it fails, the same path gives the same list and the same numbers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from time import perf_counter
from uuid import uuid4

from bot.audience.seeing import more_alone, reader, reader_of, refuse, refuse_asking, seen_in
from bot.coaching import conversation
from bot.coaching.force import in_force
from bot.coaching.part import with_part
from bot.leading import Limits, Show, leading, used, worded
from bot.llm import Model
from bot.memory import Memory
from bot.model import Answer, ModelUse, Question, Request
from bot.narrate import Narration, unworded
from bot.recording import record
from bot.replies import REPLIES, Draft, Place
from bot.understood import understood
from metrics.engine import Engine
from metrics.errors import UserError
from metrics.lists.wanted import as_of_day
from metrics.notes.all import notes_on
from metrics.scorecard import Row
from metrics.values import Value

LONGEST = 1000
"""Characters of a question that are read; a longer one is no question, and would keep others waiting."""


@dataclass(frozen=True)
class Bot:
    """What a question needs to be answered. ``open`` gives the engine of a company folder, or of the default.

    ``today`` gives the day that it is in a time zone: a company's own, such as Europe/Berlin.

    ``admins`` may teach it for the whole workspace; where none are named, only its terminal may.
    """

    open: Callable[[str | None], Engine]
    memory: Memory
    model: Model | None
    today: Callable[[str], date]
    admins: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)


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
    question = _kept(question)
    watch, answer_id = Stopwatch(), uuid4().hex[:12]
    refuse_asking(question.rights)
    place = await asyncio.to_thread(_place, question, bot)
    watch.lap("open")
    async with leading(bot.model if question.use_model else None, bot.memory, bot.limits, answer_id) as model:
        request, reading = await understood(question, place, bot.memory, model)
        watch.lap("read")
        refuse(request, question, place.engine.catalog)
        draft = await asyncio.to_thread(_reply, request, place)
        watch.lap("answer")
        narration = await worded(draft, question, place.engine.catalog, model, show)
        watch.lap("word")
    alone = await asyncio.to_thread(_alone, request, draft, place)
    use = used(reading, narration.model, model)
    finished = _finished(answer_id, request, draft, narration, place, use, watch.took)
    finished = replace(finished, alone=alone)
    await record(finished, place.engine.catalog, bot.memory)
    return finished


def _kept(question: Question) -> Question:
    """The question in characters that every memory can keep: halves of characters and NUL are none."""
    told = (question.text, question.user, question.channel, question.thread)
    text, user, channel, thread = (
        one.encode("utf-8", "replace").decode("utf-8").replace("\0", " ") for one in told
    )
    return replace(question, text=text, user=user, channel=channel, thread=thread)


def _place(question: Question, bot: Bot) -> Place:
    rules = in_force(bot.memory, question.user, question.channel)
    engine = rules.engine(bot.open(question.company))
    asked = None
    if question.as_of:
        try:
            asked = date.fromisoformat(question.as_of)
        except ValueError:
            raise UserError(f"{question.as_of!r} is no day: write one such as 2025-12-31.") from None
    seen = engine.seen_by(reader_of(question, engine.catalog))
    when = as_of_day(engine, asked, bot.today(engine.setting.timezone))
    return Place(seen, question, when, rules, bot.memory, bot.admins)


def _reply(request: Request, place: Place) -> Draft:
    if request.kind == "coaching":
        return conversation.reply(request, place)
    draft = with_part(REPLIES[request.kind](request, place), request, place)
    rows = draft.scorecard.rows if draft.scorecard else ()
    listed = [row.value for row in rows]
    notes = notes_on(place.engine, draft.values, listed=listed, earlier=(*draft.behind, *_before(rows)))
    return replace(draft, notes=(*notes, *draft.notes)) if notes else draft


def _before(rows: Iterable[Row]) -> list[Value]:
    """The values that those of a list are held against."""
    return [row.previous for row in rows if row.previous is not None and row.change is not None]


def _alone(request: Request, draft: Draft, place: Place) -> Answer | None:
    """The same answer with what the asker alone may see, in plain words, where that is more."""
    rights = place.question.rights
    if rights is None or request.kind == "coaching" or not more_alone(rights, draft):
        return None
    engine = place.engine.seen_by(reader(rights, place.engine.catalog, alone=True))
    more = _reply(request, replace(place, engine=engine))
    if seen_in(more) <= seen_in(draft):
        return None
    said = unworded(more.scorecard, engine.catalog).text if more.scorecard else more.body
    return _finished(uuid4().hex[:12], request, more, Narration(said), place, ModelUse(), {})


def _finished(
    answer_id: str,
    request: Request,
    draft: Draft,
    narration: Narration,
    place: Place,
    model: ModelUse,
    took: Mapping[str, float],
) -> Answer:
    return Answer(
        answer_id=answer_id,
        kind=request.kind,
        question=place.question,
        request=request,
        title=draft.title,
        body=narration.text,
        first=draft.first,
        scorecard=draft.scorecard,
        values=draft.values,
        behind=draft.behind,
        advice=draft.advice,
        rules=draft.rules,
        notes=(*request.assumed, *draft.notes),
        suggestions=(*request.more, *draft.suggestions),
        actions=draft.actions,
        kept=draft.kept,
        people=draft.people,
        refused=draft.refused or request.kind == "refusal",
        asides=draft.asides,
        units=draft.units,
        company=place.engine.company.file.name,
        model=model,
        elapsed_ms={**took, **draft.elapsed_ms},
    )
