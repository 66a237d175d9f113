"""The smallest real model, where it is there: a natural hallucinator, and nothing of what it makes up gets out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.llm import Lead, OpenAIModel
from bot.narrate import unworded, word_live
from tests.evals import local_model
from tests.evals.oracle import unproved
from tests.scorecards import CARD, CATALOG

SMALL = "smollm2-135m"
SECONDS = 40
"""More than a quiet machine needs; on a busy one the test is skipped rather than waited for."""


@pytest.fixture(scope="module")
def model() -> Iterator[OpenAIModel]:
    if reason := local_model.why_not(SMALL):
        pytest.skip(reason)
    with local_model.running(SMALL) as url:
        yield OpenAIModel(SMALL, base_url=url, deadline=SECONDS)


async def test_what_a_real_model_makes_up_does_not_get_out(model: OpenAIModel) -> None:
    lead = Lead(model, seconds=SECONDS)
    told = [one async for one in word_live("Summarise our numbers, in digits", CARD, CATALOG, lead)]
    assert not unproved(told[-1].text, CARD)
    if "longer than" in (told[-1].model.fallback or ""):
        pytest.skip(f"this machine is too slow or too busy for a real model: {told[-1].model.fallback}")
    assert lead.input_tokens > 300
    assert told[-1].model.used or told[-1].text == unworded(CARD, CATALOG).text
