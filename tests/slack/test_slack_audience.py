"""Who sees what in Slack, with the demo company's own data."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Bot, answer
from bot.audience.decide import decide
from bot.audience.policy import Policy, Rule, read_policy
from bot.audience.rights import LEVELS, Room, Viewer
from bot.playground import clicks
from bot.playground.workspace import Person
from bot.slack.work.serving import ANSWERED_ALONE
from metrics.engine import Engine
from metrics.errors import CompanyError, UnknownNameError
from tests.slack.clicked import find, modal
from tests.slack_server import ANN, BEN, BOT, SALES, Posted, events
from tests.slack_server.running import running

TOP = f"<@{BOT}> top 15 metrics for a CRO"
PEOPLE = ("Regretted turnover rate", "Coaching coverage", "Employee engagement index")


def at(bot: Bot, **more: Any) -> Any:
    return running(partial(answer, bot=bot), memory=bot.memory, open_=partial(bot.open, None), **more)


def cells(posted: Posted) -> dict[str, list[str]]:
    """The rows of a message's table by metric."""
    rows = [block["rows"] for block in posted.blocks if block["type"] == "table"]
    found = [[cell["text"] for cell in row] for row in (rows[0][1:] if rows else ())]
    return {re.sub(r" \(.*", "", row[1]): row for row in found}


async def test_in_a_channel_the_list_is_public_and_values_about_people_go_to_the_asker(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(TOP))
        public, alone = await bot.slack.replies(2, within=20)
    assert (public.only_for, alone.only_for) == (None, ANN)
    rows = cells(public)
    assert len(rows) == 15
    for name in PEOPLE:
        assert "not shown here" in rows[name]
        assert not any(re.search(r"\d %", cell) for cell in rows[name][:4])
        assert any(re.search(r"\d %", cell) for cell in cells(alone)[name])
    assert "27.4 %" in " ".join(rows["Win rate"])
    assert set(cells(alone)) >= set(PEOPLE)
    assert "Win rate" not in cells(alone)
    assert "Only who asked got them" in public


async def test_no_number_about_people_stands_anywhere_in_what_the_channel_sees(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(TOP))
        public, alone = await bot.slack.replies(2, within=20)
    numbers = [
        found
        for row in cells(alone).values()
        for cell in row[3:5]
        for found in re.findall(r"[\d.]+ (?:%|months)", cell)
    ]
    assert numbers
    shown = {cell for row in cells(public).values() for cell in row[3:6]}
    for number in numbers:
        assert number not in public.text or any(number in cell for cell in shown)


