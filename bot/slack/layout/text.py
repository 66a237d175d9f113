"""Slack's markup -> what a person said; our words -> text that Slack shows and does not obey."""

from __future__ import annotations

import re

UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Control, zero-width and direction characters, and halves of surrogate pairs: they hide or disguise text."""

BROADCAST = re.compile(r"@(?=(?:channel|here|everyone)\b)", re.IGNORECASE)
COMMANDING = re.compile(r"<(?=[!@#])")
MARKUP = re.compile(r"<([^<>]*)>")


def spoken(text: str, bot_user: str | None) -> str:
    """What a person said: the bot's own mention taken out, other markup as the words people see of it."""

    def seen(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        if bot_user and target == f"@{bot_user}":
            return " "
        if target.startswith(("@", "#")):
            return f"{target[0]}{label.lstrip('@#')}" if label else target
        if target.startswith("!"):
            return label or f"@{target[1:].partition('^')[0]}"
        return label or target.removeprefix("mailto:")

    said = MARKUP.sub(seen, text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(shown(said).split())


def shown(text: str) -> str:
    """The text without characters that nobody can see; line ends and tabs become plain ones."""
    lines = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " ")
    return UNSHOWN.sub("", lines)


def mrkdwn(text: str) -> str:
    """Text for a ``mrkdwn`` object or a message's ``text``: no mention or broadcast comes out of it."""
    escaped = shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return BROADCAST.sub("＠", escaped)


def plain(text: str) -> str:
    """Text for a ``plain_text`` object or a table cell, where nothing is escaped: mentions are broken."""
    return COMMANDING.sub("‹", BROADCAST.sub("＠", shown(text)))


def split(text: str, limit: int) -> list[str]:
    """The text in parts of at most ``limit`` characters, cut at a line, a sentence or a word's end.

    An escaped character (``&amp;``) is never cut in two. Blank parts are left out.
    """
    parts = []
    rest = text.strip()
    while len(rest) > limit:
        at = _cut(rest, limit)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [part for part in [*parts, rest] if part.strip()]


def _cut(text: str, limit: int) -> int:
    for mark, kept in (("\n", 0), (". ", 1), (" ", 0)):
        at = text.rfind(mark, limit // 2, limit + 1 - kept)
        if at > 0:
            return at + kept
    escape = text.rfind("&", max(1, limit - 4), limit)
    return escape if escape > 0 and ";" not in text[escape:limit] else limit
