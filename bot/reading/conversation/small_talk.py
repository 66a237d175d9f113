"""A message that asks for nothing we have: what it is about, so that a short help fits."""

from __future__ import annotations

import re

from bot.model import SmallTalk
from bot.reading.conversation.measurable import asks_what_is_measurable
from bot.reading.words.cues import cue
from bot.reading.words.text import words

_GREETS = cue(r"^(?:hi|hello|hey|yo|hallo|good (?:morning|afternoon|evening)|moin|hola|bonjour)\b")
_THANKS = cue(r"^(?:thanks?|thank you|thx|ty|cheers|great|perfect|nice|cool|awesome|danke|merci)\b")
_ABOUT_BOT = cue(r"\b(?:you|help|use this|this bot|menu|usage|start)\b", r"^help\b")
_PRIVACY = cue(
    r"\b(?:privacy|anonym\w+|confidential\w*|suppress\w*|small groups?|thresholds?|personal data|gdpr)\b",
)
TOPICS: tuple[tuple[re.Pattern[str], SmallTalk], ...] = (
    (_GREETS, "greeting"),
    (_THANKS, "thanks"),
    (_PRIVACY, "privacy"),
    (_ABOUT_BOT, ""),
)
_LETTERS = re.compile(r"[a-z]")
_VOWELS = re.compile(r"[aeiouy]")
LONGEST_WITHOUT_VOWEL = 5
LONGEST_MASH = 8


def small_talk_of(text: str) -> SmallTalk:
    """The topic of a plain text in which no question was found."""
    if not text.strip():
        return "empty"
    if not _LETTERS.search(text):
        return "unreadable" if text.strip("?!. ") else "empty"
    if asks_what_is_measurable(text):
        return "coverage"
    for cues, topic in TOPICS:
        if cues.search(text):
            return topic
    said = [word.text for word in words(text) if word.text.isalpha()]
    return "unreadable" if said and all(_mashed(word) for word in said) else "off_topic"


def _mashed(word: str) -> bool:
    """Whether fingers fell on the keyboard: "asdfghjkl"."""
    vowels = len(_VOWELS.findall(word))
    return len(word) >= LONGEST_WITHOUT_VOWEL and (
        not vowels or (len(word) > LONGEST_MASH and 5 * vowels < len(word))
    )
