"""Whether somebody talks of himself, to the bot or of the wide world, and asks for no metric."""

from __future__ import annotations

from bot.reading.cues import cue

OF_ONESELF = cue(
    r"^(?:and |so |but )?i(?:'m| am| was| feel| felt| love| hate| own| run)"
    r" (?!looking|curious|interested|wondering|asking|after)"
)
"""Somebody speaks of himself."""

OFF_TOPIC = cue(
    r"^who (?:won|wins|will win|invented|wrote|scored|plays|played|discovered|painted|directed|sang"
    r"|sings|founded|killed)\b",
    r"\b(?:the match|the game|the weather|movie|film|recipe|joke|poem|song|football|soccer|lottery"
    r"|horoscope|bitcoin)\b",
)
"""Something of the wide world is asked about, whatever day it is."""

CHAT = cue(
    r"^(?:when|where|what time) (?:is|does|do|are) the (?:next|train|bus|store|shop|office|canteen|plane|film)\b",
    r"\b(?:you|your|yours|u)\b(?! know| think| tell| show| give| say| see)",
    r"\bi(?:'m| am| was| feel| felt| love| hate| want to (?!know|see)| have to| need to (?!know|see))\b",
    r"\b(?:how|where|when|should|can|could|must|may) (?:do|did|should|can|could|must)? ?i\b",
    r"\b(?:my|me) (?:wife|husband|dog|cat|kids?|child(?:ren)?|mother|father|laptop|computer|phone|car|password"
    r"|meeting|job|money|invoice|code|holiday|vacation)\b",
    r"^(?:(?:can|could|would|will) you )?(?:please )?(?:write|translate|play|open|turn|book|order"
    r"|cancel|fix|remind|send|call|buy|draft|schedule"
    r"|search|recommend|suggest)\b",
)
"""Somebody speaks of himself or to the bot, or wants something done."""


def chatty(text: str) -> bool:
    """Whether somebody speaks of himself or to the bot, or wants something done."""
    return CHAT.search(text) is not None or off_topic(text)


def off_topic(text: str) -> bool:
    """Whether something of the wide world is asked about."""
    return OFF_TOPIC.search(text) is not None


def of_oneself(text: str) -> bool:
    """Whether somebody speaks of himself, and of no metric: "I am sick today"."""
    return OF_ONESELF.search(text) is not None
