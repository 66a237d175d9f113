from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.layout.text import mrkdwn, plain, shown, split, spoken

ANYTHING = st.text() | st.lists(
    st.sampled_from(
        ["<!channel>", "@here", "<@U1>", "&amp;", "<https://x|y>", "a", " ", "\n", "\u202e", "\x07"]
    )
).map("".join)


def test_a_persons_words_are_read_without_slacks_markup() -> None:
    said = (
        "<@U0BOT> is <@U1|ann> in <#C1|sales> over 5 &lt; 6 &amp; "
        "<https://x.test|this>? <!here> <!date^1^x|May>"
    )
    assert spoken(said, "U0BOT") == "is @ann in #sales over 5 < 6 & this? @here May"


def test_an_escaped_escape_is_unescaped_once() -> None:
    assert spoken("&amp;lt;", None) == "&lt;"


def test_the_mentions_of_others_stay() -> None:
    assert spoken("<@U0BOT>, ask <@U2> or <mailto:a@b.test|a@b.test>", "U0BOT") == ", ask @U2 or a@b.test"


@given(ANYTHING)
def test_nothing_said_comes_out_of_our_text_as_a_command_to_slack(text: str) -> None:
    for safe in (mrkdwn(text), plain(text)):
        assert not any(sign in safe for sign in ("<!", "<@", "<#"))
        assert not re.search(r"@(channel|here|everyone)\b", safe, re.IGNORECASE)
        assert all(char == "\n" or char.isprintable() or char.isspace() or ord(char) > 0xA0 for char in safe)
    assert not any(sign in mrkdwn(text) for sign in "<>")


@given(ANYTHING)
def test_what_people_see_of_escaped_text_is_the_text(text: str) -> None:
    assert html.unescape(mrkdwn(text).replace("＠", "@")) == html.unescape(
        html.escape(shown(text).replace("＠", "@"))
    )


@given(ANYTHING, st.integers(min_value=6, max_value=40))
def test_splitting_loses_no_word_and_cuts_no_escape_in_two(text: str, limit: int) -> None:
    parts = split(mrkdwn(text), limit)
    assert all(0 < len(part) <= limit and part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(mrkdwn(text).split())
    assert "".join(html.unescape(part) for part in parts) == html.unescape("".join(parts))


def test_text_is_split_at_lines_then_sentences_rather_than_in_words() -> None:
    assert split("It is so. And so", 14) == ["It is so.", "And so"]
    assert split("one two three\nfour five six", 16) == ["one two three", "four five six"]
    assert split("one two three four", 9) == ["one two", "three", "four"]
