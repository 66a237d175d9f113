"""Where a question leaves a group out: "win rate without EMEA", "excluding SMB and Mid-Market", "non-EMEA"."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from bot.reading.words.mentions import Mention

_BEFORE = re.compile(
    r"\b(?:exclud(?:ing|e|es|ed)|excl\.?|ex|except(?: for)?|without|other than|apart from|aside from|but not|minus"
    r"|(?:do not|don't|not|doesn't|does not) (?:count|includ)(?:ing|e)?|ignor(?:ing|e)|(?:leaving|leave) out"
    r"|(?:everything|everyone|everybody|anything|all)(?: of \w+)? but|omit(?:ting)?|skipping|outside(?: of)?|not|non)"
    r"[ -](?:for |in |from )?(?:the |our |all )?$"
)
_BETWEEN = re.compile(r"(?: \w+)?(?:,| and| or| &|/)+ (?:the |our )?")
_KIND = re.compile(
    r" (?:customers?|clients?|accounts?|deals?|segment|channel|team|department|region|market|reps|people)\b"
)
_LEAVE = re.compile(r"\b(?:leave|leaving|keep|keeping|take|taking) (?:the |our )?$")
_OUT = re.compile(r"(?: \w+)? out(?: of)?\b")
_LEFT = re.compile(r"(?: \w+)?(?: is| are| being)? (?:left out|excluded|taken out)\b")


def left_out_at(text: str, mention: Mention, before: Mention | None) -> tuple[int, int] | None:
    """Where a group that is named is left out, with the words that say so; None where it is not.

    ``before`` is the group left out last: what is listed behind it is left out as well.
    """
    after = text[mention.end :]
    end = mention.end + (kind.end() if (kind := _KIND.match(after)) else 0)
    if said := _BEFORE.search(text[: mention.start]):
        return said.start(), end
    if before and _BETWEEN.fullmatch(text[before.end : mention.start]):
        return mention.start, end
    leave, out = _LEAVE.search(text[: mention.start]), _OUT.match(after)
    if leave and out:
        return leave.start(), mention.end + out.end()
    if left := _LEFT.match(after):
        return mention.start, mention.end + left.end()
    return None


def besides_of(left_out: Sequence[tuple[str, str]], filters: Container[str]) -> Mapping[str, tuple[str, ...]]:
    """The groups that are left out by dimension, but for those that it is narrowed to one group of anyway."""
    found: dict[str, dict[str, None]] = {}
    for dimension, value in left_out:
        if dimension not in filters:
            found.setdefault(dimension, {})[value] = None
    return {dimension: tuple(values) for dimension, values in found.items()}
