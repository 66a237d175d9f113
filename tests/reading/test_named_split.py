"""A metric whose own name holds a split keeps it: "NPS by product" is product NPS, by product."""

from __future__ import annotations

import pytest

from bot.answer import Bot, answer
from bot.model import Question, Request
from bot.reading import read
from tests.reading.labelled import AS_OF, CALENDAR, GROUPS, catalog


def asked(text: str) -> Request:
    return read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, groups=lambda: GROUPS)


@pytest.mark.parametrize(
    "text",
    ["product NPS by product line", "NPS by product", "product NPS by product", "nps by product in Q3"],
)
def test_a_split_that_stands_in_the_name_of_a_metric_is_a_split_too(text: str) -> None:
    found = asked(text)
    assert (found.kind, found.metrics, found.dimension) == ("value", ("product_nps",), "product")


@pytest.mark.parametrize("text", ["product NPS last quarter", "revenue per employee", "cost per lead"])
def test_a_name_without_one_is_split_by_nothing(text: str) -> None:
    assert asked(text).dimension is None


@pytest.mark.parametrize("text", ["win rate split by segment", "win rate, broken down by segment"])
def test_the_words_for_a_split_are_no_group(text: str) -> None:
    found = asked(text)
    assert (found.dimension, found.assumed) == ("segment", ())


async def test_product_nps_has_a_line_for_each_product(demo_bot: Bot) -> None:
    found = await answer(Question("product NPS by product line", use_model=False), demo_bot)
    groups = {value.group["product"] for value in found.values if value.value is not None}
    assert len(groups) > 1
