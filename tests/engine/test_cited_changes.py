"""A change that is told beside a value is a number too: what it is counted from has a receipt."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from bot.answer import Bot, answer
from bot.audience.rights import Rights
from bot.contract import answer_json
from bot.model import Question
from bot.recorded import recorded
from metrics.display import change_words
from metrics.verify import verify

ASKED = (
    "win rate",
    "ARR by segment",
    "compare gross margin of this quarter with the previous one",
    "is our ebitda margin better than a year ago",
    "what guards win rate?",
    "how can CSAT be gamed?",
)


@pytest.mark.parametrize("text", ASKED)
async def test_what_a_change_is_counted_from_has_a_receipt(demo_bot: Bot, text: str) -> None:
    engine = demo_bot.open(None)
    finished = await answer(Question(text), demo_bot)
    found = answer_json(finished, engine.catalog, "")
    before = [one for one in found["behind"] if one["value"] is not None]
    told = set()
    for one in (one for one in found["values"] if one["value"] is not None):
        for then in (old for old in before if (old["id"], old["group"]) == (one["id"], one["group"])):
            now, old = Decimal(one["value"]), Decimal(then["value"])
            words = change_words(now - old, old, one["unit"], engine.company.file.currency)
            told.add(f"{words} against {then['period']['label']}")
    said = set(re.findall(r"[-+]?\d[\d,.]*[^,;\n]* against (?:12 months to )?[\dQ-]+", finished.body))
    assert said
    assert said <= told
    assert all(one["citation"] in found["citations"] for one in found["behind"])
    keys = {one.key for one in recorded(found, engine.company.calendar)}
    assert keys >= {one["citation"] for one in found["behind"]}
    again = verify(engine, recorded(found, engine.company.calendar))
    assert {one.verdict for one in again} == {"same"}


async def test_the_response_rate_that_is_told_has_a_receipt(demo_bot: Bot) -> None:
    finished = await answer(Question("how can CSAT be gamed?"), demo_bot)
    assert any("response rate 31.0 %" in note for note in finished.notes)
    assert any(
        "response_rate" in value.metric and value.period.label == "2025-Q4" for value in finished.behind
    )


async def test_nothing_stands_behind_a_value_that_is_withheld(demo_bot: Bot) -> None:
    rights = Rights(here="open", alone="open")
    for text in ("engagement index", "turnover rate by department", "should I bonus managers on engagement?"):
        finished = await answer(Question(text, channel="C1", rights=rights), demo_bot)
        known = {value.metric for value in finished.values if value.value is not None}
        assert {value.metric for value in finished.behind} <= known
