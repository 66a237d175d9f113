"""Whether somebody talks of himself, to the bot or of the wide world, and asks for no metric."""

from __future__ import annotations

from bot.reading.words.cues import cue

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
    r"\b(?:a|best|good|great|nice) (?:\w+ )?(?:book|podcast|conference|course|restaurant|hotel|laptop|pizza)s?\b"
    r"(?! (?:to|value|rate))",
    r"\b(?:exchange|interest|inflation|unemployment|crime|birth|divorce|mortgage|heart|literacy) rates?\b"
    r"|\b(?:gdp|stock (?:price|market)|celsius|fahrenheit|kilomet\w+|miles)\b",
    r"\bhow many (?:seconds|minutes|hours|days|weeks|months) (?:are |is )?(?:there )?(?:are )?in (?:a|an|one)\b",
    r"^who (?:is|was|are) (?:our|the|my) (?:\w+ )?(?:c[efotmrp]o|chro|vp|president|boss|founders?|chair\w*)\b",
    r"\bwhat (?:did|has|had) .{1,20} (?:say|said|announced?|write|written|wrote)\b",
)
"""Something of the wide world is asked about, whatever day it is."""

WANTS_DONE = cue(
    r"^(?:(?:can|could|would|will) you )?(?:please )?(?:open|book|order|cancel|fix|send|call|buy|draft|schedule|reset"
    r"|merge|deploy) (?:a|an|the|my|our|me|us|it|this|that)\b(?! (?:rate|metrics?|kpis?|list|report|numbers|dashboard))"
)
"""Somebody wants something done that no figure does."""

CHAT = cue(
    r"^(?:when|where|what time) (?:is|does|do|are) (?:the|our|my) (?:next|train|bus|store|shop|(?:\w+ )?office|canteen"
    r"|plane|film)\b",
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
    return CHAT.search(text) is not None or wants_done(text) or off_topic(text)


def off_topic(text: str) -> bool:
    """Whether something of the wide world is asked about."""
    return OFF_TOPIC.search(text) is not None


def wants_done(text: str) -> bool:
    """Whether somebody wants something done: "open a ticket with IT"."""
    return WANTS_DONE.search(text) is not None


def of_oneself(text: str) -> bool:
    """Whether somebody speaks of himself, and of no metric: "I am sick today"."""
    return OF_ONESELF.search(text) is not None
