"""For whom a rule holds: as the words say, else as the place suggests; and who may make or retire one."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.audience.places import is_direct
from bot.audience.rights import NotAllowedError, Teaching
from bot.coaching.rules import Rule, defines
from bot.memory.coached import Kept, Scope
from bot.model import HERE, Question

GUEST = "You are a guest here, so you teach me and retire only what holds for you alone: say “for me”, or ask a member."
STRANGER = (
    "Only members of this workspace teach me and retire what I was taught, and I cannot tell that you are one: "
    "ask one of them."
)

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
    if teaching(question) == "own":
        return "user"
    return "user" if question.channel == HERE or is_direct(question.channel) else "channel"


def teaching(question: Question) -> Teaching:
    """For whom the asker may make and retire rules at all."""
    return question.rights.teach if question.rights else "all"


def may_teach(scope: Scope, question: Question) -> bool:
    """Whether the asker may make and retire rules of a scope, as far as it depends on who they are."""
    own = teaching(question)
    return own == "all" or (own == "own" and scope == "user")


def refuse_teaching(scope: Scope, question: Question) -> None:
    """Who is no member of the workspace changes nothing that holds for its members.

    Raises:
        NotAllowedError: the asker is a guest, of another company, or cannot be told.
    """
    if not may_teach(scope, question):
        raise NotAllowedError(GUEST if teaching(question) == "own" else STRANGER)


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
