from __future__ import annotations

import asyncio

import pytest

from bot.model import Answer, Question
from metrics.errors import CompanyError, TooSlowError, UserError
from tests.slack_server import ANN, BEN, BOT, DM, SALES, Trouble, events
from tests.slack_server.running import running
from tests.slack_server.samples import answer, recommendation


class Asked:
    """An answer path that remembers what it was asked."""

    def __init__(self, body: str = "Here you are.") -> None:
        self.questions: list[Question] = []
        self.body = body

    async def __call__(self, question: Question) -> Answer:
        self.questions.append(question)
        return answer(question, body=f"{self.body} ({question.text})")


async def test_a_direct_message_starts_a_thread_and_is_answered_in_it() -> None:
    asked = Asked()
    async with running(asked) as bot:
        event = events.message("top 15 metrics for a CRO")
        delivery = await bot.slack.event(event)
        [reply] = await bot.slack.replies(1, thread=event["ts"])
    assert asked.questions == [Question("top 15 metrics for a CRO", user=ANN, channel=DM, thread=event["ts"])]
    assert (reply.channel, reply.only_for) == (DM, None)
    assert "top 15 metrics for a CRO" in reply
    assert delivery.attempts == 1
    assert delivery.acked_after is not None
    assert delivery.acked_after < 1


async def test_a_mention_is_answered_in_the_thread_that_it_starts() -> None:
    asked = Asked()
    async with running(asked) as bot:
        event = events.mention(f"hey <@{BOT}> top 5 for a VP Sales &amp; team")
        await bot.slack.event(event)
        await bot.slack.replies(1, thread=event["ts"])
    [question] = asked.questions
    assert question.text == "hey top 5 for a VP Sales & team"
    assert (question.channel, question.thread) == (SALES, event["ts"])


async def test_a_follow_up_in_a_thread_belongs_to_the_same_conversation() -> None:
    asked = Asked()
    async with running(asked) as bot:
        first = events.mention(f"<@{BOT}> top 15 for a CRO")
        await bot.slack.event(first)
        await bot.slack.event(events.mention(f"<@{BOT}> only 10 of those", user=BEN, thread=first["ts"]))
        replies = await bot.slack.replies(2, thread=first["ts"])
    assert {question.thread for question in asked.questions} == {first["ts"]}
    assert [question.user for question in asked.questions] == [ANN, BEN]
    assert "only 10 of those" in replies[1]


async def test_a_follow_up_in_a_direct_message_needs_no_mention() -> None:
    asked = Asked()
    async with running(asked) as bot:
        first = events.message("top 15 for a CRO")
        await bot.slack.event(first)
        await bot.slack.event(events.message("only 10 of those", thread=first["ts"]))
        await bot.slack.replies(2, thread=first["ts"])
    assert [question.thread for question in asked.questions] == [first["ts"]] * 2


async def test_questions_with_a_file_or_shown_to_the_channel_too_are_questions() -> None:
    asked = Asked()
    async with running(asked) as bot:
        await bot.slack.event(events.message("with a file", subtype="file_share"))
        await bot.slack.event(events.message("also sent", subtype="thread_broadcast", thread="1.0"))
        await bot.slack.replies(2)
    assert {question.text for question in asked.questions} == {"with a file", "also sent"}


async def test_the_bots_name_is_taken_out_of_direct_messages_too() -> None:
    asked = Asked()
    async with running(asked) as bot:
        await bot.slack.event(events.message(f"<@{BOT}|counterpoise> win rate"))
        await bot.slack.replies(1)
    assert asked.questions[0].text == "win rate"


async def test_a_mention_with_nothing_else_asks_for_help() -> None:
    asked = Asked()
    async with running(asked) as bot:
        await bot.slack.event(events.mention(f"<@{BOT}>"))
        await bot.slack.command("  ")
        await bot.slack.replies(2)
    assert [question.text for question in asked.questions] == ["help", "help"]


