"""Groups that are called like little words: IT, AT. Written as names they are groups, and nothing is told of all."""

from __future__ import annotations

import pytest

from bot.reading import read
from tests.reading.labelled import AS_OF, CALENDAR, GROUPS, catalog

OWN = {**GROUPS, "department": (*GROUPS["department"], "IT"), "channel": ("CH", "AT", "IN")}


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("employee turnover rate in IT", {"department": "IT"}),
        ("what is IT turnover rate?", {"department": "IT"}),
        ("how did the it department do on engagement index?", {"department": "IT"}),
        ("win rate AT", {"channel": "AT"}),
        ("is it up? win rate", {}),
        ("win rate at the end of the year", {}),
        ("WIN RATE AT THE END OF IT", {}),
        ("IS WIN RATE UP IN IT", {}),
    ],
)
def test_a_little_word_is_a_group_where_it_is_written_as_one(text: str, filters: dict[str, str]) -> None:
    found = read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, groups=lambda: OWN)
    assert dict(found.filters) == filters


def test_two_of_them_are_both_shown() -> None:
    found = read("MRR in CH and AT", catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, groups=lambda: OWN)
    assert (dict(found.only), found.dimension) == ({"channel": ("CH", "AT")}, "channel")


def test_the_groups_are_not_looked_through_for_words_that_are_none() -> None:
    def never() -> dict[str, tuple[str, ...]]:
        raise AssertionError

    assert read("is win rate up", catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, groups=never).metrics
