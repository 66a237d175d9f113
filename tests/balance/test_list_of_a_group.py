"""A list that is asked for one group of the company is narrowed to it, metric by metric, and says where it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from bot.answer import Bot, answer
from bot.model import Question
from metrics.engine import Engine
from metrics.engine.groups import group_names
from metrics.lists.build import build
from metrics.lists.rows import NOT_NARROWED
from metrics.lists.wanted import Wanted, default_period
from metrics.scorecard import Scorecard

DAY = date(2026, 1, 15)


def card(engine: Engine, role: str, filters: Mapping[str, Sequence[str]]) -> Scorecard:
    period = default_period(engine, DAY)
    return build(engine, Wanted(role=role, count=12, period=period, as_of=DAY, today=DAY, filters=filters))


@pytest.mark.parametrize("role", ["chief_revenue_officer", "cto", "chro", "support_leader"])
@pytest.mark.parametrize("dimension", ["department", "segment", "channel", "product"])
def test_each_value_is_the_groups_or_says_that_it_is_not(
    demo_engine: Engine, role: str, dimension: str
) -> None:
    for group in group_names(demo_engine)[dimension][:2]:
        for row in card(demo_engine, role, {dimension: [group]}).rows:
            narrowed = demo_engine.reaches(row.metric.id, dimension)
            assert (NOT_NARROWED in row.value.flags) != narrowed
            covered = row.value.citation.filters.get(dimension)
            if narrowed and row.value.value is not None and "rolled_up" not in row.value.flags:
                assert covered == group
                assert row.target is None  # no target was set for a group


def test_the_rules_hold_for_the_list_of_a_group(demo_engine: Engine) -> None:
    found = card(demo_engine, "chief_revenue_officer", {"department": ["Sales EMEA"]})
    assert [rule.rule for rule in found.rules if rule.severity == "block" and not rule.passed] == []
    assert "Other people metrics" not in " ".join(found.notes)


async def test_a_group_that_is_asked_for_in_words_narrows_the_list_too(demo_bot: Bot) -> None:
    found = await answer(Question("top 8 metrics for a CTO in engineering"), demo_bot)
    assert found.title.startswith("Top 8 metrics for the Chief Technology Officer in Engineering")
    assert any(
        "are narrowed to Engineering; where the others cannot be, it says whole company." in note
        for note in found.notes
    )