async def test_the_command_is_answered_to_the_asker_alone() -> None:
    asked = Asked()
    async with running(asked) as bot:
        delivery = await bot.slack.command("top 10 for a CHRO", user=BEN)
        [reply] = await bot.slack.replies(1)
    assert (reply.channel, reply.only_for) == (SALES, BEN)
    assert bot.slack.called("chat.postMessage") == []
    assert delivery.acked_after is not None
    assert delivery.acked_after < 1
    assert delivery.response == {}
    assert asked.questions[0].text == "top 10 for a CHRO"


async def test_the_commands_of_a_person_in_a_channel_are_one_conversation_and_nobody_elses() -> None:
    asked = Asked()
    async with running(asked) as bot:
        await bot.slack.command("top 15 for a CRO", user=ANN)
        await bot.slack.command("only 10 of those", user=ANN)
        await bot.slack.command("only 10 of those", user=BEN)
        await bot.slack.replies(3)
    threads = {(question.user, question.thread) for question in asked.questions}
    assert len(threads) == 2


async def test_two_messages_in_a_thread_are_answered_in_order() -> None:
    done: list[str] = []

    async def slow_then_quick(question: Question) -> Answer:
        await asyncio.sleep(0.2 if question.text == "first" else 0)
        done.append(question.text)
        return answer(question, body=question.text)

    async with running(slow_then_quick) as bot:
        root = events.mention(f"<@{BOT}> first")
        await asyncio.gather(
            bot.slack.event(root),
            bot.slack.event(events.mention(f"<@{BOT}> second", thread=root["ts"])),
            bot.slack.event(events.mention(f"<@{BOT}> elsewhere")),
        )
        await bot.slack.replies(3)
        in_thread = bot.slack.seen(thread=root["ts"])
    assert done == ["elsewhere", "first", "second"]
    assert [reply.text for reply in in_thread] == ["first", "second"]


async def test_bots_news_and_the_bots_own_messages_are_left_alone() -> None:
    asked = Asked()
    async with running(asked) as bot:
        question = events.message("win rate")
        await bot.slack.event(question)
        await bot.slack.replies(1)
        await bot.slack.event(events.edited(question, "win rate"))
        await bot.slack.event(events.message("beep", bot_id="B0OTHER"))
        await bot.slack.event(events.mention(f"<@{BOT}> beep", bot_id="B0OTHER"))
        await bot.slack.event(events.message("joined", subtype="channel_join"))
        await bot.slack.event(events.message("not asked", channel=SALES))
        assert await bot.lanes.drain(1) == 0
        await bot.slack.quiet()
    assert len(asked.questions) == 1
    assert len(bot.slack.messages) == 1
    assert all(one.attempts == 1 for one in bot.slack.link.deliveries)


async def test_opening_the_messages_tab_offers_questions() -> None:
    async with running(Asked()) as bot:
        await bot.slack.event(events.home_opened("messages"))
        await bot.slack.until(lambda: bot.slack.called("assistant.threads.setSuggestedPrompts"))
        await bot.slack.event(events.home_opened("home"))
    [call] = bot.slack.called("assistant.threads.setSuggestedPrompts")
    assert call.reply["ok"]
    assert len(call.args["prompts"]) == 4


async def test_a_long_wait_shows_a_status_and_a_quick_answer_none() -> None:
    async def sluggish(question: Question) -> Answer:
        await asyncio.sleep(1 if question.text == "slow" else 0)
        return answer(question)

    async with running(sluggish, sign_after=0.5) as bot:
        await bot.slack.event(events.message("quick"))
        await bot.slack.replies(1)
        assert bot.slack.called("assistant.threads.setStatus") == []
        await bot.slack.event(events.message("slow"))
        await bot.slack.until(lambda: bot.slack.status)
        await bot.slack.replies(2)
    assert bot.slack.status == {}


async def test_where_a_status_is_refused_a_reaction_stands_in_and_where_both_are_the_answer_arrives() -> None:
    async def sluggish(question: Question) -> Answer:
        await asyncio.sleep(0.2)
        return answer(question)

    async with running(sluggish, sign_after=0) as bot:
        bot.slack.trouble("assistant.threads.setStatus", *[Trouble("unknown_method")] * 2)
        event = events.message("one")
        await bot.slack.event(event)
        await bot.slack.replies(1)
        assert bot.slack.reactions == [(DM, event["ts"], "eyes")]
        bot.slack.trouble("reactions.add", Trouble("missing_scope"))
        await bot.slack.event(events.message("two"))
        await bot.slack.replies(2)


