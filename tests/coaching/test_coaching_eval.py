"""The published failure as a benchmark: the scorer tells a bot that keeps from one that forgets."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

import bot.llm.endpoint
from bot.answer import Bot
from bot.coaching.heard import Understood
from bot.coaching.rules import Include
from bot.coaching.teacher import Teacher
from bot.coaching.understand import understand
from metrics.load import load_catalog
from metrics.ranking import rank
from tests.evals.coaching.__main__ import as_json, points, run, show
from tests.evals.coaching.contestants import endpoint, this_bot
from tests.evals.coaching.listing import items, known, same, side_of
from tests.evals.coaching.protocol import Conversation, conversations
from tests.evals.coaching.score import CHECKS, score
from tests.model_server import ModelServer

CATALOG = load_catalog()
ALL = conversations()
CRO = next(one for one in ALL if one.role == "chief_revenue_officer")
BUSINESS = [one.name for one in CATALOG.metrics.values() if one.side == "business"][:15]
PEOPLE = [one.name for one in CATALOG.metrics.values() if one.side == "people"]
PEOPLE = [name for name in PEOPLE if "raining" not in name][:15]
MIXED = [*BUSINESS[:9], *PEOPLE[:6]]


def numbered(names: list[str]) -> str:
    return "\n".join(f"{number}. **{name}**: why it matters - a lot" for number, name in enumerate(names, 1))


def forgetful(conversation: Conversation) -> list[str]:
    """What the chatbot of the seed said, turn by turn: one side, swapped, and back; and always polite."""
    usual, other = (BUSINESS, PEOPLE) if conversation.missed == "people" else (PEOPLE, BUSINESS)
    lists = {"coached": f"I apologise!\n{numbered(other)}", "ten": numbered(usual[:10])}
    lists |= {"lesson": "Thank you, I have learned that.", "confirmed": "Noted!"}
    return [lists.get(turn.id, numbered(usual)) for turn in conversation.turns]


def keeping(conversation: Conversation) -> list[str]:
    """A contestant that does all of it right, as text."""
    taught = [*MIXED[:9], "Training hours per employee", *MIXED[10:]]
    lists = {"ten": MIXED[2:12], "taught": taught, "stranger": taught}
    return [numbered(lists.get(turn.id, MIXED)) for turn in conversation.turns]


def test_there_is_a_conversation_for_every_role() -> None:
    assert {one.role for one in ALL} == set(CATALOG.roles)


@pytest.mark.parametrize("conversation", ALL, ids=lambda one: one.role)
def test_what_is_taught_is_new_to_the_role_and_of_the_side_that_was_missed(
    conversation: Conversation,
) -> None:
    said = {turn.id: turn.say for turn in conversation.turns}
    heard = understand(said["lesson"], Teacher(CATALOG))
    assert isinstance(heard, Understood)
    assert isinstance(heard.rule, Include)
    assert (heard.rule.role, heard.scope) == (conversation.role, "workspace")
    assert [CATALOG.metric(one).side for one in heard.rule.metrics] == [conversation.missed]
    usual = rank(CATALOG, conversation.role, stage="growth", business_model="saas", count=15).ids[:10]
    assert set(heard.rule.metrics).isdisjoint(usual)


def test_the_scorer_knows_every_metric_of_the_catalog_by_its_name() -> None:
    for metric in CATALOG.metrics.values():
        [name] = items(f"1. {metric.name}")
        assert metric.id in known(name), metric.name
        assert side_of(name) == metric.side, metric.name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("1. **Win Rate**: won deals", "Win Rate"),
        ("- Employee Turnover Rate – who leaves", "Employee Turnover Rate"),
        ("12) Sales Cycle Length - days to close", "Sales Cycle Length"),
        ("* 1:1 completion rate", "1:1 completion rate"),
        ("3. **Customer Acquisition Cost (CAC):** spend", "Customer Acquisition Cost (CAC)"),
    ],
)
def test_a_list_is_read_however_it_is_written(line: str, name: str) -> None:
    assert items(f"Sure!\n{line}\nI hope this helps.") == [name]


def test_names_are_compared_by_what_they_mean() -> None:
    assert same("CAC", "Customer Acquisition Cost (CAC)")
    assert same("Team happiness score", "Happiness of the team")
    assert not same("Win rate", "Gross margin")
    assert side_of("Team happiness score") == "people"
    assert side_of("Basket depth") == "business"


def test_each_check_fails_for_its_own_reason() -> None:
    good = dict(zip([turn.id for turn in CRO.turns], keeping(CRO), strict=True))
    assert all(score(CRO, good).held.values())
    for turn, text, broken in (
        ("first", numbered(BUSINESS), "balanced_first"),
        ("again", numbered(PEOPLE), "added_not_swapped"),
        ("ten", numbered([*MIXED[2:11], "Basket depth"]), "ten_of_those"),
        ("ten", numbered(MIXED[2:11]), "ten_of_those"),
        ("after", numbered([*MIXED[:14], "Basket depth"]), "steady"),
        ("taught", numbered([*MIXED, "Training hours per employee"]), "taught_holds"),
        ("stranger", numbered(BUSINESS), "stranger_balanced"),
        ("stranger", numbered(MIXED), "stranger_taught"),
    ):
        assert not score(CRO, good | {turn: text}).held[broken], broken


async def test_this_bot_keeps_what_a_forgetful_model_forgets(demo_bot: Bot) -> None:
    chosen = [one for one in ALL if one.role in ("chief_revenue_officer", "revops_lead", "chro")]
    with ModelServer() as server:
        server.say(*(text for conversation in chosen for text in forgetful(conversation)))
        results = await run([this_bot(demo_bot), endpoint(server.url, "forgetful")], chosen)
        asked = server.requests
    assert points(results["counterpoise"]) == (27, 27)
    held = {check for one in results["forgetful"] for check, held in one.held.items() if held}
    assert held == {"added_not_swapped", "steady"}
    assert len(asked) == 27
    assert [len(one["messages"]) for one in asked[:9]] == [2, 4, 6, 8, 10, 12, 14, 16, 2]
    paper = StringIO()
    show(results, Console(file=paper, width=120))
    assert "27 of 27" in paper.getvalue()
    assert "6 of 27" in paper.getvalue()
    assert all(meaning in paper.getvalue() for meaning in CHECKS.values())
    assert as_json(results)["forgetful"]["held"] == 6  # type: ignore[index]


async def test_a_model_that_keeps_scores_as_well_as_we_do() -> None:
    with ModelServer() as server:
        server.say(*keeping(CRO))
        results = await run([endpoint(server.url, "keeping")], [CRO])
    assert points(results["keeping"]) == (9, 9)


def test_no_other_machine_is_called_where_tests_forbid_it() -> None:
    assert not bot.llm.endpoint.ALLOW_REAL_CALLS
    with pytest.raises(RuntimeError, match="real model call"):
        endpoint("https://models.example/v1", "any")
