"""Question -> Request, where a language model may fill what the words alone left open."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Unpack

import prompts
from bot.llm import Model, ModelUnavailable
from bot.model import ModelUse, Request
from bot.reading.context.around import Known
from bot.reading.people.masking import masked
from bot.reading.proposal import Proposal, proposed, schema
from bot.reading.read import read
from bot.reading.requested import EVERYTHING
from metrics.calendar.periods import Calendar
from metrics.model import Catalog

MAX_TOKENS = 200
LONGEST_QUESTION = 2_000
"""Characters of a question that the model sees: nobody asks for metrics in more."""

ABOUT_METRICS = frozenset({"value", "trend", "comparison", "definition"})
FOR_SOMEBODY = frozenset({"recommendation", "explanation", "advice", "coaching"})
"""Kinds for which it matters who asks."""

GUESSED = frozenset({"clarification", "help"})
"""What the reader says when it found nothing certain; the model may know better."""


async def read_with_model(
    text: str,
    *,
    model: Model,
    catalog: Catalog,
    calendar: Calendar,
    as_of: date,
    **known: Unpack[Known],
) -> tuple[Request, ModelUse]:
    """Read a question as :func:`bot.reading.read` does, then ask a model for the fields that stayed open.

    What the words say for certain stands. The model sees the question without names of people and ids of the
    catalog, never what was said before. Whatever it proposes that is not in the catalog, or not in the
    question, is ignored.
    """
    request = await asyncio.to_thread(read, text, catalog=catalog, calendar=calendar, as_of=as_of, **known)
    if request.sure >= EVERYTHING:
        return request, ModelUse()
    shown = known.get("shown", ())
    prompt = prompts.render(
        "read",
        roles=_listed((role.id, role.name) for role in catalog.roles.values()),
        dimensions=_listed((dimension.id, dimension.name) for dimension in catalog.dimensions.values()),
        metrics=_listed((metric.id, metric.name) for metric in catalog.metrics.values()),
        shown=", ".join(shown[-1]) if shown else "none",
        question=masked(text, catalog)[:LONGEST_QUESTION],
    )
    try:
        completion = await model.complete(
            system=prompt.system, user=prompt.user, schema=schema(catalog), max_tokens=MAX_TOKENS
        )
        proposal = proposed(completion.read(), text, catalog=catalog, calendar=calendar, as_of=as_of)
    except ModelUnavailable as error:
        return request, ModelUse(name=model.name, calls=1, fallback=error.reason)
    use = ModelUse(
        used=True,
        name=model.name,
        calls=1,
        input_tokens=completion.input_tokens,
        output_tokens=completion.output_tokens,
    )
    return _filled(request, proposal, catalog), use


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- {identity}: {name}" for identity, name in pairs)


def _filled(request: Request, proposal: Proposal, catalog: Catalog) -> Request:
    """The request with its open fields filled. It says so where the model chose the metrics."""
    open_fields = EVERYTHING - request.sure
    if request.metrics:  # what the words are clearly most like stands against what a model makes of them
        open_fields -= {"kind", "metrics"}
    kind = request.kind
    if "kind" in open_fields and proposal.kind not in (None, *GUESSED):
        kind = proposal.kind or kind
    metrics = proposal.metrics if "metrics" in open_fields else request.metrics
    if (kind in ABOUT_METRICS and not metrics) or kind == "help":
        return request
    filled = replace(
        request,
        kind=kind,
        metrics=metrics if kind != "recommendation" else request.metrics,
        role=proposal.role or request.role
        if "role" in open_fields and kind in FOR_SOMEBODY
        else request.role,
        count=proposal.count or request.count if "count" in open_fields else request.count,
        period=proposal.period or request.period if "period" in open_fields else request.period,
        dimension=proposal.dimension or request.dimension
        if "dimension" in open_fields
        else request.dimension,
    )
    if metrics == request.metrics or kind not in ABOUT_METRICS:
        return filled
    names = " and ".join(catalog.metrics[metric].name for metric in metrics)
    return replace(filled, assumed=(*request.assumed, f"The question was read as one about {names}."))