async def test_a_command_that_takes_long_says_so_once_and_to_the_asker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def sluggish(question: Question) -> Answer:
        await asyncio.sleep(0.3)
        return answer(question)

    monkeypatch.setattr("bot.slack.work.ways.WORD_AFTER", 0.1)
    async with running(sluggish) as bot:
        await bot.slack.command("win rate", user=BEN)
        word, reply = await bot.slack.replies(2)
    assert word.text.startswith("Still working")
    assert reply.text == "Here you are."
    assert (word.only_for, reply.only_for) == (BEN, BEN)


async def test_a_hanging_sign_of_life_does_not_hold_up_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.sending.signs.LAST_CALL", 0.1)
    async with running(Asked(), sign_after=0) as bot:
        bot.slack.trouble("assistant.threads.setStatus", Trouble(slow=1.5))
        await bot.slack.event(events.message("win rate"))
        await bot.slack.replies(1, within=1)


async def test_exception_text_is_never_shown_but_an_id_that_the_log_knows(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(_: Question) -> Answer:
        raise RuntimeError("password=hunter2 in /etc/secret")

    async with running(broken) as bot:
        await bot.slack.event(events.message("win rate"))
        await bot.slack.command("win rate")
        replies = await bot.slack.replies(2)
    for reply in replies:
        assert "hunter2" not in reply
        assert "RuntimeError" not in reply
        [failure] = [record for record in caplog.messages if record.split()[1] in reply.text]
        assert failure.startswith("Question ")


async def test_an_answer_that_takes_too_long_ends_in_a_sentence_with_an_id() -> None:
    async def stuck(question: Question) -> Answer:
        await asyncio.sleep(60)
        return answer(question)

    async with running(stuck, patience=0.1) as bot:
        await bot.slack.event(events.message("win rate"))
        [reply] = await bot.slack.replies(1)
    assert "logged as" in reply


async def test_a_mistake_of_the_asker_is_told_in_its_own_sentence() -> None:
    async def picky(_: Question) -> Answer:
        raise UserError("Unknown period 'Q5'. Did you mean 'Q4' <!channel>?")

    async with running(picky) as bot:
        await bot.slack.event(events.message("win rate in Q5"))
        [reply] = await bot.slack.replies(1)
    assert reply.text == "Unknown period 'Q5'. Did you mean 'Q4' &lt;!channel&gt;?"


async def test_what_is_wrong_with_the_warehouse_is_for_the_log_and_not_for_the_channel() -> None:
    async def unreachable(_: Question) -> Answer:
        raise CompanyError(
            "The warehouse at db.internal.test refused a query: permission denied for table pay."
        )

    async with running(unreachable) as bot:
        await bot.slack.event(events.message("win rate"))
        [reply] = await bot.slack.replies(1)
    assert "cannot read the company's data" in reply
    assert "db.internal.test" not in reply


async def test_a_question_that_took_the_warehouse_too_long_is_answered_in_one_sentence() -> None:
    async def too_slow(_: Question) -> Answer:
        raise TooSlowError("The warehouse took longer than 60 seconds, so the query was cancelled.")

    async with running(too_slow) as bot:
        await bot.slack.event(events.message("win rate"))
        [reply] = await bot.slack.replies(1)
    assert "The warehouse took longer than 60 seconds" in reply
    assert "logged" not in reply


async def test_a_whole_scorecard_arrives_as_one_message_with_a_native_table_and_unfurls_nothing() -> None:
    async def full(question: Question) -> Answer:
        return recommendation(question)

    async with running(full) as bot:
        await bot.slack.event(events.message("top 15"))
        await bot.slack.command("top 15")
        replies = await bot.slack.replies(2)
    for reply in replies:
        kinds = [block["type"] for block in reply.blocks]
        assert kinds[:3] == ["header", "table", "section"]
        assert len(reply.blocks[1]["rows"]) == 16
    for call in bot.slack.called("chat.postMessage") + bot.slack.called("response_url"):
        assert (call.args["unfurl_links"], call.args["unfurl_media"]) == (False, False)
