"""The words that hold values against another time, or against what the company wants."""

from __future__ import annotations

from bot.reading.words.cues import cue

TARGETED = cue(
    r"\b(?:vs\.?|versus|against|(?:compared?|in comparison|in relation|with respect) (?:to|with)"
    r"|relative to|to)(?: the| our| its)?"
    r" (?:target|plan|budget|goal)s?\b",
    r"\b(?:above|below|over|under|on|off|behind|ahead of|meet\w*|hit\w*|reach\w*|miss\w*|better than|worse than)"
    r"(?: the| our| its)? (?:target|plan|budget|goal)s?\b",
)
"""Held against what the company wants."""

YEAR_BEFORE = cue(
    r"\b(?:vs\.?|versus|than|against|(?:compared?|in comparison|in relation|with respect) (?:to|with)"
    r"|relative to|from|over)(?: the| what it was| it was| in)*"
    r" (?:a year (?:ago|earlier|before)|last year|previous year|prior year|year before|py|ly"
    r"|(?:the )?same (?:\w+ )?(?:of |in )?(?:a year ago|last year|the year before|the previous year))\b",
    r"\band (?:the )?same (?:\w+ )?(?:of |in )?(?:a year ago|(?:last|the previous) year|the year before)\b",
    r"\b(?:yoy|y/y|y-o-y|year[- ](?:over|on)[- ]year)\b",
    r"\bcompared? with the year before\b|\bthis time last year\b",
)
"""Held against the same period a year before."""

EARLIER = cue(r"\b(?:the )?(?:year|12 months) (?:before|earlier)\b|\bone year earlier\b")
"""The same period a year before that of the last answer."""

PRIOR = cue(
    r"^(?:and |what about |how about |ok |now )*(?:for |in )?(?:the )?(?:(?P<unit>week|month|quarter"
    r"|half) (?:before|earlier|prior)"
    r"|(?:one|period) (?:before|earlier|prior))(?: that| this| it)?[ ?!.]*$"
)
"""The period just before that of the last answer."""

OF_ONESELF = cue(
    r"(?<=\bi )(?:\w+ ){0,2}(?:took over|made|appointed|named|started|joined|became|promoted|begin|start|moved)\b"
    r"[^,.;:!?]*?\b(?:last|this|next)"
    r" (?:week|month|quarter|year|monday)\b",
    r"(?<=\ba new )[\w ]{2,40}? (?:who )?(?:starts|starting|joins|joining|begins|beginning) (?:in|on|next|this) \w+",
)
"""Since when somebody is what he is: no period that is asked for."""
