"""Labelled questions -> how many a model reads right, beside what the reader does alone."""

from __future__ import annotations

from typing import Any

from bot.llm import Lead
from bot.model import ModelUse, Request
from bot.reading.requested import EVERYTHING
from bot.reading.with_model import read_with_model
from tests.evals.pace import Pace, every
from tests.evals.score import Score
from tests.reading import labelled

Asked = tuple[dict[str, Any], dict[str, Any]]
"""A labelled question and the thread it is asked in."""


async def measure_readings(score: Score, pace: Pace, sample: int | None) -> None:
    """Read all questions; a model is asked those that stay open, or a sample of them, spread evenly."""
    questions = list(labelled.asked())
    opened = [one for one in questions if labelled.reading(*one).sure < EVERYTHING]
    chosen = every(opened, sample)
    if pace.model is None or len(chosen) == len(opened):
        score.asked = len(questions)
        score.right = sum(not labelled.wrong(*one) for one in questions)
    for one in pace.along(chosen if pace.model else [], "open questions"):
        await _read(one, score, pace)
    score.right += score.filled - score.alone if score.asked else 0


async def _read(one: Asked, score: Score, pace: Pace) -> None:
    lead = pace.lead()
    if lead is None:
        return
    alone = labelled.reading(*one)
    with pace.timed():
        got, use = await with_model(*one, lead)
    score.add(lead)
    score.faults += [use.fallback] if use.fallback else []
    score.opened += 1
    score.alone += not labelled.wrong(*one, alone)
    score.filled += not labelled.wrong(*one, got)
    score.spoilt += any(getattr(got, known) != getattr(alone, known) for known in alone.sure)
    if labelled.wrong(*one, got) and not labelled.wrong(*one, alone):
        score.misread.append(labelled.wrong(*one, got))


async def with_model(
    question: dict[str, Any], thread: dict[str, Any], lead: Lead
) -> tuple[Request, ModelUse]:
    """Read a labelled question with a model's help."""
    return await read_with_model(
        question["ask"],
        model=lead,
        catalog=labelled.catalog(),
        calendar=labelled.CALENDAR,
        as_of=labelled.AS_OF,
        shown=thread["shown"],
        last=labelled.request_from(thread["last"]) if thread["last"] else None,
        groups=lambda: labelled.GROUPS,
        **question.get("around", {}),
    )
