"""Groups held against one another: "which kind of deal has the best win rate" is a split, however it is asked."""

from __future__ import annotations

import pytest

from bot.answer import Bot, answer
from bot.model import Question
from tests.reading.test_named_split import asked

FORMS = (
    "Which {} has the best {}?",
    "what {} had the worst {} last quarter",
    "in which {} is {} lowest?",
    "which {} do we have the highest {} in?",
    "which {} leads in {}?",
    "which {} brings in the most {}",
    "rank {}s by {}",
    "{}s ranked by {}",
    "show me the {} with the highest {}",
    "best {} by {}",
    "top 3 {}s by {}",
)
KINDS = {
    "kind of deal": ("opp_type", "win rate"),
    "type of deal": ("opp_type", "average deal size"),
    "type of opportunity": ("opp_type", "win rate"),
    "deal type": ("opp_type", "win rate"),
    "kind of customer": ("segment", "ARR"),
    "customer type": ("segment", "NRR"),
    "segment": ("segment", "churn rate"),
    "channel": ("channel", "win rate"),
    "region": ("department", "win rate"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_held_apart_is_what_values_are_split_by(kind: str, form: str) -> None:
    dimension, metric = KINDS[kind]
    several = kind.replace(" of", "s of", 1) if " of " in kind and "{}s" in form else ""
    said = form.replace("{}s", several, 1).replace("{}", metric, 1) if several else form.format(kind, metric)
    found = asked(said)
    assert (found.kind, found.dimension) == ("value", dimension), said
    assert len(found.metrics) == 1, said


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("which marketing channel has the lowest CAC?", "campaign_channel"),
        ("which product has the best NPS?", "product"),
        ("which sales team has the best win rate?", "department"),
        ("which attribution channel has the best win rate?", "channel"),
        ("stickiness by product event", "event"),
        ("rank nature of cost by operating expenses", "cost_nature"),
        ("operating expenses by line of the income statement", "cost_line"),
        ("which source of hire has the best time to fill?", "filled_by"),
        ("in which region is rep productivity highest?", "department"),
        ("which team has the best employee net promoter score?", "department"),
    ],
)
def test_a_word_of_what_is_held_apart_is_no_group(text: str, dimension: str) -> None:
    found = asked(text)
    assert (found.dimension, dict(found.filters)) == (dimension, {})


def test_what_nobody_knows_to_hold_apart_is_said() -> None:
    found = asked("which industry has the best win rate?")
    assert found.dimension is None
    assert "I know nothing to group by that is called 'industry'." in found.assumed


@pytest.mark.parametrize(
    ("text", "unit"),
    [("worst month by win rate", "month"), ("what was our best quarter by win rate", "quarter")],
)
def test_the_best_month_is_looked_for_among_months(text: str, unit: str) -> None:
    assert (asked(text).kind, asked(text).dimension) == ("trend", unit)


@pytest.mark.parametrize(
    "text", ["which metrics have the biggest gap", "top 3 marketing metrics", "top 5 metrics for a team"]
)
def test_metrics_are_held_against_nothing(text: str) -> None:
    assert (asked(text).kind, asked(text).dimension) == ("recommendation", None)


async def test_the_best_kind_of_deal_is_named(demo_bot: Bot) -> None:
    found = await answer(Question("Which kind of deal has the best win rate?", use_model=False), demo_bot)
    assert {value.group["opp_type"] for value in found.values} == {"new", "expansion", "renewal"}
    assert "Win rate is highest in renewal at" in found.body
