"""For whom a rule holds: as the words say, else as the place suggests; and who may make or retire one."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.coaching.rules import Rule, defines
from bot.memory.coached import Kept, Scope
from bot.model import Question

HERE = "terminal"
"""The channel of the terminal, whose user runs the bot."""

_WORDS: tuple[tuple[Scope, re.Pattern[str]], ...] = (
    (
        "workspace",
        re.compile(
            r",? ?\b(?:(?:for|in|across|to) (?:the |our |this )?(?:whole |entire )?(?:workspace|everyone|everybody"
            r"|all of us|organi[sz]ation|entire company|whole company|all channels|every channel)(?: here)?"
            r"|workspace[- ]wide|company[- ]wide|everywhere)\b"
        ),
    ),
    (
        "channel",
        re.compile(
            r",? ?\b(?:(?:in|for|to) (?:this|our|the) (?:channel|room|dm)|(?:only )?(?:in )?here(?: only)?)\b"
        ),
    ),
    (
        "user",
        re.compile(
            r",? ?\b(?:(?:just|only) )?(?:for|to) (?:me|myself)(?: only| alone)?\b"
            r"|,? ?\b(?:just|only) me\b|,? ?\bin my (?:own )?(?:lists|answers)\b"
        ),
    ),
)
_SHOWN_TO_ME = re.compile(r"\b(?:show|showing|give|giving|tell|send) me\b")


def scope_said(text: str) -> tuple[Scope | None, str]:
    """The scope that plain text names, and the text without it."""
    for scope, words in _WORDS:
        if found := words.search(text):
            return scope, " ".join((text[: found.start()] + " " + text[found.end() :]).split())
    return ("user", text) if _SHOWN_TO_ME.search(text) else (None, text)


def usual(rule: Rule, question: Question) -> Scope:
    """The scope that is proposed where none is named: never wider than the place it was said in."""
    if defines(rule):
        return "workspace"
    return "channel" if question.channel != HERE and not question.channel.startswith("D") else "user"


def is_admin(question: Question, admins: Collection[str]) -> bool:
    """Whether the asker may make rules for the workspace: as configured, else whoever is at the terminal."""
    return question.user in admins if admins else question.operator or question.channel == HERE


def reaches(kept: Kept, user: str, channel: str) -> bool:
    """Whether a rule is for this person in this place."""
    return kept.of == {"workspace": "", "channel": channel, "user": user}[kept.scope]


def words_of(scope: Scope, question: Question | None = None) -> str:
    """The scope as people say it."""
    channel = "the terminal" if question and question.channel == HERE else "this channel"
    return {
        "user": "you, wherever you ask",
        "channel": f"{channel}, whoever asks",
        "workspace": "the whole workspace",
    }[scope]
