"""An answer is remembered, so that what follows it is understood; one that nobody waits for is taken back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.contract import answer_json
from bot.memory import Memory
from bot.model import Answer
from bot.terminal import as_text
from metrics.model import Catalog


async def record(finished: Answer, catalog: Catalog, memory: Memory) -> None:
    """Remember an answer; where nobody waits for it any more, it is taken back: nothing may point back at it."""
    keeping = asyncio.ensure_future(asyncio.to_thread(_remember, finished, catalog, memory))
    try:
        await asyncio.shield(keeping)
    except asyncio.CancelledError:
        await asyncio.wait({keeping})  # a thread that writes is not stopped half-way
        ids = [one.answer_id for one in (finished, finished.alone) if one]
        await asyncio.to_thread(memory.retract, ids)
        raise


def _remember(finished: Answer, catalog: Catalog, memory: Memory) -> None:
    """Keep it, but for names and words of others: those are the rules', and go with whoever wants to be forgotten."""
    rows = finished.scorecard.rows if finished.scorecard else ()
    kept = replace(finished, body=finished.kept) if finished.kept else finished
    memory.remember(
        finished.question,
        finished.request,
        answer_id=finished.answer_id,
        shown=[row.metric.id for row in rows],
        contract=answer_json(kept, catalog, as_text(kept)),
    )
    if alone := finished.alone:
        contract = answer_json(alone, catalog, as_text(alone))
        memory.keep(alone.question, answer_id=alone.answer_id, contract=contract)
