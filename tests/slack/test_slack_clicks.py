"""Buttons, modals, shortcuts, the pane and the home page, clicked through against the look-alike."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace

import pytest

from bot.answer import Bot
from bot.audience.policy import Policy, Rule
from bot.memory.coached import rules as coached_rules
from bot.memory.slack_store import role_of, thumbs
from bot.model import Answer, Question
from bot.playground import clicks, payloads
from bot.slack.sending.growing import STOPPED_SAID
from tests.slack.clicked import FILLED, at, explain, filled, find, modal, opened_form, press
from tests.slack_server import ANN, BEN, BOT, DM, SALES, events, samples
from tests.slack_server.running import running

TOP = f"<@{BOT}> top 15 metrics for a CRO"


async def test_only_10_asks_in_the_thread_as_whoever_clicks(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(TOP))
        public, _ = await bot.slack.replies(2, within=20)
        await press(bot, public, "Only 10", user=BEN)
        *_, fewer, alone = await bot.slack.replies(4, within=20)
    assert fewer.thread == public.thread
    [table] = [block for block in fewer.blocks if block["type"] == "table"]
    assert len(table["rows"]) == 11
    assert alone.only_for == BEN


async def test_a_trend_is_a_native_line_chart_with_its_numbers_in_a_table(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("win rate by month"))
        [reply] = await bot.slack.replies(1, within=20)
        await bot.slack.event(events.message("win rate last quarter by segment"))
        *_, compared = await bot.slack.replies(2, within=20)
    for message, kind in ((reply, "line"), (compared, "bar")):
        types = [block["type"] for block in message.blocks]
        assert types[:4] == ["header", "section", "data_visualization", "table"]
        assert message.blocks[2]["chart"]["type"] == kind


async def test_a_trend_of_rolling_twelve_months_is_drawn_whole_and_labelled_by_their_ends(
    demo_bot: Bot,
) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("net revenue retention by month"))
        [reply] = await bot.slack.replies(1, within=20)
    chart, table = reply.blocks[2], reply.blocks[3]
    labels = chart["chart"]["axis_config"]["categories"]
    assert labels == [f"to 2025-{month:02}" for month in range(1, 13)]
    drawn = [point["value"] for point in chart["chart"]["series"][0]["data"]]
    said = [float(row[1]["text"].split(" ")[0]) for row in table["rows"][1:]]
    assert drawn == pytest.approx(said, abs=0.06)


async def test_where_charts_are_lacking_a_picture_and_the_table_say_the_same(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        bot.slack.lacking = {"data_visualization", "context_actions"}
        await bot.slack.event(events.message("win rate by month"))
        [reply] = await bot.slack.replies(1, within=20)
    assert [block["type"] for block in reply.blocks][:4] == ["header", "section", "image", "table"]


async def test_sources_show_each_receipt_and_its_sql(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("top 15 metrics for a CRO"))
        [reply] = await bot.slack.replies(1, within=20)
        await press(bot, reply, "Sources")
        shown = await modal(bot, ANN, "Win rate")
        assert "203 / 742 · " in shown["text"]
        assert re.search(r"\*\[\d+\] Win rate\*: 27\.4 %", shown["text"])
        headings = [block["text"]["text"] for block in shown["blocks"] if block["type"] == "header"]
        assert headings[0] == "The period before"
        said, before = shown["text"].split('"The period before"')
        assert "203 / 742 · 2025-Q4: 2025-10-01" in said
        assert "2025-Q3: 2025-07-01" not in said
        assert re.search(r"\*\[\d+\] Win rate\*: 28\.5 %[^*]*2025-Q3: 2025-07-01", before)
        assert "as of 2025-12-31" in shown["text"]
        assert "tables opportunities" in shown["text"]
        assert "counterpoise verify" in shown["text"]
        where = find(shown["blocks"], "SQL")
        assert await clicks.click_in_view(bot.slack, ANN, shown["id"], where)
        sql = await modal(bot, ANN, "SELECT")
        assert "copy" in sql["text"]


async def test_sources_say_of_a_withheld_value_that_it_is_and_claim_nothing_of_its_data(
    demo_bot: Bot,
) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> top 5 metrics for a CRO"))
        public, _ = await bot.slack.replies(2, within=20)
        await press(bot, public, "Sources")
        shown = await modal(bot, ANN, "Win rate")
    assert "*Regretted turnover rate*: not shown in this answer" in shown["text"]
    assert "unknown" not in shown["text"]


async def test_a_receipt_is_copied_from_one_block_of_plain_text(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("win rate"))
        [reply] = await bot.slack.replies(1, within=20)
        await press(bot, reply, "Sources")
        shown = await modal(bot, ANN, "Win rate")
        assert await clicks.click_in_view(bot.slack, ANN, shown["id"], find(shown["blocks"], "Copy"))
        copy = await modal(bot, ANN, "rich_text_preformatted")
    text, *sql = [
        one["elements"][0]["elements"][0]["text"] for one in copy["blocks"] if one["type"] == "rich_text"
    ]
    assert "SELECT" in sql[0]
    answer_id = re.search(r"counterpoise verify (\w+)", text)
    assert answer_id
    assert demo_bot.memory.answer(answer_id[1]) is not None
    assert text.startswith("[1] Win rate: 27.4 %\n= ")
    for part in (
        "203 / 742",
        "2025-Q4: 2025-10-01 to 2025-12-31",
        "n = 742",
        "as of 2025-12-31",
        "tables opportunities",
    ):
        assert part in text
    assert not any("&gt;" in one or "&lt;" in one for one in (text, *sql))


async def test_nobody_copies_a_receipt_that_they_may_not_read(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.message("employee turnover last quarter"))
        [reply] = await bot.slack.replies(1, within=20)
        await press(bot, reply, "Sources")
        shown = await modal(bot, ANN, "urnover")
        where = find(shown["blocks"], "Copy")
        bot.slack.workspace.people[ANN] = replace(bot.slack.workspace.people[ANN], guest=True)
        bot.desk.path.people._seen.clear()
        assert await clicks.click_in_view(bot.slack, ANN, shown["id"], where)
        copy = await modal(bot, ANN, "not shown to you")
    assert "rich_text" not in copy["text"]


async def test_sources_are_read_with_the_rights_of_who_opens_them(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        bot.slack.workspace.channels[SALES] = events.Channel(
            SALES, "sales", "channel", (ANN, BEN, events.GUEST, BOT)
        )
        await bot.slack.event(events.mention(f"<@{BOT}> win rate"))
        [reply] = await bot.slack.replies(1, within=20)
        await press(bot, reply, "Sources", user=events.GUEST)
        shown = await modal(bot, events.GUEST, "Win rate")
        assert "not shown to you" in shown["text"]
        assert not re.search(r"\b203\b", shown["text"])  # the wins; an answer's id may hold these figures


async def test_sharing_checks_everybody_and_happens_once(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> engagement index"))
        _, alone = await bot.slack.replies(2, within=20)
        everyone = bot.slack.workspace.channels[SALES]
        bot.slack.workspace.channels[SALES] = events.Channel(
            SALES, "sales", "channel", (*everyone.members, events.GUEST)
        )
        await press(bot, alone, "share")
        *_, told = await bot.slack.replies(3, within=10)
        assert (told.only_for, "Not shared" in told, events.GUEST in told) == (ANN, True, True)
        bot.slack.workspace.channels[SALES] = everyone
        await press(bot, alone, "share")
        await bot.slack.until(lambda: any("Shared by" in one for one in bot.slack.messages), within=10)
        assert await bot.lanes.drain(5) == 0
    shared = [one for one in bot.slack.messages if "Shared by" in one]
    assert len(shared) == 1
    assert shared[0].only_for is None
    assert re.search(r"Employee engagement index, .*: \d", shared[0].text)


async def test_keeping_private_takes_the_buttons_away(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}> engagement index"))
        _, alone = await bot.slack.replies(2, within=20)
        await press(bot, alone, "keep")
        assert await bot.lanes.drain(5) == 0
        [kept] = [one for one in bot.slack.messages if one.only_for == ANN]
    assert re.search(r"Employee engagement index, .*: \d", json.dumps(kept.blocks))
    assert "Share" not in kept


async def test_thumbs_are_kept_with_the_answer_and_a_thumb_down_offers_to_coach() -> None:
    taught: list[str] = []

    async def answering(question: Question) -> Answer:
        taught.append(question.text)
        return samples.answer(question)

    async with running(answering) as bot:
        await bot.slack.event(events.message("win rate"))
        [reply] = await bot.slack.replies(1)
        [positive] = [v for b in reply.blocks if b["type"] == "context_actions" for e in b["elements"]
                      for v in [e["positive_button"]["value"]]]  # fmt: skip
        await press(bot, reply, "feedback", value=positive)
        await press(bot, reply, "feedback", user=ANN, value=positive.replace("true", "false"))
        form = await modal(bot, ANN, "What was wrong")
        given = {
            "reason": {"reason": {"type": "plain_text_input", "value": "too long"}},
            "rule": {"rule": {"type": "plain_text_input", "value": "always show win rate first"}},
        }
        assert await clicks.submit(bot.slack, ANN, form["id"], given) == {}
        await bot.slack.replies(2)
        memory = bot.desk.path.memory.engine
        assert await asyncio.to_thread(thumbs, memory) == (0, 1)

        def reasons() -> list[tuple[str, ...]]:
            with memory.connect() as connection:
                rows = connection.exec_driver_sql("SELECT answer_id, user_id, reason FROM feedback").all()
            return [tuple(row) for row in rows]

        await bot.slack.until(lambda: reasons() == [("a1", ANN, "too long")])
    assert taught == ["win rate", "coach always show win rate first"]


async def test_the_message_shortcut_explains_the_metrics_of_any_message(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await explain(bot, BEN)
        [reply] = await bot.slack.replies(1, within=20)
    assert reply.only_for == BEN
    assert "Win rate =" in reply
    assert "Net revenue retention =" in reply


async def test_the_global_shortcut_asks_through_a_form(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        form = await opened_form(bot)
        chosen = filled(role="chief_revenue_officer", count="5", period="last quarter")
        assert await clicks.submit(bot.slack, ANN, form["id"], chosen) == {}
        asked, reply = await bot.slack.replies(2, within=20)
    assert asked.channel == reply.channel == DM
    assert reply.thread == asked.ts
    [table] = [block for block in reply.blocks if block["type"] == "table"]
    assert len(table["rows"]) == 6


async def test_a_form_for_a_team_is_answered_with_that_teams_values(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        form = await opened_form(bot)
        [option] = await clicks.suggest(bot.slack, ANN, form["id"], "team", "team", "sales em")
        assert option["text"]["text"] == "Sales EMEA (department)"
        again = await clicks.suggest(bot.slack, ANN, form["id"], "team", "team", option["text"]["text"])
        assert again == [option]
        picked = {"team": {"team": {"type": "external_select", "selected_option": option}}}
        assert await clicks.submit(bot.slack, ANN, form["id"], FILLED | picked) == {}
        asked, reply = await bot.slack.replies(2, within=20)
        await bot.slack.event(events.message("only 5 of those", thread=asked.ts))
        *_, fewer = await bot.slack.replies(3, within=20)
    assert "Sales EMEA only" in asked
    for answered in (reply, fewer):
        assert "Chief Revenue Officer in Sales EMEA" in answered
        assert "are narrowed to Sales EMEA" in answered
        assert "(whole company)" in answered


async def test_the_teams_of_the_form_are_those_that_somebody_may_see(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        for user, some in ((ANN, True), (BEN, True), (events.GUEST, False)):
            form = await opened_form(bot, user)
            offered = await clicks.suggest(bot.slack, user, form["id"], "team", "team", "")
            assert bool(offered) == some
            assert len(offered) <= 100
            assert not any("manager" in one["text"]["text"] for one in offered)


async def test_a_team_that_was_never_offered_narrows_nothing(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        form = await opened_form(bot)
        forged = {"selected_option": {"value": json.dumps(["manager", "E00001"])}}
        given = FILLED | {"team": {"team": {"type": "external_select"} | forged}}
        assert await clicks.submit(bot.slack, ANN, form["id"], given) == {}
        asked, reply = await bot.slack.replies(2, within=20)
    assert "only" not in asked
    assert "narrowed" not in reply


async def test_the_form_offers_the_roles_that_the_policy_lets_somebody_ask_for(demo_bot: Bot) -> None:
    policy = Policy(rules=[Rule(roles=["cfo", "vp_sales"])])
    async with at(demo_bot, policy=policy) as bot:
        form = await opened_form(bot)
        [menu] = [one["element"] for one in form["blocks"] if one["block_id"] == "role"]
    assert {one["value"] for one in menu["options"]} == {"cfo", "vp_sales"}


async def test_the_home_page_offers_and_shows_the_roles_that_the_policy_lets_somebody_ask_for(
    demo_bot: Bot,
) -> None:
    async with at(demo_bot, policy=Policy(rules=[Rule(roles=["cfo", "vp_sales"])])) as bot:
        await bot.slack.event(events.home_opened("home"))
        await bot.slack.until(lambda: ANN in bot.slack.workspace.homes, within=30)
        blocks = bot.slack.workspace.homes[ANN].body["blocks"]
    [menu] = [one for b in blocks if b["type"] == "actions" for one in b["elements"] if "options" in one]
    assert {one["value"] for one in menu["options"]} == {"cfo", "vp_sales"}
    assert menu["initial_option"]["value"] in {"cfo", "vp_sales"}
    assert "Here you can ask for the lists of" not in json.dumps(blocks)


async def test_the_home_page_shows_ones_scorecard_role_rules_and_data(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        await bot.slack.event(events.home_opened("home"))
        await bot.slack.event(events.home_opened("home", user=BEN))
        await bot.slack.until(lambda: len(bot.slack.workspace.homes) == 2, within=30)
        view = bot.slack.workspace.homes[ANN]
        text = json.dumps(view.body, ensure_ascii=False)
        role, where = "chro", find(view.body["blocks"], "home_role")
        chosen = {"selected_option": {"value": role}}
        assert await clicks.click_in_view(bot.slack, ANN, view.id, where | chosen)
        await bot.slack.until(lambda: bot.slack.workspace.homes[ANN].hash != view.hash, within=20)
        assert role_of(demo_bot.memory.engine, ANN) == role
    for part in (
        "My scorecard",
        "Net revenue retention",
        "What I was taught",
        "metrics can be computed",
        "For admins",
    ):
        assert part in text
    assert "For admins" not in json.dumps(bot.slack.workspace.homes[BEN].body)


async def test_what_was_taught_stands_on_the_home_page_with_a_button_to_retire_each(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        for number, (lesson, rule) in enumerate((("always include csat", "C1"), ("never show NPS", "C2")), 1):
            root = events.message(f"coach {lesson}")
            await bot.slack.event(root)
            await bot.slack.event(events.message("yes", thread=root["ts"]))
            *_, kept = await bot.slack.replies(2 * number, within=20)
            assert rule in kept
        await bot.slack.command("list", channel=DM)
        *_, listed = await bot.slack.replies(5, within=20)
        await press(bot, listed, "Retire C1")
        *_, retired = await bot.slack.replies(6, within=20)
        await bot.slack.event(events.home_opened("home"))
        await bot.slack.until(lambda: bot.slack.workspace.homes, within=20)
        view = bot.slack.workspace.homes[ANN]
        where = find(view.body["blocks"], "Retire C2")
        assert await clicks.click_in_view(bot.slack, ANN, view.id, where)
        await bot.slack.until(lambda: bot.slack.workspace.homes[ANN].hash != view.hash, within=20)
        after = json.dumps(bot.slack.workspace.homes[ANN].body, ensure_ascii=False)
    assert (listed.only_for, "C1" in listed.text, "C2" in listed.text) == (ANN, True, True)
    assert "Retired C1" in retired
    assert "Retire C1" not in json.dumps(view.body)
    assert "It no longer holds" in after
    assert "No rule of your own is stored" in after
    assert coached_rules(demo_bot.memory) == []


async def test_somebody_elses_own_rule_is_not_theirs_to_see_or_retire(demo_bot: Bot) -> None:
    async with at(demo_bot) as bot:
        root = events.message("coach always include csat for me")
        await bot.slack.event(root)
        await bot.slack.event(events.message("yes", thread=root["ts"]))
        await bot.slack.replies(2, within=20)
        await bot.slack.command("list", user=BEN)
        *_, listed = await bot.slack.replies(3, within=20)
    assert "Nothing coached yet" in listed
    assert "Retire" not in json.dumps(listed.blocks)
    assert len(coached_rules(demo_bot.memory)) == 1


async def test_the_pane_offers_questions_for_ones_role(demo_bot: Bot) -> None:
    async with at(demo_bot, policy=Policy(rules=[Rule(where=[SALES], roles=["vp_sales"])])) as bot:
        await bot.slack.event(events.home_opened("messages"))
        await bot.slack.until(lambda: bot.slack.workspace.prompts.get(DM))
        assert bot.slack.workspace.prompts[DM]["prompts"][0]["title"] == "Fifteen for the CRO"
        await bot.slack.event(payloads.context_changed(ANN, SALES, events.new_ts()))
        await bot.slack.until(lambda: "VP" in str(bot.slack.workspace.prompts[DM]["prompts"][0]), within=10)


async def test_stop_ends_the_work_within_a_second() -> None:
    async def slow(question: Question) -> Answer:
        await asyncio.sleep(30)
        return samples.answer(question)

    async with running(slow, sign_after=0) as bot:
        question = events.message("win rate")
        await bot.slack.event(question)
        await bot.slack.until(lambda: bot.slack.workspace.sessions.get((DM, question["ts"])) == "processing")
        await bot.slack.event(payloads.stopped(ANN, DM, question["ts"], [], events.new_ts()))
        assert await bot.lanes.drain(1) == 0
    assert [one.text for one in bot.slack.messages] == [STOPPED_SAID]
    assert bot.slack.workspace.sessions[DM, question["ts"]] == "active"


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
async def test_who_uninstalls_is_forgotten(event: str) -> None:
    async def echo(question: Question) -> Answer:
        return samples.answer(question)

    async with running(echo) as bot:
        await bot.slack.event(events.message("win rate"))
        await bot.slack.replies(1)
        gone = {"type": event, "event_ts": "1.0"} | (
            {"tokens": {"bot": [BOT]}} if event == "tokens_revoked" else {}
        )
        await bot.slack.event(gone)
        memory = bot.desk.path.memory.engine
        for _ in range(50):
            await asyncio.sleep(0.02)
            with memory.connect() as connection:
                left = connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar()
            if not left:
                break
    assert left == 0
