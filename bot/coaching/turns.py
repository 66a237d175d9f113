"""What a message does in a conversation about coaching: a lesson, an answer to a proposal, or a look at the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.coaching import verbs
from bot.coaching.scopes import scope_said
from bot.memory.coached import Scope
from bot.reading.words.text import plain

Deed = Literal["lesson", "yes", "no", "scope", "replace", "list", "history", "retire"]

_YES = (
    r"(?:yes|y|yep|yeah|yup|ok|okay|sure|confirm(?:ed)?|correct|right|do it|do that|please do|go ahead|store it|save it"
    r"|keep it|sounds good|exactly|agreed)"
)
_NO = r"(?:no|n|nope|nah|cancel|stop|don't|do not|never ?mind|leave it|forget it|wrong|not that|no thanks)"
_ANSWER = re.compile(
    rf"(?:(?P<yes>{_YES})|(?P<no>{_NO}))(?: please| thanks| thank you)*(?: to p(?P<id>\d+))?"
)
_REPLACE = re.compile(
    r"(?:yes )?(?:please )?replace (?:it|them|that|the old one|(?P<ids>c\d+(?:(?: and|,)? ?c\d+)*))"
    r"(?: to p(?P<id>\d+))?"
)
_SCOPE_ONLY = re.compile(
    r"(?:(?:no|yes|ok|but|and|please|make|do|it|that|this|rather|instead|only|just)[ ,]*)*"
)
_LIST = re.compile(
    r"(?:list|show)(?: me)?(?: all)?(?: the| our| my)? (?:coached|taught) rules|coached rules"
    r"|coach(?:ing)? list|list coaching"
    r"|what (?:have|did) (?:we|i|you) (?:taught you|teach you|been taught|learn|learned|learnt)(?: so far)?"
    r"|what (?:have you been|were you) taught"
)
_HISTORY = re.compile(r"coach(?:ing)? history|history of (?:the )?(?:coached rules|coaching)")
_RETIRE = re.compile(
    r"(?:coach )?(?:retire|delete|remove|undo|unlearn|forget|revoke)(?: rule)? c(?P<rule>\d+)"
)
_ALL_OF_A_SIDE = re.compile(
    r"(?:please |now |ok )*"
    r"(?:drop|remove|skip|exclude|hide|delete|lose|ditch|get rid of|leave out|never show|stop showing)(?: me)?"
    rf" (?:all|every|any)(?: of)?(?: the| our| my| your)? {verbs.SIDES} (?:metrics?|kpis?|stuff|numbers?)(?: .*)?"
)


@dataclass(frozen=True)
class Turn:
    """What is to be done. ``about`` is the proposal that a button named, ``rules`` the rules that were named."""

    deed: Deed
    scope: Scope | None = None
    about: int | None = None
    rules: tuple[str, ...] = ()


def own_words(text: str) -> str:
    """A lesson without the word that announces it."""
    return re.sub(r"^\s*(?:coach|teach)\b[:\s]*", "", text, flags=re.IGNORECASE)


def turn(text: str, *, waiting: bool) -> Turn | None:
    """What a message does about coaching; None where it is about something else, or only its reader can tell.

    ``waiting``: a proposal of the same person waits in the same thread, so that a bare yes means it.
    """
    asked = plain(text).rstrip(" .!?")
    bare = own_words(asked)
    explicit = bare != asked
    return (
        _looked(asked, bare, explicit=explicit)
        or _answered(bare, waiting=waiting)
        or (Turn("lesson") if explicit or _ALL_OF_A_SIDE.fullmatch(asked) else None)
    )


def _looked(asked: str, bare: str, *, explicit: bool) -> Turn | None:
    """The list, the history, or a rule to retire."""
    if found := _RETIRE.fullmatch(asked):
        return Turn("retire", rules=(f"C{found['rule']}",))
    if _LIST.fullmatch(asked) or (explicit and bare in ("list", "", "rules")):
        return Turn("list")
    if _HISTORY.fullmatch(asked) or (explicit and bare == "history"):
        return Turn("history")
    return None


def _answered(bare: str, *, waiting: bool) -> Turn | None:
    """An answer to what was proposed."""
    scope, rest = scope_said(bare)
    rest = rest.strip(" ,")
    if found := _REPLACE.fullmatch(rest):
        rules = tuple(re.findall(r"c\d+", found["ids"] or ""))
        about = int(found["id"]) if found["id"] else None
        return (
            Turn("replace", scope, about, tuple(one.upper() for one in rules)) if waiting or about else None
        )
    if found := _ANSWER.fullmatch(rest):
        about = int(found["id"]) if found["id"] else None
        return Turn("yes" if found["yes"] else "no", scope, about) if waiting or about else None
    return Turn("scope", scope) if waiting and scope and _SCOPE_ONLY.fullmatch(rest) else None