async def test_a_private_value_of_a_mention_at_the_top_is_shown_where_it_is_seen(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        first = events.mention(f"<@{BOT}> engagement index")
        await bot.slack.event(first)
        _, alone = await bot.slack.replies(2, within=20)
        await bot.slack.event(events.mention(f"<@{BOT}> coaching coverage", thread=first["ts"]))
        *_, again = await bot.slack.replies(4, within=20)
    assert alone.thread is None
    assert again.thread == first["ts"]


async def test_in_a_direct_message_a_member_sees_values_about_people_and_no_pay(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("engagement index and compa ratio"))
        [reply] = await bot.slack.replies(1, within=20)
        assert re.search(r"Employee engagement index, .*?: \d", reply.text)
        assert "Compa-ratio" not in reply or "not shown here" in reply


@pytest.mark.parametrize(
    ("user", "channel"),
    [(events.GUEST, SALES), (events.STRANGER, events.SHARED), (ANN, events.SHARED)],
)
async def test_guests_strangers_and_shared_channels_get_no_values_about_people(
    demo_bot: Bot, user: str, channel: str
) -> None:
    async with at(demo_bot) as bot:
        event = events.mention(f"<@{BOT}> engagement index", user=user, channel=channel)
        await bot.slack.event(event)
        await bot.slack.replies(1, within=20)
        assert await bot.lanes.drain(5) == 0
    assert len(bot.slack.messages) == 1
    assert "not shown here" in bot.slack.messages[0]


async def test_a_bot_that_asks_gets_no_answer(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(TOP, user=events.ROBOT))
        assert await bot.lanes.drain(5) == 0
    assert bot.slack.messages == []


async def test_who_cannot_be_told_gets_nothing_about_people(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        bot.slack.scopes.discard("users:read")
        await bot.slack.event(events.message("engagement index"))
        [reply] = await bot.slack.replies(1, within=20)
        bot.slack.scopes.add("users:read")
    assert "not shown here" in reply


async def test_an_ambiguous_name_is_read_by_the_channel_and_the_askers_title(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        for channel, name in (("C0GROWTH", "growth-experiments"), ("C0REVENUE", "revenue")):
            bot.slack.workspace.channels[channel] = events.Channel(channel, name, "channel", (ANN, BEN, BOT))
        bot.slack.workspace.people[BEN] = Person(BEN, "ben", "Conversion rate optimisation")
        for asked in (
            events.mention(TOP, channel="C0GROWTH"),
            events.mention(TOP, channel="C0REVENUE"),
            events.message("top 15 metrics for a CRO", user=BEN, channel=events.BENS),
        ):
            await bot.slack.event(asked)
        assert await bot.lanes.drain(20) == 0
        titles = {
            one.channel: one.blocks[0]["text"]["text"] for one in bot.slack.messages if not one.only_for
        }
    assert "Conversion" in titles["C0GROWTH"]
    assert "Chief Revenue Officer" in titles["C0REVENUE"]
    assert "Conversion" in titles[events.BENS]


async def test_a_refusal_goes_to_the_asker_alone(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> what is the salary of John Smith?"))
        note, reply = await bot.slack.replies(2, within=20)
        await bot.slack.event(events.message("what is the salary of John Smith?"))
        *_, direct = await bot.slack.replies(3, within=20)
    assert (note.only_for, note.text) == (None, ANSWERED_ALONE)
    assert reply.only_for == ANN
    assert direct.only_for is None


async def test_a_policy_is_looked_at_before_anything_is_computed(demo_bot: Bot) -> None:
    policy = Policy(
        rules=[
            Rule(where=[SALES], who=[BEN], ask=False),
            Rule(where=[SALES], roles=["vp_sales"], sides=["business"]),
        ]
    )
    async with at(demo_bot, policy=policy) as bot:
        await bot.slack.event(events.mention(TOP, user=BEN))
        await bot.slack.event(events.mention(TOP))
        await bot.slack.event(events.mention(f"<@{BOT}> engagement index"))
        refused = await bot.slack.replies(6, within=20)
        await bot.slack.event(events.mention(f"<@{BOT}> win rate"))
        *_, given = await bot.slack.replies(7, within=20)
    assert sorted(str(one.only_for) for one in refused if one.only_for) == sorted([BEN, ANN, ANN])
    assert [one.text for one in refused if not one.only_for] == [ANSWERED_ALONE] * 3
    assert given.only_for is None
    with demo_bot.memory.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM conversations").scalar()
    assert kept == 1


async def test_a_user_group_is_granted_what_others_are_not(demo_bot: Bot) -> None:
    policy = Policy(rules=[Rule(who=["S0HR"], see="restricted")])
    async with at(demo_bot, policy=policy) as bot:
        bot.slack.workspace.groups["S0HR"] = (ANN,)
        await bot.slack.event(events.message("compa ratio"))
        [granted] = await bot.slack.replies(1, within=20)
        await bot.slack.event(events.message("compa ratio", user=BEN, channel=events.BENS))
        *_, other = await bot.slack.replies(2, within=20)
    assert "not shown here" not in granted
    assert "not shown here" in other


async def test_a_user_group_that_slack_does_not_tell_of_opens_nothing_that_it_closes(demo_bot: Bot) -> None:
    policy = Policy(rules=[Rule(who=["S0OUT"], ask=False), Rule(see="restricted")])
    async with at(demo_bot, policy=policy) as bot:
        bot.slack.workspace.groups["S0OUT"] = (BEN,)
        bot.slack.scopes.discard("usergroups:read")
        await bot.slack.event(events.message("compa ratio", user=BEN, channel=events.BENS))
        [told] = await bot.slack.replies(1, within=20)
        bot.slack.scopes.add("usergroups:read")
    assert "Slack does not tell me who is in a user group" in told
    assert not re.search(r"\d\.\d", told.text)


@pytest.mark.parametrize("place", ["direct", "public"])
def test_of_rules_that_may_fit_the_least_is_granted(place: Any) -> None:
    rules = [
        Rule(who=["S1"], see="open", sides=["business"]),
        Rule(who=["S2"], see="restricted", persons=True, metrics=["win_rate", "nps"]),
        Rule(who=["U1"], see="people", metrics=["win_rate", "csat"]),
        Rule(ask=False),
    ]
    sure = decide(Viewer("U1", "member"), Room("C1", place), Policy(rules=rules))
    assert (sure.ask, sure.alone, sure.scope.sides, sure.why) == (True, "people", None, "")
    careful = decide(
        Viewer("U1", "member", unsure=frozenset({"S1", "S2"})), Room("C1", place), Policy(rules=rules)
    )
    assert (careful.ask, careful.alone, careful.persons) == (True, "open", False)
    assert (careful.scope.sides, careful.scope.metrics) == (frozenset({"business"}), frozenset({"win_rate"}))
    assert "user group" in careful.why


KINDS = ("member", "guest", "stranger", "bot", "unknown")
PLACES = ("direct", "group", "private", "public", "unknown")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shared", [True, False])
def test_no_rule_grants_what_can_never_be_granted(kind: Any, place: Any, shared: bool) -> None:
    generous = Policy(
        rules=[Rule(who=["everybody", "guests", "U1"], show="restricted", see="restricted", persons=True)]
    )
    for policy in (Policy(), generous):
        rights = decide(Viewer("U1", kind), Room("C1", place, shared), policy)
        if kind != "member" or shared:
            assert LEVELS.index(rights.alone) <= LEVELS.index("open")
            assert not rights.persons
        if shared:
            assert LEVELS.index(rights.here) <= LEVELS.index("open")
        if kind in {"bot", "stranger", "unknown"}:
            assert rights.alone == "none"


def test_without_a_policy_channels_see_open_values_and_members_alone_those_about_people() -> None:
    member = Viewer("U1", "member")
    for place in ("public", "private", "group"):
        rights = decide(member, Room("C1", place), Policy())
        assert (rights.ask, rights.here, rights.alone, rights.persons) == (True, "open", "people", False)
    direct = decide(member, Room("D1", "direct"), Policy())
    assert (direct.here, direct.alone) == ("people", "people")


def test_a_policy_names_its_mistakes(tmp_path: Path, demo_engine: Engine) -> None:
    file = tmp_path / "access.yaml"
    assert read_policy(tmp_path, demo_engine.catalog) == Policy()
    file.write_text("rules:\n  - roles: [chief_revenue_oficer]\n")
    with pytest.raises(UnknownNameError, match="chief_revenue_officer"):
        read_policy(tmp_path, demo_engine.catalog)
    file.write_text("rules:\n  - show: everything\n")
    with pytest.raises(CompanyError, match=r"rules.0.show"):
        read_policy(tmp_path, demo_engine.catalog)
    file.write_text("rules: [")
    with pytest.raises(CompanyError, match="YAML"):
        read_policy(tmp_path, demo_engine.catalog)
    file.write_text("rules:\n  - where: [direct]\n    metrics: [win_rate]\n    show: open\n")
    [rule] = read_policy(tmp_path, demo_engine.catalog).rules
    assert rule.metrics == ["win_rate"]


@pytest.mark.parametrize(
    ("rule", "nearest"),
    [
        ("who: [everyone], ask: false", "everybody"),
        ("who: [guest], ask: false", "guests"),
        ("who: ['@ann'], ask: false", None),
        ("who: [ann@example.com], ask: false", None),
        ("who: [C0SALES], ask: false", None),
        ("where: ['#board'], show: none", None),
        ("where: [dm], show: none", None),
        ("where: [every where], show: none", "everywhere"),
        ("where: [U0ANN], show: none", None),
    ],
)
def test_a_rule_for_nobody_is_told_before_it_leaves_open_what_it_closes(
    tmp_path: Path, demo_engine: Engine, rule: str, nearest: str | None
) -> None:
    (tmp_path / "access.yaml").write_text(f"rules:\n  - {{{rule}}}\n")
    with pytest.raises(UnknownNameError, match=r"Write ids of Slack, .* in rule 1 of access.yaml") as raised:
        read_policy(tmp_path, demo_engine.catalog)
    assert raised.value.suggestions[:1] == ((nearest,) if nearest else ())
    (tmp_path / "access.yaml").write_text(
        "rules:\n  - {who: [U0ANN, W012, S0HR, guests, everybody], where: [C0SALES, D0ANN, G0BOARD, direct]}\n"
    )
    assert len(read_policy(tmp_path, demo_engine.catalog).rules) == 1


async def test_a_shorter_list_at_the_click_of_another_is_the_beginning_of_the_longer(demo_bot: Bot) -> None:
    grant = Policy(rules=[Rule(show="people", see="people")])
    async with at(demo_bot, policy=grant) as bot:
        await bot.slack.event(events.mention(TOP))
        [said] = await bot.slack.replies(1, within=40)
        assert await clicks.click(bot.slack, BEN, SALES, said.ts, find(said.blocks, "Only 10"))
        *_, fewer = await bot.slack.replies(2, within=40)
    assert list(cells(fewer).items()) == list(cells(said).items())[:10]


@pytest.mark.parametrize(("where", "named"), [("everywhere", False), ("C1", True)])
def test_a_grant_to_see_persons_names_them_in_no_channel_that_it_does_not_name(
    where: str, named: bool
) -> None:
    policy = Policy(rules=[Rule(where=[where], who=["U1"], show="people", see="people", persons=True)])
    in_channel = decide(Viewer("U1", "member"), Room("C1", "public"), policy)
    assert in_channel.persons is named
    assert decide(Viewer("U1", "member"), Room("D1", "direct"), policy).persons is (where == "everywhere")


async def test_who_may_not_ask_in_a_place_opens_no_sources_there_either(demo_bot: Bot) -> None:
    policy = Policy(rules=[Rule(who=[BEN], ask=False)])
    async with at(demo_bot, policy=policy) as bot:
        await bot.slack.event(events.mention(TOP))
        public, _ = await bot.slack.replies(2, within=20)
        assert await clicks.click(bot.slack, BEN, SALES, public.ts, find(public.blocks, "Sources"))
        shown = await modal(bot, BEN, "You may not ask me here")
    assert "Win rate" not in shown["text"]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("help", "/metrics QUESTION"),
        ("win rate last quarter", "27.4 %"),
        ("coach always include csat", "Shall I store this?"),
        ("list", "Nothing coached yet"),
        ("check", "metrics can be computed"),
        ("new", "This is a new conversation now"),
    ],
)
async def test_each_word_of_the_command_is_answered_to_who_typed_it_alone(
    demo_bot: Bot, monkeypatch: pytest.MonkeyPatch, word: str, says: str
) -> None:
    monkeypatch.setattr("bot.slack.work.ways.WORD_AFTER", 20)  # nor is a busy machine spoken of
    async with at(demo_bot) as bot:
        await bot.slack.command(word, user=BEN)
        [reply] = await bot.slack.replies(1, within=20)
    assert says.casefold() in json.dumps(reply.blocks, ensure_ascii=False).casefold()
    assert reply.only_for == BEN
