"""Whether a question asks what can be computed at all, or what is missing for it: "which metrics can you measure?"."""

from __future__ import annotations

from bot.reading.words.cues import cue

_POLITE = (
    "hey|hi|hello|ok|okay|and|so|please|tell me|show me|list|give me|can you (?:tell|show) me|do you know"
)
_BEGINS = rf"^(?:(?:{_POLITE})\b[, ]*)*"
_WHAT = rf"{_BEGINS}(?:what|which|how many)"
_WHO = "(?:you|we|i|one|it|this (?:bot|tool)|the (?:bot|tool))"
_CAN = "can(?:not|'t|t)?"
_WORK_OUT = "(?:compute|calculate|measure|work out|report on|cover)"
_HAVE = rf"(?:{_WORK_OUT}|report|answer|get|have|see|give(?: me| us)?|show(?: me| us)?|provide|track|know)"
_THINGS = "(?:metrics?|kpis?|measures|indicators|figures|numbers)"
_NAMED = rf"(?:of (?:the|your) )?(?:\w+ ){{0,2}}{_THINGS}"
_THERE = "(?:available|computable|measurable|possible|computed|measured?|calculated?|covered|worked out)"
_NOT_THERE = rf"(?:(?:not |un-?){_THERE}|(?:missing|without|lacking) data)"
_ARE = rf"(?:are|is|can be|could be|{_CAN} be)(?: there)?(?: actually| currently)?"
_STORES = "(?:data|tables|database|warehouse|company|set-?up|system)"
_DATA = rf"(?:our|my|the|this|these|your|their|that) (?:\w+ ){{0,2}}{_STORES}(?: (?:we|you) have)?"
_NOW = "for (?:us|me|our company)|here|now|today|already|so far|yet|right now|at the moment|currently|at all"
_TAIL = rf"(?: (?:{_NOW}|(?:from|with|out of|in|on|using|given|based on) (?:{_DATA}|what (?:we|you) have)))*[ ?!.]*$"
MEASURABLE = cue(
    rf"{_WHAT} {_CAN} {_WHO} (?:not |actually |even )?{_WORK_OUT}{_TAIL}",
    rf"{_WHAT} {_NAMED} {_CAN} {_WHO} (?:not |actually |even )?{_HAVE}{_TAIL}",
    rf"{_WHAT} {_NAMED} {_ARE} (?:{_THERE}|{_NOT_THERE}){_TAIL}",
    rf"{_WHAT} {_NAMED} do (?:you|we) (?:have|know|cover|support|have (?:the )?data (?:for|on)){_TAIL}",
    rf"{_BEGINS}what (?:could|{_CAN}) be {_THERE}{_TAIL}",
    rf"{_BEGINS}(?:all )?(?:of )?(?:the |your )?{_THINGS} (?:that |which )?{_WHO} {_CAN} {_HAVE}{_TAIL}",
    rf"{_BEGINS}(?:what|which) (?:data|tables) (?:do|can|are|is)(?: (?:you|we))?"
    rf" (?:have|use|see|know(?: about)?|need|lack|lacking|missing|available|there){_TAIL}",
    rf"{_BEGINS}what (?:does|do|can) {_DATA} (?:cover|allow|give|contain|measure|answer)(?: (?:us|me))?{_TAIL}",
)
"""What the data can give is asked, whoever it would be for."""


def asks_what_is_measurable(text: str) -> bool:
    """Whether it asks what can be computed at all, or what is missing for it; of a plain text."""
    return MEASURABLE.search(text) is not None
